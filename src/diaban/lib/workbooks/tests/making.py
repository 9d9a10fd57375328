"""Workbooks for the tests: a sound one, and parts of it put out of order."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from diaban.lib.workbooks import CellRef, CellValue, read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def a_workbook(fill: Callable[[Any, Any], None] | None = None, *, name: str = "Biểu nhập", **options: object) -> bytes:
    """What XlsxWriter makes of `fill(book, sheet)`; without it, a few cells."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet(name)
        if fill is None:
            sheet.write(0, 0, "Số điểm phục vụ")
            sheet.write(0, 1, 12)
        else:
            fill(book, sheet)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def changed(change: Mapping[str, bytes] | None = None, *, replace: tuple[str, bytes, bytes] | None = None) -> bytes:
    """A sound workbook with parts added or put in the place of others, or bytes replaced in one part."""
    parts = parts_of(a_workbook()) | dict(change or {})
    if replace:
        name, old, new = replace
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)
    return packed(parts)


def with_rows(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet holds just these rows of XML."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )
    return changed({SHEET: sheet.encode()})


def cell(content: bytes, row: int, column: int, sheet: str = "Biểu nhập") -> CellValue:
    return read_workbook(content).cell(CellRef(sheet, row, column))
