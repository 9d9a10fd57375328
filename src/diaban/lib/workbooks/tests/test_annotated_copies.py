"""What is wrong stands at its cell in the copy that is given back; everything else stays."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from diaban.lib.workbooks import CellRef, WorkbookRefused, annotate, read_workbook
from diaban.lib.workbooks.tests.making import a_workbook, changed

SHEET = "Biểu nhập"


def _form(book: Any, sheet: Any) -> None:
    sheet.write(0, 0, "Số điểm phục vụ")
    sheet.write(0, 1, 12, book.add_format({"num_format": "#,##0", "locked": False}))
    sheet.write_comment(0, 1, "Gõ số nguyên")
    sheet.merge_range("A3:C4", "Ghi chú")
    sheet.data_validation("B2", {"validate": "whole", "criteria": ">=", "value": 0})
    sheet.protect()
    book.define_name("o_BC07", f"='{SHEET}'!$B$1")
    book.add_worksheet("_khóa").very_hidden()


def _annotated(comments: dict[CellRef, str]) -> tuple[bytes, Any]:
    content = annotate(a_workbook(_form), comments)
    return content, openpyxl.load_workbook(BytesIO(content))[SHEET]


def test_a_cell_gets_its_comment_and_turns_red() -> None:
    _content, sheet = _annotated({CellRef(SHEET, 1, 2): "Tổng phải bằng cộng các dòng."})

    assert sheet["B1"].comment.text == "Tổng phải bằng cộng các dòng."
    assert sheet["B1"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["A1"].comment is None


def test_a_merged_block_shows_it_at_its_first_cell() -> None:
    _content, sheet = _annotated({CellRef(SHEET, 4, 3): "Thiếu ghi chú."})

    assert sheet["A3"].comment.text == "Thiếu ghi chú."


def test_values_names_lists_and_protection_stay() -> None:
    before = read_workbook(a_workbook(_form))

    content, sheet = _annotated({CellRef(SHEET, 1, 2): "Sai."})

    after = read_workbook(content)
    assert (after.sheets, after.names, after.merged_names) == (before.sheets, before.names, before.merged_names)
    assert after.sheet_rows(SHEET)[0] == before.sheet_rows(SHEET)[0]
    assert sheet.protection.sheet
    assert sheet["B1"].number_format == "#,##0"
    assert not sheet["B1"].protection.locked
    assert len(sheet.data_validations.dataValidation) == 1


def test_what_may_not_be_read_is_not_annotated() -> None:
    with pytest.raises(WorkbookRefused):
        annotate(changed({"xl/vbaProject.bin": b"a"}), {CellRef(SHEET, 1, 1): "a"})


def test_a_sheet_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        annotate(a_workbook(), {CellRef("Trang khác", 1, 1): "a"})
