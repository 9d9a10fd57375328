"""Keys by which programs act in a position: who may give and end them, what is kept of them, how long they hold."""

from datetime import timedelta

import pytest
from django.urls import reverse

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.permissions import visible_tokens
from diaban.foundation.mandates.services import LONGEST_LIFE, NotPossible, issue_token, revoke_token, use_token
from diaban.foundation.mandates.tests.personas import World, a_world


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def a_token(world: World, by: str = "specialist", of: str | None = None, days: int = 30) -> tuple[AccessToken, str]:
    actor = world.actor(by)
    return issue_token(
        position_id=world.positions[of or by].pk,
        name="Phần mềm một cửa",
        expires_on=actor.today + timedelta(days=days),
        actor=actor,
        at=clock.now(),
    )


def test_the_secret_finds_its_token(world: World) -> None:
    token, secret = a_token(world)

    found = use_token(secret=secret, at=clock.now())

    assert found == token
    assert AccessToken.objects.get(pk=token.pk).last_used_at is not None


def test_the_secret_is_kept_nowhere(world: World) -> None:
    _token, secret = a_token(world)

    assert not AccessToken.objects.filter(digest__contains=secret).exists()
    assert not Entry.objects.filter(changes__icontains=secret).exists()
    assert Entry.objects.filter(verb="mandates.token_issued").count() == 1


def test_a_token_ends_after_its_last_day(world: World) -> None:
    _token, secret = a_token(world, days=0)

    assert use_token(secret=secret, at=clock.now() + timedelta(days=2)) is None


def test_a_revoked_token_holds_no_longer(world: World) -> None:
    token, secret = a_token(world)

    revoke_token(token_id=token.pk, actor=world.actor("specialist"), at=clock.now())
    revoke_token(token_id=token.pk, actor=world.actor("specialist"), at=clock.now())

    assert use_token(secret=secret, at=clock.now()) is None
    assert Entry.objects.filter(verb="mandates.token_revoked").count() == 1


def test_a_token_of_a_closed_account_holds_no_longer(world: World) -> None:
    _token, secret = a_token(world)
    world.accounts["specialist"].is_active = False
    world.accounts["specialist"].save()

    assert use_token(secret=secret, at=clock.now()) is None


@pytest.mark.parametrize("days", [-1, LONGEST_LIFE.days + 2])
def test_a_token_lasts_a_year_at_most(world: World, days: int) -> None:
    with pytest.raises(NotPossible):
        a_token(world, days=days)


@pytest.mark.parametrize(
    ("by", "of"), [("specialist", "director"), ("director", "specialist"), ("unit_admin", "district_officer")]
)
def test_nobody_makes_a_token_of_anothers_position(world: World, by: str, of: str) -> None:
    with pytest.raises(NotPermitted):
        a_token(world, by, of)


def test_the_unit_administrator_makes_and_ends_tokens_of_the_office(world: World) -> None:
    token, secret = a_token(world, "unit_admin", "specialist")

    assert token.account_id == world.accounts["specialist"].pk
    revoke_token(token_id=token.pk, actor=world.actor("unit_admin"), at=clock.now())
    assert use_token(secret=secret, at=clock.now()) is None


def test_tokens_are_seen_by_their_position_and_its_administrator(world: World) -> None:
    token, _secret = a_token(world)

    seen = {
        persona
        for persona in ("specialist", "unit_admin", "director", "section_head", "district_admin", "auditor")
        if token in visible_tokens(world.actor(persona))
    }

    assert seen == {"specialist", "unit_admin"}


def test_the_page_tells_the_secret_once(world: World) -> None:
    client = world.client("specialist")
    today = world.actor("specialist").today
    typed = {"ten": "Trục liên thông", "vi_tri": world.positions["specialist"].pk, "den_ngay": today.isoformat()}

    answer = client.post(reverse("mandates:tokens"), typed)
    again = client.get(reverse("mandates:tokens"))

    secret = answer.context["issued"][1]
    assert secret in answer.content.decode()
    assert secret not in again.content.decode()
    assert "Trục liên thông" in again.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_says_what_is_wrong(world: World) -> None:
    typed = {"ten": "X", "vi_tri": world.positions["specialist"].pk, "den_ngay": "2001-01-01"}

    answer = world.client("specialist").post(reverse("mandates:tokens"), typed)

    assert answer.status_code == 422
    assert not AccessToken.objects.exists()


def test_a_foreign_token_is_out_of_sight(world: World) -> None:
    token, _secret = a_token(world)

    answer = world.client("director").post(reverse("mandates:revoke_token", args=[token.pk]))

    assert answer.status_code == 404


def test_the_owner_revokes_on_the_page(world: World) -> None:
    token, secret = a_token(world)

    answer = world.client("specialist").post(reverse("mandates:revoke_token", args=[token.pk]))

    assert answer.status_code == 302
    assert use_token(secret=secret, at=clock.now()) is None
