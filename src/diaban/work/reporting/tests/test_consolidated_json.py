"""The consolidated report as JSON, against totals that the test works out from what the districts sent."""

from decimal import Decimal
from typing import Any

import pytest

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.facts.services import enter_base
from diaban.work.reporting.consolidated import NothingToConsolidate, OutOfSight, consolidated
from diaban.work.reporting.tests.consolidation_world import (
    FORM,
    LAST_YEAR,
    NOW,
    Q3,
    Q4,
    Consolidating,
    a_consolidating_world,
)
from diaban.work.reporting.tests.worlds import BASE, DISTRICT, TODAY

pytestmark = pytest.mark.django_db
KEYS = [
    "indicator", "category", "value", "reason", "numerator", "denominator", "complete", "estimated", "expected", "reported",
    "cumulative", "previous", "same_period_last_year", "plan", "percent_of_plan",
    "percent_of_previous", "points_from_previous", "like_previous",
    "percent_of_same_period", "points_from_same_period", "like_same_period", "points_from_plan", "cumulative_complete",
]  # fmt: skip
OTHER = {
    "BC07": "30", "BC07;postal_point_type=bdvhx": "20", "VT04": "1000", "VT05": "4000",
    "VT26": "8", "BC01;postal_enterprise=vnpost": "1", "BC01;postal_enterprise=viettel_post": "0",
    "BC01;postal_enterprise=other": "0", "VT16": "9", "BC02": "100.5",
}  # fmt: skip


def row(found: dict[str, Any], indicator: str, category: str = "") -> dict[str, Any]:
    return next(one for one in found["rows"] if (one["indicator"], one["category"]) == (indicator, category))


def parts(indicator: str) -> Decimal:
    """The sum of the cells that the first district typed into an indicator's parts."""
    typed = [text for cell, text in DISTRICT.items() if cell.startswith(f"{indicator}__")]
    return sum((Decimal(text.replace(".", "").replace(",", ".")) for text in typed if text not in ("", "-")), Decimal())


def with_both_districts() -> Consolidating:
    world = a_consolidating_world()
    world.accept(Q4, "D2", OTHER, at=NOW)
    return world


def test_the_shape_is_the_agreed_one() -> None:
    world = a_consolidating_world()

    found = world.consolidated().as_json()

    assert list(found) == ["form", "period", "unit", "as_of", "map", "coverage", "rows"]
    assert found["form"] == FORM
    assert found["period"] == {"calendar": "stat", "kind": "Q", "first_day": "2009-10-01", "last_day": "2009-12-31"}
    assert (found["unit"], found["as_of"], found["map"]) == ("92", None, None)
    assert found["coverage"] == {"expected": 2, "sent": 1, "received": 1, "missing": ["922"]}
    assert all(list(one) == KEYS for one in found["rows"])


def test_sums_and_their_parts_are_added() -> None:
    found = with_both_districts().consolidated().as_json()

    assert Decimal(row(found, "BC07")["value"]) == parts("BC07") + 30
    assert Decimal(row(found, "BC07", "postal_point_type=bdvhx")["value"]) == 16 + 20
    assert Decimal(row(found, "BC02")["value"]) == Decimal("574.5") + Decimal("100.5")


def test_a_ratio_is_of_summed_parts_over_the_units_that_gave_both() -> None:
    found = with_both_districts().consolidated().as_json()

    ratio = row(found, "VT25")
    assert (ratio["numerator"], ratio["denominator"]) == ("141", str(BASE["DB05"]))
    assert Decimal(ratio["value"]).quantize(Decimal("0.0001")) == (Decimal(14100) / BASE["DB05"]).quantize(
        Decimal("0.0001")
    )
    assert (ratio["expected"], ratio["reported"], ratio["complete"]) == (2, 1, False)


def test_a_formula_is_computed_again_from_sums() -> None:
    found = with_both_districts().consolidated().as_json()

    assert Decimal(row(found, "VT03")["value"]) == parts("VT04") + parts("VT05") + 5000


def test_counts_of_a_register_add_up() -> None:
    found = with_both_districts().consolidated().as_json()

    assert Decimal(row(found, "VT26")["value"]) == parts("VT26") + 8


def test_entities_ticked_twice_count_once() -> None:
    found = with_both_districts().consolidated().as_json()

    assert Decimal(row(found, "BC01")["value"]) == 2


def test_bare_distinct_counts_are_not_added() -> None:
    found = with_both_districts().consolidated().as_json()

    places = row(found, "VT16")
    assert (places["value"], places["reason"]) == (None, "not_additive")


