"""The consolidated report as CSV and as a workbook that looks like the paper."""

import csv
import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from diaban.foundation.facts.consolidation.tables import UnitTable
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.consolidated import Consolidated, Entry, row_as_json
from diaban.work.reporting.display import HEADS, LEGEND, NUMBERS_ROW, certain, coverage_said, figure, written

CSV_MARK = "\N{BYTE ORDER MARK}"  # so that spreadsheet programs read Vietnamese letters
FONT = "Times New Roman"
A3, A4 = 8, 9
WIDTHS = (6, 46, 13, 11, 12, 13, 13, 12, 11, 11, 26)


def as_csv(one: Consolidated) -> bytes:
    """One row a line: the keys of the JSON with names before them, numbers exact with a decimal point."""
    stream = io.StringIO()
    names = ("section", "name", "unit_name")
    writer = csv.DictWriter(stream, [*names, *row_as_json(one.rows[0])] if one.rows else names, lineterminator="\r\n")
    writer.writeheader()
    for table in one.tables:
        for entry in table.entries:
            words = {"section": table.block.title, "name": entry.label, "unit_name": entry.measure.unit_name}
            writer.writerow({**words, **row_as_json(entry.row)})
    return (CSV_MARK + stream.getvalue()).encode()


def as_xlsx(one: Consolidated, *, title: str, notices: tuple[str, ...] = ()) -> bytes:
    """The form as the paper prints it, and on a second sheet unit by unit. Numbers are numbers, signs are texts."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Form(book, one, title, notices).write()
        _Units(book, one, title, notices).write()
    return stream.getvalue()


class _Sheet:
    """What both sheets share: formats, the head of the paper, the foot."""

    def __init__(self, book: Any, one: Consolidated, title: str, notices: tuple[str, ...]) -> None:
        self.book, self.one, self.title, self.notices = book, one, title, notices
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.row = 0

    def format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": FONT, "font_size": 11, "valign": "top", **properties}
            )
        return self.formats[key]

    def boxed(self, **properties: object) -> Any:
        return self.format(border=1, text_wrap=True, **properties)

    def write_title(self, sheet: Any, second: str) -> None:
        one = self.one
        number = f"Biểu số: {one.form.number}" if one.form.number else ""
        sheet.write_string(0, 0, number, self.format(italic=True))
        sheet.write_string(1, 0, self.title.upper(), self.format(bold=True, font_size=14))
        sheet.write_string(2, 0, second, self.format(italic=True))
        sheet.write_string(3, 0, _context(one), self.format(italic=True))
        sheet.write_string(4, 0, coverage_said(one), self.format(italic=True))
        for notice in self.notices:
            sheet.write_string(5, 0, notice, self.format(bold=True, font_color="#B00020"))
        self.row = 7

    def write_number(self, sheet: Any, at: tuple[int, int], value: Decimal | None, shown: str, **look: Any) -> None:
        """A number with the decimals it is shown with; a sign or blank as text."""
        row, column = at
        digits = look.pop("digits", 0)
        if value is None or shown in {"-", "…", "x", ""} or "điểm" in shown:
            sheet.write_string(row, column, shown, self.boxed(align="right", **look))
        else:
            number_format = "#,##0" + ("." + "0" * digits if digits else "")
            sheet.write_number(row, column, value, self.boxed(align="right", num_format=number_format, **look))


def _context(one: Consolidated) -> str:
    parts = [
        f"Kỳ báo cáo: {one.period.label(inside=True)} ({format_date(one.period.start)} - {format_date(one.period.last_day)})"
    ]
    if one.known_said:
        parts.append(one.known_said)
    if one.map_on:
        parts.append(f"theo địa giới ngày {format_date(one.map_on)}")
    return "; ".join(parts)


class _Form(_Sheet):
    def write(self) -> None:
        sheet = self.book.add_worksheet("Biểu tổng hợp")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        self.write_title(sheet, f"Đơn vị tổng hợp: {self.one.unit.full_name}")
        head = self.boxed(bold=True, align="center", bg_color="#E7EEF7")
        for column, (name, mark) in enumerate(zip(HEADS, NUMBERS_ROW, strict=True)):
            sheet.write_string(self.row, column, name, head)
            sheet.write_string(self.row + 1, column, mark, self.boxed(align="center", italic=True))
        first = self.row
        self.row += 2
        sheet.freeze_panes(self.row, 2)
        sheet.repeat_rows(first, self.row - 1)
        for table in self.one.tables:
            for column in range(len(HEADS)):
                text = table.block.title.upper() if column == 1 else ""
                sheet.write_string(self.row, column, text, self.boxed(bold=True, bg_color="#F3F3F3"))
            self.row += 1
            for entry in table.entries:
                self._entry(sheet, entry)
        sheet.write_string(self.row + 1, 0, LEGEND, self.format(italic=True))
        foot = self.format(bold=True, align="center")
        for column, name in ((1, "Người lập biểu"), (5, "Trưởng phòng"), (9, "Thủ trưởng đơn vị")):
            sheet.write_string(self.row + 3, column, name, foot)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer('&C&"Times New Roman"&10Trang &P/&N')

    def _entry(self, sheet: Any, entry: Entry) -> None:
        row, text, digits = entry.row, written(entry), entry.measure.digits
        bold = {} if entry.is_part else {"bold": True}
        sheet.write_string(self.row, 0, entry.number, self.boxed(align="center"))
        sheet.write_string(self.row, 1, entry.label, self.boxed(indent=1 if entry.is_part else 0, **bold))
        sheet.write_string(self.row, 2, entry.measure.unit_name, self.boxed(align="center"))
        values = (row.plan, row.previous, certain(row), row.cumulative, row.same_period_last_year)
        for column, (value, shown) in enumerate(zip(values, text.columns[:5], strict=True), start=3):
            self.write_number(sheet, (self.row, column), value, shown, digits=digits, **bold)
        shares = ((row.percent_of_plan, text.of_plan), (row.percent_of_same_period, text.of_last_year))
        for column, (value, shown) in enumerate(shares, start=8):
            self.write_number(sheet, (self.row, column), value, shown, digits=1)
        sheet.write_string(self.row, 10, text.note, self.boxed())
        self.row += 1


class _Units(_Sheet):
    """Units down, indicators across, the total first."""

    def write(self) -> None:
        sheet = self.book.add_worksheet("Theo đơn vị")
        table = self.one.by_unit()
        self.write_title(sheet, "Số liệu từng đơn vị theo chỉ tiêu")
        entries = [entry for each in self.one.tables for entry in each.totals]
        head = self.boxed(bold=True, align="center", bg_color="#E7EEF7")
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 28)
        sheet.set_column(2, 1 + len(entries), 14)
        for column, name in enumerate(
            ["STT", "Đơn vị", *(f"{one.label} ({one.measure.unit_name})" for one in entries)]
        ):
            sheet.write_string(self.row, column, name, head)
        sheet.set_row(self.row, 90)
        sheet.freeze_panes(self.row + 1, 2)
        sheet.repeat_rows(self.row)
        self.row += 1
        self._total(sheet, entries)
        self._units(sheet, entries, table)
        sheet.write_string(self.row + 1, 0, LEGEND, self.format(italic=True))
        sheet.set_paper(A3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _total(self, sheet: Any, entries: list[Entry]) -> None:
        sheet.write_string(self.row, 0, "", self.boxed())
        sheet.write_string(self.row, 1, "Tổng số", self.boxed(bold=True))
        for column, entry in enumerate(entries, start=2):
            self.write_number(
                sheet,
                (self.row, column),
                certain(entry.row),
                written(entry).value,
                digits=entry.measure.digits,
                bold=True,
            )
        self.row += 1

    def _units(self, sheet: Any, entries: list[Entry], table: UnitTable) -> None:
        names = unit_names(self.one, table)
        for number, unit_id in enumerate(names, start=1):
            sheet.write_number(self.row, 0, number, self.boxed(align="center"))
            sheet.write_string(self.row, 1, names[unit_id], self.boxed())
            for column, entry in enumerate(entries, start=2):
                digits, got = entry.measure.digits, table.figures[entry.row.cell][unit_id]
                shown = figure(got.value, digits, got.reason)
                self.write_number(sheet, (self.row, column), got.value, shown, digits=digits)
            self.row += 1


def unit_names(one: Consolidated, table: UnitTable) -> dict[int, str]:
    """The units of the table by name, in order; on another map, those of that map."""
    return {unit.unit_id: unit.full_name for unit in one.units_of(table)}
