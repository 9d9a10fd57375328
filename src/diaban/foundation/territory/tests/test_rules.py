"""Shares add up to one and totals to themselves."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.territory.rules import (
    Share,
    SharesDoNotAddUp,
    compose,
    connected,
    filled,
    largest_remainder,
    merged,
    shares_from,
)

HALF = Fraction(1, 2)
weights = st.dictionaries(
    st.integers(1, 10**6), st.decimals(min_value="0.0001", max_value=10**9, places=4), min_size=1, max_size=12
)


@given(weights)
def test_shares_sum_to_one_exactly(found: dict[int, Decimal]) -> None:
    assert sum(shares_from(found).values()) == 1


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False, allow_infinity=False),
    weights,
    st.integers(0, 4),
)
def test_rounded_parts_sum_to_the_total(total: Decimal, found: dict[int, Decimal], digits: int) -> None:
    shares = shares_from(found)

    parts = largest_remainder(total, shares, digits)

    assert sum(parts.values()) == total
    quantum = Fraction(1, 10 ** max(digits, -int(total.normalize().as_tuple().exponent)))
    assert all(abs(Fraction(part) - Fraction(total) * shares[key]) < quantum for key, part in parts.items())


def test_a_tie_goes_to_the_lowest_unit_id() -> None:
    assert largest_remainder(Decimal(1), {9: HALF, 4: HALF}, 0) == {9: Decimal(0), 4: Decimal(1)}


def test_the_largest_remainder_gets_what_is_left() -> None:
    shares = {1: Fraction(1, 6), 2: Fraction(2, 6), 3: Fraction(3, 6)}

    assert largest_remainder(Decimal(10), shares, 0) == {1: Decimal(2), 2: Decimal(3), 3: Decimal(5)}


def test_shares_that_do_not_sum_to_one_divide_nothing() -> None:
    with pytest.raises(SharesDoNotAddUp):
        largest_remainder(Decimal(1), {1: HALF}, 0)


def test_shares_pass_through_several_reforms() -> None:
    links = {
        1: [Share(2, HALF, assumed=True), Share(3, HALF, assumed=True)],
        2: [Share(4, Fraction(1, 3), assumed=False), Share(5, Fraction(2, 3), assumed=False)],
        3: [Share(5, Fraction(1), assumed=False)],
    }

    assert compose(links, 1) == [Share(4, Fraction(1, 6), assumed=True), Share(5, Fraction(5, 6), assumed=True)]
    assert compose(links, 4) == [Share(4, Fraction(1), assumed=False)]


def test_what_comes_together_again_is_not_assumed() -> None:
    links = {
        1: [Share(2, HALF, assumed=True), Share(3, HALF, assumed=True)],
        2: [Share(9, Fraction(1), assumed=False)],
        3: [Share(9, Fraction(1), assumed=False)],
    }

    assert compose(links, 1) == [Share(9, Fraction(1), assumed=False)]
    assert merged(links[1], {2: 7, 3: 7}) == [Share(7, Fraction(1), assumed=False)]


def test_parts_nobody_counted_get_the_mean_of_the_counted_ones() -> None:
    assert filled({1: Decimal(1000), 2: Decimal(3000), 3: None}) == {1: 1000, 2: 3000, 3: 2000}
    assert filled({1: None, 2: None}) == {1: 1, 2: 1}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=60))
def test_connected_groups_part_the_nodes_and_cut_no_link(links: list[tuple[int, int]]) -> None:
    groups = connected(links)

    nodes = [node for group in groups for node in group]
    assert len(nodes) == len(set(nodes)) == len({node for link in links for node in link})
    for one, other in links:
        assert any({one, other} <= group for group in groups)
