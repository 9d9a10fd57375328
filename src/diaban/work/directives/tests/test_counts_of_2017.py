"""The tasks of report 1270/BC-TCTTTg of 2017 as rows of the database: the board counts what the report counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.obligations.models import Obligation
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import TASK
from diaban.work.directives.queries import counts
from diaban.work.directives.queries.boards import board
from diaban.work.directives.rules import FourWay
from diaban.work.directives.tests.worlds import NOW, TODAY, Directing, a_directing_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REPORTED = FourWay(done_on_time=14_068, done_late=1_983, open_in_time=5_640, open_overdue=223)
BEFORE = TODAY - timedelta(days=30)
LAST_MINUTE = datetime(BEFORE.year, BEFORE.month, BEFORE.day, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam
KINDS = (  # each at the edge of its rule: how many, the deadline, when it was done
    (REPORTED.done_on_time, BEFORE, LAST_MINUTE),
    (REPORTED.done_late, BEFORE, LAST_MINUTE + timedelta(minutes=1)),
    (REPORTED.open_in_time, TODAY, None),
    (REPORTED.open_overdue, TODAY - timedelta(days=1), None),
)


def fill(here: Directing) -> None:
    """A directive, a task and an obligation for each, in turn to two districts."""
    units, bodies = here.world.units, here.world.organisations
    said: list[tuple[date, datetime | None]] = [(due, done) for many, due, done in KINDS for _one in range(many)]
    directives = Directive.objects.bulk_create(
        (
            Directive(
                organisation=bodies["ubnd_tinh"], drafted_by=bodies["ubnd_tinh"], mode="assign", unit=units["P"],
                field_code="it", text=f"Việc {number}", due_on=due, drafted_at=NOW, issued_at=NOW, issued_on=BEFORE,
            )
            for number, (due, _done) in enumerate(said)
        ),
        batch_size=4000,
    )  # fmt: skip
    receivers = [("ubnd_d1", "D1"), ("ubnd_d2", "D2")]
    owed, tasks = [], []
    for number, (directive, (due, done)) in enumerate(zip(directives, said, strict=True)):
        body, unit = receivers[number % 2]
        owed.append(
            Obligation(
                kind=TASK, title=directive.text, unit=units[unit], field_code="it", owner=bodies[body],
                original_owner=bodies[body], counterpart=bodies["ubnd_tinh"], opened_on=BEFORE, due_on=due,
                original_due_on=due, fulfilled_at=done,
            )
        )  # fmt: skip
        tasks.append(Task(directive=directive, position=1, organisation=bodies[body], name=body, unit=units[unit]))
    for task, one in zip(tasks, Obligation.objects.bulk_create(owed, batch_size=4000), strict=True):
        task.obligation = one
    Task.objects.bulk_create(tasks, batch_size=4000)


def test_the_board_counts_the_tasks_of_2017_and_prints_every_denominator() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        fill(here)

        page = here.world.client("province_leader").get(reverse("directives:board")).content.decode()

        found = board(here.actor("province_leader"))
    assert found.total == counts(Task.objects.all(), TODAY) == REPORTED
    assert (found.total.total, len(found.rows)) == (21_914, 2)
    assert sum(row.counts.total for row in found.rows) == 21_914
    for number in ("21.914", "16.051", "14.068", "1.983", "5.863", "5.640", "223"):
        assert number in page, number
