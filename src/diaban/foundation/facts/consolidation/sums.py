"""The provinces' sums as they are stored, under the province of today that covers each."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.categories import keys_by_id
from diaban.foundation.facts.models import Collection, PeriodRow
from diaban.foundation.facts.rollups import MARK
from diaban.foundation.facts.rules.cells import Cell, cell_of, indicator_of
from diaban.foundation.facts.rules.definitions import Book
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Calendar, Kind, Period

# From the provinces of the past up: from those of today down, all that each ever covered would be read, its communes too.
TODAYS = """
    SELECT coverage.unit_id AS province_id, coverage.covered_id AS old_id
    FROM (SELECT id FROM territory_unit WHERE level = 'province' OFFSET 0) old
    CROSS JOIN LATERAL (SELECT * FROM territory_coverage WHERE covered_id = old.id OFFSET 0) coverage
    JOIN territory_unit province ON province.id = coverage.unit_id AND province.level = 'province'
    JOIN territory_containment today ON today.ancestor_id = province.id AND today.descendant_id = province.id
         AND today.valid @> %(today)s::date
"""
# Nothing is joined to the sums and nothing added up here: the planner knows too little of rows that were just written.
SUMS = """
    SELECT period_id, indicator_id, category_id, level, array_agg(province_id), array_agg(trim_scale(total)),
           array_agg(reported), array_agg(absent), array_agg(estimated), array_agg(mark)
    FROM facts_rollup
    WHERE collection_id = ANY(%(collections)s) AND period_id = ANY(%(periods)s) AND level = ANY(%(levels)s)
      AND province_id = ANY(%(olds)s) AND indicator_id = ANY(%(indicators)s) AND (reported > 0 OR absent > 0)
    GROUP BY period_id, indicator_id, category_id, level
"""
UNITS = f"""
    SELECT todays.province_id, lower(place.valid), upper(place.valid), array_agg(place.descendant_id),
           bit_xor({MARK.format(unit="place.descendant_id", contributor="NULL")})
    FROM unnest(%(news)s::bigint[], %(olds)s::bigint[]) AS todays (province_id, old_id)
    JOIN territory_containment place ON place.ancestor_id = todays.old_id
    JOIN (SELECT id FROM territory_unit WHERE level = %(level)s OFFSET 0) unit ON unit.id = place.descendant_id
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

    def with_(self, other: "Sum") -> "Sum":
        reported, absent, estimated = (mine + theirs for mine, theirs in zip(self[1:4], other[1:4], strict=True))
        return Sum(self.total + other.total, reported, absent, estimated, self.mark ^ other.mark)


class Beside(NamedTuple):
    """The sums of a cell, province by province: lists of one length."""

    provinces: list[int]
    totals: list[Decimal]
    reported: list[int]
    absent: list[int]
    estimated: list[int]
    marks: list[int]


NO_SUM = Sum(Decimal(), 0, 0, 0, 0)
Leaf = tuple[Cell, bool]  # and whether it is a base figure
Cells = dict[Cell, Sum]
Order = tuple[Sequence[int], Callable[[Sequence[Any]], Sequence[Any]] | None]


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
            if (found := cells.get(leaf, NO_SUM)).reported:
                return found
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


@dataclass(frozen=True)
class Columns:
    """All sums of some periods as they were read: by (period id, level), then cell."""

    level: str
    ids: Mapping[Period, int]
    found: Mapping[tuple[int, str], Mapping[Cell, Beside]]
    places: Mapping[Cell, tuple[int, int]]
    spells: "_Spells"

    def standing(self, period: Period) -> tuple[list[int], list[int]]:
        """How many units each province had on the last day of a period, and the marks of them all, in order."""
        there = [self.spells.there(province, period.last_day) for province in self.spells.provinces]
        return [len(units) for units, _mark in there], [mark for _units, mark in there]

    def sums(self, periods: Iterable[Period], only: Container[Cell] | None = None) -> Sums:
        """The provinces with their sums in each period, of all cells or of some."""
        cells: dict[tuple[int, int, str], Cells] = {}
        in_parts: dict[tuple[int, int], set[str]] = {}
        for (period_id, level), columns in self.found.items():
            sums: dict[int, Cells] = defaultdict(dict)
            parted: dict[int, set[str]] = defaultdict(set)
            for cell, beside in columns.items():
                if "__" in cell and level == self.level:
                    indicator = indicator_of(cell)
                    for province, reported in zip(beside.provinces, beside.reported, strict=True):
                        if reported:
                            parted[province].add(indicator)
                if only is None or cell in only:
                    for province, found in zip(
                        beside.provinces, map(Sum._make, zip(*beside[1:], strict=True)), strict=True
                    ):
                        sums[province][cell] = found
            cells |= {(province, period_id, level): own for province, own in sums.items()}
            in_parts |= {(province, period_id): indicators for province, indicators in parted.items()}
        return Sums(
            {
                period: [self._ground(province, period, cells, in_parts) for province in self.spells.provinces]
                for period in periods
            },
            self.places,
        )

    def _ground(
        self,
        province: int,
        period: Period,
        cells: Mapping[tuple[int, int, str], Cells],
        in_parts: Mapping[tuple[int, int], set[str]],
    ) -> Ground:
        units, mark = self.spells.there(province, period.last_day)
        period_id = self.ids.get(period, 0)
        day, latest = period.last_day, period.year
        bases = [
            cells[province, pk, self.level]
            for year, end, pk in self._years
            if year <= latest and (province, pk, self.level) in cells and self.spells.meet(province, day, end)
        ]
        own = cells.get((province, period_id, Level.PROVINCE), {})
        parted = frozenset(in_parts.get((province, period_id), ()))
        found = cells.get((province, period_id, self.level), {})
        return Ground(province, period, period_id, units, mark, found, bases, own, parted)

    @cached_property
    def _years(self) -> list[tuple[int, date, int]]:
        """Years with their last day and the id of their period, the latest first."""
        years = ((period.year, pk) for period, pk in self.ids.items() if period.kind == Kind.YEAR)
        return [(year, date(year, 12, 31), pk) for year, pk in sorted(years, reverse=True)]


