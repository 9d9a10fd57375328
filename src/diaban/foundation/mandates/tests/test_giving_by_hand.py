"""A mandate given or ended on its page: what would change is shown before anything is kept."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.foresight import CONFLICT, GAP, TAKEN, of_ending, of_giving
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.tests.personas import World, a_world

ON = date(2026, 5, 1)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def typed(world: World, **changed: str) -> dict[str, str]:
    return {
        "co_quan": "Bưu điện tỉnh Sơn Lâm", "chuc_nang": "manage", "linh_vuc": "post",
        "dia_ban": str(world.units["P"].uid), "pham_vi": "subtree", "vai_tro": "leads",
        "tu_ngay": "2026-05-01", "can_cu": "Quyết định số 12/QĐ-UBND", **changed,
    }  # fmt: skip


def seen_in(page: str) -> str:
    found = re.search(r'name="da_xem" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_a_conflict_is_shown_and_nothing_is_kept_before_it_is_confirmed(world: World) -> None:
    before = Mandate.objects.count()

    page = world.client("specialist").post(reverse("mandates:give"), typed(world)).content.decode()

    assert "Trùng cơ quan chủ trì" in page
    assert Mandate.objects.count() == before


def test_what_was_shown_can_be_confirmed(world: World) -> None:
    client = world.client("specialist")
    page = client.post(reverse("mandates:give"), typed(world)).content.decode()

    answer = client.post(reverse("mandates:give"), typed(world, da_xem=seen_in(page)))

    given = Mandate.objects.get(organisation=world.organisations["post"], legal_basis="Quyết định số 12/QĐ-UBND")
    assert answer.status_code == 302
    assert (given.first_day, given.field and given.field.code) == (ON, "post")
    assert Entry.objects.filter(verb="mandates.given", subject_id=given.pk).exists()


def test_what_changed_after_it_was_shown_is_shown_again(world: World) -> None:
    client = world.client("specialist")
    page = client.post(reverse("mandates:give"), typed(world)).content.decode()

    answer = client.post(reverse("mandates:give"), typed(world, da_xem=seen_in(page), tu_ngay="2026-06-01"))

    assert answer.status_code == 200
    assert not Mandate.objects.filter(legal_basis="Quyết định số 12/QĐ-UBND").exists()


def test_an_unknown_organisation_is_told_at_its_field(world: World) -> None:
    answer = world.client("specialist").post(reverse("mandates:give"), typed(world, co_quan="Sở Không Có"))

    assert answer.status_code == 422
    assert "không có cơ quan" in answer.content.decode()


def test_a_nearer_lead_takes_the_lead_over_its_ground_alone(world: World) -> None:
    effects = of_giving(
        organisation_id=world.organisations["post"].pk,
        function="manage",
        field="post",
        unit_id=world.units["C11"].pk,
        reach="subtree",
        part="leads",
        on=ON,
    )

    assert [(effect.kind, effect.units) for effect in effects] == [(TAKEN, ("Xã Đông Hà",))]


def test_who_does_not_lead_changes_no_lead(world: World) -> None:
    effects = of_giving(
        organisation_id=world.organisations["post"].pk,
        function="manage",
        field=None,
        unit_id=world.units["P"].pk,
        reach="subtree",
        part="coordinates",
        on=ON,
    )

    assert effects == []


def the_lead(world: World) -> Mandate:
    return Mandate.objects.select_related("function", "field").get(
        organisation=world.organisations["so"], function__code="manage", field__code="post"
    )


def test_ending_the_only_lead_leaves_a_gap(world: World) -> None:
    effects = of_ending(the_lead(world), ON)

    assert {effect.kind for effect in effects} == {GAP}
    assert "Tỉnh Sơn Lâm" in effects[0].units


def test_two_leads_over_one_ground_are_a_conflict_to_foresee(world: World) -> None:
    effects = of_giving(
        organisation_id=world.organisations["post"].pk,
        function="manage",
        field="post",
        unit_id=world.units["P"].pk,
        reach="unit",
        part="leads",
        on=ON,
    )

    assert [(effect.kind, effect.units) for effect in effects] == [(CONFLICT, ("Tỉnh Sơn Lâm",))]


def test_an_ended_mandate_holds_until_the_day_before(world: World) -> None:
    mandate, client = the_lead(world), world.client("specialist")
    address = reverse("mandates:end", args=[mandate.pk])
    form = {"tu_ngay": "2026-05-01", "revision": "1"}
    page = client.post(address, form).content.decode()

    client.post(address, {**form, "da_xem": seen_in(page)})

    mandate.refresh_from_db()
    assert "Không còn cơ quan chủ trì" in page
    assert mandate.last_day == date(2026, 4, 30)


def test_a_mandate_cannot_end_before_it_began(world: World) -> None:
    mandate, client = the_lead(world), world.client("specialist")
    address = reverse("mandates:end", args=[mandate.pk])
    form = {"tu_ngay": "2001-05-01", "revision": "1"}
    page = client.post(address, form).content.decode()

    answer = client.post(address, {**form, "da_xem": seen_in(page)})

    assert answer.status_code == 422
    assert Mandate.objects.get(pk=mandate.pk).last_day is None
