"""Organisations founded and renamed on their pages."""

from datetime import date

import pytest
from django.urls import reverse

from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import OrganisationVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def typed(world: World, **said: str) -> dict[str, str]:
    return {
        "name": "Bưu điện tỉnh mới",
        "short": "BĐT",
        "kind": "enterprise",
        "unit_id": str(world.units["P"].pk),
        "parent_id": "",
        "valid_from": "",
        **said,
    }


def test_an_enterprise_is_added_by_whoever_keeps_the_registers(world: World) -> None:
    answer = world.client("unit_admin").post(reverse("organisations:found"), typed(world, entity_code="vnpost"))

    made = OrganisationVersion.objects.get(name="Bưu điện tỉnh mới")
    assert answer["Location"] == reverse("organisations:organisation", args=[made.organisation.uid])
    assert (made.kind, made.first_day, made.organisation.entity_code) == ("enterprise", None, "vnpost")
    assert Entry.objects.filter(verb="organisations.founded", subject_id=made.organisation_id).count() == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"parent_id": "Sở không có"}, "không có cơ quan “Sở không có”"),
        ({"kind": "castle"}, ""),
        ({"name": ""}, ""),
        ({"unit_id": "999999"}, ""),
    ],
)
def test_what_cannot_be_founded_says_why_and_keeps_what_was_typed(world: World, said: dict[str, str], why: str) -> None:
    answer = world.client("unit_admin").post(reverse("organisations:found"), typed(world, **said))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert 'value="BĐT"' in answer.content.decode()
    assert not OrganisationVersion.objects.filter(short="BĐT").exists()


def test_a_superior_is_found_without_diacritics(world: World) -> None:
    above = OrganisationVersion.objects.get(organisation=world.organisations["so"])

    world.client("unit_admin").post(
        reverse("organisations:found"), typed(world, kind="office", parent_id=above.name.lower())
    )

    assert OrganisationVersion.objects.get(name="Bưu điện tỉnh mới").parent_id == above.organisation_id


def test_another_name_holds_from_its_day_and_the_old_one_stays_before(world: World) -> None:
    organisation = world.organisations["so"]
    before = OrganisationVersion.objects.get(organisation=organisation).name

    world.client("unit_admin").post(
        reverse("organisations:rename", args=[organisation.uid]),
        {"name": "Sở tên mới", "short": "STM", "name_en": "", "on": "2026-02-01", "revision": organisation.revision},
    )

    names = {row.first_day: row.name for row in OrganisationVersion.objects.filter(organisation=organisation)}
    assert names[date(2026, 2, 1)] == "Sở tên mới"
    assert before in names.values()


def test_a_name_changed_meanwhile_is_not_overwritten(world: World) -> None:
    organisation = world.organisations["so"]

    answer = world.client("unit_admin").post(
        reverse("organisations:rename", args=[organisation.uid]),
        {"name": "Sở tên mới", "short": "", "name_en": "", "on": "2026-02-01", "revision": organisation.revision + 5},
    )

    assert answer.status_code == 409
