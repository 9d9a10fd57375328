"""What a leader sees of the ground."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from diaban.faces.web.ground import ground_of
from diaban.faces.web.tests.work import an_obligation
from diaban.foundation.mandates.tests.personas import a_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def test_overdue_work_is_counted_by_place_most_first() -> None:
    world = a_world()
    for days in (1, 9):
        an_obligation(world, "Báo cáo", TODAY - timedelta(days=days), unit="D2", owner="phong_d2")
    an_obligation(world, "Báo cáo", TODAY - timedelta(days=20), unit="D1")
    an_obligation(world, "Báo cáo", TODAY + timedelta(days=7), unit="D1")
    an_obligation(world, "Báo cáo", TODAY + timedelta(days=8), unit="D1")

    ground = ground_of(world.actor("director", TODAY), TODAY)

    assert ground is not None
    assert (ground.overdue, ground.due_soon) == (3, 1)
    assert [(place.unit.unit_id, place.overdue, place.since) for place in ground.places] == [
        (world.units["D2"].pk, 2, TODAY - timedelta(days=9)),
        (world.units["D1"].pk, 1, TODAY - timedelta(days=20)),
    ]


def test_the_share_in_time_is_compared_with_the_time_before() -> None:
    world = a_world()
    for days, late in ((10, 0), (20, 0), (30, 0), (40, 1), (100, 0), (110, 3)):
        due_on = TODAY - timedelta(days=days)
        an_obligation(world, "Báo cáo", due_on, done_on=due_on + timedelta(days=late))

    ground = ground_of(world.actor("director", TODAY), TODAY)

    assert ground is not None
    assert (ground.on_time, ground.on_time_before, ground.change) == (Decimal(75), Decimal(50), Decimal(25))
    assert ground.places == ()


@pytest.mark.parametrize("persona", ["specialist", "enterprise", "district_leader"])
def test_others_and_offices_to_which_nothing_is_owed_have_none(persona: str) -> None:
    world = a_world()
    an_obligation(world, "Báo cáo", TODAY)

    assert ground_of(world.actor(persona, TODAY), TODAY) is None
