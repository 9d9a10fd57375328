"""A wide table as offices print it (biểu): its number, heads in levels, rows with the numbers behind them, places to sign.

Frozen values that a room builds; `wide_pdf`, `wide_docx` and `wide_xlsx` print them, on as many pages across as the columns need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from diaban.foundation.documents.content import Align, BadPaper, SignOff

Look = Literal["plain", "total", "subtotal"]
Size = Literal["A3", "A4"]
PAGES: Final[dict[Size, tuple[float, float]]] = {"A3": (420, 297), "A4": (297, 210)}  # millimetres, lying
MARGIN: Final = 15.0
MOST_STRETCH: Final = 2.2  # a narrow table is not pulled over the whole page


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: how it is written and, where it is a number, the number itself with the decimals it is shown with.

    `pattern` is the number format of a workbook where that says more than decimals.
    """

    text: str
    value: Decimal | int | None = None
    digits: int = 0
    is_estimated: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column under its heads from the top down; neighbours share the heads that they begin with.

    `width` is millimetres on paper. Neighbours of one `block` are never parted by a page.
    """

    heads: tuple[str, ...]
    width: float = 22
    align: Align = "right"
    block: str = ""


@dataclass(frozen=True, slots=True)
class WideRow:
    cells: tuple[Figure, ...]
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Head:
    """A head and the columns and levels it reaches over, counted from 0."""

    text: str
    column: int
    level: int
    columns: int
    levels: int


@dataclass(frozen=True, slots=True)
class WideTable:
    """`number` is printed as “Biểu số: …” with `box` under it at the right; `frozen` columns stand on every page and stay in
    sight in a workbook. `numbers` is the line “A B 1 2 3” under the heads."""

    title: str
    columns: tuple[WideColumn, ...]
    rows: tuple[WideRow, ...]
    agency: str = ""
    superior: str = ""
    number: str = ""
    box: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    unit: str = ""
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    place_date: str = ""
    sign_off: tuple[SignOff, ...] = ()
    frozen: int = 2
    size: Size = "A3"

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not 0 < self.frozen < width or any(len(row.cells) != width for row in self.rows):
            raise BadPaper(f"wide table: every row needs {width} cells, and at least one column is not frozen")
        if self.numbers and len(self.numbers) != width:
            raise BadPaper(f"wide table: {len(self.numbers)} numbers of {width} columns")

    @property
    def room(self) -> float:
        """Millimetres across a page."""
        return PAGES[self.size][0] - 2 * MARGIN

    @property
    def levels(self) -> int:
        return max(len(column.heads) for column in self.columns)

    def only(self, places: Sequence[int]) -> "Portion":
        """The columns at those places."""
        return Portion(
            columns=tuple(self.columns[place] for place in places),
            numbers=tuple(self.numbers[place] for place in places) if self.numbers else (),
            rows=tuple(WideRow(tuple(row.cells[place] for place in places), row.look) for row in self.rows),
            levels=self.levels,
        )

    @property
    def portions(self) -> "tuple[Portion, ...]":
        """The table as pages across show it: the frozen columns and some of the others, evenly."""
        frozen = list(range(self.frozen))
        return tuple(self.only([*frozen, *places]) for places in self.across)

    @property
    def across(self) -> list[list[int]]:
        """The places of the columns on each page across, without the frozen ones."""
        taken = sum(column.width for column in self.columns[: self.frozen])
        return spread(self.columns, self.frozen, self.room - taken)


@dataclass(frozen=True, slots=True)
class Portion:
    """Some columns of a wide table, whole in height."""

    columns: tuple[WideColumn, ...]
    numbers: tuple[str, ...]
    rows: tuple[WideRow, ...]
    levels: int

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads by level, each once over all columns it covers."""
        found = []
        for level in range(self.levels):
            place = 0
            while place < len(self.columns):
                heads = self.columns[place].heads
                if level >= len(heads):
                    place += 1
                    continue
                last = place + 1
                while last < len(self.columns) and self._shares(place, last, level):
                    last += 1
                levels = self.levels - level if level == len(heads) - 1 else 1
                found.append(Head(heads[level], place, level, last - place, levels))
                place = last
        return tuple(found)

    def _shares(self, place: int, other: int, level: int) -> bool:
        """Whether two columns have the same head there, and others below it."""
        one, two = self.columns[place].heads, self.columns[other].heads
        return one[: level + 1] == two[: level + 1] and min(len(one), len(two)) > level + 1

    @property
    def natural(self) -> float:
        """Millimetres that the columns ask for."""
        return sum(column.width for column in self.columns)

    def widths(self, room: float) -> tuple[float, ...]:
        """Millimetres of each column where so many are to be filled."""
        stretch = min(room / self.natural, MOST_STRETCH)
        return tuple(column.width * stretch for column in self.columns)


def spread(columns: Sequence[WideColumn], frozen: int, room: float) -> list[list[int]]:
    """The columns after the frozen ones over as few pages as hold them, each about as full; blocks stay together.

    A block wider than a page has one of its own.
    """
    blocks: list[list[int]] = []
    for place in range(frozen, len(columns)):
        block = columns[place].block
        if blocks and block and columns[blocks[-1][-1]].block == block:
            blocks[-1].append(place)
        else:
            blocks.append([place])
    widths = [sum(columns[place].width for place in block) for block in blocks]
    pages = _filled(widths, room)
    # The narrowest page that needs no more pages makes them even.
    least, most = max(widths), max(room, max(widths))
    while most - least > 1:
        middle = (least + most) / 2
        least, most = (least, middle) if len(_filled(widths, middle)) == len(pages) else (middle, most)
    return [[place for at in page for place in blocks[at]] for page in _filled(widths, most)]


def _filled(widths: Sequence[float], room: float) -> list[list[int]]:
    pages: list[list[int]] = []
    left = 0.0
    for at, width in enumerate(widths):
        if not pages or width > left:
            pages.append([])
            left = room
        pages[-1].append(at)
        left -= width
    return pages
