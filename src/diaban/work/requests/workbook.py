"""The workbook of a request: one row a unit, made to be filled; and what came back in one, cell by cell."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter

from diaban.foundation.facts.models import Reason
from diaban.lib.vietnamese import fold
from diaban.lib.workbooks import CellKind, CellRef, CellValue, Limits, Workbook, annotate, read_workbook
from diaban.work.requests.models import Answer, Receiver, Request
from diaban.work.requests.rules import SHOWN_NO, SHOWN_YES, Asked, Kind, Typed, read, shown

FONT = "Times New Roman"
SHEET, HIDDEN, FORMAT = "Trả lời", "_diaban", "1"
HEAD_ROW = 6  # of the headings; the rows of the units follow
CODE, NAME, FIRST = 1, 2, 3  # columns of the sheet, counted from 1
INPUT, LOCKED = "#FFF8DC", "#F2F2F2"
LIMITS = Limits(content=5 << 20, unpacked=30 << 20, entry=20 << 20, sheets=10, rows=5_000, columns=60, cells=60_000)
HOW_TO = (
    "Chỉ điền ô nền vàng, mỗi đơn vị một dòng. Ô số: không phát sinh ghi 0 hoặc “-”; có phát sinh nhưng chưa thu thập được ghi "
    "“…”; không áp dụng ghi “x”. Ngày ghi như 05/02/2026. Dòng để trống là chưa trả lời."
)
NOT_OURS = "Đây không phải tệp tải về từ yêu cầu này. Hãy tải tệp mới, chép số liệu sang (dán giá trị) rồi gửi lại."
_REASONS = {fold(str(label)): code for code, label in Reason.choices}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a cell (row and column counted from 1; 0, 0: the whole file)."""

    row: int
    column: int
    message: str

    @property
    def a1(self) -> str:
        return CellRef(SHEET, self.row, self.column).a1 if self.row else ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that somebody filled."""

    row: int
    code: str
    typed: Typed
    by_name: str = ""
    by_phone: str = ""


def make_workbook(
    request: Request, columns: Sequence[Asked], receivers: Sequence[Receiver], answers: Mapping[int, Answer], asker: str
) -> bytes:
    """An .xlsx with a row for each receiver and what it answered so far. `asker` is the asking office's name."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": request.title, "author": asker})
        sheet = book.add_worksheet(SHEET)
        _head(book, sheet, request, columns, asker)
        _rows(book, sheet, columns, receivers, answers)
        _finish(sheet, columns, len(receivers))
        hidden = book.add_worksheet(HIDDEN)
        hidden.very_hidden()
        for row, line in enumerate((FORMAT, str(request.uid), checksum(request.uid, columns))):
            hidden.write_string(row, 0, line)
    return out.getvalue()


def checksum(uid: UUID, columns: Iterable[Asked]) -> str:
    """A digest of what is asked: it shows a workbook of another request or another form of it."""
    lines = [FORMAT, str(uid), *(f"{column.code}|{column.kind}|{column.label}" for column in columns)]
    return sha256("\n".join(lines).encode()).hexdigest()[:20]


def _head(book: Any, sheet: Any, request: Request, columns: Sequence[Asked], asker: str) -> None:
    plain = book.add_format({"font_name": FONT, "font_size": 12})
    sheet.write_string(0, 0, asker, plain)
    sheet.write_string(1, 0, request.title, book.add_format({"font_name": FONT, "font_size": 14, "bold": True}))
    sheet.write_string(2, 0, f"{request.letter}. Trả lời trước {request.due_words}.", plain)
    sheet.write_string(3, 0, HOW_TO, book.add_format({"font_name": FONT, "font_size": 11, "italic": True}))
    head = book.add_format(
        {
            "font_name": FONT, "font_size": 12, "bold": True, "border": 1, "text_wrap": True, "align": "center",
            "valign": "vcenter", "bg_color": "#DCE6F1",
        }
    )  # fmt: skip
    titles = ["Mã", "Đơn vị", *(_title(column) for column in columns), "Người trả lời", "Điện thoại"]
    for column, title in enumerate(titles):
        sheet.write_string(HEAD_ROW - 1, column, title, head)
    sheet.set_row(HEAD_ROW - 1, 60)


def _title(column: Asked) -> str:
    return f"{column.called}{' *' if column.is_required else ''}"


def _rows(
    book: Any, sheet: Any, columns: Sequence[Asked], receivers: Sequence[Receiver], answers: Mapping[int, Answer]
) -> None:
    base = {"font_name": FONT, "font_size": 12, "border": 1}
    locked = book.add_format({**base, "bg_color": LOCKED})
    words = book.add_format({**base, "bg_color": INPUT, "locked": False, "text_wrap": True, "num_format": "@"})
    number = book.add_format({**base, "bg_color": INPUT, "locked": False, "num_format": "#,##0.######"})
    whole = book.add_format({**base, "bg_color": INPUT, "locked": False, "num_format": "#,##0"})
    looks = {Kind.NUMBER: number, Kind.WHOLE: whole}
    for row, receiver in enumerate(receivers, HEAD_ROW):
        answer = answers.get(receiver.pk)
        sheet.write_string(row, CODE - 1, receiver.code, locked)
        sheet.write_string(row, NAME - 1, receiver.name, locked)
        for place, column in enumerate(columns, FIRST - 1):
            _cell(sheet, row, place, column, answer, looks.get(column.kind, words))
        for place, text in enumerate((answer.by_name, answer.by_phone) if answer else ("", "")):
            sheet.write_string(row, FIRST - 1 + len(columns) + place, text, words)


