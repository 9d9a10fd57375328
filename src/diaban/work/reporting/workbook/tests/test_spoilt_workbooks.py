"""Workbooks as they come back from real desks: each fault is told at its cell, in words that say what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from diaban.lib.workbooks import WorkbookRefused
from diaban.work.reporting.workbook import read_filled
from diaban.work.reporting.workbook.tests.filling_in import a_workbook, cell_named, changed, filled_in
from diaban.work.reporting.workbook.tests.paper_forms import head_of


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("khoảng 20", "unread", "không phải là số"),
        ("1,234.5", "unread", "Hãy gõ “1.234,5”"),
        ("12 máy", "unread", "không gõ chữ hay đơn vị tính"),
        (-3, "least", "số âm (-3)"),
        (1.923, "whole", "hãy gõ 1923"),
        (2.5, "whole", "phải là số nguyên"),
        ("=1+1", "formula", "dán giá trị"),
        (date(2026, 3, 1), "date", "ngày tháng"),
        (True, "boolean", "không phải là số"),
        ("nt", "no_previous", "kỳ trước không có số"),
    ],
)
def test_what_is_wrong_in_a_number_cell_is_told_there(typed: object, code: str, said: str) -> None:
    cell = "CN10" if typed == "nt" else "CN18"
    content = filled_in(a_workbook(), {cell: typed})

    (problem,) = read_filled(content).problems

    assert (problem.cell, problem.code) == (cell, code)
    assert said in problem.message
    assert problem.message.startswith(f"{cell} ")


def test_an_error_value_is_told() -> None:
    def spoil(book: Workbook) -> None:
        cell = cell_named(book, "CN18")
        cell.value = "#REF!"
        cell.data_type = "e"

    (problem,) = read_filled(changed(a_workbook(), spoil)).problems

    assert (problem.cell, problem.code) == ("CN18", "error")


def test_a_percentage_format_is_not_guessed_at() -> None:
    def spoil(book: Workbook) -> None:
        cell = cell_named(book, "CN18")
        cell.value, cell.number_format = 0.15, "0%"

    (problem,) = read_filled(changed(a_workbook(), spoil)).problems

    assert (problem.cell, problem.code) == ("CN18", "percent")


def test_a_deleted_row_is_told_and_clears_nothing() -> None:
    def spoil(book: Workbook) -> None:
        book.defined_names["_CN18"].value = "'Biểu số liệu'!#REF!"

    found = read_filled(changed(a_workbook(), spoil))

    assert [(problem.cell, problem.code) for problem in found.problems] == [("CN18", "lost")]
    assert "CN18" not in found.values


def test_merged_cells_are_told() -> None:
    def spoil(book: Workbook) -> None:
        cell = cell_named(book, "BC07__level_1")
        book["Biểu số liệu"].merge_cells(f"F{cell.row}:F{cell.row + 1}")

    found = read_filled(changed(a_workbook(), spoil))

    assert ("BC07__level_1", "merged") in {(problem.cell, problem.code) for problem in found.problems}


def test_a_number_beside_a_reason_is_a_contradiction() -> None:
    found = read_filled(filled_in(a_workbook(), {"CN18": 4, "REASON__CN18": "Chưa thu thập được"}))

    assert [problem.code for problem in found.problems] == ["value_and_reason"]
    assert found.reasons["CN18"] is None


def test_an_unknown_reason_and_an_odd_tick_are_told() -> None:
    found = read_filled(filled_in(a_workbook(), {"REASON__CN18": "bận", "BC01__vnpost": "có lẽ"}))

    assert sorted(problem.code for problem in found.problems) == ["reason", "tick"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": "district_quarter_2009"}, "wrong_form"),
        ({"version": 2}, "old_version"),
        ({"unit": "00700"}, "wrong_unit"),
        ({"period": "nd09:2025-Q4"}, "wrong_period"),
    ],
)
def test_a_workbook_of_something_else_is_refused_whole(change: dict[str, str | int], code: str) -> None:
    content = filled_in(a_workbook(), {"CN18": 5})

    found = read_filled(content, expected=replace(head_of().key, **change))  # type: ignore[arg-type]  # mixed by design

    assert [problem.code for problem in found.problems] == [code]
    assert found.is_refused
    assert found.values == {}


def _drop_key(book: Workbook) -> None:
    del book["_diaban"]


def _forge_unit(book: Workbook) -> None:
    book["_diaban"]["B4"] = "00700"


def _forge_version(book: Workbook) -> None:
    book["_diaban"]["B3"] = "hai"


@pytest.mark.parametrize(
    ("spoil", "code"), [(_drop_key, "not_ours"), (_forge_unit, "tampered"), (_forge_version, "not_ours")]
)
def test_a_changed_hidden_sheet_is_refused(spoil: Callable[[Workbook], None], code: str) -> None:
    found = read_filled(changed(a_workbook(), spoil))

    assert [problem.code for problem in found.problems] == [code]
    assert found.is_refused


def test_a_lost_sheet_of_words_is_told_heading_by_heading() -> None:
    def spoil(book: Workbook) -> None:
        del book["Phần lời"]

    found = read_filled(changed(a_workbook(), spoil))

    assert {problem.code for problem in found.problems} == {"lost"}
    assert all(problem.cell.startswith("TEXT__") for problem in found.problems)


def test_words_in_decomposed_letters_become_composed() -> None:
    import unicodedata

    content = filled_in(a_workbook(), {"TEXT__direction": unicodedata.normalize("NFD", "Đã tổ chức họp")})

    assert read_filled(content).texts["TEXT__direction"] == "Đã tổ chức họp"


def test_somebody_elses_workbook_is_no_form() -> None:
    out = BytesIO()
    Workbook().save(out)

    assert read_filled(out.getvalue()).is_refused


def test_no_workbook_at_all_raises_with_advice() -> None:
    with pytest.raises(WorkbookRefused, match="xlsx"):
        read_filled(b"STT,Ten\n1,2\n")
