"""One pass over a sheet: what each cell stores, which cells compute, which are merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import NamedTuple

from diaban.lib.workbooks.cells import position
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.markup import Node, space_of, tree
from diaban.lib.workbooks.refusals import DamagedWorkbook, OversizedWorkbook
from diaban.lib.workbooks.strings import text_of

Place = tuple[int, int]


class Stored(NamedTuple):
    """A cell as the file has it: the type's letter code, the number of its format, the stored text."""

    type: str
    style: int
    text: str
    is_formula: bool


class Block(NamedTuple):
    """A rectangle of cells, both ends within."""

    top: int
    left: int
    bottom: int
    right: int

    def within(self, last_row: int, last_column: int) -> Iterator[Place]:
        """Its cells up to a corner of the sheet."""
        rows = range(self.top, min(self.bottom, last_row) + 1)
        columns = range(self.left, min(self.right, last_column) + 1)
        return product(rows, columns)

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass
class Sheet:
    cells: dict[Place, Stored] = field(default_factory=dict)
    merged: list[Block] = field(default_factory=list)
    arrays: list[Block] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    @cached_property
    def spilled(self) -> frozenset[Place]:
        """The cells that show part of the result of a formula written in another cell."""
        return frozenset(place for block in self.arrays for place in block.within(self.last_row, self.last_column))


def read_block(reference: str) -> Block | None:
    """`A1:B2` or a single cell; None where it is neither."""
    first, _, last = reference.partition(":")
    start = position(first)
    end = position(last) if last else start
    if start is None or end is None:
        return None
    return Block(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def scan(content: bytes, limits: Limits) -> Sheet:
    """The filled cells of a sheet. Raises `DamagedWorkbook`, `OversizedWorkbook`."""
    if content.count(b"<") > limits.tags:
        raise OversizedWorkbook(f"quá {limits.cells} ô")
    root = tree(content)
    scanner = _Scanner(space_of(root), limits)
    for row in root.iter(scanner.ROW):
        scanner.row(row)
    for merged in root.iter(scanner.MERGED):
        scanner.merged(merged.get("ref", ""))
    sheet = scanner.sheet
    if sheet.last_row * sheet.last_column > limits.area:
        raise OversizedWorkbook(f"vùng số liệu quá {limits.area} ô")
    if sum(block.size for block in (*sheet.merged, *sheet.arrays)) > limits.area:
        raise OversizedWorkbook(f"vùng gộp ô hoặc công thức mảng quá {limits.area} ô")
    return sheet


class _Scanner:
    def __init__(self, space: str, limits: Limits) -> None:
        self.sheet = Sheet()
        self.space, self.limits = space, limits
        self.last_row = 0
        self.count = 0
        self.ROW, self.MERGED, self.CELL = f"{space}row", f"{space}mergeCell", f"{space}c"
        self.VALUE, self.FORMULA, self.INLINE = f"{space}v", f"{space}f", f"{space}is"

    def row(self, row: Node) -> None:
        """A cell that does not say where it is stands to the right of the one before, a row below the one before."""
        written = row.get("r")
        if written is not None and position(f"A{written}") is None:
            raise DamagedWorkbook
        number, column = int(written) if written else self.last_row + 1, 0
        for cell in row:
            if cell.tag == self.CELL:
                at = cell.get("r")
                place = position(at) if at is not None else (number, column + 1)
                if place is None:
                    raise DamagedWorkbook
                number, column = place
                self.count += 1
                if len(cell):
                    self._cell(place, cell)
        self.last_row = number
        if self.count > self.limits.cells:
            raise OversizedWorkbook(f"quá {self.limits.cells} ô")

    def merged(self, reference: str) -> None:
        block = read_block(reference)
        if block is None:
            raise DamagedWorkbook
        self.sheet.merged.append(block)

    def _cell(self, place: Place, cell: Node) -> None:
        text, is_formula = "", False
        for part in cell:
            if part.tag == self.VALUE:
                text += part.text or ""
            elif part.tag == self.INLINE:
                text += text_of(part, self.space)
            elif part.tag == self.FORMULA:
                is_formula = True
                self._spill(part)
        if text or is_formula:
            style = cell.get("s", "0")
            number = int(style) if style.isdecimal() and len(style) < 7 else 0
            self._keep(place, Stored(cell.get("t", "n"), number, text, is_formula))

    def _spill(self, formula: Node) -> None:
        if formula.get("t") in {"array", "dataTable"}:
            block = read_block(formula.get("ref", ""))
            if block:
                self.sheet.arrays.append(block)

    def _keep(self, place: Place, stored: Stored) -> None:
        sheet, limits = self.sheet, self.limits
        row, column = place
        if row > limits.rows or column > limits.columns:
            raise OversizedWorkbook(f"quá {limits.rows} dòng hoặc {limits.columns} cột")
        sheet.cells[place] = stored
        if row > sheet.last_row:
            sheet.last_row = row
        if column > sheet.last_column:
            sheet.last_column = column
