"""Defined names: which cell each one stands for today, and which lost theirs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from diaban.lib.workbooks.cells import CellRef
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.markup import Element
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


def read_names(found: list[Element], sheets: Mapping[str, Sheet], limits: Limits) -> Names:
    """The names of a workbook; one that holds for the whole goes before the same name on a single sheet."""
    defined = [element for element in found if element.name == "definedName"]
    if len(defined) > limits.names:
        raise OversizedWorkbook(f"quá {limits.names} tên ô")
    defined.sort(key=lambda element: "localSheetId" in element.attributes)
    blocks = {sheet: _merged_places(content) for sheet, content in sheets.items()}
    names = Names()
    seen: set[str] = set()
    for element in defined:
        name = element.attributes.get("name", "")
        if name and name not in seen and not name.startswith("_xlnm."):
            seen.add(name)
            _place(names, name, element.text.strip(), blocks)
    return names


def _merged_places(sheet: Sheet) -> dict[Place, Block]:
    return {place: block for block in sheet.merged for place in block.within(block.bottom, block.right)}


def _place(names: Names, name: str, target: str, blocks: Mapping[str, Mapping[Place, Block]]) -> None:
    if "#REF!" in target:
        names.broken.add(name)
        return
    found = _TARGET.fullmatch(target)
    block = read_block(found[3]) if found else None
    if found is None or block is None:
        return
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    if sheet not in blocks:
        names.broken.add(name)
        return
    first, last = CellRef(sheet, block.top, block.left), CellRef(sheet, block.bottom, block.right)
    merged = blocks[sheet].get((block.top, block.left))
    if merged:
        names.merged.add(name)
    if first == last or block == merged:
        names.cells[name] = first
    else:
        names.ranges[name] = first, last
