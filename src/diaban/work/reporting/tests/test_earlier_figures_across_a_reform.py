"""What a merged unit is compared with: the figures of the units it came from, all of them or none."""

from decimal import Decimal

import pytest

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.queries.figures import Earlier, earlier_of
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.tests.consolidation_world import NOW, Q3, Q4, Consolidating, a_consolidating_world
from diaban.work.reporting.tests.test_consolidated_on_another_map import merge
from diaban.work.reporting.validation import Entry, check_values

pytestmark = pytest.mark.django_db
NEXT = Q4.next().next().next()  # the first quarter that ends after the reform
BEFORE = NEXT.previous()


def earlier(world: Consolidating, unit_id: int) -> Earlier:
    form = world.here.form
    return earlier_of(form.pk, unit_id, NEXT, layout_of(version_on(form.pk, NEXT.last_day).pk))


@pytest.fixture
def world() -> Consolidating:
    return a_consolidating_world()


def test_the_period_before_is_what_the_merged_units_gave(world: Consolidating) -> None:
    world.accept(BEFORE, "D1", {"BC07": "20", "VT26": "4"}, at=NOW)
    world.accept(BEFORE, "D2", {"BC07": "30"}, at=NOW)
    merged = merge(world)

    found = earlier(world, merged.pk)

    assert found.previous["BC07"] == 50
    assert "VT26" not in found.previous
    assert found.taken_over == "Quý II/2010 là số của Huyện Bắc Sơn, Huyện Nam Sơn, tính theo địa giới hiện nay"


def test_a_unit_that_was_there_before_is_compared_with_its_own(world: Consolidating) -> None:
    world.accept(Q3, "D1", {"BC07": "20"})

    found = earlier(world, world.unit("D1"))

    assert (found.previous, found.last_year["BC07"]) == ({}, Decimal(20))
    assert "địa giới" not in found.taken_over


def test_a_warning_says_what_was_compared(world: Consolidating) -> None:
    for unit in ("D1", "D2"):
        world.accept(BEFORE, unit, {"BC07": "20"}, at=NOW)
    found = earlier(world, merge(world).pk)
    layout = layout_of(version_on(world.here.form.pk, NEXT.last_day).pk)
    parts = [cell.name for cell in cells_of(layout, NEXT.last_day) if cell.indicator == "BC07" and cell.is_typed]
    entry = Entry(values={**dict.fromkeys(parts, Decimal(0)), parts[0]: Decimal(100)})

    findings = check_values(layout, NEXT.last_day, entry, found.previous, taken_over=found.taken_over)

    told = [one.message for one in findings if one.code == "D083"]
    assert told
    assert all("Huyện Bắc Sơn, Huyện Nam Sơn" in message for message in told)
