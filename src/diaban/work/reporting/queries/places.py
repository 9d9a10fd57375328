"""The place that each unit's figure takes among those of the units that owe the same report."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from diaban.foundation.facts.catalogue import read_catalogue
from diaban.foundation.facts.consolidation.tables import by_unit
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.rules.totals import shown
from diaban.lib.periods import Period
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.queries.reporters import expected_in
from diaban.work.reporting.queries.units import FALLING, places_of

FEWEST = 2  # figures without which there is nothing to compare
# Changes whenever a figure of any unit, or who owes the report, may have changed.
_STAMP = """
    SELECT (SELECT max(id) FROM facts_delivery), (SELECT max(id) FROM territory_containment),
        (SELECT count(*) FROM obligations_obligation WHERE duty_id = %s AND period = %s AND closed_reason <> '')
"""


@dataclass(frozen=True)
class Places:
    """By indicator, then unit, the place by what is good; `among` how many. Only of indicators of which more or less is good."""

    ranked: Mapping[str, Mapping[int, int]]
    among: Mapping[str, int]

    def is_ranked(self, indicator: str) -> bool:
        """Whether more or less of it is good at all."""
        return indicator in self.ranked

    def of(self, indicator: str, unit_id: int) -> tuple[int, int] | None:
        """The unit's place and among how many; None where too few figures were received, or not its own."""
        place = self.ranked.get(indicator, {}).get(unit_id)
        number = self.among.get(indicator, 0)
        return (place, number) if place is not None and number >= FEWEST else None


def places_in(schedule: Schedule, period: Period, layout: Layout) -> Places:
    """The places of all units in the received figures of a period: of equal figures the same, the next left free.

    One query where nothing was received since this process last asked, nine more otherwise.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [schedule.duty_id, str(period)])
        stamp = (*(cursor.fetchone() or ()), layout.stamp)
    return _remembered(connection.settings_dict["NAME"], stamp, schedule.pk, period, layout.version_id)


@lru_cache(maxsize=32)
def _remembered(
    _database: str, _stamp: tuple[object, ...], schedule_id: int, period: Period, version_id: int
) -> Places:
    schedule, layout = Schedule.objects.select_related("form").get(pk=schedule_id), layout_of(version_id)
    codes = {line.indicator for line in layout.lines if line.provider != "department"}
    indicators = list(Indicator.objects.filter(code__in=codes, direction__in=FALLING))
    units = expected_in([schedule], schedule.unit_id, [period])[period]
    table = by_unit(
        collection_id=schedule.form.collection_id,
        indicators=indicators,
        period=period,
        unit_ids=units,
        catalogue=read_catalogue([one.code for one in indicators], stamp=layout.stamp),
    )
    values = {
        one.code: {
            unit: shown(figure.value, layout.measures[one.code].digits)
            for unit, figure in table.figures[one.code].items()
            if figure.value is not None and not figure.missing
        }
        for one in indicators
    }
    return Places(
        {one.code: places_of(values[one.code], is_falling=FALLING[one.direction]) for one in indicators},
        {code: len(found) for code, found in values.items()},
    )
