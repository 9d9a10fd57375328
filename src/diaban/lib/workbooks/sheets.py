"""One pass over a sheet: what each cell stores, which cells compute, which are merged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from diaban.lib.workbooks.cells import position
from diaban.lib.workbooks.limits import Limits
from diaban.lib.workbooks.markup import local, run
from diaban.lib.workbooks.refusals import DamagedWorkbook, OversizedWorkbook

Place = tuple[int, int]
_TEXTS = frozenset({"v", "t"})  # a stored value, a piece of a text written in the cell itself


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


@dataclass(slots=True)
class Sheet:
    cells: dict[Place, Stored] = field(default_factory=dict)
    merged: list[Block] = field(default_factory=list)
    arrays: list[Block] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0

    def spilled(self) -> frozenset[Place]:
        """The cells that show part of the result of a formula written in another cell."""
        return frozenset(place for block in self.arrays for place in block.within(self.last_row, self.last_column))


def read_block(reference: str) -> Block | None:
    """`A1:B2` or a single cell; None where it is neither."""
    first, _, last = reference.partition(":")
    start, end = position(first), position(last or first)
    if start is None or end is None:
        return None
    return Block(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def scan(content: bytes, limits: Limits) -> Sheet:
    """The filled cells of a sheet. Raises `DamagedWorkbook`, `OversizedWorkbook`, `HostileWorkbook`."""
    scanner = _Scanner(limits)
    run(content, scanner.start, scanner.end, scanner.text)
    sheet = scanner.sheet
    if sheet.last_row * sheet.last_column > limits.area:
        raise OversizedWorkbook(f"vùng số liệu quá {limits.area} ô")
    if sum(block.size for block in (*sheet.merged, *sheet.arrays)) > limits.area:
        raise OversizedWorkbook(f"vùng gộp ô hoặc công thức mảng quá {limits.area} ô")
    return sheet


class _Scanner:
    def __init__(self, limits: Limits) -> None:
        self.sheet = Sheet()
        self.limits = limits
        self.row = 0
        self.column = 0
        self.count = 0
        self.cell: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.is_formula = False
        self.listens = False
        self.skips = False
        self.starters = {
            "c": self._start_cell,
            "row": self._start_row,
            "f": self._start_formula,
            "mergeCell": self._merge,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in _TEXTS:
            self.listens = self.cell is not None and not self.skips
        elif starter := self.starters.get(name):
            starter(attributes)
        elif name == "rPh":
            self.skips = True

    def text(self, piece: str) -> None:
        if self.listens:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        name = local(name)
        if name in _TEXTS:
            self.listens = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self.skips = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        if written is not None and position(f"A{written}") is None:
            raise DamagedWorkbook
        self.row, self.column = int(written) if written else self.row + 1, 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            place = position(attributes["r"])
            if place is None:
                raise DamagedWorkbook
            self.row, self.column = place
        else:
            self.column += 1
        self.cell, self.pieces, self.is_formula = attributes, [], False
        self.count += 1
        if self.count > self.limits.cells:
            raise OversizedWorkbook(f"quá {self.limits.cells} ô")

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self.is_formula = self.cell is not None
        if attributes.get("t") in {"array", "dataTable"}:
            block = read_block(attributes.get("ref", ""))
            if block:
                self.sheet.arrays.append(block)

    def _merge(self, attributes: dict[str, str]) -> None:
        block = read_block(attributes.get("ref", ""))
        if block is None:
            raise DamagedWorkbook
        self.sheet.merged.append(block)

    def _end_cell(self) -> None:
        if self.cell is None:
            raise DamagedWorkbook
        text = "".join(self.pieces)
        if text or self.is_formula:
            style = self.cell.get("s", "0")
            stored = Stored(
                self.cell.get("t", "n"),
                int(style) if style.isdecimal() and len(style) < 7 else 0,
                text,
                self.is_formula,
            )
            self._keep(stored)
        self.cell = None

    def _keep(self, stored: Stored) -> None:
        sheet, limits = self.sheet, self.limits
        if self.row > limits.rows or self.column > limits.columns:
            raise OversizedWorkbook(f"quá {limits.rows} dòng hoặc {limits.columns} cột")
        sheet.cells[self.row, self.column] = stored
        if self.row > sheet.last_row:
            sheet.last_row = self.row
        if self.column > sheet.last_column:
            sheet.last_column = self.column
