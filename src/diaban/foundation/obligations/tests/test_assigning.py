"""Bút phê inside an office."""

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Assignment
from diaban.foundation.obligations.services import NotOurOffice, assign, report_done
from diaban.foundation.obligations.tests.makers import NOW, TODAY, an_obligation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def pass_on(
    world: World, by: str = "district_leader", to: str = "district_officer", text: str = "Tham mưu"
) -> Assignment:
    obligation = an_obligation(world, subject=None)
    return assign(
        obligation_id=obligation.pk,
        to_position_id=world.positions[to].pk,
        part="leads",
        text=text,
        due_on=None,
        actor=world.actor(by, TODAY),
        at=NOW,
    )


def test_a_leader_passes_work_on_and_the_office_still_owns_it(world: World) -> None:
    held = pass_on(world)

    assert held.to_position == world.positions["district_officer"]
    assert held.obligation.owner == world.organisations["ubnd_d1"]


def test_passing_on_again_renews_the_words(world: World) -> None:
    held = pass_on(world)

    assign(
        obligation_id=held.obligation_id,
        to_position_id=held.to_position_id,
        part="leads",
        text="Làm gấp",
        due_on=TODAY,
        actor=world.actor("district_leader", TODAY),
        at=NOW,
    )

    assert [row.text for row in Assignment.objects.all()] == ["Làm gấp"]


def test_nobody_outside_the_office_is_given_work(world: World) -> None:
    with pytest.raises(NotOurOffice):
        pass_on(world, to="other_officer")


@pytest.mark.parametrize("by", ["district_officer", "district_clerk", "other_leader", "director"])
def test_only_leaders_of_the_owner_pass_work_on(world: World, by: str) -> None:
    with pytest.raises(NotPermitted):
        pass_on(world, by=by, to="district_officer" if by != "district_officer" else "district_clerk")


def test_only_the_assignee_reports_his_part_done(world: World) -> None:
    held = pass_on(world)

    with pytest.raises(NotPermitted):
        report_done(assignment_id=held.pk, actor=world.actor("district_leader", TODAY), at=NOW)
    done = report_done(assignment_id=held.pk, actor=world.actor("district_officer", TODAY), at=NOW)

    assert done.done_at == NOW
    done.obligation.refresh_from_db()
    assert done.obligation.is_open