def _cell(sheet: Any, row: int, place: int, column: Asked, answer: Answer | None, look: Any) -> None:
    value, reason = (
        (answer.values.get(column.code, ""), answer.reasons.get(column.code, "")) if answer else ("", "")
    )  # fmt: skip
    if reason and not column.kind.is_number:
        sheet.write_string(row, place, str(Reason(reason).label), look)
    elif value and column.kind.is_number and not reason:
        sheet.write_number(row, place, float(value), look)
    else:
        sheet.write_string(row, place, shown(column, value, reason), look)


def _finish(sheet: Any, columns: Sequence[Asked], count: int) -> None:
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 1 + len(columns), 18)
    sheet.set_column(2 + len(columns), 3 + len(columns), 22)
    last = HEAD_ROW + max(count, 1) - 1
    for place, column in enumerate(columns, FIRST - 1):
        options = {Kind.YES_NO: [SHOWN_YES, SHOWN_NO], Kind.CHOICE: list(column.choices)}.get(column.kind)
        if options and len(",".join(options)) <= 255:
            rule = {"validate": "list", "source": options, "error_type": "warning"}
            sheet.data_validation(HEAD_ROW, place, last, place, rule)
    sheet.freeze_panes(HEAD_ROW, NAME)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


@dataclass(slots=True)
class _Reading:
    """One pass over the sheet."""

    columns: Sequence[Asked]
    codes: Collection[str]
    rows: list[ReadRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def line(self, row: int, cells: Sequence[CellValue]) -> None:
        code = _text(cells[0])
        filled = {number: value for number, value in enumerate(cells, 1) if value.kind is not CellKind.EMPTY}
        if not filled.keys() - {CODE, NAME}:
            return
        if code not in self.codes:
            self.faults.append(Fault(row, CODE, f"Mã “{code}” không có trong yêu cầu này. Giữ nguyên cột Mã."))
            return
        if code in self.seen:
            self.faults.append(Fault(row, CODE, f"Mã “{code}” đã có ở dòng {self.seen[code]}."))
            return
        self.seen[code] = row
        self._answer(row, code, filled)

    def _answer(self, row: int, code: str, filled: Mapping[int, CellValue]) -> None:
        values: dict[str, str] = {}
        reasons: dict[str, str] = {}
        for place, column in enumerate(self.columns, FIRST):
            cell = filled.get(place)
            if cell is None:
                continue
            problem = _unfit(cell)
            text = _typed(cell, column)
            if problem:
                self.faults.append(Fault(row, place, problem))
            elif fold(text) in _REASONS:
                reasons[column.code] = _REASONS[fold(text)]
            else:
                values[column.code] = text
        after = FIRST + len(self.columns)
        by_name, by_phone = (_text(filled[place]) if place in filled else "" for place in (after, after + 1))
        if not values and not reasons:
            return
        typed = Typed(values, reasons)
        places = {column.code: place for place, column in enumerate(self.columns, FIRST)}
        told = {fault.column for fault in self.faults if fault.row == row}
        for name, message in read(self.columns, typed, Reason.values).faults.items():
            if places[name] not in told:
                self.faults.append(Fault(row, places[name], message))
        self.rows.append(ReadRow(row, code, typed, by_name[:100], by_phone[:20]))


def read_filled(
    content: bytes, uid: UUID, columns: Sequence[Asked], codes: Collection[str]
) -> tuple[list[ReadRow], list[Fault]]:
    """The filled rows of a workbook of the request, and every fault at its cell. Raises `WorkbookRefused`."""
    book = read_workbook(content, limits=LIMITS)
    if not _is_of(book, checksum(uid, columns)):
        return [], [Fault(0, 0, NOT_OURS)]
    reading = _Reading(columns, codes)
    lines = book.sheet_rows(SHEET)
    titles = ["Mã", "Đơn vị", *(_title(column) for column in columns)]
    top = next(
        (row for row, cells in enumerate(lines, 1) if [_text(cell) for cell in cells[: len(titles)]] == titles), 0
    )
    if not top:
        return [], [Fault(0, 0, NOT_OURS)]
    for row, cells in enumerate(lines[top:], top + 1):
        reading.line(row, cells)
    return reading.rows, reading.faults


def _is_of(book: Workbook, wanted: str) -> bool:
    if HIDDEN not in book.sheets or SHEET not in book.sheets:
        return False
    lines = [cells[0].text for cells in book.sheet_rows(HIDDEN) if cells]
    return len(lines) >= 3 and lines[0] == FORMAT and lines[2] == wanted


def _unfit(cell: CellValue) -> str:
    if cell.kind is CellKind.FORMULA:
        return "Ô đang là công thức. Chép rồi dán giá trị."
    if cell.kind is CellKind.ERROR:
        return f"Ô đang báo lỗi {cell.text}."
    return ""


def _typed(cell: CellValue, column: Asked) -> str:
    """A cell as somebody would have typed it on the page."""
    if cell.kind is CellKind.NUMBER and cell.number is not None and column.kind.is_number:
        return f"{cell.number:f}".replace(".", ",")
    if cell.kind is CellKind.DATE and cell.day is not None:
        return cell.day.isoformat()
    return _text(cell)


def _text(cell: CellValue) -> str:
    return cell.text.strip()


def annotated(content: bytes, faults: Iterable[Fault]) -> bytes:
    """The same workbook with every fault as a comment at its cell. Raises `WorkbookRefused`."""
    said: dict[CellRef, list[str]] = {}
    for fault in faults:
        ref = CellRef(SHEET, fault.row or 2, fault.column or 1)
        said.setdefault(ref, []).append(fault.message)
    return annotate(content, {ref: "\n".join(lines) for ref, lines in said.items()})
