"""The provinces' sums as they are stored, under the province of today that covers each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.models import PeriodRow
from diaban.foundation.facts.rollups import PLACES
from diaban.foundation.facts.rules.cells import Cell, indicator_of
from diaban.foundation.facts.rules.definitions import Book
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Calendar, Kind, Period

TODAYS = """
    SELECT coverage.unit_id AS province_id, coverage.covered_id AS old_id
    FROM territory_coverage coverage
    JOIN territory_unit province ON province.id = coverage.unit_id AND province.level = 'province'
    JOIN territory_unit old ON old.id = coverage.covered_id AND old.level = 'province'
    JOIN territory_containment today ON today.ancestor_id = province.id AND today.descendant_id = province.id
         AND today.valid @> %(today)s::date
"""
SUMS = f"""
    WITH todays AS MATERIALIZED ({TODAYS})
    SELECT todays.province_id, period_id, indicator_id, level,
           coalesce(sum(total) FILTER (WHERE category.key = ''), 0),
           coalesce(sum(reported) FILTER (WHERE category.key = ''), 0)::int,
           coalesce(sum(estimated) FILTER (WHERE category.key = ''), 0)::int,
           bool_or(category.key <> '' AND reported > 0)
    FROM facts_rollup rollup
    JOIN facts_category category ON category.id = rollup.category_id
    JOIN todays ON todays.old_id = rollup.province_id
    WHERE (collection_id = %(collection)s OR collection_id = (SELECT id FROM facts_collection WHERE kind = 'base'))
      AND period_id = ANY(%(periods)s) AND indicator_id = ANY(%(indicators)s) AND level = ANY(%(levels)s)
    GROUP BY todays.province_id, period_id, indicator_id, level
"""  # noqa: S608 (constants of this module)
UNITS = f"""
    WITH todays AS MATERIALIZED ({TODAYS})
    SELECT todays.province_id, place.period_id, array_agg(place.unit_id)
    FROM ({PLACES} WHERE unit.level = %(level)s AND period.id = ANY(%(periods)s)) place
    JOIN todays ON todays.old_id = place.province_id
    GROUP BY todays.province_id, place.period_id
"""  # noqa: S608 (constants of this module)


@dataclass(frozen=True)
class Sum:
    """The totals of an indicator over the units of one level in a province. `has_parts` says that some unit gave parts."""

    total: Decimal = Decimal()
    reported: int = 0
    estimated: int = 0
    has_parts: bool = False


NO_SUM = Sum()


@dataclass(frozen=True)
class Sums:
    """Sums by (province, period id, indicator, level), and the units of the level by (province, period id).

    `years` are the periods of base figures, the latest first.
    """

    level: str
    ids: dict[Period, int]
    years: list[Period]
    found: dict[tuple[int, int, str, str], Sum]
    units: dict[tuple[int, int], frozenset[int]]

    @property
    def provinces(self) -> list[int]:
        return sorted({province for province, _period_id in self.units})

    def expected(self, province: int, period: Period) -> frozenset[int]:
        """The units of the province on the period's last day; none where nothing was ever reported for the period."""
        return self.units.get((province, self.ids.get(period, 0)), frozenset())

    def leaf(self, province: int, leaf: Cell, period: Period, book: Book) -> Sum:
        """The sum of a leaf's indicator; of a base figure that of the period's year, or of the latest before."""
        code = indicator_of(leaf)
        if not book[leaf].is_base:
            return self._at(province, period, code, self.level)
        earlier = (self._at(province, year, code, self.level) for year in self.years if year.year <= period.year)
        return next((found for found in earlier if found.reported), NO_SUM)

    def own(self, province: int, code: str, period: Period) -> Sum:
        """What the province reported of itself."""
        return self._at(province, period, code, Level.PROVINCE)

    def _at(self, province: int, period: Period, code: str, level: str) -> Sum:
        return self.found.get((province, self.ids.get(period, 0), code, level), NO_SUM)


def read_sums(collection_id: int, catalogue: Catalogue, periods: Iterable[Period], level: str, today: date) -> Sums:
    """Three queries."""
    wanted = set(periods)
    codes = {pk: code for code, pk in catalogue.ids.items()}
    rows = PeriodRow.objects.filter(Q(code__in=map(str, wanted)) | Q(kind=Kind.YEAR, calendar=Calendar.STATISTICAL))
    ids = {Period.parse(code): pk for code, pk in rows.values_list("code", "pk")}
    years = sorted((period for period in ids if period.kind == Kind.YEAR), reverse=True)
    parameters: dict[str, Any] = {
        "today": today,
        "collection": collection_id,
        "periods": list(ids.values()),
        "indicators": list(codes),
        "levels": [level, Level.PROVINCE],
        "level": level,
    }
    with connection.cursor() as cursor:
        cursor.execute(SUMS, parameters)
        found = {
            (province, period_id, codes[indicator_id], at_level): Sum(*figures)
            for province, period_id, indicator_id, at_level, *figures in cursor
        }
        cursor.execute(UNITS, parameters)
        units = {(province, period_id): frozenset(unit_ids) for province, period_id, unit_ids in cursor}
    return Sums(level, ids, years, found, units)
