"""The table of days off is kept on a page: each line with its basis, each change in the journal."""

from datetime import date

import pytest
from django.urls import reverse

from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import DayOff
from diaban.foundation.obligations.workdays import work_calendar

PAGE = reverse("obligations:days_off")
SWAP = {"off_on": "2026-04-24", "worked_on": "2026-05-09", "basis": "Thông báo 12/TB-BNV"}


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def test_a_swap_changes_the_working_days(world: World) -> None:
    world.client("director").post(PAGE, SWAP)

    calendar = work_calendar()
    assert not calendar.is_working(date(2026, 4, 24))
    assert calendar.is_working(date(2026, 5, 9))
    assert Entry.objects.filter(verb="obligations.day_off_set").count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"basis": " "}, {"off_on": "", "worked_on": ""}, {"off_on": "2026-05-02"}, {"worked_on": "2026-05-11"}],
)
def test_a_line_that_says_nothing_new_is_refused(world: World, changed: dict[str, str]) -> None:
    answer = world.client("director").post(PAGE, {**SWAP, **changed})

    assert answer.status_code == 422
    assert not DayOff.objects.exists()


def test_a_day_stands_in_one_line_only(world: World) -> None:
    client = world.client("director")
    client.post(PAGE, SWAP)

    answer = client.post(PAGE, {**SWAP, "worked_on": "2026-05-16"})

    assert "Đã có dòng khác" in answer.content.decode()


def test_a_line_is_changed_and_taken_away(world: World) -> None:
    client = world.client("director")
    client.post(PAGE, SWAP)
    line = DayOff.objects.get()
    address = reverse("obligations:day_off", args=[line.pk])

    client.post(address, {**SWAP, "worked_on": "2026-05-16", "revision": "1"})
    line.refresh_from_db()
    changed = line.worked_on
    client.post(address, {"bo": "1"})

    assert changed == date(2026, 5, 16)
    assert not DayOff.objects.exists()
    assert Entry.objects.filter(verb="obligations.day_off_removed").count() == 1


def test_who_may_not_set_it_only_reads(world: World) -> None:
    client = world.client("district_officer")

    assert "Thêm dòng" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, SWAP).status_code == 403
