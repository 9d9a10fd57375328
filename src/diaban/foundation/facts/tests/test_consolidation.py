"""A province's form from its localities' facts."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.consolidation import by_unit, history, made_of
from diaban.foundation.facts.models import Indicator, Plan
from diaban.foundation.facts.services import set_plan
from diaban.foundation.facts.tests.figures import (
    LATER,
    NOW,
    QUARTER,
    SETTING_UP,
    Reporter,
    base,
    collection,
    indicators,
)
from diaban.foundation.facts.tests.sheets import seen
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.lib.periods import Period

pytestmark = pytest.mark.django_db
COMMUNES = ("C11", "C12", "C21", "C22")


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def reporter() -> Reporter:
    return Reporter(collection().pk)


@pytest.fixture
def province(world: World) -> int:
    return world.units["P"].pk


@pytest.fixture
def communes(world: World) -> list[int]:
    return [world.units[name].pk for name in COMMUNES]


def test_a_total_says_from_how_many_it_comes(reporter: Reporter, province: int, communes: list[int]) -> None:
    reporter.report(communes[0], {"BC07": 10, "BC07__level_1": 4})
    reporter.report(communes[1], {"BC07": 20}, estimated=True)
    reporter.report(communes[2], {"BC07": "not_collected"})

    found = reporter.total(province, "BC07", expected=set(communes))

    row = found.row("BC07")
    assert seen(row.value, row.expected, row.reported) == (30, 4, 2)
    assert seen(row.complete, row.estimated) == (False, True)
    assert found.row("BC07", "postal_point_type=level_1").value == 4
    assert found.row("BC07", "postal_point_type=level_2").value is None


def test_only_the_expected_units_of_the_one_collection_are_read(
    reporter: Reporter, world: World, province: int, communes: list[int]
) -> None:
    other = Reporter(collection("other").pk)
    reporter.report(communes[0], {"BC07": 10})
    reporter.report(province, {"BC07": 999})
    reporter.report(world.units["D1"].pk, {"BC07": 500})
    other.report(communes[0], {"BC07": 7000})

    row = reporter.total(province, "BC07", expected=set(communes)).row("BC07")

    assert row.value == 10


def test_ratios_divide_by_the_base_figures_of_the_year_or_the_latest_before(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    base(communes[0], 2026, {"DB05": 10})
    base(communes[1], 2024, {"DB05": 30})
    base(communes[1], 2025, {"DB05": 40})
    base(communes[1], 2027, {"DB05": 1})
    base(communes[2], 2026, {"DB05": 50})
    reporter.report(communes[0], {"VT48": 5})
    reporter.report(communes[1], {"VT48": 35})

    row = reporter.total(province, "VT25", expected=set(communes)).row("VT25")

    assert seen(row.numerator, row.denominator, row.value) == (40, 50, 80)
    assert seen(row.reported, row.complete) == (2, False)


def test_a_corrected_base_figure_is_seen_at_once_and_not_before(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    reporter.report(communes[0], {"VT48": 5})
    base(communes[0], 2026, {"DB05": 10})
    base(communes[0], 2026, {"DB05": 20}, at=LATER)

    now = reporter.total(province, "VT25", expected={communes[0]})
    before = reporter.total(province, "VT25", expected={communes[0]}, as_of=date(2026, 3, 19))

    assert seen(before.row("VT25").value, now.row("VT25").value) == (50, 25)


def test_the_year_so_far_the_previous_period_and_last_year(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    periods = {"nd09:2026-Q1": 1, "nd09:2026-Q2": 2, "nd09:2025-Q2": 4}
    for code, factor in periods.items():
        reporter.report(communes[0], {"BC02": 100 * factor, "BC07": factor}, Period.parse(code))
    for code in ("nd09:2026-Q2", "nd09:2025-Q2"):
        reporter.report(communes[1], {"BC02": 10, "BC07": 10}, Period.parse(code))

    found = reporter.total(province, "BC02", "BC07", expected=set(communes[:2]), period=Period.parse("nd09:2026-Q2"))

    flow, stock = found.row("BC02"), found.row("BC07")
    assert seen(flow.value, flow.cumulative, flow.previous, flow.same_period_last_year) == (210, 310, 100, 410)
    assert flow.complete
    assert not flow.cumulative_complete
    assert flow.percent_of_same_period == Decimal("51.2195122")
    assert seen(stock.value, stock.cumulative, stock.previous) == (12, 12, 1)


def test_the_plan_is_the_provinces_own_or_the_sum_of_all_units(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    plan, flow = indicators("BC07", "BC02")
    for unit in communes[:2]:
        set_plan(indicator=plan, unit_id=unit, year=2026, value=Decimal(8), actor=SETTING_UP, at=NOW)
    set_plan(indicator=flow, unit_id=communes[0], year=2026, value=Decimal(8), actor=SETTING_UP, at=NOW)
    reporter.report(communes[0], {"BC07": 4, "BC02": 4})

    summed = reporter.total(province, "BC07", "BC02", expected=set(communes[:2]))
    set_plan(indicator=plan, unit_id=province, year=2026, value=Decimal(5), actor=SETTING_UP, at=NOW)
    own = reporter.total(province, "BC07", expected=set(communes[:2]))

    assert seen(summed.row("BC07").plan, summed.row("BC07").percent_of_plan) == (16, 25)
    assert summed.row("BC02").plan is None
    assert seen(own.row("BC07").plan, own.row("BC07").percent_of_plan) == (5, 80)


def test_a_changed_plan_counts_its_revision(reporter: Reporter, province: int) -> None:
    plan = indicators("BC07")[0]

    for value in (5, 6):
        set_plan(
            indicator=plan, unit_id=province, year=2026, value=Decimal(value), basis="QĐ 1", actor=SETTING_UP, at=NOW
        )

    assert seen(*Plan.objects.values_list("value", "revision").get()) == (6, 2)


def test_percentages_are_compared_in_points(reporter: Reporter, province: int, communes: list[int]) -> None:
    for code, number in (("nd09:2026-Q1", 9), ("nd09:2025-Q1", 8)):
        base(communes[0], Period.parse(code).year, {"DB05": 10})
        reporter.report(communes[0], {"VT48": number}, Period.parse(code))

    row = reporter.total(province, "VT25", expected={communes[0]}).row("VT25")

    assert seen(row.points_from_same_period, row.percent_of_same_period) == (10, None)


def test_what_does_not_add_up_takes_the_provinces_own_figure(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    for unit in communes:
        reporter.report(unit, {"VT16": 10, "VT18": 1})
    bounded = reporter.total(province, "VT16", expected=set(communes)).row("VT16")
    reporter.report(province, {"VT16": 25, "VT18": 2})

    own = reporter.total(province, "VT16", "VT19", expected=set(communes))

    assert seen(bounded.value, bounded.reason, bounded.least, bounded.most) == (None, "not_additive", 10, 40)
    assert own.row("VT16").value == 25
    assert own.row("VT19").value == 8


def test_an_indicator_that_is_not_valid_in_the_period_is_not_applicable(
    reporter: Reporter, province: int, communes: list[int]
) -> None:
    row = reporter.total(province, "NL02", expected=set(communes)).row("NL02")

    assert seen(row.value, row.reason, row.complete) == (None, "not_applicable", True)


def test_contributors_of_one_cell_are_added(
    reporter: Reporter, world: World, province: int, communes: list[int]
) -> None:
    for name, given in (("vnpt", 100), ("viettel", 50), ("post", "refused")):
        reporter.report(communes[0], {"VT05": given}, contributor_id=world.organisations[name].pk)

    row = reporter.total(province, "VT05", expected={communes[0]}).row("VT05")

    assert seen(row.value, row.missing_cells, row.complete) == (150, 1, False)


def test_a_unit_table_computes_each_units_ratio(reporter: Reporter, communes: list[int]) -> None:
    for unit, number in zip(communes[:2], (5, 8), strict=True):
        base(unit, 2026, {"DB05": 10})
        reporter.report(unit, {"VT48": number, "BC07": number})

    table = by_unit(
        collection_id=reporter.collection_id,
        indicators=indicators("VT25", "BC07"),
        period=QUARTER,
        unit_ids=communes[:3],
    )

    assert [table.figures["VT25"][unit].value for unit in communes[:3]] == [50, 80, None]
    assert table.spreads["BC07"].mean.value == Decimal("6.5")
    assert not table.spreads["BC07"].mean.complete


def test_a_figure_can_be_taken_apart_down_to_its_sources(reporter: Reporter, communes: list[int]) -> None:
    base(communes[0], 2025, {"DB05": 10})
    reporter.report(communes[0], {"VT48": 5})
    reporter.report(communes[1], {"BC07__level_1": 2, "BC07__bdvhx": 3})
    ratio, count = indicators("VT25", "BC07")

    def parts(indicator: Indicator) -> list[tuple[object, ...]]:
        found = made_of(
            collection_id=reporter.collection_id,
            indicator=indicator,
            period=QUARTER,
            unit_ids=communes,
        )
        return [seen(part.cell, part.unit_id, part.value, part.source.kind) for part in found]

    assert parts(ratio) == [
        ("DB05", communes[0], 10, "facts.collection"),
        ("VT48", communes[0], 5, "reporting.report"),
    ]
    assert parts(count) == [
        ("BC07__bdvhx", communes[1], 3, "reporting.report"),
        ("BC07__level_1", communes[1], 2, "reporting.report"),
    ]


def test_every_version_of_a_cell_is_kept(reporter: Reporter, communes: list[int]) -> None:
    reporter.report(communes[0], {"BC07": 5})
    reporter.report(communes[0], {"BC07": 6}, at=LATER)

    found = history(
        collection_id=reporter.collection_id, indicator=indicators("BC07")[0], period=QUARTER, unit_id=communes[0]
    )

    assert [seen(part.version, part.value, part.superseded_at) for part in found] == [(2, 6, None), (1, 5, LATER)]


def test_the_number_of_queries_does_not_grow(
    reporter: Reporter, province: int, communes: list[int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for unit in communes:
        base(unit, 2026, {"DB05": 10})
        reporter.report(unit, {"VT48": 5, "BC07": 5, "BC02": 1})

    with django_assert_max_num_queries(10):
        reporter.total(province, "VT25", "BC07", "BC02", expected=set(communes))
