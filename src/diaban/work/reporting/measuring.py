"""The figures of one indicator over a ground, period by period: what other rooms measure by."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from diaban.foundation.acts import clock
from diaban.foundation.facts.consolidation import Area, crossed
from diaban.foundation.facts.rules.cells import cell_of
from diaban.foundation.facts.sockets import Measured
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import Period
from diaban.work.reporting.models import Row, Schedule
from diaban.work.reporting.queries.reporters import expected_in
from diaban.work.reporting.queries.reports import periods_of


def figures_over_ground(
    code: str, category: str, unit_id: int, days: tuple[date, date], as_of: date | None
) -> Sequence[Measured]:
    """The figures by the first regime that asks the indicator, of its periods that ended within the days and by today.

    Of periods before a reform the units that the ground descends from are taken. Nine queries.
    """
    asking = Row.objects.filter(indicator__code=code).values("version__form")
    schedule = (
        Schedule.objects.filter(form__in=asking, is_on=True, duty__isnull=False)
        .select_related("form")
        .order_by("form__code", "pk")
        .first()
    )
    if schedule is None:
        return ()
    first, last = days
    end = min(last, as_of or clock.today())
    periods = sorted(
        (one for one in map(Period.parse, periods_of([schedule])) if first <= one.last_day <= end),
        key=lambda one: one.last_day,
    )
    versions = list(UnitVersion.objects.filter(unit=unit_id))
    if not periods or not versions:
        return ()
    expected = expected_in([schedule], unit_id, periods, by_descent=True)
    cell = cell_of(code, category)
    found = crossed(
        collection_id=schedule.form.collection_id,
        cells=[cell],
        areas=[Area(expected, unit_id)],
        periods=periods,
        as_of=as_of,
    )
    totals = [(period, found.figures[cell, period][0]) for period in periods]
    return [
        Measured(
            period,
            total.value if total.reported else None,
            total.estimated,
            total.complete,
            _address(schedule, code, category, period, versions),
        )
        for period, total in totals
    ]


def _address(schedule: Schedule, code: str, category: str, period: Period, versions: Sequence[UnitVersion]) -> str:
    """The page of what the figure is made of; blank where the ground was no unit of that day."""
    named = next((one.code for one in versions if period.last_day in one.valid), "")
    asked = {"bieu": schedule.form.code, "ky": str(period), "dia_ban": named} | ({"loai": category} if category else {})
    return f"{reverse('reporting:made_of', args=[code])}?{urlencode(asked)}" if named else ""
