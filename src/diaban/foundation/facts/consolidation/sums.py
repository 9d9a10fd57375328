"""The provinces' sums as they are stored, under the province of today that covers each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.categories import keys_by_id
from diaban.foundation.facts.models import PeriodRow
from diaban.foundation.facts.rollups import MARK
from diaban.foundation.facts.rules.cells import Cell, cell_of, indicator_of
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
    SELECT todays.province_id, period_id, indicator_id, category_id, level,
           sum(total), sum(reported)::int, sum(absent)::int, sum(estimated)::int, bit_xor(mark)
    FROM facts_rollup rollup JOIN todays ON todays.old_id = rollup.province_id
    WHERE (collection_id = %(collection)s OR collection_id = (SELECT id FROM facts_collection WHERE kind = 'base'))
      AND period_id = ANY(%(periods)s) AND indicator_id = ANY(%(indicators)s) AND level = ANY(%(levels)s)
      AND (reported > 0 OR absent > 0)
    GROUP BY todays.province_id, period_id, indicator_id, category_id, level
"""  # noqa: S608 (constants of this module)
UNITS = f"""
    WITH todays AS MATERIALIZED ({TODAYS})
    SELECT todays.province_id, lower(place.valid), upper(place.valid), array_agg(place.descendant_id),
           bit_xor({MARK.format(unit="place.descendant_id", contributor="NULL")})
    FROM todays JOIN territory_containment place ON place.ancestor_id = todays.old_id
    JOIN territory_unit unit ON unit.id = place.descendant_id AND unit.level = %(level)s
    WHERE place.valid && daterange(%(first)s, %(last)s, '[]')
    GROUP BY todays.province_id, lower(place.valid), upper(place.valid)
"""  # noqa: S608 (constants of this module)


class Sum(NamedTuple):
    """A cell over the units of one level in a province: how many facts have a value, or a reason; the mark of them all."""

    total: Decimal
    reported: int
    absent: int
    estimated: int
    mark: int


NO_SUM = Sum(Decimal(), 0, 0, 0, 0)
Leaf = tuple[Cell, bool]  # and whether it is a base figure
Cells = dict[Cell, Sum]


@dataclass(eq=False)
class Ground:
    """A province in a period: the units it had on the last day, the mark of a cell that all of them and nobody else reported,
    and the sums. `bases` are those of years, the latest first; `own` is what the province said of itself; `in_parts` are the
    indicators of which some unit gave parts.
    """

    province: int
    period: Period
    period_id: int
    units: frozenset[int]
    mark: int
    cells: Cells
    bases: Sequence[Cells]
    own: Cells
    in_parts: frozenset[str]

    def leaves(self, leaves: Iterable[Leaf]) -> Cells:
        """The sums of the cells that an indicator is computed from; of itself if it is reported."""
        return {leaf: self.base(leaf) if is_base else self.cells.get(leaf, NO_SUM) for leaf, is_base in leaves}

    def base(self, leaf: Cell) -> Sum:
        """The base figure of the latest year in which units of the period have one; else what was reported as one."""
        for cells in self.bases:
            if leaf in cells:
                return cells[leaf]
        return self.cells.get(leaf, NO_SUM)

    def gave(self, found: Sum) -> bool:
        """Did each of the units give a value, alone?"""
        return found.mark == self.mark and found.reported == len(self.units) and not found.absent


@dataclass(frozen=True)
class Sums:
    """The provinces of a day, in order, in each period; `places` are the ids of each cell's indicator and category."""

    grounds: Mapping[Period, Sequence[Ground]]
    places: Mapping[Cell, tuple[int, int]]

    @property
    def provinces(self) -> list[int]:
        return [ground.province for ground in next(iter(self.grounds.values()))]


def leaves_of(code: str, book: Book) -> tuple[Leaf, ...]:
    return tuple((leaf, book[leaf].is_base) for leaf in book.leaves(code))


def read_sums(collection_id: int, catalogue: Catalogue, periods: Iterable[Period], level: str, today: date) -> Sums:
    """Four queries."""
    wanted = list(periods)
    rows = PeriodRow.objects.filter(Q(code__in=map(str, wanted)) | Q(kind=Kind.YEAR, calendar=Calendar.STATISTICAL))
    ids = {Period.parse(code): pk for code, pk in rows.values_list("code", "pk")}
    years = sorted(((period.year, pk) for period, pk in ids.items() if period.kind == Kind.YEAR), reverse=True)
    days = {period.last_day for period in wanted} | {date(year, 12, 31) for year, _pk in years}
    parameters: dict[str, Any] = {
        "today": today,
        "collection": collection_id,
        "periods": list(ids.values()),
        "indicators": list(catalogue.ids.values()),
        "levels": [level, Level.PROVINCE],
        "level": level,
        "first": min(days),
        "last": max(days),
    }
    with connection.cursor() as cursor:
        cursor.execute(UNITS, parameters)
        spells = _Spells(cursor.fetchall())
        cursor.execute(SUMS, parameters)
        found, places = _sorted_in(cursor.fetchall(), catalogue)

    def ground(province: int, period: Period) -> Ground:
        units, mark = spells.there(province, period.last_day)
        period_id = ids.get(period, 0)
        cells = found.get((province, period_id, level), {})
        bases = [
            {cell: each for cell, each in found.get((province, pk, level), {}).items() if each.reported}
            for year, pk in years
            if year <= period.year and not units.isdisjoint(spells.there(province, date(year, 12, 31))[0])
        ]
        in_parts = frozenset(indicator_of(cell) for cell, each in cells.items() if "__" in cell and each.reported)
        own = found.get((province, period_id, Level.PROVINCE), {})
        return Ground(province, period, period_id, units, mark, cells, bases, own, in_parts)

    return Sums({period: [ground(province, period) for province in spells.provinces] for period in wanted}, places)


def _sorted_in(
    rows: Iterable[tuple[Any, ...]], catalogue: Catalogue
) -> tuple[dict[tuple[int, int, str], Cells], dict[Cell, tuple[int, int]]]:
    """The sums by (province, period id, level) and cell; and where each cell stands."""
    codes, keys = {pk: code for code, pk in catalogue.ids.items()}, keys_by_id()
    cells: dict[tuple[int, int], Cell] = {}
    found: dict[tuple[int, int, str], Cells] = defaultdict(dict)
    for province, period_id, indicator_id, category_id, level, *figures in rows:
        place = indicator_id, category_id
        if place not in cells:
            cells[place] = cell_of(codes[indicator_id], keys[category_id])
        found[province, period_id, level][cells[place]] = Sum(*figures)
    return found, {cell: place for place, cell in cells.items()}


class _Spells:
    """Which units lay in which province, since when and until when."""

    def __init__(self, rows: Iterable[tuple[int, date | None, date | None, list[int], int]]) -> None:
        self.rows: dict[int, list[tuple[date | None, date | None, list[int], int]]] = defaultdict(list)
        for province, since, until, units, mark in rows:
            self.rows[province].append((since, until, units, mark))
        self.known: dict[tuple[int, date], tuple[frozenset[int], int]] = {}

    @property
    def provinces(self) -> list[int]:
        return sorted(self.rows)

    def there(self, province: int, day: date) -> tuple[frozenset[int], int]:
        """The units that lay in the province on the day, and their mark."""
        if (province, day) not in self.known:
            found, together = set[int](), 0
            for since, until, units, mark in self.rows[province]:
                if (since is None or since <= day) and (until is None or day < until):
                    found.update(units)
                    together ^= mark
            self.known[province, day] = frozenset(found), together
        return self.known[province, day]
