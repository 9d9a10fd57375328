"""Who was expected to report for a period inside an area, and who has."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from diaban.foundation.facts.reading import end_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import Containment, Coverage, UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Period
from diaban.work.reporting.models import ReportVersion, Schedule, SectionState


@dataclass(frozen=True)
class Reporters:
    """The units that were expected, in the order of their names on the period's last day; which of them have sent their
    figures, and of which every section was received.
    """

    expected: tuple[UnitVersion, ...]
    sent: frozenset[int]
    received: frozenset[int]

    @property
    def missing(self) -> tuple[UnitVersion, ...]:
        """The units that have sent nothing."""
        return tuple(unit for unit in self.expected if unit.unit_id not in self.sent)

    @property
    def is_complete(self) -> bool:
        return len(self.received) >= len(self.expected)


def expected_in(
    schedules: Sequence[Schedule], unit_id: int, periods: Collection[Period], *, by_descent: bool = False
) -> dict[Period, frozenset[int]]:
    """By period, the units inside an area that owed the report: by their obligations, or, of periods for which none were
    made, every unit of the form's level. Two queries.

    Inside is what the area holds on the period's last day; `by_descent` adds what it descends from.
    """
    inside = _units_inside(schedules[0].form.level, unit_id, periods, by_descent=by_descent)
    duties = [schedule.duty_id for schedule in schedules if schedule.duty_id is not None]
    owed: dict[str, set[int]] = defaultdict(set)
    rows = Obligation.objects.filter(duty_id__in=duties, period__in=[str(period) for period in periods])
    for period, unit, closed_reason in rows.values_list("period", "unit_id", "closed_reason"):
        owed[period] |= set() if closed_reason else {unit}
    return {
        period: frozenset(inside[period] & owed[str(period)] if str(period) in owed else inside[period])
        for period in periods
    }


def owing_alone(form_id: int, unit_id: int, periods: Collection[Period]) -> dict[Period, frozenset[int]]:
    """As `expected_in` of a unit that reports itself, by every schedule of the form that held then. One query.

    `periods` are those on whose last day the unit existed, the one asked about last.
    """
    held = Schedule.objects.filter(form=form_id, is_on=True, valid__contains=max(one.last_day for one in periods))
    rows = (
        Obligation.objects.filter(duty__in=held.values("duty"), period__in=[str(one) for one in periods])
        .order_by()
        .values_list("period")
        .annotate(owed=Count("pk", filter=Q(unit=unit_id, closed_reason="")))
    )
    owed = dict(rows)
    return {one: frozenset({unit_id} if owed.get(str(one), 1) else ()) for one in periods}


def _units_inside(level: str, unit_id: int, periods: Iterable[Period], *, by_descent: bool) -> dict[Period, set[int]]:
    if by_descent:
        lives = list(
            Coverage.objects.filter(unit=unit_id, covered__level=level).values_list(
                "covered_id", "covered__versions__valid"
            )
        )
    else:
        lives = list(
            Containment.objects.filter(ancestor=unit_id, descendant__level=level).values_list("descendant_id", "valid")
        )
    return {period: {unit for unit, valid in lives if period.last_day in valid} for period in periods}


def reporters(
    schedules: Sequence[Schedule], period: Period, expected: Collection[int], as_of: date | None = None
) -> Reporters:
    """How far the expected units are, by the end of `as_of`. Two queries."""
    until = end_of(as_of) if as_of else None
    received = Q(sections__status=SectionState.Status.RECEIVED)
    sent = Q(data_sent_at__isnull=False)
    if until is not None:
        received, sent = received & Q(sections__at__lt=until), sent & Q(data_sent_at__lt=until)
    rows = (
        ReportVersion.objects.filter(
            sent, report__schedule__in=schedules, report__period=str(period), report__unit_id__in=expected
        )
        .order_by()
        .values("report__unit_id", "pk")
        .annotate(asked=Count("sections"), received=Count("sections", filter=received))
    )
    found = [(row["report__unit_id"], row["asked"], row["received"]) for row in rows]
    return Reporters(
        expected=in_order(nearest_versions(expected, period.last_day)),
        sent=frozenset(unit for unit, _asked, _received in found),
        received=frozenset(unit for unit, asked, received in found if asked and asked == received),
    )


def in_order(versions: Mapping[int, UnitVersion]) -> tuple[UnitVersion, ...]:
    """Units in the order of their names."""
    return tuple(sorted(versions.values(), key=lambda one: (one.sort_key, one.unit_id)))
