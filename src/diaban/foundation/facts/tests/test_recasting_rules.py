"""Recasting gives every figure to the new units, and not one more."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.facts.rules.columns import NOTHING, Column
from diaban.foundation.facts.rules.recasting import Shares, recast_sheet, scaled_sheet
from diaban.foundation.facts.tests.sheets import additive, column, seen
from diaban.foundation.territory.rules import Share

TARGETS = st.integers(101, 105)
amounts = st.decimals(0, 10**6, places=1, allow_nan=False, allow_infinity=False)


def shares_of(weights: Mapping[int, int], *, assumed: bool = False) -> list[Share]:
    whole = sum(weights.values())
    return [Share(unit, Fraction(weight, whole), assumed) for unit, weight in sorted(weights.items())]


divisions = st.dictionaries(
    st.integers(1, 6), st.dictionaries(TARGETS, st.integers(1, 9), min_size=1).map(shares_of), min_size=1
)
half = {1: shares_of({101: 1, 102: 1}), 2: shares_of({102: 1})}


def everything(found: Column) -> Decimal:
    return sum(found.values.values(), Decimal())


@given(shares=divisions, data=st.data())
def test_a_sum_is_conserved_over_any_divisions(shares: Shares, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.sampled_from(sorted(shares)), amounts))

    recast = recast_sheet([additive()], {"BC07": Column(values)}, shares)["BC07"]

    assert everything(recast) == sum(values.values(), Decimal())


@given(shares=divisions, data=st.data())
def test_what_lies_in_each_unit_adds_up_to_the_whole(shares: Shares, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.sampled_from(sorted(shares)), amounts))
    sheet = {"BC07": Column(values)}

    inside = [scaled_sheet([additive()], sheet, shares, target)["BC07"] for target in range(101, 106)]

    assert sum(map(everything, inside), Decimal()) == sum(values.values(), Decimal())


@given(shares=divisions, data=st.data())
def test_parts_still_add_up_to_the_total_of_each_unit(shares: Shares, data: st.DataObject) -> None:
    parts = {
        code: data.draw(st.fixed_dictionaries({unit: st.integers(0, 999).map(Decimal) for unit in shares}))
        for code in ("a", "b")
    }
    total = {unit: parts["a"][unit] + parts["b"][unit] for unit in shares}
    sheet = {"BC07": Column(total), "BC07__a": Column(parts["a"]), "BC07__b": Column(parts["b"])}

    recast = recast_sheet([additive(split=("a", "b"))], sheet, shares)

    for unit, value in recast["BC07"].values.items():
        assert value == recast["BC07__a"].values[unit] + recast["BC07__b"].values[unit]
        assert value == value.to_integral_value()


def test_a_half_is_rounded_by_the_largest_remainder_ties_to_the_lower_unit() -> None:
    recast = recast_sheet([additive()], {"BC07": column({1: 5})}, half)["BC07"]

    assert recast.values == {101: 3, 102: 2}
    assert recast.missing == {102: 1}


def test_an_assumed_share_makes_an_estimate() -> None:
    shares = {1: shares_of({101: 1, 102: 1}, assumed=True), 2: shares_of({102: 1})}

    recast = recast_sheet([additive()], {"BC07": column({1: 4, 2: 6})}, shares)["BC07"]

    assert recast.estimated == {101, 102}


def test_what_is_counted_in_a_register_is_not_divided_but_wholes_are_added() -> None:
    definition = additive("VT26", over_units="COUNT")
    wholes = {1: shares_of({101: 1}), 2: shares_of({101: 1})}

    divided = recast_sheet([definition], {"VT26": column({1: 4, 2: 6})}, half)["VT26"]
    added = recast_sheet([definition], {"VT26": column({1: 4, 2: 6})}, wholes)["VT26"]

    assert seen(divided.values, divided.reasons) == ({}, {101: "not_recastable", 102: "not_recastable"})
    assert added.values == {101: 10}


def test_a_distinct_count_goes_over_only_whole_for_whole() -> None:
    definition = additive("VT16", over_units="DISTINCT")
    shares = {1: shares_of({101: 1}), 2: shares_of({102: 1}), 3: shares_of({102: 1})}

    recast = recast_sheet([definition], {"VT16": column({1: 4, 2: 6, 3: 1})}, shares)["VT16"]

    assert recast.values == {101: 4}
    assert recast.reasons == {102: "not_recastable"}


def test_a_unit_whose_share_is_unknown_has_no_value_in_the_area() -> None:
    scaled = scaled_sheet([additive()], {"BC07": column({1: 4, 2: 6})}, {1: [], 2: shares_of({101: 1})}, 101)["BC07"]

    assert scaled.values == {2: 6}
    assert scaled.reasons == {1: "not_recastable"}


def test_the_reason_of_the_old_units_stands_for_the_new_one() -> None:
    shares = {1: shares_of({101: 1})}

    recast = recast_sheet([additive()], {"BC07": column({}, {1: "refused"})}, shares)["BC07"]

    assert recast.reasons == {101: "refused"}
    assert recast_sheet([additive()], {}, shares)["BC07"].values == NOTHING.values
