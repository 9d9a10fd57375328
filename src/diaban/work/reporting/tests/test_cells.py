"""The cells of a form on a day, and what the computed ones hold."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.cells import Kind, Lock, cells_of, compute
from diaban.work.reporting.tests.layouts import LAYOUT, SEPTEMBER, YEAR_END, values

COUNTS = st.integers(0, 10**9).map(Decimal)


def test_names_are_unique_and_of_the_agreed_shape() -> None:
    names = [cell.name for cell in cells_of(LAYOUT, YEAR_END)]

    assert len(names) == len(set(names))
    assert {"BC07", "BC07__level_1", "VT25__num", "VT25__den", "TEXT__direction", "NAME__BC01__other"} <= set(names)


def test_who_fills_a_cell() -> None:
    cells = {cell.name: cell for cell in cells_of(LAYOUT, YEAR_END)}

    locks = {
        name: cells[name].lock
        for name in ("DB01", "BC07", "BC07__bdvhx", "VT25__den", "VT25__num", "QL07__open", "VT03")
    }
    assert locks == {
        "DB01": Lock.BASE,
        "BC07": Lock.AUTO,
        "BC07__bdvhx": Lock.OPEN,
        "VT25__den": Lock.AUTO,
        "VT25__num": Lock.OPEN,
        "QL07__open": Lock.SUPPLIED,
        "VT03": Lock.AUTO,
    }
    assert cells["BC01__vnpost"].kind is Kind.TICK


def test_members_are_those_of_the_day() -> None:
    september = {cell.name for cell in cells_of(LAYOUT, SEPTEMBER)}

    assert "VT17__2g" in september
    assert "VT17__3g" not in september


def test_a_row_is_asked_when_its_frequency_and_its_indicator_say_so() -> None:
    september = {cell.name: cell.not_asked for cell in cells_of(LAYOUT, SEPTEMBER)}
    december = {cell.name: cell.not_asked for cell in cells_of(LAYOUT, YEAR_END)}

    assert (september["CN11"], september["VT08"], september["VT04"]) == ("not_yet", "not_applicable", "")
    assert (december["CN11"], december["VT08"]) == ("", "")


def test_totals_denominators_ratios_and_formulas_follow() -> None:
    figures = compute(LAYOUT, YEAR_END, values(), {}).values

    expected = {
        "BC07": "10", "BC21__den": "10", "BC21": "30", "VT25__den": "20", "VT25": "75", "VT03": "1200", "VT09": "0.8",
        "BC01": "1", "BC01__viettel_post": "0",
    }  # fmt: skip
    assert {name: figures[name] for name in expected} == {name: Decimal(text) for name, text in expected.items()}


def test_a_term_that_does_not_hold_yet_is_left_out_of_a_formula() -> None:
    figures = compute(LAYOUT, SEPTEMBER, values(VT08=None), {}).values

    assert figures["VT09"] == Decimal("0.8")


def test_a_total_over_a_missing_part_has_no_value_and_says_why() -> None:
    refused = compute(LAYOUT, YEAR_END, values(BC02__viettel_post=None), {"BC02__viettel_post": "refused"})
    silent = compute(LAYOUT, YEAR_END, values(BC02__viettel_post=None), {})

    assert "BC02" not in refused.values
    assert refused.reasons["BC02"] == "refused"
    assert "BC02" not in silent.values


def test_a_part_that_does_not_apply_takes_nothing_away() -> None:
    figures = compute(LAYOUT, YEAR_END, values(BC02__viettel_post=None), {"BC02__viettel_post": "not_applicable"})

    assert figures.values["BC02"] == 120


def test_a_ratio_over_nothing_does_not_apply() -> None:
    figures = compute(LAYOUT, YEAR_END, values(AT01=0, AT02__num=None), {})

    assert "AT02" not in figures.values
    assert figures.reasons["AT02"] == "not_applicable"


@given(COUNTS, COUNTS)
def test_a_total_is_its_parts(first: Decimal, second: Decimal) -> None:
    figures = compute(LAYOUT, YEAR_END, {"BC07__level_1": first, "BC07__bdvhx": second}, {}).values

    assert figures["BC07"] == figures["BC21__den"] == first + second


@given(st.dictionaries(st.sampled_from(sorted(values())), COUNTS))
def test_what_was_typed_is_never_changed(typed: dict[str, Decimal]) -> None:
    figures = compute(LAYOUT, YEAR_END, typed, {}).values

    assert {name: figures[name] for name in typed} == typed
