"""The administrator sees whom notices do not reach and why, of the own office only, and has them sent again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diaban.foundation.accounts.models import Account, Delivery
from diaban.foundation.accounts.services import keep_preferences, tell
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db
PAGE = "organisations:unreached"


def refused(world: World, persona: str, reason: str) -> Delivery:
    account_id = world.people[persona].account_id
    assert account_id is not None
    at = timezone.now() - timedelta(days=9)
    tell(account_ids=[account_id], subject=Subject("x", 1), text="Nội dung riêng", reason="Vì thế", at=at)
    notice = world.people[persona].account.notices.get()  # type: ignore[union-attr] # it has an account, as was asked just now
    return Delivery.objects.create(
        notice=notice, channel="mail", since=at, next_try_at=at, tried_at=at, tries=1, failed_at=at, reason=reason
    )


def test_an_administrator_sees_the_own_people_the_reason_and_not_the_words() -> None:
    world = a_world()
    refused(world, "district_officer", "Hộp thư không có thật")

    page = world.client("district_admin").get(reverse(PAGE)).content.decode()

    assert world.people["district_officer"].name in page
    assert "Hộp thư không có thật" in page
    assert "Nội dung riêng" not in page


def test_who_wants_a_channel_without_an_address_is_counted() -> None:
    world = a_world()
    client = world.client("district_admin")
    before = dict(_missing(client))
    account = world.people["district_officer"].account
    assert account is not None
    Account.objects.filter(pk=account.pk).update(email="can-bo@huyen.example")
    keep_preferences(account_id=account.pk, channels={"zalo": "soon"})

    after = dict(_missing(client))

    assert before["mail"] - after["mail"] == 1
    assert (before["zalo"], after["zalo"]) == (0, 1)


def _missing(client: Client) -> list[tuple[str, int]]:
    return [(one.name, number) for one, number in client.get(reverse(PAGE)).context["channels"]]


def test_what_concerns_another_office_is_neither_seen_nor_sent() -> None:
    world = a_world()
    delivery = refused(world, "specialist", "Hộp thư đầy")
    client = world.client("district_admin")

    page = client.get(reverse(PAGE)).content.decode()
    client.post(reverse("organisations:send_again"), {"kenh": "mail", "nguoi": str(world.people["specialist"].pk)})

    assert "Hộp thư đầy" not in page
    delivery.refresh_from_db()
    assert delivery.failed_at is not None


def test_sent_again_it_waits_anew_and_the_journal_knows_who_asked() -> None:
    world = a_world()
    delivery = refused(world, "district_officer", "Hộp thư đầy")

    answer = world.client("district_admin").post(reverse("organisations:send_again"), {"kenh": "mail"}, follow=True)

    delivery.refresh_from_db()
    assert (delivery.failed_at, delivery.tries) == (None, 0)
    assert "sẽ được gửi lại" in answer.content.decode()
    entry = Entry.objects.get(verb="organisations.notices_sent_again")
    assert entry.subject_id == world.people["district_officer"].pk


def test_nobody_else_has_notices_sent_again() -> None:
    world = a_world()
    delivery = refused(world, "enterprise", "Hộp thư đầy")

    answer = world.client("enterprise").post(reverse("organisations:send_again"), {"kenh": "mail"})

    delivery.refresh_from_db()
    assert answer.status_code == 403
    assert delivery.failed_at is not None
