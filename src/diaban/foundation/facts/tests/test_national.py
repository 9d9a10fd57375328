"""The provinces beside one another."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.consolidation import National, national
from diaban.foundation.facts.models import Fact
from diaban.foundation.facts.tests.figures import Reporter, base, collection, indicators
from diaban.foundation.facts.tests.sheets import seen
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.tests.makers import REFORM, TODAY, a_succession, a_unit
from diaban.lib.periods import Period

pytestmark = pytest.mark.django_db
LAST_YEAR, Q1, Q2 = (Period.parse(f"stat:{code}") for code in ("2025-Q2", "2026-Q1", "2026-Q2"))
CODES = ("BC02", "BC07", "VT25", "VT16")


@pytest.fixture
def provinces() -> dict[str, Unit]:
    """North joined East into North-East in 2025; South stayed. Two communes each, the same before and after."""
    north, east = (
        a_unit("province", code, name, "tỉnh", until=REFORM) for code, name in (("01", "Bắc"), ("02", "Đông"))
    )
    joined, south = a_unit("province", "03", "Bắc Đông", "tỉnh", since=REFORM), a_unit("province", "04", "Nam", "tỉnh")
    a_succession(north, joined)
    a_succession(east, joined)
    units = {"joined": joined, "south": south}
    for name, old, new in (("n", north, joined), ("e", east, joined), ("s", south, south)):
        for number in (1, 2):
            before = a_unit("commune", f"{name}{number}", f"{name}{number}", "xã", old, until=REFORM)
            after = a_unit("commune", f"{name}{number}", f"{name}{number}", "xã", new, since=REFORM)
            a_succession(before, after)
            units |= {f"{name}{number}": after, f"old {name}{number}": before}
    rebuild_derived(TODAY)
    return units


@pytest.fixture
def reporter(provinces: dict[str, Unit]) -> Reporter:
    reporter = Reporter(collection().pk)
    for name, unit in provinces.items():
        if name.startswith("old "):
            base(unit.pk, 2024, {"DB05": 10})
            reporter.report(unit.pk, {"BC02": 50, "BC07": 1, "VT48": 1}, LAST_YEAR)
        elif name not in {"joined", "south"}:
            base(unit.pk, 2025, {"DB05": 10})
            reporter.report(unit.pk, {"BC02": 100, "BC07": 2, "VT48": 5, "VT16": 7}, Q1)
            reporter.report(unit.pk, {"BC02": 100, "BC07": 3, "VT48": 6, "VT16": 8}, Q2)
    return reporter


def look(reporter: Reporter) -> National:
    return national(
        collection_id=reporter.collection_id, indicators=indicators(*CODES), period=Q2, today=date(2026, 7, 1)
    )


def test_provinces_and_the_country_from_sums_alone(
    reporter: Reporter, provinces: dict[str, Unit], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        found = look(reporter)

    joined, south = provinces["joined"].pk, provinces["south"].pk
    flow = {unit: found.figures[unit, "BC02"] for unit in (joined, south, None)}
    assert found.province_ids == tuple(sorted((joined, south)))
    assert [flow[unit].value for unit in (joined, south, None)] == [400, 200, 600]
    assert [flow[unit].cumulative for unit in (joined, south, None)] == [800, 400, 1200]
    assert [flow[unit].same_period_last_year for unit in (joined, south, None)] == [200, 100, 300]
    assert seen(flow[None].percent_of_same_period, flow[None].complete) == (200, True)
    stock = found.figures[None, "BC07"]
    assert seen(stock.value, stock.cumulative) == (18, 18)
    ratio = found.figures[joined, "VT25"]
    assert seen(ratio.value, ratio.numerator, ratio.denominator, ratio.points_from_same_period) == (60, 24, 40, 50)


def test_a_ratio_whose_parts_are_not_complete_is_read_from_facts(
    reporter: Reporter, provinces: dict[str, Unit]
) -> None:
    reporter.report(provinces["s1"].pk, {"VT48": "not_collected"}, Q2)

    found = look(reporter)

    south, country = found.figures[provinces["south"].pk, "VT25"], found.figures[None, "VT25"]
    assert seen(south.value, south.denominator, south.reported, south.expected, south.complete) == (60, 10, 1, 2, False)
    assert seen(country.numerator, country.denominator) == (30, 50)


def test_parts_without_a_total_are_not_lost(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    new = Reporter(collection("other").pk)
    new.report(provinces["s1"].pk, {"BC07": 100}, Q2)
    new.report(provinces["s2"].pk, {"BC07__level_1": 5}, Q2)

    found = look(new)

    assert found.figures[provinces["south"].pk, "BC07"].value == 105


def test_what_cannot_be_added_has_the_provinces_own_figure(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    without = look(reporter).figures[provinces["south"].pk, "VT16"]
    for name, value in (("south", 12), ("joined", 20)):
        reporter.report(provinces[name].pk, {"VT16": value}, Q2)

    found = look(reporter)

    assert seen(without.value, without.reason) == (None, "not_additive")
    assert found.figures[provinces["south"].pk, "VT16"].value == 12
    country = found.figures[None, "VT16"]
    assert seen(country.value, country.reason, country.least, country.most) == (None, "not_additive", 20, 32)


def test_a_correction_is_in_the_country_at_once(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    reporter.report(provinces["n1"].pk, {"BC02": 1000}, Q2)

    assert look(reporter).figures[None, "BC02"].value == 1500
    assert Fact.objects.filter(version=2).count() == 1
