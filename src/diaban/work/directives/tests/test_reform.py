"""A reform moves open tasks to whoever took the field over; nothing that was said is changed."""

import pytest

from diaban.foundation.obligations.models import Obligation
from diaban.work.directives import services
from diaban.work.directives.models import Task
from diaban.work.directives.permissions import is_keeper, visible_directives
from diaban.work.directives.queries import counts
from diaban.work.directives.queries.things import thing_of
from diaban.work.directives.tests.story import JULY, Told, body, leader_of

pytestmark = pytest.mark.slow


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
