"""What people typed is read as they see it."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.workbooks import CellKind, CellRef, CellValue, read_workbook
from diaban.lib.workbooks.cells import exact_number, position
from diaban.lib.workbooks.tests.making import a_workbook, cell, changed, with_rows


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        ("12", "12"),
        ("0.30000000000000004", "0.3"),
        ("4.3499999999999996", "4.35"),
        ("1E3", "1000"),
        ("1.5E-3", "0.0015"),
        ("-0", "0"),
        ("100.00", "100"),
        ("123456789012345678", "123456789012346000"),
        ("0.1", "0.1"),
    ],
)
def test_numbers_are_exact_in_the_digits_that_excel_keeps(stored: str, number: str) -> None:
    found = exact_number(stored)

    assert found is not None
    assert f"{found:f}" == number


@pytest.mark.parametrize("stored", ["", "NaN", "INF", "1e999", "1e-999", "12x", "1,5"])
def test_what_is_no_number_is_none(stored: str) -> None:
    assert exact_number(stored) is None


@given(st.decimals(-(10**12), 10**12, places=3))
def test_every_number_with_three_decimals_comes_back(number: Decimal) -> None:
    assert exact_number(repr(float(number))) == number


def test_a_workbook_number_comes_back_exact() -> None:
    content = a_workbook(lambda _book, sheet: sheet.write_number(0, 0, 0.1 + 0.2))

    assert cell(content, 1, 1) == CellValue(CellKind.NUMBER, "0.3", Decimal("0.3"), CellKind.NUMBER)


def test_text_is_composed_and_kept_as_typed() -> None:
    typed = unicodedata.normalize("NFD", "  Xã Tân Trịnh\nthôn 1 ")

    content = a_workbook(lambda _book, sheet: sheet.write_string(0, 0, typed))

    assert cell(content, 1, 1).text == "  Xã Tân Trịnh\nthôn 1 "


def test_pieces_of_a_formatted_text_are_joined() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_rich_string(0, 0, "Bắc ", book.add_format({"bold": True}), "Quang")

    assert cell(a_workbook(fill), 1, 1).text == "Bắc Quang"


def test_escaped_letters_and_readings_of_asian_text() -> None:
    texts = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a_x000D_\nb_x005F_x0041_</t></si>'
        "<si><t>河江</t><rPh><t>Hà Giang</t></rPh></si></sst>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"

    book = read_workbook(changed({"xl/sharedStrings.xml": texts.encode(), "xl/worksheets/sheet1.xml": sheet.encode()}))

    assert [value.text for value in book.sheet_rows("Biểu nhập")[0]] == ["a\nb_x0041_", "河江"]


@pytest.mark.parametrize(
    ("shown_as", "serial", "text"),
    [
        ("dd/mm/yyyy", 46095, "2026-03-14"),
        ("d-mmm", 40108, "2009-10-22"),
        ("dd/mm/yyyy hh:mm", 46095.5, "2026-03-14T12:00"),
        ("[h]:mm", 0.75, "18:00"),
        ('"ngày" dd "tháng" mm', 46095, "2026-03-14"),
        ("[$-42A]dd mmmm yyyy", 46095, "2026-03-14"),
    ],
)
def test_a_number_shown_as_a_day_is_a_day(shown_as: str, serial: float, text: str) -> None:
    content = a_workbook(
        lambda book, sheet: sheet.write_number(0, 0, serial, book.add_format({"num_format": shown_as}))
    )

    found = cell(content, 1, 1)

    assert (found.kind, found.text) == (CellKind.DATE, text)
    assert found.number == Decimal(str(serial))
    assert found.day == (None if serial < 1 else datetime.fromisoformat(text).date())


@pytest.mark.parametrize(
    "shown_as", ["General", "#,##0", '0 "hộ dân"', "[Red]0", '#,##0" d/m"', r"0\m", "[>=1000]0", "_-* #,##0_d", "@"]
)
def test_letters_that_only_decorate_make_no_day(shown_as: str) -> None:
    content = a_workbook(lambda book, sheet: sheet.write_number(0, 0, 45000, book.add_format({"num_format": shown_as})))

    assert cell(content, 1, 1).kind == CellKind.NUMBER


@pytest.mark.parametrize(("since_1904", "day"), [(False, date(2026, 3, 14)), (True, date(2026, 3, 14))])
def test_both_calendars_of_excel_give_the_same_day(since_1904: bool, day: date) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, day, book.add_format({"num_format": 14}))

    assert cell(a_workbook(fill, date_1904=since_1904), 1, 1).day == day


@pytest.mark.parametrize(("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))])
def test_the_false_leap_day_of_1900_is_stepped_over(serial: int, day: date) -> None:
    content = a_workbook(lambda book, sheet: sheet.write_number(0, 0, serial, book.add_format({"num_format": 14})))

    assert cell(content, 1, 1).day == day


@pytest.mark.parametrize(
    ("shown_as", "expected"), [("0%", True), ("0.00%", True), ("0.0%", True), ('0"%"', False), ("0", False)]
)
def test_a_fraction_shown_as_a_percentage_is_marked(shown_as: str, expected: bool) -> None:
    content = a_workbook(lambda book, sheet: sheet.write_number(0, 0, 0.15, book.add_format({"num_format": shown_as})))

    assert cell(content, 1, 1).is_percent == expected


def test_formulas_are_told_from_what_was_typed() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="a"', None, "a")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
        sheet.write_array_formula(1, 0, 1, 1, "{=A1:B1}", None, 2)
        sheet.write_number(1, 1, 7)
        sheet.write_number(1, 2, 8)

    rows = read_workbook(a_workbook(fill)).sheet_rows("Biểu nhập")

    assert [(value.kind, value.shows, value.text) for value in rows[0]] == [
        (CellKind.FORMULA, CellKind.NUMBER, "2"),
        (CellKind.FORMULA, CellKind.TEXT, "a"),
        (CellKind.FORMULA, CellKind.ERROR, "#DIV/0!"),
    ]
    assert [value.kind for value in rows[1]] == [CellKind.FORMULA, CellKind.FORMULA, CellKind.NUMBER]


def test_a_formula_without_a_stored_result_shows_nothing() -> None:
    found = cell(with_rows('<row r="1"><c r="A1"><f>1+1</f></c></row>'), 1, 1)

    assert (found.kind, found.shows, found.number) == (CellKind.FORMULA, CellKind.EMPTY, None)


def test_other_kinds_of_cell() -> None:
    rows = read_workbook(
        with_rows(
            '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="d"><v>2026-03-14</v></c>'
            '<c r="D1" t="inlineStr"><is><t>xã</t></is></c><c r="E1" s="1"/><c r="F1"><v>NaN</v></c></row>'
        )
    ).sheet_rows("Biểu nhập")

    assert [(value.kind, value.text) for value in rows[0]] == [
        (CellKind.BOOLEAN, "TRUE"),
        (CellKind.ERROR, "#N/A"),
        (CellKind.DATE, "2026-03-14"),
        (CellKind.TEXT, "xã"),
        (CellKind.EMPTY, ""),
        (CellKind.ERROR, "NaN"),
    ]


def test_cells_without_an_address_follow_one_another() -> None:
    rows = read_workbook(with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")).sheet_rows(
        "Biểu nhập"
    )

    assert [[value.text for value in row] for row in rows] == [["1", "2"], ["3", ""]]


def test_rows_are_of_one_length_and_begin_at_the_first_cell() -> None:
    content = a_workbook(lambda _book, sheet: sheet.write_number(2, 1, 5))

    rows = read_workbook(content).sheet_rows("Biểu nhập")

    assert [[value.text for value in row] for row in rows] == [["", ""], ["", ""], ["", "5"]]


def test_sheets_stand_in_the_order_of_their_tabs_hidden_ones_too() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "a")
        book.add_worksheet("_khóa").very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='Biểu nhập'!$A$1:$A$2"})
        book.add_chartsheet("Biểu đồ").set_chart(chart)

    book = read_workbook(a_workbook(fill))

    assert book.sheets == ("Biểu nhập", "_khóa", "Biểu đồ")
    assert book.sheet_rows("_khóa") == []


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_every_place_has_a_name_that_leads_back(row: int, column: int) -> None:
    assert position(CellRef("a", row, column).a1) == (row, column)


@pytest.mark.parametrize("name", ["A0", "XFE1", "A1048577", "1A", "A", "7", "", "A1B", "Ạ1", "A1:B2"])
def test_what_names_no_cell_has_no_place(name: str) -> None:
    assert position(name) is None
