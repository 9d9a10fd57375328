"""Defined names: which cell each one stands for today, and which lost theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from diaban.lib.workbooks.cells import CellRef, position
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.markup import Node, space_of
from diaban.lib.workbooks.refusals import OversizedWorkbook
from diaban.lib.workbooks.sheets import Block, Place, Sheet, read_block

_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:,()]+))!([$A-Za-z0-9:]+)")


@dataclass(frozen=True, slots=True)
class Names:
    """`cells`: names of one cell; of a merged block, its first cell. `ranges`: names of several cells, first and last.
    `broken`: names whose cell was deleted. `merged`: names whose cell is part of a merged block."""

    cells: dict[str, CellRef] = field(default_factory=dict)
    ranges: dict[str, tuple[CellRef, CellRef]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)


def read_names(book: Node, sheets: Mapping[str, Sheet], limits: Limits) -> Names:
    """The names of a workbook; one that holds for the whole goes before the same name on a single sheet."""
    defined = list(book.iter(f"{space_of(book)}definedName"))
    if len(defined) > limits.names:
        raise OversizedWorkbook(f"quá {limits.names} tên ô")
    defined.sort(key=lambda element: "localSheetId" in element.attrib)
    blocks = {sheet: _merged_places(content) for sheet, content in sheets.items()}
    names = Names()
    seen: set[str] = set()
    for element in defined:
        name = element.get("name", "")
        if name and name not in seen and not name.startswith("_xlnm."):
            seen.add(name)
            _place(names, name, (element.text or "").strip(), blocks)
    return names


def _merged_places(sheet: Sheet) -> dict[Place, Block]:
    return {place: block for block in sheet.merged for place in block.within(block.bottom, block.right)}


def _place(names: Names, name: str, target: str, blocks: Mapping[str, Mapping[Place, Block]]) -> None:
    if "#REF!" in target:
        names.broken.add(name)
        return
    found = _TARGET.fullmatch(target)
    if found is None:
        return
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    merged = blocks.get(sheet)
    place = position(found[3])
    if merged is not None and place is not None and place not in merged:
        names.cells[name] = CellRef(sheet, *place)
    elif block := read_block(found[3]):
        _place_block(names, name, sheet, block, merged)


def _place_block(names: Names, name: str, sheet: str, block: Block, merged: Mapping[Place, Block] | None) -> None:
    """A name of several cells, of a merged block, or of a sheet that is gone."""
    if merged is None:
        names.broken.add(name)
        return
    first, last = CellRef(sheet, block.top, block.left), CellRef(sheet, block.bottom, block.right)
    inside = merged.get((block.top, block.left))
    if inside:
        names.merged.add(name)
    if first == last or block == inside:
        names.cells[name] = first
    else:
        names.ranges[name] = first, last
