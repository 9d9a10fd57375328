"""Things that stand in several localities are counted once, or not at all."""

from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import Definition
from diaban.foundation.facts.rules.totals import Total, part_of, total_of
from diaban.foundation.facts.tests.sheets import additive, book, column, listed, seen, units


def of(definition: Definition, sheet: dict[str, Column], *ids: int) -> Total:
    return total_of(definition, book(definition), sheet, units(*ids)).total


def test_bare_counts_have_no_sum_but_bounds() -> None:
    total = of(additive("VT16", over_units="DISTINCT"), {"VT16": column({1: 30, 2: 20})}, 1, 2)

    assert seen(total.value, total.reason) == (None, "not_additive")
    assert seen(total.least, total.most) == (30, 50)


def test_the_units_own_count_is_its_value() -> None:
    assert of(additive("VT16", over_units="DISTINCT"), {"VT16": column({1: 30, 2: 20})}, 1).value == 30


def test_lists_are_counted_by_what_stands_in_them() -> None:
    sheet = {
        "VT01": column({1: 2, 2: 2}),
        "VT01__vnpt": column({1: 1, 2: 1}),
        "VT01__viettel": column({1: 1, 2: 0}),
        "VT01__other": column({1: 0, 2: 1}),
    }

    total = of(listed(), sheet, 1, 2)

    assert seen(total.value, total.complete) == (3, True)
    assert part_of(listed(), "vnpt", sheet, units(1, 2)).value == 1


def test_two_unnamed_others_may_be_one_enterprise_or_two() -> None:
    sheet = {"VT01__vnpt": column({1: 1, 2: 1}), "VT01__other": column({1: 1, 2: 1})}

    total = of(listed(), sheet, 1, 2)

    assert seen(total.value, total.least, total.most) == (None, 2, 3)


def test_a_bare_count_beside_lists_leaves_only_bounds() -> None:
    sheet = {"VT01": column({1: 1, 2: 4}), "VT01__vnpt": column({1: 1}), "VT01__viettel": column({1: 0})}

    total = of(listed(), sheet, 1, 2)

    assert seen(total.value, total.reason, total.least, total.most) == (None, "not_additive", 4, 5)


def test_a_unit_that_counted_none_needs_no_list() -> None:
    sheet = {"VT01": column({1: 1, 2: 0}), "VT01__vnpt": column({1: 1})}

    assert of(listed(), sheet, 1, 2).value == 1


def test_an_incomplete_distinct_count_says_so() -> None:
    total = of(listed(), {"VT01__vnpt": column({1: 1})}, 1, 2)

    assert seen(total.value, total.reported, total.complete) == (1, 1, False)


def test_a_score_is_never_aggregated() -> None:
    total = of(additive("CN21", over_units="NONE"), {"CN21": column({1: 5, 2: 7})}, 1, 2)

    assert seen(total.value, total.reason, total.most) == (None, "not_aggregated", None)
