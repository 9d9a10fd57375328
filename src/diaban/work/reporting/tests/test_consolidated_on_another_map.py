"""Figures on the map of another day: two districts became one, the province stayed."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.territory.models import Containment, Coverage, Level, Succession, Unit, UnitVersion
from diaban.lib.vietnamese import sort_key
from diaban.work.reporting.consolidated import Consolidated, NothingToConsolidate, consolidated
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, Consolidating, a_consolidating_world

pytestmark = pytest.mark.django_db
REFORM = date(2010, 7, 1)


def merge(world: Consolidating) -> Unit:
    """D1 and D2 end on the day of the reform and one district follows them."""
    after = DateRange(REFORM, None)
    merged = Unit.objects.create(uid=uuid4(), level=Level.DISTRICT)
    UnitVersion.objects.filter(unit__in=[world.unit("D1"), world.unit("D2")]).update(valid=DateRange(None, REFORM))
    UnitVersion.objects.create(
        unit=merged, valid=after, code="923", name="Sơn Hợp", kind="huyện", parent_id=world.unit("P"),
        sort_key=sort_key("Sơn Hợp"),
    )  # fmt: skip
    for ancestor, distance in ((world.unit("P"), 1), (merged.pk, 0)):
        Containment.objects.create(ancestor_id=ancestor, descendant=merged, valid=after, distance=distance)
        Coverage.objects.create(unit_id=ancestor, covered=merged)
    for name in ("D1", "D2"):
        Containment.objects.filter(descendant=world.unit(name)).update(valid=DateRange(None, REFORM))
        Coverage.objects.create(unit=merged, covered_id=world.unit(name))
        Succession.objects.create(
            predecessor_id=world.unit(name),
            successor=merged,
            on=REFORM,
            basis="Nghị quyết",
            weight=Decimal(1),
            assumed=False,
        )
    return merged


def on_the_map(world: Consolidating, unit_id: int, day: date = REFORM) -> Consolidated:
    return consolidated(
        form_code=FORM, period=Q4, unit_id=unit_id, map_on=day, actor=world.here.actor("director", date(2010, 8, 1))
    )


def test_a_district_of_the_new_map_has_the_sum_of_the_old_ones() -> None:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC07": "30"}, at=NOW)
    merged = merge(world)

    found = on_the_map(world, merged.pk)

    assert found.row("BC07").value == 53
    assert found.as_json()["unit"] == "923"
    assert found.as_json()["map"] == "2010-07-01"
    assert found.as_json()["coverage"] == {"expected": 2, "sent": 1, "received": 1, "missing": ["922"]}


def test_the_units_are_those_of_the_map() -> None:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC07": "30"}, at=NOW)
    merged = merge(world)
    found = on_the_map(world, world.unit("P"))

    table = found.by_unit(["BC07"])

    assert [unit.unit_id for unit in found.units_of(table)] == [merged.pk]
    assert table.figures["BC07"][merged.pk].value == 53


@pytest.mark.parametrize("area", ["P", "D1"])
def test_the_whole_read_with_the_units_is_that_of_the_area(
    area: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC07": "30", "NL05b": "4"}, at=NOW)
    merged = merge(world)
    found = on_the_map(world, world.unit("P") if area == "P" else merged.pk)
    codes = found.layout.indicators
    rows = {code: found.row(code) for code in codes}

    with django_assert_max_num_queries(7):
        table = found.by_unit(codes, with_whole=True)

    assert {code: (one.value, one.reason, one.estimated) for code, one in table.whole.items()} == {
        code: (row.value, row.reason, row.estimated) for code, row in rows.items()
    }
    assert table.whole["BC07"].value == 53


def test_a_unit_that_is_not_on_the_map_cannot_be_asked_for() -> None:
    world = a_consolidating_world()
    merged = merge(world)

    with pytest.raises(NothingToConsolidate, match="31/12/2009"):
        consolidated(form_code=FORM, period=Q4, unit_id=merged.pk, actor=world.here.actor("director"))
