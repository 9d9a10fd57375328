"""Where the head and the rows of a sheet are, whatever stands above, beside and between them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from diaban.foundation.facts.rules.typed import SIGNS
from diaban.lib.vietnamese import BadNumber, fold, parse_number
from diaban.lib.workbooks import CellKind, CellValue
from diaban.work.history.rules.words import tells_unit

Rows = Sequence[Sequence[CellValue]]
MOST_HEAD_ROWS = 6
_NUMBERING = re.compile(r"[a-z]|\(?\d{1,2}\)?|\(?\d{1,2}\)?\s*=.*")


class NoTable(ValueError):
    """No row of the sheet names a place and has a figure; the message says so in Vietnamese."""


@dataclass(frozen=True)
class Head:
    """A column: its number from 1, the texts above it from the top, whether anything in it looks like a figure."""

    column: int
    parts: tuple[str, ...]
    has_figures: bool

    @property
    def text(self) -> str:
        return " · ".join(self.parts)


@dataclass(frozen=True)
class Table:
    """`titles` are the texts above the head, `place_column` holds the names; `first` and `last` are rows from 1."""

    titles: tuple[str, ...]
    heads: tuple[Head, ...]
    place_column: int
    first: int
    last: int


def says(cell: CellValue) -> bool:
    return bool(cell.text.strip())


def is_figure(cell: CellValue) -> bool:
    """A number, a number as text in whatever shape, or one of the signs that stand in its place."""
    if cell.kind is CellKind.FORMULA or cell.number is not None:
        return cell.day is None and cell.shows is not CellKind.TEXT
    text = cell.text.strip().lower()
    return (
        text in SIGNS
        or _is_number(text)
        or (bool(text) and not re.search(r"[^\W\d_]", text) and any(map(str.isdigit, text)))
    )


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except BadNumber:
        return False
    return True


def table_of(rows: Rows, is_place: Callable[[str], bool]) -> Table:
    """The table of a sheet: the column with most names of places, the heads above the first of its rows. Raises `NoTable`."""
    column = _place_column(rows, is_place)
    hits = [number for number, row in enumerate(rows, 1) if _is_row(row, column, is_place)]
    if not hits:
        raise NoTable(
            _(
                "Không thấy dòng nào có tên đơn vị và số liệu. Mỗi đơn vị cần ở một dòng, tên ở cùng một cột. Nếu tên đơn vị "
                "nằm ngang: chép bảng sang trang tính mới bằng Dán đặc biệt (Paste Special), chọn Chuyển vị (Transpose)."
            )
        )
    first = hits[0]
    while first > 1 and _is_heading(rows[first - 2], column, is_place):
        first -= 1
    head = _head_rows(rows, first)
    top = head[0] if head else first
    titles = (cell.text.strip() for row in rows[: top - 1] for cell in row if says(cell))
    width = max(map(len, rows))
    heads = tuple(_head(rows, head, number, column, first) for number in range(1, width + 1))
    return Table(tuple(titles), tuple(one for one in heads if one.parts or one.has_figures), column, first, len(rows))


def _place_column(rows: Rows, is_place: Callable[[str], bool]) -> int:
    counts: dict[int, int] = {}
    for row in rows:
        for number, cell in enumerate(row, 1):
            if cell.kind is CellKind.TEXT and is_place(cell.text):
                counts[number] = counts.get(number, 0) + 1
    return max(counts, key=lambda number: (counts[number], -number), default=1)


def _is_row(row: Sequence[CellValue], column: int, is_place: Callable[[str], bool]) -> bool:
    return (
        len(row) >= column
        and is_place(row[column - 1].text)
        and any(is_figure(cell) for cell in row[column:])
    )  # fmt: skip


def _is_heading(row: Sequence[CellValue], column: int, is_place: Callable[[str], bool]) -> bool:
    """A place without figures, such as the district above its communes."""
    return len(row) >= column and is_place(row[column - 1].text) and not any(says(cell) for cell in row[column:])


def _head_rows(rows: Rows, first: int) -> list[int]:
    """The rows of the head, from the top: those right above the first row that stand over more than one column."""
    found: list[int] = []
    number = first - 1
    while number >= 1 and len(found) < MOST_HEAD_ROWS:
        texts = [cell.text.strip() for cell in rows[number - 1]]
        said = [text for text in texts if text]
        if not said or (found and len(said) < 2 and (texts[0] or tells_unit(said[0]))):
            break
        if not all(tells_unit(text) or _NUMBERING.fullmatch(fold(text)) for text in said):
            found.append(number)
        number -= 1
    return found[::-1]


def _head(rows: Rows, head: Sequence[int], column: int, place_column: int, first: int) -> Head:
    parts: list[str] = []
    for number in head:
        text = _text(rows, number, column)
        if not text and column > place_column and any(_text(rows, below, column) for below in head if below > number):
            left = (_text(rows, number, other) for other in range(column - 1, place_column, -1))
            text = next((one for one in left if one), "")
        if text and text not in parts:
            parts.append(text)
    figures = column > place_column and any(
        len(row) >= column and is_figure(row[column - 1]) for row in rows[first - 1 :]
    )
    return Head(column, tuple(parts), figures)


def _text(rows: Rows, row: int, column: int) -> str:
    cells = rows[row - 1]
    return " ".join(cells[column - 1].text.split()) if len(cells) >= column else ""
