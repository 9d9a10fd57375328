"""Notices are the account's own, and are read by being opened."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.accounts.models import Notice
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


def a_notice(world: World, persona: str, thing: int | None = None) -> Notice:
    return Notice.objects.create(
        account=world.accounts[persona],
        subject_kind="territory.unit",
        subject_id=world.units["D1"].pk if thing is None else thing,
        text="Báo cáo quý I sắp đến hạn",
        reason="nhắc việc",
        created_at=timezone.now(),
    )


def test_opening_marks_as_read_and_leads_to_the_thing() -> None:
    world = a_world()
    notice = a_notice(world, "specialist")

    answer = world.client("specialist").post(reverse("accounts:open_notice", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.read_at is not None
    assert answer["Location"] == reverse("territory:unit", kwargs={"uid": world.units["D1"].uid})


def test_a_thing_that_is_gone_is_told_kindly() -> None:
    world = a_world()
    notice = a_notice(world, "specialist", thing=0)

    page = world.client("specialist").post(reverse("accounts:open_notice", args=[notice.pk]), follow=True)

    assert "không còn" in page.content.decode()


def test_another_accounts_notice_does_not_exist() -> None:
    world = a_world()
    notice = a_notice(world, "specialist")

    answer = world.client("clerk").post(reverse("accounts:open_notice", args=[notice.pk]))

    notice.refresh_from_db()
    assert answer.status_code == 404
    assert notice.read_at is None
    assert "Báo cáo quý I" not in world.client("clerk").get(reverse("accounts:notices")).content.decode()


def test_all_are_marked_at_once_but_only_ones_own() -> None:
    world = a_world()
    mine, others = a_notice(world, "specialist"), a_notice(world, "clerk")

    world.client("specialist").post(reverse("accounts:mark_all_read"))

    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.read_at is not None
    assert others.read_at is None


def test_the_list_costs_the_same_however_long(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    world = a_world()
    for _time in range(60):
        a_notice(world, "specialist")
    client = world.client("specialist")

    with django_assert_max_num_queries(9):
        page = client.get(reverse("accounts:notices")).content.decode()

    assert "1–50 trong 60" in page
    assert "60 thông báo chưa đọc" in page
