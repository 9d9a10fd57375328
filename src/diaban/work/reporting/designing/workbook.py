"""A form's records as a workbook, and back: one sheet a table, the words of an office in the place of codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from diaban.lib.vietnamese import fold, format_number
from diaban.lib.workbooks import CellKind, CellRef, CellValue, Limits, read_workbook
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.checking import errors_in, faults_of
from diaban.work.reporting.designing.records import (
    BY_KEY,
    TABLES,
    Column,
    Fault,
    Record,
    Records,
    Table,
    Unread,
    read_value,
    shown_value,
)

FONT = "Times New Roman"
LIMITS = Limits(content=5 << 20, unpacked=40 << 20, entry=30 << 20, sheets=20, rows=10_000, columns=60, cells=200_000)
MOST_RECORDS = 5000
LIST_ROWS = 1500  # rows under the head that offer the choices


@dataclass(frozen=True)
class CellFault:
    """What is wrong, and at which cell ("Dòng!C5"; blank: the whole file)."""

    cell: str
    message: str


class FormNotTaken(ValueError):
    """Nothing of the workbook was used; `faults` say why, cell by cell."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(faults[0].message if faults else "")
        self.faults = list(faults)


@dataclass(frozen=True)
class ReadForm:
    """Records read from a workbook, with the row each came from (from 1) and the column of each value."""

    records: Records
    rows: Mapping[str, Sequence[int]]
    columns: Mapping[str, Mapping[str, int]]

    def cell(self, fault: Fault) -> str:
        """Where in the workbook a fault stands."""
        with override("vi"):
            sheet = str(BY_KEY[fault.table].title)
        rows, column = self.rows.get(fault.table, ()), self.columns.get(fault.table, {}).get(fault.column)
        if not 0 <= fault.number < len(rows) or column is None:
            return sheet
        return f"{sheet}!{CellRef(sheet, rows[fault.number], column).a1}"


def form_workbook(records: Records) -> bytes:
    """The records as an .xlsx to be changed in Excel and sent back."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with override("vi"), xlsxwriter.Workbook(out, options) as book:
        styles = {
            "head": book.add_format({
                "font_name": FONT, "bold": True, "border": 1, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "vcenter",
            }),
            "text": book.add_format({"font_name": FONT, "num_format": "@", "text_wrap": True, "valign": "top"}),
            "number": book.add_format({"font_name": FONT, "num_format": "#,##0.####", "valign": "top"}),
        }  # fmt: skip
        for table in TABLES:
            _write(book.add_worksheet(str(table.title)), table, records[table.key], styles)
    return out.getvalue()


def _write(sheet: Any, table: Table, records: Sequence[Record], styles: Mapping[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, styles["number" if column.kind == "decimal" else "text"])
        sheet.write_string(0, place, _head(column), styles["head"])
        if column.hint:
            sheet.write_comment(0, place, str(column.hint))
        words = [words for _code, words in column.options]
        if words and len(",".join(words)) <= 255 and not any("," in one for one in words):
            sheet.data_validation(
                1, place, LIST_ROWS, place, {"validate": "list", "source": words, "error_type": "warning"}
            )
    for row, record in enumerate(records, 1):
        for place, column in enumerate(table.columns):
            _write_value(sheet, row, place, column, record[column.key], styles)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _head(column: Column) -> str:
    return f"{column.title}{' *' if column.is_required else ''}"


def _write_value(sheet: Any, row: int, place: int, column: Column, value: str, styles: Mapping[str, Any]) -> None:
    if column.kind == "decimal" and value and len(value.strip("-").replace(".", "")) <= 15:
        sheet.write_number(row, place, float(value), styles["number"])
    elif value:
        sheet.write_string(row, place, shown_value(column, value), styles["text"])


def read_form(content: bytes) -> ReadForm:
    """Read a workbook that `form_workbook` made and somebody changed; columns may have moved, blank rows are passed over.

    Raises `FormNotTaken` with every value that cannot be read, `WorkbookRefused` for what is no workbook.
    """
    book = read_workbook(content, limits=LIMITS)
    sheets = {fold(name): name for name in book.sheets}
    faults: list[CellFault] = []
    records: Records = {}
    rows: dict[str, list[int]] = {}
    columns: dict[str, dict[str, int]] = {}
    for table in TABLES:
        with override("vi"):
            title = str(table.title)
        name = sheets.get(fold(title))
        if name is None:
            faults.append(CellFault("", f"Tệp thiếu trang “{title}”. Tải tệp mẫu về, sửa trên tệp đó rồi nạp lại."))
            continue
        reading = _Reading(table, name, book.sheet_rows(name), faults)
        columns[table.key] = reading.columns()
        records[table.key], rows[table.key] = reading.records(columns[table.key])
    if faults:
        raise FormNotTaken(faults)
    return ReadForm(records, rows, columns)


def take_form(content: bytes, catalogue: Catalogue) -> Records:
    """A workbook's records where the form they make has no error; whole or nothing. Raises as `read_form`."""
    found = read_form(content)
    errors = errors_in(faults_of(found.records, catalogue))
    if errors:
        raise FormNotTaken([CellFault(found.cell(fault), fault.message) for fault in errors])
    return found.records


@dataclass(frozen=True)
class _Reading:
    table: Table
    sheet: str
    cells: list[list[CellValue]]
    faults: list[CellFault]

    def columns(self) -> dict[str, int]:
        """Where each column stands (from 1), by its heading in the first row."""
        heads = {fold(cell.text).removesuffix("*").strip(): place for place, cell in self._first()}
        found: dict[str, int] = {}
        for column in self.table.columns:
            with override("vi"):
                title = str(column.title)
            place = heads.get(fold(title)) or heads.get(fold(column.key))
            if place is not None:
                found[column.key] = place
            else:
                self.faults.append(CellFault(f"{self.sheet}!A1", f"Trang “{self.sheet}” thiếu cột “{title}” ở dòng 1."))
        return found

    def _first(self) -> list[tuple[int, CellValue]]:
        return list(enumerate(self.cells[0], 1)) if self.cells else []

    def records(self, columns: Mapping[str, int]) -> tuple[list[Record], list[int]]:
        records: list[Record] = []
        rows: list[int] = []
        for number, line in enumerate(self.cells[1:], 2):
            if any(cell.text for cell in line):
                records.append(
                    {column.key: self._value(column, number, line, columns) for column in self.table.columns}
                )
                rows.append(number)
        if len(records) > MOST_RECORDS:
            self.faults.append(CellFault(self.sheet, f"Quá {MOST_RECORDS} dòng. Hãy tách thành nhiều biểu mẫu."))
        return records, rows

    def _value(self, column: Column, row: int, line: Sequence[CellValue], columns: Mapping[str, int]) -> str:
        place = columns.get(column.key)
        if place is None:
            return ""
        cell = line[place - 1]
        try:
            if cell.kind in {CellKind.ERROR, CellKind.FORMULA}:
                raise Unread(_("Ô có công thức hoặc báo lỗi. Dán giá trị (Paste Values) thay vào."))
            return read_value(column, typed_in(cell, column))
        except Unread as problem:
            self.faults.append(CellFault(f"{self.sheet}!{CellRef(self.sheet, row, place).a1}", str(problem)))
            return ""


def typed_in(cell: CellValue, column: Column) -> str:
    """What a cell holds as a person would type it into the column: a number the Vietnamese way, a code as it stands."""
    is_number = cell.kind is CellKind.NUMBER and cell.number is not None and column.kind in {"whole", "decimal"}
    return format_number(cell.number) if is_number and cell.number is not None else cell.text
