"""The worklist of a position."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Assignment, Obligation
from diaban.foundation.obligations.queries import MOST_LINES, listed, worklist
from diaban.foundation.obligations.services import ask_exemption
from diaban.foundation.obligations.tests.makers import NOW, TODAY, an_obligation
from diaban.foundation.organisations.queries import names_of

pytestmark = pytest.mark.django_db
Ceiling = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def world() -> World:
    return a_world()


def test_work_is_grouped_by_urgency(world: World) -> None:
    for title, days in (("quá hạn", -1), ("hôm nay", 0), ("chủ nhật", 6), ("thứ hai", 7)):
        an_obligation(world, title=title, due_on=TODAY + timedelta(days=days))  # TODAY is a Monday
    an_obligation(world, title="không hạn", due_on=None)
    an_obligation(world, title="được đề nghị", due_on=TODAY - timedelta(days=30), is_asked=True)

    work = worklist(world.actor("district_officer", TODAY), TODAY)

    groups = (work.overdue, work.today, work.unanswered, work.this_week, work.later)
    assert [[line.obligation.title for line in group] for group in groups] == [
        ["quá hạn"], ["hôm nay"], ["được đề nghị"], ["chủ nhật"], ["thứ hai", "không hạn"],
    ]  # fmt: skip


def test_the_work_of_others_and_what_is_over_is_not_in_it(world: World) -> None:
    an_obligation(world, owner_id=world.organisations["ubnd_d2"].pk)
    an_obligation(world)
    Obligation.objects.filter(owner=world.organisations["ubnd_d1"]).update(fulfilled_at=NOW)

    assert worklist(world.actor("district_officer", TODAY), TODAY).is_empty


def test_work_of_another_body_of_the_office_says_whose_it_is(world: World) -> None:
    an_obligation(world, owner_id=world.organisations["ubnd_d1"].pk)
    an_obligation(world, owner_id=world.organisations["phong_d1"].pk)

    lines = worklist(world.actor("district_officer", TODAY), TODAY).later

    committee = world.organisations["ubnd_d1"].pk
    assert {line.by_whom for line in lines} == {"", names_of({committee}, TODAY)[committee]}


def test_what_was_passed_on_to_me_is_marked(world: World) -> None:
    obligation = an_obligation(world)
    Assignment.objects.create(
        obligation=obligation,
        from_position=world.positions["district_leader"],
        to_position=world.positions["district_officer"],
        text="Làm ngay",
        at=NOW,
    )

    (mine,) = worklist(world.actor("district_officer", TODAY), TODAY).later
    (theirs,) = worklist(world.actor("district_leader", TODAY), TODAY).later

    assert (mine.is_mine, mine.assigned_text) == (True, "Làm ngay")
    assert (theirs.is_mine, theirs.assigned_text) == (False, "")


def test_requests_wait_with_those_who_decide(world: World) -> None:
    obligation = an_obligation(world)
    ask_exemption(obligation_id=obligation.pk, reason="x", actor=world.actor("district_officer", TODAY), at=NOW)

    assert len(worklist(world.actor("director", TODAY), TODAY).to_decide) == 1
    assert worklist(world.actor("specialist", TODAY), TODAY).to_decide == []
    assert worklist(world.actor("district_leader", TODAY), TODAY).to_decide == []


def test_a_long_worklist_takes_no_more_queries(world: World, django_assert_max_num_queries: Ceiling) -> None:
    for number in range(12):
        an_obligation(world, title=str(number), on=TODAY - timedelta(days=number), due_on=TODAY)
    actor = world.actor("district_officer", TODAY)

    with django_assert_max_num_queries(6):
        work = worklist(actor, TODAY)

    assert len(work.today) == 12
    assert {line.where for line in work.today} == {"Huyện Bắc Sơn"}


def test_lines_past_the_most_are_counted(world: World) -> None:
    row = an_obligation(world)
    copies = [Obligation(**{**_values(row), "title": str(number)}) for number in range(MOST_LINES + 4)]
    Obligation.objects.bulk_create(copies)

    work = worklist(world.actor("district_officer", TODAY), TODAY)

    assert (len(work.later), work.hidden) == (MOST_LINES, 5)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open", {"a", "b"}),
        ("overdue", {"a"}),
        ("done", {"c", "d"}),
        ("late", {"d"}),
        ("closed", {"e"}),
        ("all", set("abcde")),
    ],
)
def test_the_list_is_filtered_by_state(world: World, state: str, expected: set[str]) -> None:
    on = date(2026, 3, 20)
    for title, due_on in (
        ("a", date(2026, 3, 10)),
        ("b", date(2026, 3, 30)),
        ("c", date(2026, 3, 10)),
        ("d", date(2026, 3, 1)),
        ("e", on),
    ):
        an_obligation(world, title=title, due_on=due_on)
    Obligation.objects.filter(title__in=["c", "d"]).update(fulfilled_at=NOW)
    Obligation.objects.filter(title="e").update(closed_at=NOW, closed_reason="waived")

    rows = listed(world.actor("specialist"), state=state, on=on)

    assert set(rows.values_list("title", flat=True)) == expected


def _values(row: Obligation) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname) for field in Obligation._meta.concrete_fields if field.name != "id"
    }
