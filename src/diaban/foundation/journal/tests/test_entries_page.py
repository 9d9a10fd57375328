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


def shown_to(world: World, persona: str, **asked: str) -> list[str]:
    lines = world.client(persona).get(reverse("journal:entries"), asked).context["lines"]
    return [line.who.split(",")[0] for line, _opens in lines]


def test_a_leader_reads_what_the_rooms_of_the_office_did() -> None:
    world = a_world()
    acts_of(world, "director", "specialist", "district_officer")

    assert shown_to(world, "director") == [world.people["specialist"].name, world.people["director"].name]


def test_the_superior_does_not_read_the_journal_of_another_body() -> None:
    world = a_world()
    acts_of(world, "specialist", "province_leader")

    assert shown_to(world, "province_leader") == [world.people["province_leader"].name]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["specialist", "director"]),
        ({"ai": "GIAM DOC"}, ["director"]),
        ({"ve": "thong tin va truyen thong"}, ["specialist", "director"]),
        ({"ve": "khong co"}, []),
        ({"loai": "organisations.person"}, ["specialist", "director"]),  # no kind of this journal: not asked
        ({"tu": "2000-01-01", "den": "2000-12-31"}, []),
        ({"tu": "khong phai ngay"}, ["specialist", "director"]),
    ],
)
def test_lines_are_found_by_day_person_and_thing(asked: dict[str, str], names: list[str]) -> None:
    world = a_world()
    acts_of(world, "director", "specialist")

    assert shown_to(world, "director", **asked) == [world.people[name].name for name in names]


def test_a_thing_in_sight_is_opened_from_its_line() -> None:
    world = a_world()
    acts_of(world, "director")

    page = world.client("director").get(reverse("journal:entries")).content.decode()

    assert reverse("links:chain", args=["organisations.organisation", world.organisations["so"].pk]) in page
