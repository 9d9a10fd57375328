"""A program reads what its own account was told, and marks it as read."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from diaban.faces.api.tests.callers import program
from diaban.foundation.accounts.models import Notice
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db
NOTICES = "/api/v1/notices"


@pytest.fixture
def world() -> World:
    return a_world()


def told(world: World, persona: str, text: str, thing: int | None = None) -> Notice:
    return Notice.objects.create(
        account=world.accounts[persona], subject_kind="territory.unit",
        subject_id=world.units["D1"].pk if thing is None else thing, text=text, reason="nhắc việc", created_at=timezone.now(),
    )  # fmt: skip


def texts(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["text"] for one in answer["items"]]


def test_only_ones_own_newest_first_with_what_they_are_about(world: World) -> None:
    told(world, "specialist", "Một")
    told(world, "specialist", "Hai", thing=0)
    told(world, "director", "Của người khác")

    answer = program(world, "specialist").get(NOTICES).json()

    assert texts(answer) == ["Hai", "Một"]
    gone, about = (one["about"] for one in answer["items"])
    assert gone is None
    assert about["kind"] == "territory.unit"
    assert str(world.units["D1"].uid) in about["page"]
    assert {one["reason"] for one in answer["items"]} == {"nhắc việc"}


def test_they_come_in_pages_and_by_whether_they_were_read(world: World) -> None:
    notices = [told(world, "specialist", str(number)) for number in range(3)]
    caller = program(world, "specialist")
    caller.post(f"{NOTICES}/{notices[1].pk}/read")

    first = caller.get(NOTICES, {"size": 2}).json()
    following = caller.get(first["next"]).json()

    assert (texts(first), texts(following), first["total"]) == (["2", "1"], ["0"], 3)
    assert texts(caller.get(NOTICES, {"unread": "true"}).json()) == ["2", "0"]
    assert texts(caller.get(NOTICES, {"unread": "false"}).json()) == ["1"]


def test_reading_the_list_marks_nothing_and_reading_again_keeps_the_moment(world: World) -> None:
    notice, caller = told(world, "specialist", "Một"), program(world, "specialist")
    caller.get(NOTICES)
    notice.refresh_from_db()
    assert notice.read_at is None

    first = caller.post(f"{NOTICES}/{notice.pk}/read").json()
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        again = caller.post(f"{NOTICES}/{notice.pk}/read").json()

    assert first["read_at"] is not None
    assert again["read_at"] == first["read_at"]


def test_all_are_marked_at_once_but_not_anothers(world: World) -> None:
    mine, others = told(world, "specialist", "Một"), told(world, "director", "Hai")
    caller = program(world, "specialist")

    answer = caller.post(f"{NOTICES}/read")

    assert answer.json() == {"marked": 1}
    assert caller.post(f"{NOTICES}/read").json() == {"marked": 0}
    assert caller.post(f"{NOTICES}/{others.pk}/read").status_code == 404
    mine.refresh_from_db()
    others.refresh_from_db()
    assert mine.read_at is not None
    assert others.read_at is None
