"""Tables come out as they went in, print well, and run nothing."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from diaban.lib.workbooks import CellKind, Column, ColumnKind, read_workbook, write_table
from diaban.lib.workbooks.tests.making import SHEET, parts_of

COLUMNS = (
    Column("Địa phương"),
    Column("Số điểm", "integer"),
    Column("Doanh thu", "decimal", digits=2),
    Column("Tỷ lệ", "percent", digits=1),
    Column("Ngày", "date"),
    Column("Lúc", "moment"),
)


def _written(rows: Iterable[Sequence[object]], columns: Sequence[Column] = COLUMNS, **options: Any) -> bytes:
    file = BytesIO()
    write_table(file, title="Bảng số 1", columns=columns, rows=rows, **options)
    return file.getvalue()


def _sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content)).active


def test_every_kind_of_value_is_written_as_itself() -> None:
    row = [
        "Xã Tân Trịnh",
        12,
        Decimal("1234.56"),
        Decimal("45.5"),
        date(2026, 3, 14),
        datetime(2026, 3, 14, 8, 30, tzinfo=UTC),
    ]

    sheet = _sheet(_written([row]))

    assert [str(cell.value) for cell in sheet[4]] == [
        "Xã Tân Trịnh",
        "12",
        "1234.56",
        "45.5",
        "2026-03-14 00:00:00",
        "2026-03-14 08:30:00",
    ]
    assert [cell.number_format for cell in sheet[4]] == [
        "@",
        "#,##0",
        "#,##0.00",
        '#,##0.0"%"',
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
    ]


def test_title_head_and_notes_stand_around_the_rows() -> None:
    rows = read_workbook(_written([["a", 1, 2, 3, None, None]], notes=["Nguồn: báo cáo quý"])).sheet_rows("Bảng số 1")

    assert rows[0][0].text == "Bảng số 1"
    assert [value.text for value in rows[2]] == [column.title for column in COLUMNS]
    assert [value.text for value in rows[3]] == ["a", "1", "2", "3", "", ""]
    assert rows[-1][0].text == "Nguồn: báo cáo quý"


def test_the_head_stays_in_sight_and_a_wide_table_prints_across_one_page() -> None:
    sheet = _sheet(_written([["a", 1, 2, 3, None, None]] * 40, (*COLUMNS[:5], Column("Ghi chú", width=60))))

    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9,
        "landscape",
        0,
    )
    assert sheet.auto_filter.ref == "A3:F43"
    assert {cell.font.name for row in (1, 3, 4, 43) for cell in sheet[row] if cell.value is not None} == {
        "Times New Roman"
    }


def test_words_in_the_place_of_a_number_stay_words() -> None:
    sheet = _sheet(_written([["a", "…", "x", "-", "chưa rõ", None]]))

    assert [cell.value for cell in sheet[4]] == ["a", "…", "x", "-", "chưa rõ", None]
    assert sheet["B4"].alignment.horizontal == "right"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+84912",
        "@SUM(A1)",
        "https://example.org",
        "0123",
        "<r><t>a</t></r>",
        '<r></r></is></c><c r="B4"><f>1+1</f></c><r></r>',
        "a & b < c > d",
        "]]>",
        "_x0041_",
        "  trước và sau  ",
        "dòng 1\ndòng 2\tcột",
    ],
)
def test_a_text_is_never_taken_for_anything_else(text: str) -> None:
    rows = read_workbook(_written([[text]], [Column("Nội dung")])).sheet_rows("Bảng số 1")

    assert (rows[3][0].kind, rows[3][0].text) == (CellKind.TEXT, text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    values = openpyxl.load_workbook(BytesIO(_written([texts], [Column("a")] * len(texts)))).active

    assert values is not None
    assert [cell.value or "" for cell in values[4]][: len(texts)] == texts


def test_what_xml_cannot_hold_does_no_harm() -> None:
    rows = read_workbook(_written([["a\x00b\x1fc\ud800d\ufffee"]], [Column("a")])).sheet_rows("Bảng số 1")

    assert rows[3][0].text == "abc?d?e"


def test_long_texts_are_cut_where_excel_would_refuse_them() -> None:
    rows = read_workbook(_written([["x" * 40_000]], [Column("a")])).sheet_rows("Bảng số 1")

    assert len(rows[3][0].text) == 32_767


def test_a_number_too_long_to_be_exact_is_written_as_text() -> None:
    sheet = _sheet(_written([[1234567890123456789, Decimal("NaN"), float("inf")]], [Column("a", "integer")] * 3))

    assert [cell.value for cell in sheet[4]] == ["1234567890123456789", "NaN", "inf"]


def test_days_before_the_calendar_of_excel_are_written_in_words() -> None:
    assert _sheet(_written([[date(1891, 8, 20)]], [Column("a", "date")]))["A4"].value == "20/08/1891"


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        _written([["a"]])


def test_no_rows_make_an_empty_table() -> None:
    rows = read_workbook(_written([], notes=["Không có số liệu"])).sheet_rows("Bảng số 1")

    assert [row[0].text for row in rows if row[0].text] == ["Bảng số 1", "Địa phương", "Không có số liệu"]


def test_a_title_that_is_no_sheet_name_is_made_one() -> None:
    file = BytesIO()

    write_table(file, title="Số liệu [quý 1/2026]: 'xã, phường' của tỉnh Tuyên Quang", columns=[Column("a")], rows=[])

    assert read_workbook(file.getvalue()).sheets == ("Số liệu  quý 1 2026   'xã, phườ",)


def test_rows_are_taken_one_by_one_and_counted() -> None:
    file = BytesIO()

    count = write_table(file, title="a", columns=[Column("a", "integer")], rows=([number] for number in range(1201)))

    assert count == 1201
    assert parts_of(file.getvalue())[SHEET].count(b"<row ") == 1201 + 2


VALUES: dict[ColumnKind, list[Any]] = {
    "text": ["Xã Tân Trịnh", "=1+1", "a & b", "_x0041_", "", None, "x" * 40_000, 7],
    "integer": [0, -12, 10**15, -(10**15), 123_456, None, "…", True, 2.5, Decimal(3)],
    "decimal": [0.1, -2.5e-7, 1e22, float("inf"), float("nan"), Decimal("12.50"), Decimal("NaN"), None, "x", 4],
}


@cache
def _alone(kind: ColumnKind, place: int) -> tuple[object, int]:
    return _cells(_written([[VALUES[kind][place]]], [Column(kind, kind)]))[0][0]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(VALUES)), st.data())
def test_a_value_is_written_the_same_whatever_stands_above_and_below(kind: ColumnKind, drawn: st.DataObject) -> None:
    places = drawn.draw(st.lists(st.integers(0, len(VALUES[kind]) - 1), min_size=1, max_size=5))

    together = _cells(_written([[VALUES[kind][place]] for place in places], [Column(kind, kind)]))

    assert [row[0] for row in together] == [_alone(kind, place) for place in places]


def _cells(content: bytes) -> list[list[tuple[object, int]]]:
    return [[(cell.value, cell.style_id) for cell in row] for row in _rows(content)]


def _rows(content: bytes) -> list[tuple[Any, ...]]:
    return [row for row in _sheet(content).iter_rows(min_row=4) if any(cell.has_style for cell in row)]


def test_other_programs_read_long_columns_with_gaps() -> None:
    table: list[tuple[object, ...]] = [
        (f"Xã {number}" if number % 7 else None, number if number % 5 else None, Decimal(number) / 4, number / 8)
        for number in range(1_100)
    ]
    columns = [Column("a"), Column("b", "integer"), Column("c", "decimal", 2), Column("d", "decimal", 3)]

    content = _written(table, columns)

    assert [tuple(cell.value for cell in row) for row in _rows(content)] == table
    read = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()[3:]
    assert [tuple(value if value != "" else None for value in row) for row in read] == table
