"""What stands in the columns of comparison, for each way of adding: by points or percent, with parts missing, from nothing."""

from decimal import Decimal

import pytest

from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import Book, Definition
from diaban.foundation.facts.rules.over_time import Change, base_in, change, so_far
from diaban.foundation.facts.rules.totals import Total, total_of
from diaban.foundation.facts.tests.sheets import additive, book, column, formula, listed, ratio, seen, units

D = Decimal
Sheet = dict[str, Column]
FLOW, STOCK = additive("BC02", over_time="SUM"), additive("BC07")
COUNTED = additive("VT26", over_units="COUNT")
RATE = ratio("VT25", "VT25n", "VT25d")
RATE_PARTS = additive("VT25n"), additive("VT25d")
RADIUS = formula("BC11", "DB06 / BC07", digits=2)
PLACE = additive("CN22", over_units="NONE")
FIRMS = listed("VT01")


def moved(definition: Definition, now: Sheet, then: Sheet, *others: Definition) -> Change:
    every = book(definition, *others)
    return change(definition, whole(definition, every, now), whole(definition, every, then))


def whole(definition: Definition, every: Book, sheet: Sheet) -> Total:
    return total_of(definition, every, sheet, units(1, 2)).total


@pytest.mark.parametrize("definition", [FLOW, STOCK, COUNTED])
def test_what_is_added_is_compared_in_percent(definition: Definition) -> None:
    code = definition.code

    assert seen(*moved(definition, {code: column({1: 30, 2: 30})}, {code: column({1: 20, 2: 20})})) == (150, None, True)


def test_a_percentage_of_summed_parts_is_compared_in_points() -> None:
    now = {"VT25n": column({1: 9, 2: 10}), "VT25d": column({1: 10, 2: 90})}
    then = {"VT25n": column({1: 5, 2: 5}), "VT25d": column({1: 10, 2: 90})}

    assert seen(*moved(RATE, now, then, *RATE_PARTS)) == (None, 9, True)


def test_a_formula_is_computed_from_summed_parts_and_compared_in_percent() -> None:
    parts = additive("DB06"), STOCK
    now = {"DB06": column({1: 100, 2: 300}), "BC07": column({1: 10, 2: 10})}
    then = {"DB06": column({1: 100, 2: 300}), "BC07": column({1: 5, 2: 5})}

    assert seen(*moved(RADIUS, now, then, *parts)) == (50, None, True)


def test_enterprises_are_compared_where_lists_make_them_one_number() -> None:
    now = {"VT01__vnpt": column({1: 1, 2: 1}), "VT01__viettel": column({1: 1, 2: 0})}
    then = {"VT01__vnpt": column({1: 1, 2: 1}), "VT01__viettel": column({1: 0, 2: 0})}

    assert seen(*moved(FIRMS, now, then)) == (200, None, True)
    assert moved(FIRMS, {"VT01": column({1: 3, 2: 4})}, then).percent is None


def test_places_and_ticks_have_no_growth() -> None:
    second, fourth = Total(D(2), expected=1, reported=1), Total(D(4), expected=1, reported=1)

    assert seen(*change(PLACE, second, fourth)) == (None, None, True)
    assert seen(*change(FIRMS, second, fourth, is_ticked=True)) == (None, None, True)


def test_from_nothing_and_into_a_loss_there_is_no_percentage() -> None:
    nothing, gain, loss = (Total(D(number), expected=1, reported=1) for number in (0, 5, -5))

    assert [change(FLOW, gain, nothing).percent, change(FLOW, loss, gain).percent] == [None, None]
    assert [change(FLOW, nothing, gain).percent, change(FLOW, gain, loss).percent] == [0, None]


@pytest.mark.parametrize(("now", "then"), [({1: 30}, {1: 20, 2: 20}), ({1: 30, 2: 30}, {2: 20})])
def test_a_part_missing_on_either_side_is_told(now: dict[int, int | str], then: dict[int, int | str]) -> None:
    found = moved(STOCK, {"BC07": column(now)}, {"BC07": column(then)})

    assert found.percent is not None
    assert not found.is_like


def test_who_need_not_report_yet_is_not_missing() -> None:
    found = moved(STOCK, {"BC07": column({1: 30}, {2: "not_applicable"})}, {"BC07": column({1: 20, 2: 20})})

    assert seen(*found) == (75, None, True)


def test_without_an_earlier_figure_there_is_no_comparison() -> None:
    assert seen(*moved(STOCK, {"BC07": column({1: 3, 2: 3})}, {})[:2]) == (None, None)


def test_the_plan_of_flows_is_held_against_the_year_and_of_stocks_against_the_end() -> None:
    def to_the_plan(definition: Definition) -> Decimal | None:
        every, code = book(definition), definition.code
        year = [{code: column({1: 10, 2: 10})}, {code: column({1: 15, 2: 15}, estimated={1})}]
        outcomes = [total_of(definition, every, sheet, units(1, 2)) for sheet in year]
        until_now = so_far(definition, every, outcomes, base_in(year[-1], every))
        assert until_now.estimated
        return change(definition, until_now, Total(D(100))).percent

    assert seen(to_the_plan(FLOW), to_the_plan(STOCK)) == (50, 30)
