"""Tables written as workbooks: rows as they come, numbers as numbers, never a formula.

XlsxWriter makes the frame (head, formats, print set-up); the rows are written into it directly, which is several times
faster than cell by cell and needs no memory.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO, Literal
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from diaban.lib.workbooks.cells import LAST_ROW, column_letters

ColumnKind = Literal["text", "integer", "decimal", "percent", "date", "moment"]
FONT = "Times New Roman"
LONGEST_TEXT = 32_767  # characters in a cell
_A4 = 9
_WIDTHS: dict[ColumnKind, float] = {"text": 30, "integer": 12, "decimal": 14, "percent": 10, "date": 12, "moment": 17}
_UPRIGHT = 100  # characters that an upright A4 page holds in this type
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_SHEET = "xl/worksheets/sheet1.xml"
_FIRST = 4  # the row of the first values; 1 is the title, 3 the head
_BATCH = 500
_MARKED = re.compile(rb'<row r="(?:4|5)"[^>]*>.*?</row>')
_STYLE = re.compile(rb' s="([0-9]+)"')
_DIMENSION = re.compile(rb"<dimension[^>]*/>")
_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FAST = 4  # of zlib: half the time of its default, a tenth more bytes
_EXACT = 10**15  # larger whole numbers lose digits in a spreadsheet
_ORDINAL = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)  # before it the format counts a day that never was


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a written table. `digits` are decimals shown of `decimal` and `percent`; `width` is in characters.

    A percentage is given as people say it: 45.5 is shown as 45,5%. A moment is shown as its clock stands, without its zone.
    """

    title: str
    kind: ColumnKind = "text"
    digits: int = 0
    width: float | None = None

    @property
    def width_shown(self) -> float:
        return self.width or _WIDTHS[self.kind]

    @property
    def number_format(self) -> str:
        fraction = "." + "0" * self.digits if self.digits else ""
        formats = {
            "text": "@",
            "integer": "#,##0",
            "decimal": f"#,##0{fraction}",
            "percent": f'#,##0{fraction}"%"',
            "date": "dd/mm/yyyy",
            "moment": "dd/mm/yyyy hh:mm",
        }
        return formats[self.kind]


def write_table(
    stream: BinaryIO,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    notes: Sequence[str] = (),
) -> int:
    """Write a title, a head that stays in sight, rows and notes under them, ready to print on A4; the number of rows.

    Rows are written as they come: a million need no more memory than one. None leaves a cell empty; a text in a number's
    place (“…”, “x”) is written as text. Raises ValueError for a row of another length and past the last row of a sheet.
    """
    frame = _Frame(title, columns)
    writers = [_writer(number, column, frame) for number, column in enumerate(columns, 1)]
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_FAST) as archive:
        with archive.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(frame.before)
            count = _write_rows(sheet.write, rows, writers)
            frame = _Frame(title, columns, notes, count)
            sheet.write(frame.after)
        for name, part in frame.parts.items():
            archive.writestr(name, part)
    return count


