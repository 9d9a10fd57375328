"""The inputs on which other systems compute wrong totals: ours must come out right."""

from decimal import Decimal

from diaban.foundation.facts.rules.columns import NOTHING, total_column
from diaban.foundation.facts.rules.totals import add_up, computed, greatest, mean, smallest
from diaban.foundation.facts.tests.sheets import additive, book, column, ratio, seen, units


def test_an_average_leaves_out_the_unit_that_did_not_report_and_says_so() -> None:
    total = mean(column({1: 10, 2: 20}), units(1, 2, 3))

    assert total.value == 15
    assert seen(total.reported, total.expected, total.complete) == (2, 3, False)


def test_the_greatest_and_the_smallest_stand_beside_a_unit_that_did_not_report() -> None:
    reported = column({1: 10}, {2: "not_collected"})

    high, low = greatest(reported, units(1, 2)), smallest(reported, units(1, 2))

    assert high.value == low.value == 10
    assert not high.complete


def test_a_unit_without_a_total_counts_with_the_sum_of_its_parts() -> None:
    definition = additive(split=("level_1", "level_2"))
    sheet = {"BC07": column({1: 100}), "BC07__level_1": column({2: 5}), "BC07__level_2": column({2: 0})}

    total = add_up(total_column(definition, sheet), units(1, 2))

    assert total.value == 105
    assert total.complete


def test_an_empty_part_is_counted_as_missing_not_as_zero() -> None:
    definition = additive(split=("level_1", "level_2"))
    sheet = {"BC07__level_1": column({1: 5}), "BC07__level_2": column({}, {1: "not_collected"})}

    total = add_up(total_column(definition, sheet), units(1))

    assert total.value == 5
    assert total.missing_cells == 1
    assert not total.complete


def test_the_ratio_over_a_single_unit_is_that_units_ratio() -> None:
    rate = ratio("BC09", "BC22", "DB04")
    sheet = {"BC22": column({1: 1}), "DB04": column({1: 4})}

    total = computed("BC09", book(rate, additive("BC22"), additive("DB04")), sheet, units(1)).total

    assert seen(total.value, total.numerator, total.denominator) == (25, 1, 4)


def test_a_reported_zero_is_not_the_same_as_nothing() -> None:
    zero, nothing = add_up(column({1: 0}), units(1)), add_up(column(), units(1))

    assert seen(zero.value, zero.complete) == (0, True)
    assert seen(nothing.value, nothing.reason, nothing.complete) == (None, "not_reported", False)


def test_a_total_over_nothing_takes_the_reason_that_all_units_gave() -> None:
    agreed = add_up(column(reasons={1: "refused", 2: "refused"}), units(1, 2))
    mixed = add_up(column(reasons={1: "refused", 2: "not_collected"}), units(1, 2))
    silent = add_up(column(reasons={1: "refused"}), units(1, 2))

    assert [agreed.reason, mixed.reason, silent.reason] == ["refused", "not_collected", "not_reported"]


def test_a_unit_to_which_the_cell_does_not_apply_does_not_make_the_total_incomplete() -> None:
    total = add_up(column({1: 3}, {2: "not_applicable"}), units(1, 2))

    assert seen(total.value, total.excused, total.complete) == (3, 1, True)


def test_a_cell_that_is_not_due_yet_is_complete_without_a_value() -> None:
    total = add_up(NOTHING, units(1, 2), is_due=False)

    assert seen(total.value, total.reason, total.complete) == (None, "not_yet", True)


def test_what_other_units_reported_is_not_read() -> None:
    total = add_up(column({1: 10, 9: 1000}, estimated={9}), units(1))

    assert seen(total.value, total.estimated) == (Decimal(10), False)


def test_an_estimated_part_makes_the_total_estimated() -> None:
    assert add_up(column({1: 10, 2: 5}, estimated={2}), units(1, 2)).estimated
