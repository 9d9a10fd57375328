"""The reader agrees with others' readers, on what others wrote."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from diaban.lib.workbooks import CellKind, CellValue, read_workbook
from diaban.lib.workbooks.tests.making import a_workbook

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text
)
VALUES = st.one_of(TEXTS, st.integers(-(10**12), 10**12), st.decimals(-1000, 1000, places=2), st.booleans())
TABLES = st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=5)


def _plain(value: CellValue) -> object:
    match value.kind:
        case CellKind.NUMBER:
            return float(value.number or 0)
        case CellKind.BOOLEAN:
            return value.text == "TRUE"
    return value.text


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_it_reads_what_calamine_reads(table: list[list[object]]) -> None:
    def fill(_book: object, sheet: object) -> None:
        for row, values in enumerate(table):
            for column, value in enumerate(values):
                write = getattr(sheet, "write_string" if isinstance(value, str) else "write")
                write(row, column, value)

    content = a_workbook(fill)

    ours = [[_plain(value) for value in row] for row in read_workbook(content).sheet_rows("Biểu nhập")]
    theirs = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)

    assert ours == [[_composed(value) for value in row] for row in theirs]


def _composed(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def test_it_reads_what_openpyxl_writes() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Số liệu"
    sheet.append(["Xã Tân Trịnh", 12.5, date(2026, 3, 14), datetime(2026, 3, 14, 8, 30), True, "=B1*2"])  # noqa: DTZ001 - a sheet has no zones
    file = BytesIO()
    book.save(file)

    row = read_workbook(file.getvalue()).sheet_rows("Số liệu")[0]

    assert [(value.kind, value.text) for value in row] == [
        (CellKind.TEXT, "Xã Tân Trịnh"),
        (CellKind.NUMBER, "12.5"),
        (CellKind.DATE, "2026-03-14"),
        (CellKind.DATE, "2026-03-14T08:30"),
        (CellKind.BOOLEAN, "TRUE"),
        (CellKind.FORMULA, ""),
    ]
    assert row[1].number == Decimal("12.5")
