"""The column "since the start of the year", and comparisons."""

from decimal import Decimal

import pytest

from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import Definition
from diaban.foundation.facts.rules.over_time import base_in, is_due, percent, points, so_far
from diaban.foundation.facts.rules.totals import Total, total_of
from diaban.foundation.facts.tests.sheets import additive, base, book, column, ratio, seen, units
from diaban.lib.periods import Period

Sheets = list[dict[str, Column]]


def over(definition: Definition, sheets: Sheets, *others: Definition) -> Total:
    every = book(definition, *others)
    outcomes = [total_of(definition, every, sheet, units(1, 2)) for sheet in sheets]
    return so_far(definition, every, outcomes, base_in(sheets[-1], every))


def test_flows_are_summed_and_complete_only_if_every_period_is() -> None:
    flow = additive("BC02", over_time="SUM")

    whole = over(flow, [{"BC02": column({1: 1, 2: 2})}, {"BC02": column({1: 10, 2: 20})}])
    holed = over(flow, [{"BC02": column({1: 1})}, {"BC02": column({1: 10, 2: 20})}])

    assert seen(whole.value, whole.complete) == (33, True)
    assert seen(holed.value, holed.complete, holed.reported, holed.expected) == (31, False, 3, 4)


def test_stocks_are_those_of_the_last_period() -> None:
    stock = additive("BC07")

    assert over(stock, [{"BC07": column({1: 5, 2: 5})}, {"BC07": column({1: 6, 2: 6})}]).value == 12


def test_an_opening_stock_is_that_of_the_first_period() -> None:
    opening = additive("QL01b", over_time="NONE")

    assert over(opening, [{"QL01b": column({1: 5, 2: 5})}, {"QL01b": column({1: 6, 2: 6})}]).value == 10


def test_a_ratio_of_flows_comes_from_summed_parts() -> None:
    rate = ratio("CN07", "CN34", "QL01a", over_time="RATIO")
    parts = additive("CN34", over_time="SUM"), additive("QL01a", over_time="SUM")
    sheets: Sheets = [
        {"CN34": column({1: 1, 2: 0}), "QL01a": column({1: 10, 2: 90})},
        {"CN34": column({1: 10}), "QL01a": column({1: 10, 2: 500})},
    ]

    total = over(rate, sheets, *parts)

    assert seen(total.numerator, total.denominator, total.value) == (11, 110, 10)
    assert not total.complete


def test_a_base_figure_is_taken_once_for_the_year() -> None:
    share = ratio("CN13", "CN12", "DB12", over_time="RATIO")
    budget = base("DB12")
    sheets: Sheets = [{"CN12": column({1: 1, 2: 1}), "DB12": column({1: 100, 2: 100})}] * 3

    total = over(share, sheets, additive("CN12", over_time="SUM"), budget)

    assert seen(total.numerator, total.denominator, total.value) == (6, 200, 3)


def test_people_trained_twice_have_no_sum_over_periods() -> None:
    people = additive("NL06", over_time="DISTINCT", over_units="SUM")

    total = over(people, [{"NL06": column({1: 5})}, {"NL06": column({1: 7})}])

    assert seen(total.value, total.reason, total.least, total.most) == (None, "not_additive", 7, 12)


@pytest.mark.parametrize(
    ("frequencies", "period", "due"),
    [
        (("Q", "Y"), "stat:2025-Q1", True),
        (("H", "Y"), "stat:2025-Q1", False),
        (("H", "Y"), "stat:2025-Q2", True),
        (("Y",), "stat:2025-Q3", False),
        (("Y",), "nd09:2025-Q4", True),
        (("Y",), "stat:2025-9M", True),
        (("M", "Q"), "stat:2025", True),
    ],
)
def test_a_row_is_due_in_the_period_that_ends_its_own(frequencies: tuple[str, ...], period: str, due: bool) -> None:
    assert is_due(frequencies, Period.parse(period)) is due


def test_comparisons_need_both_sides() -> None:
    assert percent(Decimal(50), Decimal(200)) == 25
    assert percent(Decimal(50), Decimal(0)) is None
    assert percent(None, Decimal(200)) is None
    assert points(Decimal("92.5"), Decimal("90.0")) == Decimal("2.5")
