"""A report's figures beside its unit's past and beside like units': which cells may be doubted. Values in, doubts out."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from diaban.work.reporting.cells import Cell, Kind, Lock
from diaban.work.reporting.quality.rules import (
    LEAST_PEERS,
    SMALL,
    Doubt,
    Figure,
    against_history,
    against_peers,
    copied,
    outside_hundred,
    shifted,
    swapped,
)

THOUSAND = Decimal(1000)
Found = tuple[Cell, Doubt]


@dataclass(frozen=True)
class Beside:
    """What a report is set beside, by cell: received figures of the unit's last periods (oldest first), what it reported
    for the period before, figures of like units for the same period. `kinds` by cell: stock, flow, ratio …

    `people` are the unit's inhabitants; peers of whole counts are then given per thousand of theirs.
    """

    past: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    peers: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    people: Decimal | None = None


def doubts_beside(cells: Sequence[Cell], values: Mapping[str, Decimal], beside: Beside) -> list[Found]:
    """In the order of the paper; of each indicator the one doubt that weighs most, the unit's own past before its peers."""
    numbers = [cell for cell in cells if cell.kind is Kind.NUMBER and not cell.not_asked and cell.lock is not Lock.BASE]
    own = worst_of(_of_past(numbers, values, beside))
    told = {cell.indicator for cell, _doubt in own}
    rows = [*own, *_of_rows(numbers, values, beside, told)]
    told |= {cell.indicator for cell, _doubt in rows}
    totals = [cell for cell in numbers if cell.is_total and cell.indicator not in told]
    rows += _of_peers(totals, values, beside)
    order = {cell.name: place for place, cell in enumerate(cells)}
    flows = [cell for cell in numbers if cell.is_typed and beside.kinds.get(cell.name) == "flow"]
    before, now = (
        {one.name: given[one.name] for one in flows if one.name in given} for given in (beside.previous, values)
    )
    rows += [(flows[0], doubt) for doubt in copied(before, now)]
    return sorted(rows, key=lambda row: order[row[0].name])


def worst_of(found: Iterable[Found]) -> list[Found]:
    """One doubt of each indicator: the one that weighs most, a part's before its total's among equals."""
    kept: dict[str, Found] = {}
    for cell, doubt in found:
        best = kept.get(cell.indicator)
        if best is None or (doubt.weight, not cell.is_total) > (best[1].weight, not best[0].is_total):
            kept[cell.indicator] = cell, doubt
    return list(kept.values())


def _of_past(cells: Sequence[Cell], values: Mapping[str, Decimal], beside: Beside) -> list[Found]:
    found: list[Found] = []
    for cell in cells:
        value = values.get(cell.name)
        if value is None:
            continue
        figure = figure_of(cell, beside.kinds)
        doubts = outside_hundred(figure, value) or against_history(figure, value, beside.past.get(cell.name, ()))
        found += [(cell, doubt) for doubt in doubts]
    return found


def _of_rows(cells: Sequence[Cell], values: Mapping[str, Decimal], beside: Beside, told: set[str]) -> list[Found]:
    """Rows that changed places, and totals whose composition is another."""
    found: list[Found] = []
    typed = [cell for cell in cells if cell.is_typed and cell.name in values and cell.name in beside.past]
    for one, other in _alike(typed):
        pair = swapped(
            figure_of(one, beside.kinds),
            figure_of(other, beside.kinds),
            (values[one.name], values[other.name]),
            (beside.past[one.name], beside.past[other.name]),
        )
        found += [(one, doubt) for doubt in pair]
    by_indicator: dict[str, list[Cell]] = defaultdict(list)
    for cell in typed:
        if cell.mode == "split":
            by_indicator[cell.indicator].append(cell)
    for parts in by_indicator.values():
        if parts[0].indicator in told or len(parts) < 2:
            continue
        figure = figure_of(parts[0], beside.kinds)
        doubts = shifted(
            Figure(parts[0].indicator, figure.unit_name, figure.kind, figure.digits),
            {cell.name: values[cell.name] for cell in parts},
            beside.past,
            {cell.name: cell.label for cell in parts},
        )
        found += [(parts[0], doubt) for doubt in doubts]
    return worst_of(found)


def _alike(cells: Sequence[Cell]) -> Iterable[tuple[Cell, Cell]]:
    """Pairs that a hand may take for one another: parts of one indicator; neighbours with the same unit of measure."""
    for _indicator, group in itertools.groupby(cells, key=lambda cell: cell.indicator):
        parts = [cell for cell in group if cell.member]
        yield from itertools.combinations(parts, 2)
    lone = [cell for cell in cells if not cell.member]
    for one, other in itertools.pairwise(lone):
        if one.section == other.section and one.unit_name == other.unit_name:
            yield one, other


def _of_peers(cells: Sequence[Cell], values: Mapping[str, Decimal], beside: Beside) -> list[Found]:
    """Whole counts per thousand inhabitants where the unit's population is known."""
    found: list[Found] = []
    for cell in cells:
        value = values.get(cell.name)
        if value is None:
            continue
        figure = Figure(f"{cell.indicator} {cell.label}", cell.unit_name, "derived", cell.digits)
        if is_per_head(cell, beside.people):
            if value < SMALL:
                continue
            figure = Figure(figure.name, figure.unit_name, "derived", 1)
            value = value * THOUSAND / beside.people if beside.people else value
        per = "trên 1.000 dân" if is_per_head(cell, beside.people) else ""
        found += [(cell, doubt) for doubt in against_peers(figure, value, beside.peers.get(cell.name, ()), per=per)]
    return found


def is_per_head(cell: Cell, people: Decimal | None) -> bool:
    """Whether a cell is compared with like units by a thousand inhabitants."""
    return bool(cell.is_whole and people)


def peers_of(
    cells: Sequence[Cell],
    unit: int,
    values: Mapping[int, Mapping[str, Decimal]],
    people: Mapping[int, Decimal],
    kinds: Mapping[int, str],
) -> dict[str, list[Decimal]]:
    """The figures of like units by cell, as `Beside.peers` wants them: of units of the same kind (xã, phường) where there
    are enough of them, else of all."""
    others = [one for one in values if one != unit]
    alike = [one for one in others if kinds.get(one) == kinds.get(unit)]
    beside = alike if len(alike) >= LEAST_PEERS else others
    found: dict[str, list[Decimal]] = {}
    for cell in cells:
        per_head = is_per_head(cell, people.get(unit))
        found[cell.name] = [
            values[other][cell.name] * (THOUSAND / people[other] if per_head else 1)
            for other in beside
            if cell.name in values[other] and (not per_head or other in people)
        ]
    return found


def figure_of(cell: Cell, kinds: Mapping[str, str]) -> Figure:
    kind = kinds.get(cell.name, "")
    called = f"{cell.indicator} {cell.label}" if cell.is_total else f"{cell.indicator}, {cell.label}"
    return Figure(
        called, cell.unit_name, "flow" if kind == "flow" else "stock" if kind == "stock" else "derived", cell.digits
    )
