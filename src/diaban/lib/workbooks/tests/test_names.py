"""Cells are found by the names that the form gave them, wherever they were moved to."""

from typing import Any

import pytest

from diaban.lib.workbooks import CellRef, read_workbook
from diaban.lib.workbooks.tests.making import a_workbook, changed

SHEET = "Biểu 'nhập' số 1"


def _book(*names: str, attributes: str = "") -> bytes:
    defined = "".join(f"<definedName {attributes} {name}</definedName>" for name in names)
    return changed(
        replace=("xl/workbook.xml", b"</sheets>", f"</sheets><definedNames>{defined}</definedNames>".encode())
    )


def test_names_lead_to_their_cells_through_quotes_and_blanks() -> None:
    def fill(book: Any, _sheet: Any) -> None:
        book.define_name("o_BC07", "='Biểu ''nhập'' số 1'!$C$5")
        book.define_name("o_BC07__level_1", "='Biểu ''nhập'' số 1'!$C$6")

    book = read_workbook(a_workbook(fill, name=SHEET))

    assert book.names == {"o_BC07": CellRef(SHEET, 5, 3), "o_BC07__level_1": CellRef(SHEET, 6, 3)}
    assert book.names["o_BC07"].a1 == "C5"


def test_a_name_of_several_cells_has_a_first_and_a_last() -> None:
    book = read_workbook(_book("name=\"TEXT__spots\">'Biểu nhập'!$B$10:$D$12"))

    assert book.ranges == {"TEXT__spots": (CellRef("Biểu nhập", 10, 2), CellRef("Biểu nhập", 12, 4))}
    assert not book.names


@pytest.mark.parametrize("target", ["#REF!", "'Biểu nhập'!#REF!", "#REF!$C$5", "'Đã xóa'!$C$5"])
def test_a_name_whose_cell_was_deleted_is_reported(target: str) -> None:
    book = read_workbook(_book(f'name="BC07">{target}'))

    assert book.broken_names == {"BC07"}
    assert not book.names


@pytest.mark.parametrize(
    "target", ["12", '"xã"', "OFFSET('Biểu nhập'!$A$1,1,1)", "'Biểu nhập'!$A:$A", "'Biểu nhập'!$A$1,'Biểu nhập'!$B$2"]
)
def test_a_name_of_no_cell_is_passed_over(target: str) -> None:
    book = read_workbook(_book(f'name="a">{target}'))

    assert not book.names
    assert not book.broken_names


def test_names_that_excel_makes_itself_are_passed_over() -> None:
    book = read_workbook(_book("name=\"_xlnm.Print_Area\">'Biểu nhập'!$A$1:$F$9"))

    assert not book.ranges


def test_a_name_for_the_whole_workbook_goes_before_one_of_a_sheet() -> None:
    book = read_workbook(_book('name="A" localSheetId="0">\'Biểu nhập\'!$A$1', "name=\"A\">'Biểu nhập'!$B$2"))

    assert book.names["A"] == CellRef("Biểu nhập", 2, 2)


def test_a_name_in_a_merged_block_is_marked() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("C5:E6", "gộp")
        book.define_name("WHOLE", "='Biểu nhập'!$C$5:$E$6")
        book.define_name("FIRST", "='Biểu nhập'!$C$5")
        book.define_name("LOST", "='Biểu nhập'!$D$6")
        book.define_name("FREE", "='Biểu nhập'!$F$6")

    book = read_workbook(a_workbook(fill))

    assert book.merged_names == {"WHOLE", "FIRST", "LOST"}
    assert book.names["WHOLE"] == book.names["FIRST"] == CellRef("Biểu nhập", 5, 3)
    assert book.cell(book.names["WHOLE"]).text == "gộp"
