"""Figures of a year typed as a grid, units down and indicators across: base figures, and plans."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from diaban.foundation.facts.bounds import MOST_DECIMALS, within
from diaban.foundation.facts.models import BASE_FIELD, CollectionKind, Fact, Indicator, OverUnits, Plan, ValueType
from diaban.foundation.facts.periods import base_period
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.vietnamese import BadNumber, format_number, parse_number

COMPUTED = (OverUnits.RATIO, OverUnits.FORMULA)
Figure = tuple[int, str, Decimal | None]  # unit id, indicator code, value; none takes the figure away
Place = tuple[int, str]


@dataclass(frozen=True)
class Cell:
    """One place: what stands there now, what was typed (the same until someone types), what is wrong with it."""

    name: str
    value: Decimal | None
    typed: str
    fault: str = ""

    @property
    def code(self) -> str:
        """Of its indicator."""
        return self.name.partition("__")[2]

    @property
    def shown(self) -> str:
        """What stands there, as people write it."""
        return "" if self.value is None else format_number(self.value)


@dataclass(frozen=True)
class Row:
    unit: UnitVersion
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Units down, indicators across, on the map of the year's last day. `is_plan` tells plans from base figures."""

    year: int
    is_plan: bool
    place: UnitVersion
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(cell name, sentence) of every cell that is wrong."""
        return [(cell.name, cell.fault) for row in self.rows for cell in row.cells if cell.fault]


@dataclass(frozen=True)
class Typed:
    """What was typed into a grid: figures to be saved, and the grid as it is shown again."""

    grid: Grid
    figures: list[Figure] = field(default_factory=list)


def cell_name(unit: UnitVersion, code: str) -> str:
    return f"{unit.unit.uid}__{code}"


def base_indicators(on: date) -> tuple[Indicator, ...]:
    """What is filled in once a year for every unit. One query."""
    return tuple(Indicator.objects.valid_on(on).filter(field_code=BASE_FIELD).exclude(over_units__in=COMPUTED))


def planned_indicators(field_code: str, on: date) -> tuple[Indicator, ...]:
    """What can have a plan in a field. One query."""
    return tuple(Indicator.objects.valid_on(on).filter(field_code=field_code))


def units_of(place: UnitVersion, on: date, *, is_plan: bool) -> list[UnitVersion]:
    """The units directly below a place; a plan may be the place's own as well, and comes first. One query."""
    inside = Q(parent=place.unit_id) | Q(unit=place.unit_id)
    found = list(UnitVersion.objects.on(on).filter(inside).select_related("unit").in_order())
    own = [one for one in found if one.unit_id == place.unit_id]
    below = [one for one in found if one.unit_id != place.unit_id]
    return [*own, *below] if is_plan or not below else below


def grid_of(
    place: UnitVersion, units: Sequence[UnitVersion], indicators: Sequence[Indicator], year: int, *, is_plan: bool
) -> Grid:
    """What stands there now. One query."""
    ids = [unit.unit_id for unit in units]
    values = _plans(ids, year) if is_plan else _base_figures(ids, year)
    rows = []
    for unit in units:
        standing = [(one.code, values.get((unit.unit_id, one.code))) for one in indicators]
        cells = (
            Cell(cell_name(unit, code), value, "" if value is None else format_number(value))
            for code, value in standing
        )
        rows.append(Row(unit, tuple(cells)))
    return Grid(year, is_plan, place, tuple(indicators), tuple(rows))


def _base_figures(unit_ids: Iterable[int], year: int) -> dict[Place, Decimal]:
    facts = Fact.objects.filter(
        collection__kind=CollectionKind.BASE, period__code=str(base_period(year)), category__key="",
        unit__in=list(unit_ids), superseded_at=None, value__isnull=False,
    )  # fmt: skip
    rows = facts.values_list("unit_id", "indicator__code", "value")
    return {(unit_id, code): value for unit_id, code, value in rows if value is not None}


def _plans(unit_ids: Iterable[int], year: int) -> dict[Place, Decimal]:
    plans = Plan.objects.filter(unit__in=list(unit_ids), year=year, category__key="")
    rows = plans.values_list("unit_id", "indicator__code", "value")
    return {(unit_id, code): value for unit_id, code, value in rows if value is not None}


def take(grid: Grid, typed: Mapping[str, str], seen: Mapping[str, str] | None = None) -> Typed:
    """What of the typed texts is new. `seen` is what the typist was shown, by cell: a figure that was seen and blanked is
    taken away; what someone else changed meanwhile is a fault, not overwritten. A workbook (`seen` None) takes nothing away.
    """
    figures: list[Figure] = []
    rows = []
    for row in grid.rows:
        cells = []
        for cell, indicator in zip(row.cells, grid.indicators, strict=True):
            text = typed.get(cell.name, cell.typed).strip()
            taken, is_new = _taken(cell, indicator, text, None if seen is None else seen.get(cell.name, ""))
            cells.append(taken)
            if is_new:
                figures.append((row.unit.unit_id, indicator.code, _number(indicator, text) if text else None))
        rows.append(Row(row.unit, tuple(cells)))
    return Typed(replace(grid, rows=tuple(rows)), figures)


def seen_of(data: Mapping[str, str]) -> dict[str, str]:
    """What the page showed when it was made, by cell; empty for anything that is not that."""
    try:
        seen = json.loads(data.get("truoc", ""))
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in seen.items()} if isinstance(seen, dict) else {}


def _taken(cell: Cell, indicator: Indicator, text: str, seen: str | None) -> tuple[Cell, bool]:
    """The cell as typed, and whether it is new; a blank is where a figure was seen."""
    if text == (cell.shown if seen is None else seen) or not (text or seen):
        return cell, False
    try:
        value = _number(indicator, text) if text else None
    except BadNumber as problem:
        return replace(cell, typed=text, fault=str(problem)), False
    if value == cell.value:
        return cell, False
    if seen is not None and seen != cell.shown:
        fault = _("Người khác vừa ghi %(value)s. Xem lại rồi lưu lần nữa.") % {"value": cell.shown or "…"}
        return replace(cell, typed=text, fault=fault), False
    return replace(cell, typed=text), True


def _number(indicator: Indicator, text: str) -> Decimal:
    """Raises `BadNumber`, also for what is out of the indicator's bounds."""
    return within(
        indicator, parse_number(text, integer=indicator.value_type == ValueType.INTEGER, digits=MOST_DECIMALS)
    )
