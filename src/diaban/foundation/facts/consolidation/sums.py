"""The provinces' sums as they are stored, under the province of today that covers each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.models import PeriodRow
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
    SELECT todays.province_id, lower(place.valid), upper(place.valid), array_agg(place.descendant_id)
    FROM todays JOIN territory_containment place ON place.ancestor_id = todays.old_id
    JOIN territory_unit unit ON unit.id = place.descendant_id AND unit.level = %(level)s
    WHERE place.valid && daterange(%(first)s, %(last)s, '[]')
    GROUP BY todays.province_id, lower(place.valid), upper(place.valid)
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
    """Sums by (province, period id, indicator, level), and the units of the level by (province, period).

    `ids` are the periods' ids; `years` those of the periods of base figures, by year, the latest first.
    """

    level: str
    ids: dict[Period, int]
    years: list[tuple[int, int]]
    found: dict[tuple[int, int, str, str], Sum]
    units: dict[tuple[int, Period], frozenset[int]]

    @cached_property
    def provinces(self) -> list[int]:
        return sorted({province for province, _period in self.units})

    def expected(self, province: int, period: Period) -> frozenset[int]:
        """The units of the province on the period's last day."""
        return self.units.get((province, period), frozenset())

    def places(self, leaf: Cell, period: Period, book: Book) -> "Places":
        """Where the sums of a leaf stand: of a base figure that of the period's year, else of the latest before."""
        if not book[leaf].is_base:
            return indicator_of(leaf), (self.ids.get(period, 0),)
        return indicator_of(leaf), tuple(pk for year, pk in self.years if year <= period.year)

    def at(self, province: int, places: "Places") -> Sum:
        """The first of the places where the province has anything."""
        code, period_ids = places
        for period_id in period_ids:
            found = self.found.get((province, period_id, code, self.level))
            if found is not None and found.reported:
                return found
        return self.found.get((province, period_ids[0], code, self.level), NO_SUM) if period_ids else NO_SUM

    def own(self, province: int, code: str, period: Period) -> Sum:
        """What the province reported of itself."""
        return self.found.get((province, self.ids.get(period, 0), code, Level.PROVINCE), NO_SUM)


Places = tuple[str, tuple[int, ...]]


def read_sums(collection_id: int, catalogue: Catalogue, periods: Iterable[Period], level: str, today: date) -> Sums:
    """Three queries."""
    wanted = set(periods)
    days = {period.last_day for period in wanted}
    codes = {pk: code for code, pk in catalogue.ids.items()}
    rows = PeriodRow.objects.filter(Q(code__in=map(str, wanted)) | Q(kind=Kind.YEAR, calendar=Calendar.STATISTICAL))
    ids = {Period.parse(code): pk for code, pk in rows.values_list("code", "pk")}
    years = sorted(((period.year, pk) for period, pk in ids.items() if period.kind == Kind.YEAR), reverse=True)
    parameters: dict[str, Any] = {
        "today": today,
        "collection": collection_id,
        "periods": list(ids.values()),
        "indicators": list(codes),
        "levels": [level, Level.PROVINCE],
        "level": level,
        "first": min(days),
        "last": max(days),
    }
    with connection.cursor() as cursor:
        cursor.execute(SUMS, parameters)
        found = {
            (province, period_id, codes[indicator_id], at_level): Sum(*figures)
            for province, period_id, indicator_id, at_level, *figures in cursor
        }
        cursor.execute(UNITS, parameters)
        spells = cursor.fetchall()
    units = {
        (province, period): _there(spells, province, period)
        for province in {row[0] for row in spells}
        for period in wanted
    }
    return Sums(level, ids, years, found, units)


def _there(
    spells: Iterable[tuple[int, date | None, date | None, list[int]]], province: int, period: Period
) -> frozenset[int]:
    """The units that lay in the province on the period's last day."""
    day = period.last_day
    return frozenset(
        unit
        for where, since, until, units in spells
        if where == province and (since is None or since <= day) and (until is None or day < until)
        for unit in units
    )
