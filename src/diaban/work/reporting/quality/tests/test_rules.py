"""Figures beside their own past, beside their peers, and beside one another."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.quality.rules import (
    Figure,
    against_history,
    against_peers,
    copied,
    digit_slip,
    is_slip_of_a_digit,
    outside_hundred,
    parts_against_total,
    shares_of_hundred,
    shifted,
    still_holds,
    swapped,
)

STOCK = Figure("Trạm BTS", "trạm")
FLOW = Figure("Bưu gửi", "bưu gửi", "flow")
SHARE = Figure("Tỷ lệ thôn có sóng", "%", "ratio")


def many(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


def code(found: list[object]) -> str:
    return "".join(str(getattr(one, "code", "")) for one in found)


@pytest.mark.parametrize(
    ("figure", "value", "past", "said"),
    [
        (FLOW, 5200, (1000, 1040, 980, 1010), "jump"),
        (FLOW, 1100, (1000, 1040, 980, 1010), ""),
        (FLOW, 5200, (1000, 4700, 1040, 980, 1010), ""),  # a season
        (FLOW, 5200, (1000, 1040, 980), ""),  # too short a past
        (FLOW, 14, (1, 2, 1, 2), ""),  # small counts
        (FLOW, 2600, (400, 2500, 900, 3000, 500), ""),  # a restless past
        (STOCK, 600, (1000, 1010), "fall"),
        (FLOW, 600, (1000, 1010), ""),
        (STOCK, 1_010_000, (1000, 1010), "unit"),
        (FLOW, 1, (980, 1005), "unit"),
        (FLOW, 1_020_000_000, (1000,), "unit"),
        (SHARE, 60, (95, 96, 96, 97), "jump"),
        (SHARE, 91, (95, 96, 96, 97), ""),
    ],
)
def test_a_figure_beside_its_own_past(figure: Figure, value: int, past: tuple[int, ...], said: str) -> None:
    assert code([*against_history(figure, Decimal(value), many(*past))]) == said


def test_a_jump_says_what_was_compared_and_by_how_much() -> None:
    [doubt] = against_history(FLOW, Decimal(5200), many(1000, 1040, 980, 1010))

    assert doubt.message == "Bưu gửi: 5.200 bưu gửi, gấp 5,2 lần trung vị 4 kỳ trước (1.005 bưu gửi)."


PEERS = many(40, 42, 45, 47, 50, 52, 55, 58, 60)


@pytest.mark.parametrize(
    ("value", "peers", "said"),
    [(400, PEERS, "peers"), (70, PEERS, ""), (400, PEERS[:5], ""), (2, PEERS, "peers"), (50_000, PEERS, "unit")],
)
def test_a_figure_beside_its_peers(value: int, peers: list[Decimal], said: str) -> None:
    assert code([*against_peers(FLOW, Decimal(value), peers)]) == said


def test_a_report_that_repeats_every_flow_is_a_copy_and_one_that_differs_once_is_not() -> None:
    before = {f"F{number}": Decimal(100 + number) for number in range(9)}

    assert code([*copied(before, dict(before))]) == "copied"
    assert copied(before, before | {"F3": Decimal(5)}) == []
    assert copied(before, dict.fromkeys(before, Decimal(0))) == []


@pytest.mark.parametrize(("value", "said"), [("0", ""), ("100", ""), ("100.1", "share"), ("-1", "share")])
def test_a_share_lies_between_nothing_and_all(value: str, said: str) -> None:
    assert code([*outside_hundred(SHARE, Decimal(value))]) == said


def test_shares_may_miss_a_hundred_by_rounding_only() -> None:
    assert shares_of_hundred(SHARE, [Decimal("33.3")] * 3) == []
    assert code([*shares_of_hundred(SHARE, many(60, 50))]) == "shares"


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=8))
def test_parts_that_add_up_are_never_doubted(parts: list[int]) -> None:
    named: dict[str, Decimal | None] = {str(place): Decimal(value) for place, value in enumerate(parts)}

    assert parts_against_total(STOCK, named, Decimal(sum(parts))) == []


@given(st.decimals(20, 10**6, places=0), st.integers(1, 12))
def test_a_figure_that_never_moves_is_never_doubted(value: Decimal, periods: int) -> None:
    assert against_history(STOCK, value, [value] * periods) == []
    assert against_peers(STOCK, value, [value] * (periods + 8)) == []


@given(st.integers(100, 10**6), st.integers(1, 10), st.lists(st.integers(20, 10**6), min_size=1, max_size=9))
def test_what_is_said_of_counts_does_not_hang_on_the_order_of_the_peers(
    value: int, times: int, peers: list[int]
) -> None:
    there = against_peers(FLOW, Decimal(value * times), many(*peers))

    assert there == against_peers(FLOW, Decimal(value * times), many(*reversed(peers)))


@pytest.mark.parametrize(
    ("typed", "meant", "is_slip"),
    [(7318, 70318, True), (1234, 1324, True), (1234, 1294, True), (1234, 1432, False), (12, 123, False)],
)
def test_a_slip_of_one_digit_is_known(typed: int, meant: int, is_slip: bool) -> None:
    assert is_slip_of_a_digit(Decimal(typed), Decimal(meant)) is is_slip


@pytest.mark.parametrize(
    ("value", "past", "said"),
    [
        (10_200, (1000,), "digit"),  # one period is enough
        (98, (1000, 1030), "digit"),
        (10_200, (1000, 100, 4000), ""),  # no calm past
        (12, (1,), ""),  # small counts
        (3000, (1000,), ""),
    ],
)
def test_a_zero_too_many_or_too_few_is_told_from_one_period_on(value: int, past: tuple[int, ...], said: str) -> None:
    assert code([*digit_slip(FLOW, Decimal(value), many(*past), "số kỳ trước")]) == said


@pytest.mark.parametrize(
    ("now", "past", "said"),
    [
        ((120, 40), ((40, 41), (118, 121)), "swapped"),
        ((40, 120), ((40, 41), (118, 121)), ""),
        ((120, 80), ((40, 41), (118, 121)), ""),  # only one moved
        ((44, 40), ((40, 41), (44, 45)), ""),  # too alike to tell
        ((120, 40), ((40, 119), (118, 121)), ""),  # it has been so before
        ((9, 2), ((2, 2), (9, 9)), "swapped"),
    ],
)
def test_two_rows_that_changed_places(
    now: tuple[int, int], past: tuple[tuple[int, ...], tuple[int, ...]], said: str
) -> None:
    first, second = (Decimal(one) for one in now)

    assert code([*swapped(FLOW, STOCK, (first, second), (many(*past[0]), many(*past[1])))]) == said


def test_another_composition_is_told_by_the_part_that_moved_most() -> None:
    past = {"a": many(70, 72, 71, 69), "b": many(30, 28, 29, 31)}
    named = {"a": "Bưu cục", "b": "Đại lý"}

    [doubt] = shifted(FLOW, {"a": Decimal(30), "b": Decimal(70)}, past, named)

    assert "“Đại lý” chiếm 70,0% tổng, 4 kỳ trước chiếm khoảng 29,5%" in doubt.message
    assert shifted(FLOW, {"a": Decimal(60), "b": Decimal(40)}, past, named) == []
    assert shifted(FLOW, {"a": Decimal(3), "b": Decimal(7)}, past, named) == []  # small counts


@given(st.integers(20, 10**6), st.decimals(Decimal("0.75"), Decimal("1.25"), places=2))
def test_an_explanation_answers_for_figures_near_the_one_explained(explained: int, factor: Decimal) -> None:
    assert still_holds(FLOW, explained * factor, Decimal(explained))
    assert not still_holds(FLOW, Decimal(explained * 10), Decimal(explained))
