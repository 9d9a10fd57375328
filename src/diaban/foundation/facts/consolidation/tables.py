"""Figures unit by unit."""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext

from diaban.foundation.facts.catalogue import Catalogue, keys_of, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION, outcome_of
from diaban.foundation.facts.consolidation.sources import Scope, Source, read_sources, recast_to
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING, Column, Sheet
from diaban.foundation.facts.rules.definitions import Book, Definition
from diaban.foundation.facts.rules.recasting import recast_sheet
from diaban.foundation.facts.rules.totals import Total, greatest, leaf_column, mean, smallest, total_of
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.recasting import Share, Shares, shares_at_levels
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
    """Units × cells: `figures` by cell, then unit; `spreads` by cell; `whole` by indicator, of the area that was named."""

    period: Period
    unit_ids: tuple[int, ...]
    cells: tuple[Cell, ...]
    figures: Mapping[Cell, Mapping[int, UnitFigure]]
    spreads: Mapping[Cell, Spread]
    whole: Mapping[str, Total] = field(default_factory=dict)


def by_unit(
    *,
    collection_id: int,
    indicators: Sequence[Indicator],
    period: Period,
    unit_ids: Several[int],
    with_parts: bool = False,
    as_of: date | None = None,
    map_on: date | None = None,
    area: Unit | None = None,
    catalogue: Catalogue | None = None,
) -> UnitTable:
    """Each unit's own figures. With `map_on` the units are those of that map to which the land of `unit_ids` went.

    Ratios and formulas are computed for each unit. Four queries at most, one fewer with the indicators' `catalogue` at hand,
    and the territory's own with `map_on`. With an `area`, the whole that `consolidate` gives of it, from the same reading.
    """
    catalogue = catalogue or read_catalogue([indicator.code for indicator in indicators])
    scope = Scope(area.pk if area else next(iter(unit_ids), 0), {period: frozenset(unit_ids)})
    source = read_sources(scope, catalogue, collection_id, as_of)[period]
    cells = [cell for indicator in indicators for cell in _cells(source.book[indicator.code], with_parts=with_parts)]
    own, above = _shares(source, map_on, area) if map_on else ({}, {})
    with localcontext(prec=PRECISION):
        columns, targets = _on_map(cells, source, own) if map_on else (_own(cells, source), tuple(unit_ids))
        figures = {cell: {unit: _figure(columns[cell], unit) for unit in targets} for cell in cells}
        spreads = {cell: _spread(columns[cell], frozenset(targets)) for cell in cells}
        whole = {}
        if area is not None:
            of_area = recast_to(source, area.pk, above) if map_on else source
            whole = {
                one.code: outcome_of(source.book[one.code], of_area, area.pk, is_recast=map_on is not None).total
                for one in indicators
            }
    return UnitTable(period, targets, tuple(cells), figures, spreads, whole)


def _shares(source: Source, map_on: date, area: Unit | None) -> list[Shares]:
    """How the reporters lie in units of their own level on the other map, and in units of the area's."""
    day = source.period.last_day
    levels = [None] if area is None else [None, area.level]
    found = [by_day[day] for by_day in shares_at_levels({day: source.expected}, map_on, levels)]
    return [found[0], found[-1]]


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


def _on_map(cells: Sequence[Cell], source: Source, shares: Shares) -> tuple[dict[Cell, Column], tuple[int, ...]]:
    """The columns on another map and its units. A derived figure is recast from the units that gave all of its parts."""
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
