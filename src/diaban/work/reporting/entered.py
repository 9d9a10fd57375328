"""What the entry page was filled with, field by field, as a filling. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from diaban.work.reporting.cells import ESTIMATED, NAME, NOTE, REASON, Cell, Kind
from diaban.work.reporting.filling import Filling, confirmations

KEEP, CONFIRM, OBJECT, NONE_OF = "KEEP__", "CONFIRM__", "OBJECT__", "NONE__"
KEEP_ALL = "keep_all"  # the button that keeps what stood last period wherever nothing stands yet
ROWS = "ROWS__"  # a table of rows is on the page, if only with no row
ROW_SEPARATOR = ":"
LONGEST_TEXT = 20_000
LONGEST_ORDINAL = 6  # digits of a line's number


def filling_from(
    typed: Mapping[str, str],
    cells: Collection[Cell],
    previous: Mapping[str, Any],
    *,
    groups: Collection[str] | None = None,
) -> Filling:
    """What the entry page was filled with. The page shows every cell, so that what is blank is cleared; a list in which
    nothing is ticked, and not said to be empty, was left alone. `groups`: only these were sent, the other lists stay."""
    numbers = [cell for cell in cells if cell.kind is Kind.NUMBER and cell.is_typed]
    values: dict[str, Any] = {cell.name: typed[cell.name] for cell in numbers if cell.name in typed}
    keeps_all = typed.get("act") == KEEP_ALL
    kept = confirmations(cells, previous, [cell.name for cell in numbers if keeps_all or f"{KEEP}{cell.name}" in typed])
    values |= {name: value for name, value in kept.items() if not str(values.get(name, "")).strip()}
    values |= _ticks(typed, [cell for cell in cells if groups is None or cell.indicator in groups], previous)
    indicators = {cell.indicator for cell in cells if cell.is_total}
    names = {cell.name for cell in cells}
    return Filling(
        values=values,
        reasons={
            name: typed[f"{REASON}{name}"]
            for name in indicators
            if f"{REASON}{name}" in typed and not str(values.get(name, "")).strip()  # a number or sign goes before it
        },
        explanations={name: typed[f"{NOTE}{name}"][:2000] for name in names if f"{NOTE}{name}" in typed},
        texts=_texts(typed, cells),
        estimated={name: f"{ESTIMATED}{name}" in typed for name in indicators if f"{REASON}{name}" in typed},
        confirmed={name: f"{CONFIRM}{name}" in typed for name in names if f"{OBJECT}{name}" in typed},
        objections={name: typed[f"{OBJECT}{name}"][:500] for name in names if f"{OBJECT}{name}" in typed},
    )


def _ticks(typed: Mapping[str, str], cells: Collection[Cell], previous: Mapping[str, Any]) -> dict[str, str | None]:
    """The lists that were looked through, and those kept as they were ticked last period."""
    ticks = [cell for cell in cells if cell.kind is Kind.TICK and cell.is_typed]
    seen = {cell.indicator for cell in ticks if cell.name in typed or f"{NONE_OF}{cell.indicator}" in typed}
    kept = {
        cell.name
        for cell in ticks
        if cell.indicator not in seen
        and cell.prefill_last
        and previous.get(cell.name)
        and (typed.get("act") == KEEP_ALL or f"{KEEP}{cell.indicator}" in typed)
    }
    seen |= {cell.indicator for cell in ticks if cell.name in kept}
    return {
        cell.name: ("1" if cell.name in typed or cell.name in kept else "") if cell.indicator in seen else None
        for cell in ticks
    }


def _texts(typed: Mapping[str, str], cells: Collection[Cell]) -> dict[str, Any]:
    texts: dict[str, Any] = {}
    for cell in cells:
        if cell.kind is Kind.ROWS:
            if f"{ROWS}{cell.name}" in typed:
                texts[cell.name] = _rows(typed, cell)
        elif cell.kind is Kind.TEXT and cell.name in typed:
            texts[cell.name] = typed[cell.name].strip()[: 150 if cell.name.startswith(NAME) else LONGEST_TEXT]
    return texts


def _rows(typed: Mapping[str, str], cell: Cell) -> list[dict[str, str]]:
    """The lines of a table that say anything."""
    codes = [code for code, _label in cell.columns]
    found: dict[int, dict[str, str]] = {}
    for name, text in typed.items():
        code, _sep, rest = name.partition(ROW_SEPARATOR)
        number, _sep, column = rest.partition(ROW_SEPARATOR)
        if code == cell.name and number.isdecimal() and len(number) <= LONGEST_ORDINAL and column in codes:
            found.setdefault(int(number), {})[column] = text.strip()[:1000]
    return [row for _number, row in sorted(found.items()) if any(row.values())]
