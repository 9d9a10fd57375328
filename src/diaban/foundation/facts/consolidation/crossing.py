"""Areas beside one another over several periods, each figure by its indicator's own rule: what pivot tables are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import overload

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION, outcome_of, part_in
from diaban.foundation.facts.consolidation.gaps import by_units_alone, read_gaps, reasons_of
from diaban.foundation.facts.consolidation.provinces import Provinces, together
from diaban.foundation.facts.consolidation.sources import Scope, Source, read_sources
from diaban.foundation.facts.consolidation.sums import Beside, Columns, read_columns
from diaban.foundation.facts.rules.cells import Cell, indicator_of
from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book
from diaban.foundation.facts.rules.over_time import base_in, part_so_far, so_far
from diaban.foundation.facts.rules.recasting import scaled_sheet
from diaban.foundation.facts.rules.totals import EXCUSES, Computed, Total
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.rules import Share
from diaban.lib.periods import Period

NOT_THERE = Total(None, "not_applicable")


INSIDE, OUTSIDE = 1, 0  # where the land of a unit lies, seen from an area of another map


@dataclass(frozen=True)
class Area:
    """Who was to report for the area in each period. `unit_id` is the unit that may itself say what cannot be added.

    `shares`, of periods that are seen on another map, say how the reporters' land lies `INSIDE` the area and `OUTSIDE`:
    nothing of a unit where that cannot be known.
    """

    expected: Mapping[Period, frozenset[int]]
    unit_id: int = 0
    shares: Mapping[Period, Mapping[int, Sequence[Share]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Crossed:
    """By (cell, period), the areas' figures in the order of the areas; `spans` by (cell, number of the span)."""

    figures: Mapping[tuple[Cell, Period], Sequence[Total]]
    spans: Mapping[tuple[Cell, int], Sequence[Total]] = field(default_factory=dict)


def crossed(
    *,
    collection_id: int,
    cells: Sequence[Cell],
    areas: Sequence[Area],
    periods: Sequence[Period],
    spans: Sequence[Sequence[Period]] = (),
    as_of: date | None = None,
    catalogue: Catalogue | None = None,
) -> Crossed:
    """The figures of areas from the facts of their reporters. An area without any in a period was not there: no value.

    Each span is of periods of one year that follow one another, from its first: its figures are as "the year so far". Six
    queries at most.
    """
    catalogue = catalogue or read_catalogue({indicator_of(cell) for cell in cells})
    own = {area.unit_id for area in areas if area.unit_id}
    read = {
        period: frozenset(own).union(*(area.expected.get(period, frozenset()) for area in areas)) for period in periods
    }
    sources = read_sources(Scope(0, read), catalogue, collection_id, as_of)
    figures: dict[tuple[Cell, Period], list[Total]] = {(cell, period): [] for cell in cells for period in periods}
    over: dict[tuple[Cell, int], list[Total]] = {(cell, n): [] for cell in cells for n in range(len(spans))}
    with localcontext(prec=PRECISION):
        for area in areas:
            inside = {period: _inside(sources[period], area) for period in periods}
            for cell in cells:
                found = {period: _outcome(cell, inside[period], area) for period in periods}
                for period, each in found.items():
                    figures[cell, period].append(each.total)
                for number, span in enumerate(spans):
                    over[cell, number].append(_span(cell, [(found[period], inside[period]) for period in span]))
    return Crossed(figures, over)


def _inside(source: Source, area: Area) -> Source:
    """What of a period's sheet the area's reporters said, and the area itself."""
    expected = area.expected.get(source.period, frozenset())
    sheet = _only(source.sheet, expected | {area.unit_id})
    shares = area.shares.get(source.period)
    if shares is not None and any(len(shares[unit]) != 1 for unit in expected):
        definitions = list(source.book.definitions.values())
        sheet = scaled_sheet(definitions, sheet, {unit: shares[unit] for unit in expected}, INSIDE)
    return Source(source.period, source.book, sheet, expected)


def _only(sheet: Mapping[Cell, Column], units: frozenset[int]) -> dict[Cell, Column]:
    found = {}
    for cell, column in sheet.items():
        values = {unit: column.values[unit] for unit in units & column.values.keys()}
        reasons = {unit: column.reasons[unit] for unit in units & column.reasons.keys()} if column.reasons else {}
        if values or reasons:
            missing = {unit: column.missing[unit] for unit in units & column.missing.keys()} if column.missing else {}
            found[cell] = Column(values, reasons, column.estimated & units, missing)
    return found


def _outcome(cell: Cell, source: Source, area: Area) -> Computed:
    if not source.expected:
        return Computed(NOT_THERE, {}, frozenset())
    definition, is_recast = source.book[cell], source.period in area.shares
    if cell == definition.code:
        return outcome_of(definition, source, area.unit_id, is_recast=is_recast)
    return Computed(part_in(definition, cell, source, is_recast=is_recast), {}, frozenset())


def _span(cell: Cell, found: Sequence[tuple[Computed, Source]]) -> Total:
    there = [(each, source) for each, source in found if source.expected]
    if not there:
        return NOT_THERE
    last = there[-1][1]
    definition = last.book[cell]
    if cell == definition.code:
        return so_far(definition, last.book, [each for each, _source in there], base_in(last.sheet, last.book))
    return part_so_far(definition, [each.total for each, _source in there])


