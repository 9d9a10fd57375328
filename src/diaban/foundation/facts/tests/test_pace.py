"""Whether a plan will be met: by direction, by how the figure comes about, and never from what is not known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.facts.rules.pace import STRAIGHT, Course, Known, Verdict, due_share, pace
from diaban.lib.periods import Calendar, Period

D = Decimal
amounts = st.decimals(min_value=1, max_value=10**6, places=2)
dues = st.sampled_from([D(25), D(50), D(75)])


def period(code: str) -> Period:
    return Period.parse(code, Calendar.STATISTICAL)


@pytest.mark.parametrize(
    ("code", "due"), [("2009-Q3", 75), ("2009-M03", 25), ("2009-M01", D(25) / 3), ("2009-H1", 50), ("2009-9M", 75), ("2009", 100)]
)  # fmt: skip
def test_the_straight_line_is_due_by_the_period(code: str, due: Decimal) -> None:
    assert due_share(period(code)) == due


def test_a_profile_stands_for_the_straight_line() -> None:
    profile = (D(10), D(30), D(60))

    assert [due_share(period(f"2009-Q{number}"), profile) for number in (1, 2, 3, 4)] == [10, 30, 60, 100]
    assert due_share(period("2009-M04"), profile) == D(10) + D(20) / 3


@pytest.mark.parametrize(
    ("value", "direction", "verdict"),
    [
        (41, "up", Verdict.LIKELY_MISSED),
        (70, "up", Verdict.BEHIND),
        (75, "up", Verdict.ON_COURSE),
        (100, "up", Verdict.REACHED),
        (41, "down", Verdict.ON_COURSE),
        (80, "down", Verdict.BEHIND),
        (90, "down", Verdict.LIKELY_MISSED),
        (101, "down", Verdict.LIKELY_MISSED),
        (41, "neutral", Verdict.NOT_JUDGED),
    ],
)
def test_a_flow_at_the_end_of_the_third_quarter(value: int, direction: str, verdict: Verdict) -> None:
    found = pace(Known(D(value), D(100)), Course.FLOW, direction, D(75))

    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("opening", "value", "plan", "direction", "verdict"),
    [
        (100, 175, 200, "up", Verdict.ON_COURSE),
        (100, 150, 200, "up", Verdict.LIKELY_MISSED),  # 75 % of the plan, but half of the way
        (100, 170, 200, "up", Verdict.BEHIND),
        (60, 30, 20, "down", Verdict.ON_COURSE),
        (60, 50, 20, "down", Verdict.LIKELY_MISSED),
        (60, 20, 20, "down", Verdict.REACHED),
        (None, 150, 200, "up", Verdict.NOT_JUDGED),
        (None, 200, 200, "up", Verdict.REACHED),
        (210, 190, 200, "up", Verdict.LIKELY_MISSED),
    ],
)
def test_a_stock_is_held_against_its_way(
    opening: int | None, value: int, plan: int, direction: str, verdict: Verdict
) -> None:
    known = Known(D(value), D(plan), None if opening is None else D(opening))

    assert pace(known, Course.STOCK, direction, D(75)).verdict is verdict


@given(value=amounts, plan=amounts, due=dues, direction=st.sampled_from(["up", "down"]))
def test_a_missing_period_is_never_a_warning_unless_it_is_certain(
    value: Decimal, plan: Decimal, due: Decimal, direction: str
) -> None:
    found = pace(Known(value, plan, complete=False), Course.FLOW, direction, due)

    is_certain = (direction == "up" and value >= plan) or (direction == "down" and value > plan)
    assert (found.verdict is not Verdict.NOT_JUDGED) == is_certain


@given(one=amounts, more=amounts, plan=amounts, due=dues)
def test_more_of_what_should_grow_is_never_judged_worse(
    one: Decimal, more: Decimal, plan: Decimal, due: Decimal
) -> None:
    order = [Verdict.LIKELY_MISSED, Verdict.BEHIND, Verdict.ON_COURSE, Verdict.REACHED]
    less, greater = (pace(Known(value, plan), Course.FLOW, "up", due).verdict for value in (one, one + more))

    assert order.index(less) <= order.index(greater)
    lower, higher = (pace(Known(value, plan), Course.FLOW, "down", due).verdict for value in (one, one + more))
    assert order.index(lower) >= order.index(higher)


@given(value=amounts, plan=amounts)
def test_a_year_that_is_over_is_met_or_missed(value: Decimal, plan: Decimal) -> None:
    for course in Course:
        for direction, is_met in (("up", value >= plan), ("down", value <= plan)):
            found = pace(Known(value, plan, D(1)), course, direction, D(100))
            assert found.verdict is (Verdict.REACHED if is_met else Verdict.MISSED)


def test_without_a_figure_there_is_no_verdict() -> None:
    assert pace(Known(None, D(10)), Course.FLOW, "up", D(75)).why == "no_figure"
    assert pace(Known(D(1), None), Course.FLOW, "up", D(75)).why == "no_plan"
    assert len(STRAIGHT) == 3