def test_the_year_so_far_last_year_and_the_plan_stand_beside_it() -> None:
    world = a_consolidating_world()
    world.accept(Q3, "D1", {"BC14": "5000", "VT35": "6"})
    world.accept(LAST_YEAR, "D1", {"BC14": "4000"})
    world.plan("D1", "BC14", "20000")

    beside = row(world.consolidated("D1").as_json(), "BC14")

    assert Decimal(beside["value"]) == 6200
    assert Decimal(beside["previous"]) == 5000
    assert Decimal(beside["cumulative"]) == 11200
    assert Decimal(beside["same_period_last_year"]) == 4000
    assert Decimal(beside["percent_of_plan"]) == 56


def test_a_quantity_stands_in_percent_of_the_period_before_and_a_percentage_in_points() -> None:
    world = a_consolidating_world()
    world.accept(Q3, "D1", {"BC14": "5000", "VT48": "100"})

    found = world.consolidated("D1").as_json()

    quantity, percentage = row(found, "BC14"), row(found, "VT25")
    assert Decimal(quantity["percent_of_previous"]) == Decimal(6200) * 100 / 5000
    assert quantity["points_from_previous"] is None
    assert percentage["percent_of_previous"] is None
    difference = Decimal(percentage["value"]) - Decimal(percentage["previous"])
    assert Decimal(percentage["points_from_previous"]) == difference > 0
    assert quantity["like_previous"] is percentage["like_previous"] is True


def test_last_year_and_the_plan_are_held_against_in_percent_or_in_points() -> None:
    world = a_consolidating_world()
    world.accept(LAST_YEAR, "D1", {"BC14": "4000", "VT48": "100"})
    villages = [(world.unit("D1"), "DB05", Decimal(199))]
    enter_base(year=LAST_YEAR.year, figures=villages, actor=SettingUp("tests", TODAY), at=NOW)
    world.plan("D1", "BC14", "20000")
    world.plan("D1", "VT25", "90")

    found = world.consolidated("D1").as_json()

    quantity, percentage = row(found, "BC14"), row(found, "VT25")
    assert Decimal(quantity["percent_of_same_period"]) == Decimal(6200) * 100 / 4000
    assert (quantity["points_from_same_period"], quantity["points_from_plan"]) == (None, None)
    assert percentage["percent_of_same_period"] is None
    difference = Decimal(percentage["value"]) - Decimal(percentage["same_period_last_year"])
    assert Decimal(percentage["points_from_same_period"]) == difference != 0
    assert Decimal(percentage["points_from_plan"]) == Decimal(percentage["value"]) - 90
    assert quantity["like_same_period"] is percentage["like_same_period"] is True
    assert quantity["cumulative_complete"] is False  # three of the year's quarters are missing


def test_a_period_before_that_nobody_reported_or_not_all_is_told_apart() -> None:
    world = with_both_districts()
    world.accept(Q3, "D1", {"BC07": "50"})

    found = world.consolidated().as_json()

    some, none = row(found, "BC07"), row(found, "BC14")
    assert Decimal(some["percent_of_previous"]) == (parts("BC07") + 30) * 100 / 50
    assert some["like_previous"] is False
    assert (none["percent_of_previous"], none["points_from_previous"], none["like_previous"]) == (None, None, False)


def test_numbers_are_written_in_full() -> None:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC15": "1000000000000"}, at=NOW)

    value = row(world.consolidated().as_json(), "BC15")["value"]

    assert value == "1000000042000"


def test_a_figure_that_arrives_is_in_the_next_answer() -> None:
    world = a_consolidating_world()
    before = row(world.consolidated().as_json(), "VT35")
    world.accept(Q4, "D2", {"VT35": "5"}, estimated=True, at=NOW)

    after = row(world.consolidated().as_json(), "VT35")

    assert (before["value"], before["complete"]) == ("7", False)
    assert (after["value"], after["complete"], after["estimated"]) == ("12", True, True)


def test_an_earlier_day_knows_nothing_of_it() -> None:
    world = a_consolidating_world()

    found = world.consolidated(as_of=NOW.date().replace(day=1)).as_json()

    assert found["coverage"]["sent"] == 0
    assert row(found, "VT35")["value"] is None


def test_a_department_sees_its_fields_and_a_locality_its_own_ground() -> None:
    world = a_consolidating_world()

    assert {table.block.field_code for table in world.consolidated("D1", persona="district_officer").tables} >= {
        "post",
        "it",
    }
    assert world.consolidated(persona="province_leader").tables
    for persona, unit in (
        ("district_officer", "P"),
        ("other_officer", "D1"),
        ("enterprise", "P"),
        ("unit_admin", "D1"),
    ):
        with pytest.raises(OutOfSight):
            world.consolidated(unit, persona=persona)


def test_what_nobody_asked_cannot_be_consolidated() -> None:
    world = a_consolidating_world()

    with pytest.raises(NothingToConsolidate, match="khong_co"):
        consolidated(form_code="khong_co", period=Q4, unit_id=world.unit("P"), actor=world.here.actor("director"))
