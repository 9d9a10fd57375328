from io import BytesIO

from openpyxl import load_workbook

from diaban.work.reporting.validation import ERROR, WARNING, Finding
from diaban.work.reporting.workbook import annotated, read_filled, together
from diaban.work.reporting.workbook.tests.filling_in import a_workbook, cell_named, filled_in


def test_findings_stand_at_their_cells_and_the_figures_stay() -> None:
    content = filled_in(a_workbook(), {"CN18": -3, "TT17": 7})
    findings = [*read_filled(content).problems, Finding("TT17", WARNING, "plausible", "Kiểm tra lại.")]

    marked = annotated(content, findings)

    book = load_workbook(BytesIO(marked))
    at_fault, warned = cell_named(book, "CN18"), cell_named(book, "TT17")
    assert at_fault.comment is not None
    assert "Lỗi: CN18" in at_fault.comment.text
    assert warned.comment is not None
    assert warned.comment.text == "Cảnh báo: Kiểm tra lại."
    assert at_fault.fill.start_color.rgb == "FFFFC7CE"
    again = read_filled(marked)
    assert again.values["CN18"] == -3
    assert again.values["TT17"] == 7


def test_a_finding_of_a_list_stands_at_its_first_line() -> None:
    marked = annotated(a_workbook(), [Finding("TEXT__proposals", ERROR, "required", "Phải có nội dung.")])

    comment = cell_named(load_workbook(BytesIO(marked)), "TEXT__proposals__1__addressee").comment
    assert comment is not None


def test_a_finding_without_a_place_stands_at_the_title() -> None:
    marked = annotated(a_workbook(), [Finding("", ERROR, "wrong_unit", "Tệp của đơn vị khác.")])

    comment = load_workbook(BytesIO(marked))["Biểu số liệu"]["A7"].comment
    assert comment is not None
    assert "đơn vị khác" in comment.text


def test_a_fault_that_reading_and_checking_both_see_is_told_once() -> None:
    problems = read_filled(filled_in(a_workbook(), {"CN18": -3})).problems
    checked = [
        Finding("CN18", ERROR, "least", "không được âm."),
        Finding("TT17", ERROR, "required", "chưa có số liệu."),
    ]

    found = together(problems, checked)

    assert [(finding.cell, finding.code) for finding in found] == [("CN18", "least"), ("TT17", "required")]
    assert "ô F" in found[0].message
