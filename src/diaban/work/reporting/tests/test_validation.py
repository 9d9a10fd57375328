"""What is wrong is said at its cell; what is odd asks for a word; nothing else is said."""

from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.tests.layouts import LAYOUT, SEPTEMBER, YEAR_END, values
from diaban.work.reporting.validation import (
    Entry,
    Finding,
    Progress,
    check_values,
    is_ready,
    progress_of,
    unexplained,
)

WORDS: dict[str, Any] = {"TEXT__direction": "Đã ban hành", "TEXT__villages": [{"village": str(n)} for n in range(5)]}


def found(previous: Any = None, last_year: Any = None, entry: Any = None, **changed: Any) -> list[Finding]:
    return check_values(LAYOUT, YEAR_END, Entry(values(**changed), texts=WORDS, **(entry or {})), previous, last_year)


def said(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.cell, finding.kind, finding.code) for finding in findings]


def test_a_good_report_says_nothing() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"VT04": None}, ("VT04", "error", "required")),
        ({"VT08": None}, ("VT08", "error", "reason_needed")),
        ({"VT04": -1}, ("VT04", "error", "least")),
        ({"VT04": "300.5"}, ("VT04", "error", "whole")),
        ({"BC01__vnpost": None}, ("BC01__vnpost", "error", "required")),
        ({"BC01__other": 1}, ("NAME__BC01__other", "error", "name")),
        ({"BC08__internet": 10}, ("BC08__internet", "error", "ofwhich")),
        ({"VT25__num": 21}, ("VT25__num", "error", "ratio")),
        ({"TT11__broken": 2}, ("TT11__working", "error", "split")),
        ({"BC08__closed": 2}, ("BC07__bdvhx", "error", "T01")),
        ({"BC07__level_1": 32}, ("BC07", "warning", "plausible")),
    ],
)
def test_each_fault_is_said_once_at_its_cell(changed: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert said(found(**changed)) == [expected]


def test_a_list_without_a_tick_asks_for_ticks_and_not_for_a_nought() -> None:
    message = found(BC01__vnpost=None)[0].message

    assert "chưa đánh dấu dòng nào" in message
    assert "ghi 0" not in message


def test_decimals_are_taken_where_the_indicator_has_them() -> None:
    assert found(BC02__vnpost="120.5") == []


def test_what_cannot_be_read_is_shown_as_it_was_typed() -> None:
    finding = found(VT04=None, entry={"unread": {"VT04": "ba trăm"}})[0]

    assert (finding.cell, finding.code) == ("VT04", "unread")
    assert "ba trăm" in finding.message


def test_a_reason_stands_for_a_value_where_it_may() -> None:
    assert found(VT08=None, entry={"reasons": {"VT08": "not_collected"}}) == []
    assert found(BC02__vnpost=None, BC02__viettel_post=None, entry={"reasons": {"BC02": "refused"}}) == []


def test_a_required_cell_without_value_asks_why_and_does_not_force_a_zero() -> None:
    findings = found(VT04=None, entry={"reasons": {"VT04": "not_collected"}})

    assert said(findings) == [("VT04", "warning", "without_value")]
    assert findings[0].needs_explanation


def test_an_unknown_reason_is_an_error() -> None:
    assert said(found(VT04=None, entry={"reasons": {"VT04": "lazy"}})) == [("VT04", "error", "reason")]


def test_what_the_period_does_not_ask_is_not_missed() -> None:
    entry = Entry(values(CN11=None, VT08=None, VT17__3g=None), texts={**WORDS, "TEXT__villages": [{}] * 4})

    assert check_values(LAYOUT, SEPTEMBER, entry) == []


def test_what_others_supply_is_not_asked_of_the_locality() -> None:
    findings = found(QL07__done=9, QL07__open=9)

    assert said(findings) == [("QL07", "warning", "T05")]
    assert not findings[0].needs_explanation


def test_missing_base_figures_are_the_departments_to_give() -> None:
    findings = found(DB05=None)

    assert said(findings) == [("DB05", "warning", "base")]
    assert is_ready(findings, {})


def test_nothing_to_count_needs_no_numerator() -> None:
    assert found(AT01=0, AT02__num=None) == []


def test_checks_reach_back_and_are_left_out_where_there_is_nothing() -> None:
    earlier = {"VT05": Decimal(1200)}

    assert said(found(previous=earlier)) == [("VT05", "warning", "T02")]
    assert said(found(last_year=earlier)) == [("VT05", "warning", "T03")]
    assert found() == []


def test_lists_are_counted() -> None:
    findings = check_values(LAYOUT, YEAR_END, Entry(values(), texts={**WORDS, "TEXT__villages": [{"village": "A"}]}))

    assert said(findings) == [("VT17", "warning", "T04")]


def test_required_words_are_missed_unless_only_figures_are_brought() -> None:
    entry = Entry(values(), texts={"TEXT__villages": WORDS["TEXT__villages"]})

    assert said(check_values(LAYOUT, YEAR_END, entry)) == [("TEXT__direction", "error", "required")]
    assert check_values(LAYOUT, YEAR_END, entry, with_words=False) == []


def test_a_warning_holds_a_report_back_until_it_is_explained() -> None:
    findings = found(BC07__level_1=32)

    assert not is_ready(findings, {})
    assert not is_ready(findings, {"BC07": "  "})
    assert is_ready(findings, {"BC07": "Mở thêm điểm mới"})
    assert unexplained(findings, {"BC07": "Mở thêm điểm mới"}) == []


def test_progress_counts_what_the_locality_types() -> None:
    cells = cells_of(LAYOUT, YEAR_END)

    nothing, some = progress_of(cells, Entry()), progress_of(cells, Entry(values(), reasons={"VT08": "refused"}))

    assert nothing == Progress(0, 23)
    assert some == Progress(23, 23)


def test_checking_is_quick() -> None:
    entry = Entry(values(), texts=WORDS)
    check_values(LAYOUT, YEAR_END, entry)

    start = perf_counter()
    check_values(LAYOUT, YEAR_END, entry)

    assert perf_counter() - start < 0.15
