"""Units down, indicators across: everyone's own figure, subtotals by old district, the whole, and places by what is good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from diaban.foundation.facts.consolidation import Area, crossed
from diaban.foundation.facts.rules.places import ranked
from diaban.foundation.facts.rules.totals import Total, shown
from diaban.foundation.territory.models import UnitVersion
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.display import certain, figure, reason_said
from diaban.work.reporting.queries.consolidation import Group, grouped

FALLING = {"up": False, "down": True}  # by an indicator's direction, whether less is better; none where neither is


@dataclass(frozen=True)
class Across:
    """An indicator of the table. `is_falling`: less is better; None where neither is."""

    code: str
    name: str
    unit_name: str
    digits: int
    section: str
    is_falling: bool | None

    @property
    def is_ranked(self) -> bool:
        return self.is_falling is not None


class Got(NamedTuple):
    """A figure of a unit, a group or the whole; of what cannot be added the bounds where there are any."""

    value: Decimal | None
    reason: str
    estimated: bool
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Cell:
    """A figure as it is written; whether it is the highest or lowest of its column, and its place from 1.

    Places are by the figures as they are shown, the best first: those that look alike share one, and the next is left free.
    """

    shown: str
    value: Decimal | None = None
    is_estimated: bool = False
    is_highest: bool = False
    is_lowest: bool = False
    rank: int | None = None


@dataclass(frozen=True)
class UnitRow:
    unit: UnitVersion
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class UnitRows:
    """The units of a group. `cells` are the group's own figures; there are none where nobody asks for it by name, or where they
    are not known on another map."""

    name: str
    rows: tuple[UnitRow, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class UnitTable:
    """The whole table. `without` tells of indicators that have no figure of the whole, and why."""

    columns: tuple[Across, ...]
    whole: tuple[Cell, ...]
    groups: tuple[UnitRows, ...]
    without: tuple[str, ...]

    @property
    def units(self) -> tuple[UnitRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


Found = Mapping[str, Mapping[int, Got]]  # by indicator, then unit


def unit_table(one: Consolidated, codes: Sequence[str]) -> UnitTable:
    """Those indicators, in their order. Every figure is computed by its indicator's rule: a percentage of a group is that of the
    summed parts. Five queries besides those of the groups; eight on another map."""
    one = one.of_indicators(codes)
    columns = tuple(_across(one, code) for code in codes)
    if one.map_on is not None:
        return _on_map(one, columns)
    groups = grouped(one, one.coverage.expected)
    named = [group for group in groups if group.name]
    alone = [Group(unit.full_name, (unit,)) for unit in one.coverage.expected]
    areas = [_area(one, group.units) for group in (*alone, *named)]
    whole = Area({one.period: one.owing[one.period]}, one.unit.unit_id)
    figures = crossed(
        collection_id=one.form.collection_id,
        cells=codes,
        areas=[whole, *areas],
        periods=[one.period],
        as_of=one.as_of,
        catalogue=one.catalogue,
    ).figures
    totals = [[_got(figures[code, one.period][at]) for code in codes] for at in range(len(areas) + 1)]
    ids = [unit.unit_id for unit in one.coverage.expected]
    found = {code: {unit: totals[at][place] for at, unit in enumerate(ids, 1)} for place, code in enumerate(codes)}
    own = {group.name: totals[len(ids) + at] for at, group in enumerate(named, 1)}
    return _table(columns, totals[0], groups, own, found)


def _across(one: Consolidated, code: str) -> Across:
    measure, line = one.layout.measures[code], next(line for line in one.layout.lines if line.indicator == code)
    section = next(block.title for block in one.layout.blocks if block.number == line.section)
    falling = FALLING.get(one.indicators[code].direction)
    return Across(code, measure.name, measure.unit_name, measure.digits, section, falling)


def _area(one: Consolidated, units: Sequence[UnitVersion]) -> Area:
    return Area({one.period: frozenset(unit.unit_id for unit in units)})


def _got(total: Total) -> Got:
    return Got(total.value, total.reason, total.estimated, total.least, total.most)


def _on_map(one: Consolidated, columns: Sequence[Across]) -> UnitTable:
    """Recast: the units and the whole; what a group of them would be is not known without the land that left it."""
    table = one.by_unit(with_whole=True)
    found = {
        code: {unit: Got(each.value, each.reason, each.estimated) for unit, each in table.figures[code].items()}
        for code in table.cells
    }
    whole = [_got(table.whole[column.code]) for column in columns]
    return _table(tuple(columns), whole, grouped(one, one.units_of(table)), {}, found)


def _table(
    columns: tuple[Across, ...],
    whole: Sequence[Got],
    groups: Sequence[Group],
    own: Mapping[str, Sequence[Got]],
    found: Found,
) -> UnitTable:
    cells = {column.code: _column(column, found[column.code]) for column in columns}
    return UnitTable(
        columns,
        tuple(_cell(column, got) for column, got in zip(columns, whole, strict=True)),
        tuple(
            UnitRows(
                group.name,
                tuple(UnitRow(unit, tuple(cells[one.code][unit.unit_id] for one in columns)) for unit in group.units),
                tuple(_cell(column, got) for column, got in zip(columns, own.get(group.name, ()), strict=False)),
            )
            for group in groups
        ),
        tuple(_why_none(column, got) for column, got in zip(columns, whole, strict=True) if certain(got) is None),
    )


def _column(column: Across, found: Mapping[int, Got]) -> dict[int, Cell]:
    values = {unit: shown(got.value, column.digits) for unit, got in found.items() if got.value is not None}
    places = places_of(values, is_falling=column.is_falling)
    high, low = max(values.values(), default=None), min(values.values(), default=None)
    return {
        unit: _cell(column, got, places.get(unit), high=high, low=low if low != high else None)
        for unit, got in found.items()
    }


def places_of(values: Mapping[int, Decimal], *, is_falling: bool | None) -> dict[int, int]:
    """Places from 1 by what is good; none where neither more nor less is."""
    if is_falling is None:
        return {}
    return ranked({unit: -value if is_falling else value for unit, value in values.items()})


def _cell(
    column: Across, got: Got, rank: int | None = None, *, high: Decimal | None = None, low: Decimal | None = None
) -> Cell:
    value = certain(got)
    seen = None if value is None or low is None else shown(value, column.digits)
    return Cell(
        figure(value, column.digits, got.reason),
        value,
        got.estimated,
        seen is not None and seen == high,
        seen is not None and seen == low,
        rank,
    )


def _why_none(column: Across, got: Got) -> str:
    """ "Số doanh nghiệp viễn thông (không cộng được giữa các đơn vị; từ 3 đến 17)": why the whole has no figure."""
    said = reason_said(got.reason, _("chưa có số liệu"))
    if got.least is not None and got.most is not None:
        bounds = {"least": figure(got.least, column.digits), "most": figure(got.most, column.digits)}
        said += "; " + _("từ %(least)s đến %(most)s") % bounds
    return f"{column.name} ({said})"