@dataclass(frozen=True)
class _Added(Sequence[Total]):
    """A column of provinces, then the country, that adding gives: each total is made when it is asked for."""

    values: list[Decimal]
    expected: list[int]
    reported: list[int]
    excused: list[int]
    estimated: list[int]

    def __len__(self) -> int:
        return len(self.values) + 1

    @overload
    def __getitem__(self, place: int) -> Total: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Total]: ...
    def __getitem__(self, place: int | slice) -> Total | Sequence[Total]:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        if place in {len(self.values), -1}:
            counts = (sum(self.expected), sum(self.reported), sum(self.excused))
            return Total(sum(self.values, Decimal()), "", *counts, estimated=any(self.estimated))
        counts = (self.expected[place], self.reported[place], self.excused[place])
        return Total(self.values[place], "", *counts, estimated=bool(self.estimated[place]))


def crossed_provinces(
    *,
    collection_id: int,
    codes: Sequence[str],
    periods: Sequence[Period],
    today: date,
    level: str = Level.COMMUNE,
    catalogue: Catalogue | None = None,
) -> tuple[tuple[int, ...], Crossed]:
    """The provinces of `today`, by id, then the country, from the provinces' sums: every unit of the level is taken to be
    expected. Figures as `national` gives them, without spans; nine queries, five more where units left something out.
    """
    catalogue = catalogue or read_catalogue(codes)
    books = {period: catalogue.book(period.last_day) for period in periods}
    with localcontext(prec=PRECISION):
        columns = read_columns(collection_id, catalogue, periods, level, today)
        figures = _added(collection_id, codes, columns, books)
        rest = [(code, period) for period in periods for code in codes if (code, period) not in figures]
        if rest:
            figures |= _from_sums(collection_id, catalogue, columns, books, rest)
    return tuple(columns.spells.provinces), Crossed(figures)


def _added(
    collection_id: int, codes: Sequence[str], columns: Columns, books: Mapping[Period, Book]
) -> dict[tuple[Cell, Period], Sequence[Total]]:
    """Of what may be added, the columns in which each province has a value that comes from units, none from their parts."""
    order = columns.spells.provinces
    figures: dict[tuple[Cell, Period], Sequence[Total]] = {}
    with_gaps: dict[tuple[str, Period], Beside] = {}
    for period, book in books.items():
        units, marks = columns.standing(period)
        here = columns.found.get((columns.ids.get(period, 0), columns.level), {})
        in_parts = {indicator_of(cell) for cell, beside in here.items() if "__" in cell and any(beside.reported)}
        for code in codes:
            given = here.get(code)
            is_added = all(units) and _is_added(code, book, period)
            if given is None or given.provinces != order or not is_added:
                continue
            if given.reported == units and given.marks == marks and not any(given.absent):
                figures[code, period] = _Added(given.totals, units, units, [0] * len(units), given.estimated)
            elif code not in in_parts and all(given.reported):
                with_gaps[code, period] = given
    return figures | _with_gaps(collection_id, columns, with_gaps)


def _is_added(code: str, book: Book, period: Period) -> bool:
    definition = book[code]
    if definition.is_derived or definition.is_base or definition.over_units in NOT_ADDITIVE:
        return False
    return definition.is_valid_on(period.last_day)


def _with_gaps(
    collection_id: int, columns: Columns, wanted: Mapping[tuple[str, Period], Beside]
) -> dict[tuple[Cell, Period], Sequence[Total]]:
    """Columns that some units left out; not those to which contributors gave. Two queries."""
    if not wanted:
        return {}
    periods = {period: columns.ids[period] for _code, period in wanted}
    grounds = columns.sums(periods, frozenset()).grounds
    samples = {
        (period, place, mark): code
        for (code, period), given in wanted.items()
        for place, mark in enumerate(given.marks)
        if mark != grounds[period][place].mark
    }
    cells = [(grounds[period][place], columns.places[code]) for (period, place, _mark), code in samples.items()]
    clear = by_units_alone(collection_id, cells)
    unclear = {sample for number, sample in enumerate(samples) if number not in clear}
    reasons = reasons_of(collection_id, periods.values(), {columns.places[code]: code for code, _period in wanted})
    figures: dict[tuple[Cell, Period], Sequence[Total]] = {}
    for (code, period), given in wanted.items():
        units = [ground.units for ground in grounds[period]]
        if any((period, place, mark) in unclear for place, mark in enumerate(given.marks)):
            continue
        excused = {unit for unit, why in reasons.get((periods[period], code), {}).items() if why in EXCUSES}
        excuses = [len(excused & inside) if excused else 0 for inside in units]
        figures[code, period] = _Added(given.totals, list(map(len, units)), given.reported, excuses, given.estimated)
    return figures


def _from_sums(
    collection_id: int,
    catalogue: Catalogue,
    columns: Columns,
    books: Mapping[Period, Book],
    wanted: Sequence[tuple[str, Period]],
) -> dict[tuple[Cell, Period], Sequence[Total]]:
    leaves = {leaf for code, period in wanted for leaf in books[period].leaves(code)} | {code for code, _p in wanted}
    sums = columns.sums(dict.fromkeys(period for _code, period in wanted), leaves)
    work = Provinces(sums, books, read_gaps(collection_id, catalogue, sums, books, wanted))
    figures: dict[tuple[Cell, Period], Sequence[Total]] = {}
    for code, period in wanted:
        found = work.totals(code, period)
        totals = [each.total for each in (*found, together(code, books[period], found))]
        if not books[period][code].is_valid_on(period.last_day):
            totals = [total._replace(value=None, reason="not_applicable") for total in totals]
        figures[code, period] = totals
    return figures
