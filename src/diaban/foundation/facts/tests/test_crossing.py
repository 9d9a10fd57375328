"""Areas beside one another over several periods: never other figures than a consolidation of each gives."""

from collections.abc import Iterable
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.consolidation import Area, crossed, crossed_provinces, national
from diaban.foundation.facts.consolidation.crossing import INSIDE, OUTSIDE
from diaban.foundation.facts.rules.totals import Total
from diaban.foundation.facts.tests.figures import Reporter, base, collection, indicators
from diaban.foundation.facts.tests.test_national import CODES, provinces, reporter
from diaban.foundation.facts.tests.test_recast_consolidation import Ground, ground
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.recasting import shares_between
from diaban.foundation.territory.rules import merged
from diaban.foundation.territory.tests.makers import REFORM
from diaban.lib.periods import Period

__all__ = ["ground", "provinces", "reporter"]  # fixtures
pytestmark = pytest.mark.django_db
QUARTERS = [Period.parse(f"stat:{code}") for code in ("2025-Q2", "2026-Q1", "2026-Q2")]
BEFORE = QUARTERS[0]


def areas_of(provinces: dict[str, Unit]) -> list[Area]:
    """North-East and South: before the reform their old communes reported."""
    inside = {"joined": "ne", "south": "s"}
    return [
        Area(
            {
                period: frozenset(
                    unit.pk
                    for key, unit in provinces.items()
                    if key.removeprefix("old ")[0] in letters and len(key.removeprefix("old ")) == 2
                    if key.startswith("old ") == (period == BEFORE)
                )
                for period in QUARTERS
            },
            provinces[name].pk,
        )
        for name, letters in inside.items()
    ]


def seen(total: Total) -> tuple[object, ...]:
    return total.value, total.reason, total.expected, total.reported, total.excused, total.estimated, total.numerator


def test_each_figure_is_that_of_a_consolidation(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    reporter.report(provinces["n1"].pk, {"VT48": "not_collected"}, QUARTERS[2])
    areas = areas_of(provinces)

    found = crossed(collection_id=reporter.collection_id, cells=CODES, areas=areas, periods=QUARTERS)

    for place, area in enumerate(areas):
        for period in QUARTERS:
            one = reporter.total(area.unit_id, *CODES, expected=set(area.expected[period]), period=period)
            for code in CODES:
                row, total = one.row(code), found.figures[code, period][place]
                assert (row.value, row.reason, row.expected, row.reported, row.estimated, row.numerator) == (
                    total.value, total.reason, total.expected, total.reported, total.estimated, total.numerator
                )  # fmt: skip


def test_a_span_is_the_year_so_far(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    areas = areas_of(provinces)

    found = crossed(
        collection_id=reporter.collection_id,
        cells=CODES,
        areas=areas,
        periods=QUARTERS,
        spans=[[BEFORE], QUARTERS[1:]],
    )

    one = reporter.total(areas[0].unit_id, *CODES, expected=set(areas[0].expected[QUARTERS[2]]), period=QUARTERS[2])
    assert [found.spans[code, 1][0].value for code in CODES] == [one.row(code).cumulative for code in CODES]
    assert found.spans["BC02", 0][0] == found.figures["BC02", BEFORE][0]


def test_an_area_without_reporters_in_a_period_was_not_there(reporter: Reporter, provinces: dict[str, Unit]) -> None:
    area = Area({QUARTERS[1]: frozenset({provinces["n1"].pk})})

    found = crossed(collection_id=reporter.collection_id, cells=["BC02"], areas=[area], periods=QUARTERS[:2])

    assert [found.figures["BC02", period][0].value for period in QUARTERS[:2]] == [None, 100]
    assert found.figures["BC02", BEFORE][0].reason == "not_applicable"


def test_queries_do_not_grow_with_areas_and_periods(
    reporter: Reporter, provinces: dict[str, Unit], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        crossed(
            collection_id=reporter.collection_id,
            cells=CODES,
            areas=areas_of(provinces) * 20,
            periods=QUARTERS,
        )


def test_another_map_gives_what_a_consolidation_on_it_gives(ground: Ground) -> None:
    reporter = Reporter(collection().pk)
    for name, value in (("A", 10), ("B", 10), ("C", 1)):
        base(ground.old[name], 2025, {"DB05": 10})
        reporter.report(ground.old[name], {"BC07": value, "VT26": 1, "VT48": 3, "VT16": 5}, BEFORE)
    codes = ("BC07", "VT26", "VT25", "VT16")
    shares = shares_between(BEFORE.last_day, REFORM, ground.reporters)

    def area(members: Iterable[int]) -> Area:
        parts = {
            unit: merged(found, {one.unit_id: INSIDE if one.unit_id in members else OUTSIDE for one in found})
            for unit, found in shares.items()
        }
        inside = {unit: found for unit, found in parts.items() if any(one.unit_id == INSIDE for one in found)}
        return Area({BEFORE: frozenset(inside)}, shares={BEFORE: inside})

    new = ground.new
    areas = {new["X"]: area({new["X"]}), new["Y"]: area({new["Y"]}), ground.province: area(new.values())}
    found = crossed(collection_id=reporter.collection_id, cells=codes, areas=list(areas.values()), periods=[BEFORE])

    for place, unit in enumerate(areas):
        one = reporter.total(unit, *codes, expected=ground.reporters, period=BEFORE, map_on=REFORM)
        for code in codes:
            row, total = one.row(code), found.figures[code, BEFORE][place]
            assert (row.value, row.reason, row.estimated) == (total.value, total.reason, total.estimated), (unit, code)


@pytest.mark.parametrize("spoil", [{}, {"VT48": "not_collected"}, {"BC02": "not_applicable", "BC07": "refused"}])
def test_provinces_are_as_in_the_national_table(
    reporter: Reporter, provinces: dict[str, Unit], spoil: dict[str, str]
) -> None:
    if spoil:
        reporter.report(provinces["s1"].pk, spoil, QUARTERS[2])
    today = date(2026, 7, 1)

    places, found = crossed_provinces(
        collection_id=reporter.collection_id, codes=CODES, periods=QUARTERS, today=today
    )  # fmt: skip

    for period in QUARTERS:
        table = national(
            collection_id=reporter.collection_id, indicators=indicators(*CODES), period=period, today=today
        )
        assert table.province_ids == places
        for code in CODES:
            for place, province in enumerate((*places, None)):
                one, total = table.figures[province, code], found.figures[code, period][place]
                assert (one.value, one.reason, one.expected, one.reported, one.complete, one.estimated) == (
                    total.value, total.reason, total.expected, total.reported, total.complete, total.estimated
                ), (period, code, province)  # fmt: skip
