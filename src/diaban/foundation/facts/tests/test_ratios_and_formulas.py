"""Ratios and formulas are computed from sums over the same units, and divided last."""

from datetime import date
from decimal import Decimal

import pytest

from diaban.foundation.facts.rules.definitions import Cycle, refuse_cycles
from diaban.foundation.facts.rules.totals import computed, quotient, shown
from diaban.foundation.facts.tests.sheets import additive, base, book, column, formula, ratio, seen, units


def test_percentages_are_not_averaged() -> None:
    rate = ratio("BC09", "BC22", "DB04")
    sheet = {"BC22": column({1: 1, 2: 90}), "DB04": column({1: 10, 2: 90})}

    total = computed("BC09", book(rate, additive("BC22"), base("DB04")), sheet, units(1, 2)).total

    assert total.value == 91


def test_a_denominator_without_its_numerator_stays_out_of_the_ratio() -> None:
    rate = ratio("BC09", "BC22", "DB04")
    sheet = {"BC22": column({1: 1}), "DB04": column({1: 4, 2: 96})}

    total = computed("BC09", book(rate, additive("BC22"), base("DB04")), sheet, units(1, 2)).total

    assert seen(total.value, total.denominator) == (25, 4)
    assert seen(total.reported, total.expected, total.complete) == (1, 2, False)


def test_nothing_is_divided_by_zero() -> None:
    rate = ratio("AT02", "AT13", "AT01")
    sheet = {"AT13": column({1: 0}), "AT01": column({1: 0})}

    total = computed("AT02", book(rate, additive("AT13"), additive("AT01")), sheet, units(1)).total

    assert seen(total.value, total.reason) == (None, "nothing_to_divide")


def test_a_formula_is_computed_again_from_the_sums() -> None:
    radius = formula("BC11", "sqrt(DB06 / (pi * BC07))", digits=2)
    sheet = {"DB06": column({1: 300000, 2: 31212}), "BC07": column({1: 9251, 2: 9251})}

    total = computed("BC11", book(radius, base("DB06"), additive("BC07")), sheet, units(1, 2)).total

    assert total.value is not None
    assert shown(total.value, 2) == Decimal("2.39")  # published: 331,212 km² and 18,502 points


def test_a_ratio_of_a_formula_uses_units_that_have_every_part() -> None:
    rate = ratio("VT06", "VT03", "DB01")
    definitions = book(rate, formula("VT03", "VT04 + VT05"), additive("VT04"), additive("VT05"), base("DB01"))
    sheet = {"VT04": column({1: 10, 2: 99}), "VT05": column({1: 40}), "DB01": column({1: 100, 2: 1000})}

    total = computed("VT06", definitions, sheet, units(1, 2)).total

    assert seen(total.value, total.numerator, total.reported) == (50, 50, 1)


def test_a_term_that_is_not_valid_yet_is_left_out_never_missing() -> None:
    mobile = additive("VT08")
    mobile = type(mobile)(**{**vars(mobile), "since": date(2009, 10, 1)})
    early = book(formula("VT38", "VT07 + VT08"), additive("VT07"), mobile, on=date(2009, 9, 30))
    later = book(formula("VT38", "VT07 + VT08"), additive("VT07"), mobile, on=date(2009, 12, 31))
    sheet = {"VT07": column({1: 500})}

    assert computed("VT38", early, sheet, units(1)).total.value == 500
    assert computed("VT38", later, sheet, units(1)).total.value is None


def test_a_formula_may_name_a_part_of_an_indicator() -> None:
    definitions = book(formula("TT23", "TT11__ip"), additive("TT11", split=("fm", "ip")))
    sheet = {"TT11": column({1: 9}), "TT11__ip": column({1: 4})}

    assert computed("TT23", definitions, sheet, units(1)).total.value == 4


def test_a_ratio_of_counts_that_do_not_add_up_has_no_value_over_several_units() -> None:
    rate = ratio("VT19", "VT18", "VT16")
    definitions = book(rate, additive("VT18", over_units="DISTINCT"), additive("VT16", over_units="DISTINCT"))
    sheet = {"VT18": column({1: 1, 2: 2}), "VT16": column({1: 10, 2: 10})}

    assert computed("VT19", definitions, sheet, units(1, 2)).total.reason == "not_additive"
    assert computed("VT19", definitions, sheet, units(1)).total.value == 10


def test_a_circle_of_definitions_is_refused() -> None:
    definitions = {"A": formula("A", "B + 1"), "B": formula("B", "A + 1")}

    with pytest.raises(Cycle, match="A → B → A"):
        refuse_cycles(definitions)


def test_a_quotient_keeps_six_digits_more_than_are_shown_and_rounds_half_up() -> None:
    assert quotient(Decimal(1), Decimal(3), 100, 1) == Decimal("33.3333333")
    assert quotient(Decimal(-2), Decimal(3), 1, 0) == Decimal("-0.666667")
    assert quotient(Decimal(1), Decimal(2 * 10**7), 1, 0) == Decimal("0.000000")
    assert quotient(Decimal(1), Decimal(2 * 10**6), 1, 0) == Decimal("0.000001")


def test_what_is_shown_is_rounded_half_up() -> None:
    assert [shown(Decimal(text), 1) for text in ("0.25", "0.35", "-0.25")] == [
        Decimal("0.3"),
        Decimal("0.4"),
        Decimal("-0.3"),
    ]
