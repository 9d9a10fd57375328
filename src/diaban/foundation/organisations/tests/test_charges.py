"""An organisation's ground divided among its leaders: dated, one at a time, by a paper."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.charges import in_charge
from diaban.foundation.organisations.models import Charge
from diaban.foundation.organisations.services import NotPossible, close_position, end_charge, put_in_charge

pytestmark = pytest.mark.django_db
NOW = datetime(2009, 10, 1, 3, 0, tzinfo=UTC)
FIRST, LATER, AFTER = date(2009, 10, 1), date(2010, 1, 1), date(2010, 2, 1)
PAPER = "Thông báo 12/TB-STTTT"


def given(world: World, who: str, *units: str, since: date = FIRST, by: str = "director") -> None:
    put_in_charge(
        position_id=world.positions[who].pk, unit_ids=[world.units[name].pk for name in units], valid_from=since,
        basis=PAPER, actor=world.actor(by, FIRST), at=NOW,
    )  # fmt: skip


def holder(world: World, unit: str, on: date) -> str:
    found = in_charge([world.organisations["so"].pk], [world.units[unit].pk], on)
    one = found.get(world.units[unit].pk)
    return one.label if one else ""


def test_who_is_in_charge_of_a_district_is_of_its_communes_too_unless_somebody_else_is() -> None:
    world = a_world()
    given(world, "deputy", "D1")
    given(world, "director", "C12")

    assert holder(world, "C11", FIRST) == "Phó Giám đốc Trần Thị Phương"
    assert holder(world, "C12", FIRST) == "Giám đốc Nguyễn Văn Giang"
    assert holder(world, "C21", FIRST) == ""


def test_a_unit_passes_to_another_on_a_day_and_is_remembered_before_it() -> None:
    world = a_world()
    given(world, "deputy", "D1")

    given(world, "director", "D1", since=LATER)

    assert holder(world, "D1", date(2009, 12, 31)).startswith("Phó")
    assert holder(world, "D1", LATER).startswith("Giám")


def test_it_ends_with_a_word_or_with_the_post() -> None:
    world = a_world()
    given(world, "deputy", "D1", "D2")
    deputy = world.positions["deputy"].pk

    end_charge(
        position_id=deputy, unit_ids=[world.units["D1"].pk], on=LATER, actor=world.actor("unit_admin", FIRST), at=NOW
    )  # fmt: skip
    close_position(position_id=deputy, on=AFTER, actor=world.actor("unit_admin", FIRST), at=NOW)

    assert holder(world, "D1", LATER) == ""
    assert holder(world, "D2", date(2010, 1, 31)) != ""
    assert holder(world, "D2", AFTER) == ""


def test_it_is_the_bodys_own_to_give_and_has_a_paper() -> None:
    world = a_world()

    with pytest.raises(NotPermitted):
        given(world, "deputy", "D1", by="district_leader")
    with pytest.raises(NotPossible):
        put_in_charge(
            position_id=world.positions["deputy"].pk, unit_ids=[world.units["D1"].pk], valid_from=FIRST, basis=" ",
            actor=world.actor("director", FIRST), at=NOW,
        )  # fmt: skip
    assert not Charge.objects.exists()


def test_the_page_divides_the_ground_and_writes_it_down() -> None:
    with time_machine.travel(NOW, tick=False):
        world = a_world()
        client = world.client("director")
        url = reverse("organisations:charges")
        typed = {"position": world.positions["deputy"].pk, "on": "2009-10-01", "don-vi": str(world.units["D1"].uid)}

        refused = client.post(url, typed)
        done = client.post(url, {**typed, "basis": PAPER})
        page = client.get(url).content.decode()
        client.post(url, {**typed, "position": "0"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Phó Giám đốc Trần Thị Phương" in page
    assert Entry.objects.filter(verb="organisations.put_in_charge").count() == 1
    assert not Charge.objects.exists()  # taken back the day it was to begin
