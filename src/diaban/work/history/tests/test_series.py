"""Figures over periods across a reform: exact for the same land, recast by shares, gaps left open."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import CollectionKind, Indicator
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.mandates.tests.personas import World
from diaban.foundation.territory.queries import version_of
from diaban.lib.periods import Calendar, Kind, Period
from diaban.work.history.models import COLLECTION
from diaban.work.history.queries import longest_course
from diaban.work.history.series import Series, Way, series_of
from diaban.work.history.tests.sheets import NOW, REFORM, TODAY, a_ground

pytestmark = pytest.mark.django_db

SETTER = SettingUp("tests", TODAY)
Given = Mapping[str, Mapping[str, int | None]]


def give(world: World, figures: Given, *, past: bool = False, indicator: str = "BC15") -> None:
    """Figures by period, then unit."""
    kind = CollectionKind.IMPORT if past else CollectionKind.FORM
    collection = open_collection(code=COLLECTION if past else "form", name="Biểu", kind=kind, actor=SETTER, at=NOW)
    rows = [
        NewFact(
            indicator,
            world.units[unit].pk,
            Period.parse(period, Calendar.STATISTICAL),
            None if value is None else Decimal(value),
            reason="not_collected" if value is None else "",
        )
        for period, given in figures.items()
        for unit, value in given.items()
    ]
    accept_facts(collection_id=collection.pk, rows=rows, source=Subject("tests", 1), actor=SETTER, at=NOW)


def series(world: World, unit: str, way: Way, on: date = TODAY, on_map: date | None = None) -> Series:
    version = version_of(world.units[unit].pk, on)
    indicator = Indicator.objects.get(code="BC15")
    return series_of(
        indicator=indicator,
        unit=version,
        on=on,
        calendar=Calendar.STATISTICAL,
        kind=Kind.QUARTER,
        way=way,
        on_map=on_map,
    )


def values(found: Series) -> dict[str, Decimal | None]:
    return {point.period.code: point.value for point in found.points}


BEFORE: Given = {"2025-Q1": {"T1": 10, "T2": 8}, "2025-Q2": {"T1": 20, "T2": 4}}
AFTER: Given = {"2025-Q3": {"N1": 30, "N2": 5}}


def test_a_group_of_the_same_land_is_exact_on_both_sides() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)
    give(world, AFTER)

    found = series(world, "N1", Way.GROUP)

    assert values(found) == {"2025-Q1": 18, "2025-Q2": 24, "2025-Q3": 35}
    assert [point.is_past for point in found.points] == [True, True, False]
    assert not any(point.estimated for point in found.points)
    assert found.members == (
        frozenset({world.units["T1"].pk, world.units["T2"].pk}),
        frozenset({world.units["N1"].pk, world.units["N2"].pk}),
    )


def test_recast_onto_a_map_the_shares_count_and_an_assumed_one_makes_an_estimate() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)
    give(world, AFTER)

    found = series(world, "N1", Way.MAP, on_map=TODAY)

    assert values(found) == {"2025-Q1": 12, "2025-Q2": 21, "2025-Q3": 30}  # a quarter of T2
    assert [point.estimated for point in found.points] == [True, True, False]


def test_the_parts_of_a_group_recast_come_to_the_group() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)

    parts = [values(series(world, unit, Way.MAP, on_map=TODAY)) for unit in ("N1", "N2")]

    assert {period: sum(part[period] or 0 for part in parts) for period in parts[0]} == values(
        series(world, "N1", Way.GROUP)
    )


def test_a_period_without_a_report_is_a_gap_and_no_zero() -> None:
    world = a_ground()
    give(world, {"2024-Q1": {"T1": 1, "T2": 1}, "2024-Q3": {"T1": 2, "T2": None}}, past=True)

    found = series(world, "N1", Way.GROUP)

    assert values(found) == {"2024-Q1": 2, "2024-Q2": None, "2024-Q3": 2}
    assert [(point.reported, point.expected) for point in found.points] == [(2, 2), (0, 2), (1, 2)]


def test_a_unit_alone_has_no_figures_before_it_was() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)
    give(world, AFTER)

    assert values(series(world, "N1", Way.OWN)) == {"2025-Q3": 30}
    assert values(series(world, "T2", Way.OWN, date(2025, 1, 1))) == {"2025-Q1": 8, "2025-Q2": 4}


def test_a_map_of_before_knows_nothing_of_units_that_came_after() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)
    give(world, AFTER)

    found = series(world, "T1", Way.MAP, date(2025, 1, 1), on_map=date(2025, 1, 1))

    assert values(found) == {"2025-Q1": 10, "2025-Q2": 20}


def test_figures_of_districts_stand_where_no_commune_gave_any_and_are_never_added_to_theirs() -> None:
    world = a_ground()
    communes = {"C11": 1, "C12": 2, "T1": 3, "C21": 4, "C22": 5, "T2": 6}
    give(world, {"2025-Q1": {"D1": 100, "D2": 200}, "2025-Q2": {**communes, "D1": 50}}, past=True)

    assert values(series(world, "P", Way.OWN)) == {"2025-Q1": 300, "2025-Q2": 21}


def test_a_report_goes_before_a_past_figure_of_the_same_period() -> None:
    world = a_ground()
    give(world, {"2025-Q1": {"T1": 10, "T2": 8}}, past=True)
    give(world, {"2025-Q1": {"T1": 11, "T2": 9}})

    (point,) = series(world, "N1", Way.GROUP).points

    assert (point.value, point.is_past) == (Decimal(20), False)


def test_the_reform_and_the_change_of_source_are_said_where_they_fall() -> None:
    world = a_ground()
    give(world, BEFORE, past=True)
    give(world, AFTER)

    breaks = series(world, "N1", Way.GROUP).breaks

    assert {one.period.code for one in breaks} == {"2025-Q3"}
    assert any("Sắp xếp" in one.words for one in breaks)
    assert any("Đổi nguồn" in one.words for one in breaks)
    assert date(2025, 7, 1) == REFORM


def test_the_page_opens_at_what_is_told_of_most_periods() -> None:
    world = a_ground()
    give(world, BEFORE, past=True, indicator="BC07")
    give(world, AFTER, indicator="BC15")
    indicators = list(Indicator.objects.filter(code__in=["BC01", "BC07", "BC15"]).order_by("code"))

    assert longest_course(indicators).indicator.code == "BC07"
    assert longest_course(indicators[:1]).indicator.code == "BC01"


def test_the_page_opens_in_the_calendar_that_the_figures_are_in() -> None:
    world = a_ground()
    give(world, BEFORE, past=True, indicator="BC07")
    indicators = list(Indicator.objects.filter(code="BC07"))

    course = longest_course(indicators)

    assert (course.calendar, course.kind) == (Calendar.STATISTICAL, Kind.QUARTER)
