"""Reminders: once for each rule and deadline, inside the owner's office."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted, SystemActor
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Assignment, Obligation
from diaban.foundation.obligations.services import send_reminders
from diaban.foundation.obligations.tasks import keep
from diaban.foundation.obligations.tests.makers import NOW, TODAY, a_duty, an_obligation

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("worker", TODAY)


@pytest.fixture
def world() -> World:
    return a_world()


def remind(on: date) -> int:
    return send_reminders(on=on, actor=SYSTEM, at=NOW)


def reminded() -> set[str]:
    return set(Notice.objects.values_list("account__username", flat=True))


def test_a_rule_reminds_once_of_a_deadline(world: World) -> None:
    an_obligation(world)

    assert [remind(date(2026, 3, day)) for day in (4, 5, 5, 9, 9, 10, 11, 11)] == [0, 1, 0, 1, 0, 0, 1, 0]


def test_a_new_deadline_is_reminded_of_by_every_rule(world: World) -> None:
    an_obligation(world)
    remind(date(2026, 3, 5))
    remind(date(2026, 3, 9))

    Obligation.objects.update(due_on=date(2026, 3, 20))

    assert [remind(date(2026, 3, day)) for day in (15, 19, 21)] == [1, 1, 1]


def test_what_fell_due_while_no_worker_ran_is_reminded_of_once(world: World) -> None:
    an_obligation(world)
    remind(date(2026, 3, 4))

    assert [remind(date(2026, 3, day)) for day in (7, 7, 13, 13)] == [1, 0, 1, 0]
    assert list(Notice.objects.order_by("pk").values_list("reason", flat=True).distinct()) == [
        "Còn 3 ngày đến hạn, việc của cơ quan đồng chí",
        "Đã quá hạn 3 ngày, việc của cơ quan đồng chí",
    ]


def test_the_first_run_does_not_remind_of_the_past(world: World) -> None:
    an_obligation(world)

    assert remind(date(2026, 3, 20)) == 0


def test_the_worker_makes_obligations_and_reminds(world: World) -> None:
    a_duty(world)

    with time_machine.travel(datetime(2026, 4, 6, 2, tzinfo=UTC)):
        keep(0)

    assert Obligation.objects.filter(period="stat:2026-Q2").exists()
    assert reminded() >= {"district_leader", "other_leader"}


def test_what_is_done_is_not_reminded_of(world: World) -> None:
    an_obligation(world)
    Obligation.objects.update(fulfilled_at=NOW)

    assert remind(date(2026, 3, 9)) == 0


def test_reminders_stay_in_the_owners_office(world: World) -> None:
    an_obligation(world)

    remind(date(2026, 3, 9))

    assert reminded() == {"district_leader"}


def test_whoever_the_work_was_passed_on_to_is_reminded(world: World) -> None:
    obligation = an_obligation(world)
    Assignment.objects.create(
        obligation=obligation,
        from_position=world.positions["district_leader"],
        to_position=world.positions["district_officer"],
        at=NOW,
    )

    remind(date(2026, 3, 9))

    assert reminded() == {"district_leader", "district_officer"}


def test_only_the_system_reminds(world: World) -> None:
    with pytest.raises(NotPermitted):
        send_reminders(on=TODAY, actor=world.actor("director"), at=NOW)


def test_what_was_only_asked_for_is_never_called_overdue(world: World) -> None:
    an_obligation(world)
    Obligation.objects.update(is_asked=True)

    for day in (9, 11):
        remind(date(2026, 3, day))

    reasons = set(Notice.objects.values_list("reason", flat=True))
    assert reasons == {"Còn 1 ngày đến ngày được đề nghị trả lời", "Đã qua ngày được đề nghị trả lời 1 ngày"}
