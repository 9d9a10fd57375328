"""What is put in is read as the province writes numbers, and nothing typed is lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.filling import Filled, Filling, confirmations, filled
from diaban.work.reporting.tests.layouts import LAYOUT, YEAR_END

CELLS = cells_of(LAYOUT, YEAR_END)
EMPTY: dict[str, Any] = {
    "values": {}, "unread": {}, "reasons": {}, "texts": {}, "explanations": {}, "estimated": [], "confirmed": [], "objections": {},
}  # fmt: skip


def put(before: dict[str, Any] | None = None, *, supplied: tuple[str, ...] = (), **what: Any) -> Filled:
    return filled(before or EMPTY, CELLS, Filling(**what), supplied=supplied)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.923", "1923"), ("300", "300"), (" 300 ", "300"), ("-5", "-5"), (Decimal("300.00"), "300"), (7, "7")],
)
def test_whole_numbers(typed: Any, kept: str) -> None:
    assert put(values={"VT04": typed}).contents["values"] == {"VT04": kept}


@pytest.mark.parametrize(("typed", "kept"), [("92,5", "92.5"), ("1.234,50", "1234.5"), (Decimal("0.10"), "0.1")])
def test_decimals(typed: Any, kept: str) -> None:
    assert put(values={"BC02__vnpost": typed}).contents["values"] == {"BC02__vnpost": kept}


@pytest.mark.parametrize(
    ("typed", "reason", "value"),
    [
        ("-", "none_occurred", "0"),
        ("…", "not_collected", None),
        ("x", "not_applicable", None),
        ("KCC", "refused", None),
    ],
)
def test_the_signs_of_the_yearbooks(typed: str, reason: str, value: str | None) -> None:
    contents = put(values={"VT08": typed}).contents

    assert contents["reasons"] == {"VT08": reason}
    assert contents["values"].get("VT08") == value


def test_what_is_said_of_cells_that_there_are_not_is_ignored() -> None:
    said = put(
        explanations={"NOTE__X": "vì"}, texts={"TEXT__X": "x"}, estimated={"X": True}, confirmed={"X": True},
        objections={"X": "sai"},
    )  # fmt: skip

    assert said.contents == EMPTY
    assert said.ignored == ("X", "TEXT__X")


@given(st.text(min_size=1, max_size=20))
def test_whatever_is_typed_is_kept_somewhere(typed: str) -> None:
    contents = put(values={"VT04": typed}).contents

    kept = "VT04" in contents["values"] or "VT04" in contents["unread"] or "VT04" in contents["reasons"]
    assert kept or not typed.strip()


def test_only_the_cells_named_are_touched_and_blank_clears() -> None:
    before = put(values={"VT04": "1", "VT05": "2", "VT07": "ba"}).contents

    after = put(before, values={"VT04": "", "VT07": "3"}).contents

    assert (after["values"], after["unread"]) == ({"VT05": "2", "VT07": "3"}, {})


def test_a_value_takes_the_place_of_a_reason_and_the_other_way_round() -> None:
    reasoned = put(reasons={"VT08": "refused"}).contents
    valued = put(reasoned, values={"VT08": "4"}).contents
    again = put(valued, reasons={"VT08": "refused"}).contents

    assert (valued["values"], valued["reasons"]) == ({"VT08": "4"}, {})
    assert (again["values"], again["reasons"]) == ({}, {"VT08": "refused"})


def test_what_is_not_the_localitys_is_left_out_and_named() -> None:
    result = put(values={"DB01": "1", "BC07": "9", "NOPE": "1", "QL07__open": "3"}, supplied=("QL07__open",))

    assert result.contents["values"] == {}
    assert set(result.ignored) == {"DB01", "BC07", "NOPE", "QL07__open"}


def test_a_list_left_alone_is_not_a_list_of_none() -> None:
    assert put(values={"BC01__vnpost": None}).contents["values"] == {}
    assert put(values={"BC01__vnpost": "1", "BC01__other": ""}).contents["values"] == {
        "BC01__vnpost": "1",
        "BC01__other": "0",
    }


def test_names_with_their_prefix_mean_the_cell() -> None:
    contents = put(
        reasons={"REASON__VT08": "refused"}, explanations={"NOTE__VT04": "đã hỏi"}, estimated={"EST__VT05": True}
    ).contents

    assert (contents["reasons"], contents["explanations"], contents["estimated"]) == (
        {"VT08": "refused"}, {"VT04": "đã hỏi"}, ["VT05"],
    )  # fmt: skip


def test_only_stocks_are_kept_as_they_were() -> None:
    previous = {"BC07__bdvhx": Decimal(9), "VT04": Decimal(3), "DB01": Decimal(5000)}

    assert confirmations(CELLS, previous, previous) == {"BC07__bdvhx": 9}
