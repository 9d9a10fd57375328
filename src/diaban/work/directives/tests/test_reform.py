"""A reform moves open tasks to whoever took the field over; nothing that was said is changed."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.models import Account
from diaban.foundation.mandates.actors import PositionActor
from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.queries.lists import inherited_from
from diaban.work.difficulties.services import answer
from diaban.work.directives import services
from diaban.work.directives.models import Task
from diaban.work.directives.permissions import is_keeper, visible_directives
from diaban.work.directives.plugs import directed_from
from diaban.work.directives.queries import counts
from diaban.work.directives.queries.things import thing_of
from diaban.work.directives.tests.story import AT, JULY, Told, body, leader_of

pytestmark = pytest.mark.slow


def signed_in(actor: PositionActor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SESSION_KEY] = actor.position_id
    session.save()
    return client


def owner(task: Task) -> str:
    assert task.obligation is not None
    return task.obligation.owner.body


def test_open_tasks_go_to_the_successor_of_their_field(told: Told) -> None:
    tasks = Task.objects.filter(directive__in=[told.directives[name].pk for name in ("telecom", "press", "security")])

    assert {task.directive.field_code: owner(task) for task in tasks} == {
        "telecom": "so_khcn", "press": "so_vhttdl", "security": "cong_an_tinh",
    }  # fmt: skip
    assert {task.organisation.body for task in tasks} == {"so_tttt"}


def test_a_lead_merged_with_its_coordinator_has_both_parts(told: Told) -> None:
    together = told.directives["together"]

    thing = thing_of(leader_of(body("ubnd_tinh", on=JULY), JULY), together, JULY)

    assert {owner(line.task) for line in thing.lines} == {"so_khcn"}
    assert "Khoa học" in thing.doubled
    assert (thing.counts.open_in_time, thing.counts.total) == (1, 1)


def test_an_abolished_locality_hands_its_task_on_or_has_it_ruled(told: Told) -> None:
    task = told.directives["asked"].tasks.get()
    assert task.obligation is not None

    moved = task.obligation.owner_id != task.organisation_id

    assert moved or task.obligation.title in told.july.without_owner
    assert "Xín Mần" in task.name


def test_who_took_the_field_over_decides_on_what_the_ended_department_asked(told: Told) -> None:
    asked = told.directives["asked"]
    culture, science = leader_of(body("so_vhttdl", on=JULY), JULY), leader_of(body("so_khcn", on=JULY), JULY)

    assert is_keeper(culture, asked)
    assert not is_keeper(science, asked)
    assert asked in visible_directives(culture)


def test_a_difficulty_goes_to_the_successor_of_its_field_with_its_first_day(told: Told) -> None:
    for field, heir in (("telecom", "so_khcn"), ("press", "so_vhttdl")):
        one = told.difficulties[field]
        before = (one.received_on, one.because)
        one.refresh_from_db()
        work = Obligation.objects.open().get(subject_kind="difficulties.difficulty", subject_id=one.pk)

        from_ = inherited_from(work, [])

        assert work.owner.body == heir
        assert work.original_owner.body == "so_tttt"
        assert from_ == work.original_owner_id
        assert work.due_on == work.original_due_on
        assert (one.received_on, one.because) == before


def test_the_heir_answers_and_sees_what_came_of_a_difficulty(told: Told) -> None:
    one = told.difficulties["telecom"]
    heir = leader_of(body("so_khcn", on=JULY), JULY)
    client = signed_in(heir)

    with time_machine.travel(datetime(2025, 7, 1, 3, tzinfo=UTC), tick=False):
        page = client.get(reverse("difficulties:difficulty", args=[one.uid])).content.decode()
        given = answer(difficulty_id=one.pk, result="explained", text="Đã có kế hoạch", actor=heir, at=AT)
    came = directed_from(heir, one).came

    assert "Kế thừa từ Sở Thông tin và Truyền thông" in page
    assert "10/02/2025" in page
    assert given.organisation.body == "so_khcn"
    assert [each.title for each in came] == ["Giải quyết kiến nghị"]


def test_the_counts_of_the_whole_are_the_same_across_the_day(told: Told) -> None:
    tasks = Task.objects.filter(directive__in=[one.pk for one in told.directives.values()])

    assert counts(tasks, JULY).total == 5
    assert Obligation.objects.filter(pk__in=tasks.values("obligation"), closed_at__isnull=False).count() == 0


def test_the_new_owner_reports_what_the_old_one_was_given(told: Told) -> None:
    task = told.directives["press"].tasks.get()
    at = told.directives["press"].issued_at
    assert at is not None

    done = services.report_done(
        task_id=task.pk, text="Đã xong", actor=leader_of(body("so_vhttdl", on=JULY), JULY), at=at
    )

    assert done.obligation.original_owner.body == "so_tttt"
    assert done.obligation.fulfilled_at is not None
