"""Figures unit by unit."""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from diaban.foundation.facts.catalogue import Catalogue, keys_of, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION
from diaban.foundation.facts.consolidation.sources import Scope, Source, read_sources
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING, Column, Sheet
from diaban.foundation.facts.rules.definitions import Book, Definition
from diaban.foundation.facts.rules.recasting import recast_sheet
from diaban.foundation.facts.rules.totals import Total, greatest, leaf_column, mean, smallest, total_of
from diaban.foundation.territory.recasting import Share, shares_between
from diaban.lib.periods import Period


@dataclass(frozen=True)
class UnitFigure:
    """A unit's figure in one cell. `missing` counts what is not in it: parts, or old units on another map."""

    value: Decimal | None
    reason: str
    estimated: bool
    missing: int


@dataclass(frozen=True)
class Spread:
    """What units' figures are like: the mean over those that reported, the smallest and the greatest."""

    mean: Total
    smallest: Total
    greatest: Total


@dataclass(frozen=True)
class UnitTable:
    """Units × cells: `figures` by cell, then unit; `spreads` by cell."""

    period: Period
    unit_ids: tuple[int, ...]
    cells: tuple[Cell, ...]
    figures: Mapping[Cell, Mapping[int, UnitFigure]]
    spreads: Mapping[Cell, Spread]


def by_unit(
    *,
    collection_id: int,
    indicators: Sequence[Indicator],
    period: Period,
    unit_ids: Several[int],
    with_parts: bool = False,
    as_of: date | None = None,
    map_on: date | None = None,
    catalogue: Catalogue | None = None,
) -> UnitTable:
    """Each unit's own figures. With `map_on` the units are those of that map to which the land of `unit_ids` went.

    Ratios and formulas are computed for each unit. Seven queries at most, two fewer with the
    indicators' `catalogue` at hand, and the territory's own with `map_on`.
    """
    catalogue = catalogue or read_catalogue([indicator.code for indicator in indicators])
    scope = Scope(next(iter(unit_ids), 0), {period: frozenset(unit_ids)})
    source = read_sources(scope, catalogue, collection_id, as_of)[period]
    cells = [cell for indicator in indicators for cell in _cells(source.book[indicator.code], with_parts=with_parts)]
    with localcontext(prec=PRECISION):
        columns, targets = _on_map(cells, source, map_on) if map_on else (_own(cells, source), tuple(unit_ids))
        figures = {cell: {unit: _figure(columns[cell], unit) for unit in targets} for cell in cells}
        spreads = {cell: _spread(columns[cell], frozenset(targets)) for cell in cells}
    return UnitTable(period, targets, tuple(cells), figures, spreads)


def _cells(definition: Definition, *, with_parts: bool) -> list[Cell]:
    return list(keys_of(definition)) if with_parts else [definition.code]


def _own(cells: Sequence[Cell], source: Source) -> dict[Cell, Column]:
    return {cell: _column(cell, source.book, source.sheet, source.expected) for cell in cells}


def _column(cell: Cell, book: Book, sheet: Sheet, units: Several[int]) -> Column:
    """A cell's column, computed unit by unit where the indicator is derived."""
    definition = book[cell]
    if not definition.is_derived:
        return leaf_column(cell, book, sheet)
    totals = {unit: total_of(definition, book, sheet, frozenset({unit})).total for unit in units}
    return Column(
        {unit: total.value for unit, total in totals.items() if total.value is not None},
        {unit: total.reason for unit, total in totals.items() if total.value is None},
        frozenset(unit for unit, total in totals.items() if total.estimated),
        {unit: total.missing_cells for unit, total in totals.items() if total.missing_cells},
    )


def _on_map(cells: Sequence[Cell], source: Source, map_on: date) -> tuple[dict[Cell, Column], tuple[int, ...]]:
    """The columns on another map and its units. A derived figure is recast from the units that gave all of its parts."""
    shares = shares_between(source.period.last_day, map_on, source.expected)
    targets = sorted({share.unit_id for parts in shares.values() for share in parts})
    columns: dict[Cell, Column] = {}
    plain = {source.book[cell].code: source.book[cell] for cell in cells}
    recast = recast_sheet(list(plain.values()), source.sheet, shares)
    for cell in cells:
        definition = source.book[cell]
        if not definition.is_derived:
            columns[cell] = recast.get(cell, NOTHING)
            continue
        parts = recast_parts(definition, source, shares)
        columns[cell] = _column(cell, source.book, parts, targets)
    return columns, tuple(targets)


def recast_parts(definition: Definition, source: Source, shares: Mapping[int, Sequence[Share]]) -> dict[Cell, Column]:
    """The leaves of a derived indicator on the other map, from those units only that gave every one of them."""
    leaves = {leaf: leaf_column(leaf, source.book, source.sheet) for leaf in source.book.leaves(definition.code)}
    whole = set(source.expected).intersection(*(column.values for column in leaves.values()))
    kept = {leaf: _only(column, whole) for leaf, column in leaves.items()}
    recast: dict[Cell, Column] = {}
    for leaf in leaves:
        recast[leaf] = recast_sheet([source.book[leaf]], kept, shares).get(leaf, NOTHING)
    return recast


def _only(column: Column, units: set[int]) -> Column:
    values = {unit: value for unit, value in column.values.items() if unit in units}
    return Column(values, column.reasons, column.estimated & units, column.missing)


def _figure(column: Column, unit: int) -> UnitFigure:
    value = column.values.get(unit)
    reason = "" if value is not None else column.reasons.get(unit, "not_reported")
    return UnitFigure(tidy(value), reason, unit in column.estimated, column.missing.get(unit, 0))


def _spread(column: Column, units: frozenset[int]) -> Spread:
    return Spread(mean(column, units), smallest(column, units), greatest(column, units))