def read_columns(
    collection_id: int, catalogue: Catalogue, periods: Iterable[Period], level: str, today: date
) -> Columns:
    """Six queries."""
    wanted = list(periods)
    rows = PeriodRow.objects.filter(Q(code__in=map(str, wanted)) | Q(kind=Kind.YEAR, calendar=Calendar.STATISTICAL))
    ids = {Period.parse(code): pk for code, pk in rows.values_list("code", "pk")}
    days = {period.last_day for period in wanted}
    days |= {date(period.year, 12, 31) for period in ids if period.kind == Kind.YEAR}
    parameters: dict[str, Any] = {
        "collections": [collection_id, *Collection.objects.filter(kind="base").values_list("pk", flat=True)],
        "periods": list(ids.values()),
        "indicators": list(catalogue.ids.values()),
        "levels": [level, Level.PROVINCE],
        "level": level,
        "first": min(days),
        "last": max(days),
    }
    with connection.cursor() as cursor:
        cursor.execute(TODAYS, {"today": today})
        todays = cursor.fetchall()
        parameters |= {"news": [new for new, _old in todays], "olds": [old for _new, old in todays]}
        cursor.execute(UNITS, parameters)
        spells = _Spells(cursor.fetchall())
        cursor.execute(SUMS, parameters)
        found, places = _sorted_in(cursor.fetchall(), catalogue, _by_old(todays))
    return Columns(level, ids, found, places, spells)


def read_sums(collection_id: int, catalogue: Catalogue, periods: Iterable[Period], level: str, today: date) -> Sums:
    """Six queries."""
    wanted = list(periods)
    return read_columns(collection_id, catalogue, wanted, level, today).sums(wanted)


def _sorted_in(
    rows: Iterable[tuple[Any, ...]], catalogue: Catalogue, todays: Mapping[int, Sequence[int]]
) -> tuple[dict[tuple[int, str], dict[Cell, Beside]], dict[Cell, tuple[int, int]]]:
    """The sums by (period id, level) and cell; and where each cell stands."""
    codes, keys = {pk: code for code, pk in catalogue.ids.items()}, keys_by_id()
    cells: dict[tuple[int, int], Cell] = {}
    order: dict[tuple[int, ...], Order] = {}
    found: dict[tuple[int, str], dict[Cell, Beside]] = defaultdict(dict)
    for period_id, indicator_id, category_id, level, *columns in rows:
        place = indicator_id, category_id
        if place not in cells:
            cells[place] = cell_of(codes[indicator_id], keys[category_id])
        found[period_id, level][cells[place]] = _under_todays(Beside(*columns), todays, order)
    return found, {cell: place for place, cell in cells.items()}


def _by_old(todays: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for new, old in todays:
        found[old].append(new)
    return found


def _under_todays(beside: Beside, todays: Mapping[int, Sequence[int]], order: dict[tuple[int, ...], Order]) -> Beside:
    """The sums of provinces of any day as those of the provinces of today that cover them, by id. `order` remembers how."""
    olds = tuple(beside.provinces)
    if olds not in order:
        order[olds] = _order_of(olds, todays)
    news, moved = order[olds]
    if moved is not None:
        return Beside(list(news), *(list(moved(column)) for column in beside[1:]))
    sums: dict[int, Sum] = {}
    for place, old in enumerate(olds):
        each = Sum._make(column[place] for column in beside[1:])
        for new in todays[old]:
            sums[new] = sums[new].with_(each) if new in sums else each
    return Beside(sorted(sums), *map(list, zip(*(sums[new] for new in sorted(sums)), strict=True)))


def _order_of(olds: Sequence[int], todays: Mapping[int, Sequence[int]]) -> Order:
    """The provinces of today in order, and what puts a list of theirs in order; None where one covers several."""
    news = [new for old in olds for new in todays[old]]
    if len(olds) < 2 or len(set(news)) < len(news) or len(news) != len(olds):
        return (), None
    return sorted(news), itemgetter(*sorted(range(len(news)), key=news.__getitem__))


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

    def meet(self, province: int, day: date, other: date) -> bool:
        """Did any unit lie in the province on both days? Most did all along, which is seen without listing the units."""
        first, last = sorted((day, other))
        for since, until, units, _mark in self.rows[province]:
            if units and (since is None or since <= first) and (until is None or last < until):
                return True
        return not self.there(province, day)[0].isdisjoint(self.there(province, other)[0])
