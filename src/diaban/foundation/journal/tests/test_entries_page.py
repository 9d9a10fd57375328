"""The journal of a legal body: what its leaders and its rooms did, and nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from diaban.foundation.acts import clock
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


def acts_of(world: World, *personas: str) -> None:
    for persona in personas:
        actor = world.actor(persona, date(2026, 3, 2))
        record(actor=actor, verb="tests.did", thing=world.organisations["so"], at=clock.now())


def shown_to(world: World, persona: str) -> list[str]:
    lines = world.client(persona).get(reverse("journal:entries")).context["lines"]
    return [line.who.split(",")[0] for line in lines]


def test_a_leader_reads_what_the_rooms_of_the_office_did() -> None:
    world = a_world()
    acts_of(world, "director", "specialist", "district_officer")

    assert shown_to(world, "director") == [world.people["specialist"].name, world.people["director"].name]


def test_the_superior_does_not_read_the_journal_of_another_body() -> None:
    world = a_world()
    acts_of(world, "specialist", "province_leader")

    assert shown_to(world, "province_leader") == [world.people["province_leader"].name]
