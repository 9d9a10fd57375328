"""The sheets of words: free texts, and the lists that people fill line by line."""

from collections.abc import Mapping, Sequence
from typing import Any

from diaban.work.reporting.cells import Cell, Kind
from diaban.work.reporting.layout import Heading, Layout
from diaban.work.reporting.validation import Entry
from diaban.work.reporting.workbook.key import TABLES, WORDS
from diaban.work.reporting.workbook.looks import SECTION, Looks, PlainSheet

PARTS = {
    "I": "I. KẾT QUẢ THỰC HIỆN",
    "II": "II. ĐÁNH GIÁ CHUNG",
    "III": "III. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ SAU",
    "IV": "IV. ĐỀ XUẤT, KIẾN NGHỊ",
    "PL": "PHỤ LỤC",
}
LINES, LINES_OF_ANNEX, SPARE = 12, 30, 5
MOST_COLUMNS = 5


def write_words(workbook: Any, looks: Looks, layout: Layout, cells: Sequence[Cell], entry: Entry) -> dict[str, str]:
    """Write both sheets; cell names and where they stand. A list has one name for each line and column, and one over all."""
    headings = {heading.code: heading for heading in layout.headings}
    texts = [headings[cell.name] for cell in cells if cell.kind is Kind.TEXT]
    lists = [headings[cell.name] for cell in cells if cell.kind is Kind.ROWS]
    names: dict[str, str] = {}
    if texts:
        names |= _texts(workbook.add_worksheet(WORDS, PlainSheet), looks, texts, entry.texts)
    if lists:
        names |= _lists(workbook.add_worksheet(TABLES, PlainSheet), looks, lists, entry.texts)
    return names


def _texts(sheet: Any, looks: Looks, headings: Sequence[Heading], written: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 100)
    sheet.text(0, 0, "PHẦN LỜI", looks.of(bold=True, font_size=14))
    sheet.text(1, 0, "Mục có dấu * bắt buộc. Xuống dòng trong ô: Alt + Enter.", looks.of(italic=True, font_size=10))
    row, part = 2, ""
    for heading in headings:
        if heading.part != part:
            part = heading.part
            for column, text in enumerate((PARTS.get(part, part), "")):
                sheet.text(row, column, text, looks.cell(bold=True, bg_color=SECTION))
            row += 1
        label = f"{heading.heading}{' *' if heading.required else ''}"
        text = str(written.get(heading.code, ""))
        sheet.text(row, 0, label, looks.cell(text_wrap=True, valign="top"))
        sheet.text(row, 1, text, looks.input(text_wrap=True, valign="top"))
        sheet.set_row(row, min(400, 15 * max(4, len(text) // 95 + text.count("\n") + 2)))
        names[heading.code] = f"'{WORDS}'!$B${row + 1}"
        row += 1
    _page(sheet, row, 1)
    return names


def _lists(sheet: Any, looks: Looks, headings: Sequence[Heading], written: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, MOST_COLUMNS, 27)
    row = 0
    for heading in headings:
        given = written.get(heading.code)
        rows = given if isinstance(given, list) else []
        sheet.text(row, 0, f"{heading.heading}{' *' if heading.required else ''}", looks.of(bold=True, font_size=12))
        top = row + 2
        count = max(LINES_OF_ANNEX if heading.part == "PL" else LINES, len(rows) + SPARE)
        head = looks.cell(bold=True, align="center", text_wrap=True, bg_color=SECTION)
        sheet.text(row + 1, 0, "STT", head)
        for column, (code, label) in enumerate(heading.columns, 1):
            sheet.text(row + 1, column, label, head)
            for line in range(count):
                text = str(rows[line].get(code, "")) if line < len(rows) else ""
                sheet.text(top + line, column, text, looks.input(text_wrap=True))
                names[f"{heading.code}__{line + 1}__{code}"] = f"'{TABLES}'!${chr(65 + column)}${top + line + 1}"
        for line in range(count):
            sheet.write_number(top + line, 0, line + 1, looks.cell(align="center"))
        last = chr(65 + len(heading.columns))
        names[heading.code] = f"'{TABLES}'!$B${top + 1}:${last}${top + count}"
        row = top + count + 1
    _page(sheet, row, MOST_COLUMNS)
    return names


def _page(sheet: Any, row: int, last_column: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row, last_column)
    sheet.set_footer("&L&8Địa Bàn&C&8Trang &P/&N&R&8&A")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
