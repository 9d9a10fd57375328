"""Points and ranks: a total preorder that agrees with the points; what is missing is never zero by itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.facts.rules.places import ranked
from diaban.work.ranking.rules import (
    How,
    IfMissing,
    Scored,
    Sum,
    by_plan,
    by_rank,
    by_share,
    linear,
    places,
    rounded,
    summed,
)

D = Decimal
points = st.decimals(min_value=0, max_value=100, places=2)
several = st.dictionaries(st.integers(1, 40), points, min_size=1, max_size=20)


@given(several)
def test_ranks_are_a_total_preorder_that_agrees_with_the_points(given_points: dict[int, Decimal]) -> None:
    found = ranked(given_points)

    for one, mine in given_points.items():
        assert found[one] == 1 + sum(other > mine for other in given_points.values())
        for other, theirs in given_points.items():
            assert (found[one] <= found[other]) == (mine >= theirs)


@given(several, st.data())
def test_ranks_in_a_cluster_agree_with_those_among_all(given_points: dict[int, Decimal], data: st.DataObject) -> None:
    members = sorted(given_points)
    cut = data.draw(st.integers(0, len(members)))
    sums = {who: Sum(value, D(100), D(100)) for who, value in given_points.items()}

    found = places(sums, {1: members[:cut], 2: members[cut:]})

    for cluster in (members[:cut], members[cut:]):
        for one in cluster:
            for other in cluster:
                mine, theirs = found[one], found[other]
                assert (mine.in_cluster or 0) <= (theirs.in_cluster or 0) or (mine.overall or 0) > (theirs.overall or 0)


def core(value: int | None, most: int = 10, if_missing: IfMissing = IfMissing.LEFT_OUT) -> Scored:
    return Scored(How.HAND, D(most), None if value is None else D(value), if_missing)


def test_a_criterion_left_out_is_no_zero() -> None:
    found = summed([core(8), core(None, 30)])

    assert (found.points, found.attainable, found.full) == (D("32.00"), D(10), D(40))
    assert found.is_converted


def test_the_scheme_says_what_a_missing_criterion_does() -> None:
    assert summed([core(8), core(None, 30, IfMissing.ZERO)]).points == 8
    assert summed([core(8), core(None, 30, IfMissing.UNRANKED)]).points is None
    assert summed([core(None), core(None)]).points is None


def test_bonus_and_minus_points_come_after_and_are_not_converted() -> None:
    extra = [Scored(How.BONUS, D(5), D(2)), Scored(How.MINUS, D(5), D(1))]

    assert summed([core(5), core(None), *extra]).points == D("11.00")


@given(value=points, plan=st.decimals(min_value="0.01", max_value=100, places=2), most=points)
def test_points_by_plan_stay_in_range_and_are_all_where_it_is_met(value: Decimal, plan: Decimal, most: Decimal) -> None:
    for is_falling in (True, False):
        found = by_plan(value, plan, is_falling=is_falling, most=most)
        assert 0 <= found <= most
        if (value <= plan) if is_falling else (value >= plan):
            assert found == rounded(most)


@given(one=points, other=points)
def test_a_line_never_gives_more_to_what_is_worse(one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other))

    assert linear(worse, D(40), D(95), D(15)) <= linear(better, D(40), D(95), D(15))
    assert linear(worse, D(95), D(40), D(15)) >= linear(better, D(95), D(40), D(15))


@pytest.mark.parametrize(("is_falling", "expected"), [(False, [10, 5, 5]), (True, [D("3.33"), 10, 10])])
def test_points_by_rank_are_equal_for_equals(is_falling: bool, expected: list[Decimal]) -> None:
    found = by_rank({1: D(9), 2: D(4), 3: D(4)}, is_falling=is_falling, most=D(10))

    assert list(found.values()) == ([D(10), D("6.67"), D("6.67")] if not is_falling else expected)


def test_a_share_gives_its_part() -> None:
    assert by_share(D(75), D(25)) == D("18.75")