class _Frame:
    """The workbook without its rows: the sheet's XML before and after them, the other parts, the number of each style.

    Styles are read off two marked rows that XlsxWriter writes in the place of the values: one as values, one as words.
    """

    def __init__(self, title: str, columns: Sequence[Column], notes: Sequence[str] = (), count: int = 0) -> None:
        self.columns = columns
        file = BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
            self.book = book
            self.sheet = book.add_worksheet(title.translate(_FORBIDDEN).strip("' ")[:31].strip("' ") or "Bảng")
            self._set_up_print()
            self._write_head(title, count)
            self._mark_styles()
            self._write_notes(notes, _FIRST + max(count, 2))
        with ZipFile(file) as archive:
            self.parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        self._cut(_DIMENSION.sub(b"", self.parts.pop(_SHEET)))

    def _format(self, **properties: object) -> Any:
        return self.book.add_format({"font_name": FONT, "font_size": 12, "valign": "top", **properties})

    def _set_up_print(self) -> None:
        sheet, widths = self.sheet, [column.width_shown for column in self.columns]
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_paper(_A4)
        if sum(widths) > _UPRIGHT:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f'&C&"{FONT}"&10Trang &P/&N')

    def _write_head(self, title: str, count: int) -> None:
        self.sheet.write_string(0, 0, fitting(title), self._format(bold=True, font_size=14))
        head = self._format(bold=True, align="center", valign="vcenter", text_wrap=True, border=1, bg_color="#E7EEF7")
        for number, column in enumerate(self.columns):
            self.sheet.write_string(_FIRST - 2, number, column.title, head)
        lines = max(len(column.title) // max(column.width_shown - 2, 1) for column in self.columns) + 1
        self.sheet.set_row(_FIRST - 2, 8 + 16 * lines)
        self.sheet.freeze_panes(_FIRST - 1, 0)
        self.sheet.repeat_rows(_FIRST - 2)
        if count:
            self.sheet.autofilter(_FIRST - 2, 0, _FIRST + count - 2, len(self.columns) - 1)

    def _mark_styles(self) -> None:
        for number, column in enumerate(self.columns):
            is_text = column.kind == "text"
            plain = self._format(num_format=column.number_format, border=1, text_wrap=is_text)
            words = plain if is_text else self._format(border=1, align="right")
            self.sheet.write_blank(_FIRST - 1, number, None, plain)
            self.sheet.write_blank(_FIRST, number, None, words)

    def _write_notes(self, notes: Sequence[str], row: int) -> None:
        style = self._format(italic=True)
        for number, note in enumerate(notes):
            self.sheet.write_string(row + number, 0, fitting(note), style)

    def _cut(self, sheet: bytes) -> None:
        values, words = _MARKED.finditer(sheet)
        self.before, self.after = sheet[: values.start()], sheet[words.end() :]
        self.plain = [found.decode() for found in _STYLE.findall(values[0])]
        self.words = [found.decode() for found in _STYLE.findall(words[0])]


def _write_rows(
    write: Callable[[bytes], object], rows: Iterable[Sequence[object]], writers: Sequence[Callable[[str, Any], str]]
) -> int:
    count, remaining = 0, iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        pieces = []
        for values in batch:
            row = str(_FIRST + count)
            count += 1
            cells = [cell(row, value) for cell, value in zip(writers, values, strict=True)]
            pieces.append(f'<row r="{row}">{"".join(cells)}</row>')
        if _FIRST + count > LAST_ROW:
            raise ValueError("more rows than a sheet holds; write a .csv instead")
        write("".join(pieces).encode())
    return count


def _writer(number: int, column: Column, frame: _Frame) -> Callable[[str, Any], str]:
    """How a value of this column is written, made once for all rows."""
    letters, plain, words = column_letters(number), frame.plain[number - 1], frame.words[number - 1]
    stored = {"text": _not_a_number, "date": _serial_day, "moment": _serial_moment}.get(column.kind, _number)

    def write(row: str, value: Any) -> str:
        if value is None or value == "":
            return f'<c r="{letters}{row}" s="{plain}"/>'
        number = stored(value)
        if number is not None:
            return f'<c r="{letters}{row}" s="{plain}"><v>{number}</v></c>'
        text = escaped(fitting(f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)))
        return f'<c r="{letters}{row}" s="{words}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    return write


def _not_a_number(_value: object) -> None:
    return None


def _number(value: object) -> str | None:
    """A number as the file stores it; None for what is none or would lose digits."""
    if isinstance(value, int):
        return str(int(value)) if -_EXACT < value < _EXACT else None
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    return repr(value) if isinstance(value, float) and isfinite(value) else None


def _serial_day(value: object) -> str | None:
    day = value.date() if isinstance(value, datetime) else value
    return str(day.toordinal() - _ORDINAL) if isinstance(day, date) and day >= _FIRST_DAY else None


def _serial_moment(value: object) -> str | None:
    day = _serial_day(value)
    if day is None or not isinstance(value, datetime):
        return day
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return f"{day}.{seconds * 10**10 // 86_400:010}"


def fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def escaped(text: str) -> str:
    """Text for XML; what XML cannot hold is written the way of the format (ECMA-376 part 1, 22.9.2.19), halves of letters as ?."""
    return _SPECIAL.sub(_escape, _LIKE_ESCAPED.sub("_x005F_", text) if "_x" in text else text)


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "\n", "\t": "\t", "\r": "\n"}.get(letter)
    if named:
        return named
    return f"_x{ord(letter):04X}_" if letter < " " else "?"
