"""Another province, played and compared with two tables written by hand: holders, deadlines, states, counts, notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from tests.end_to_end.nghe_an.story import (
    APART,
    BEGUN,
    REFORM,
    NgheAn,
    begun,
    issue_all,
    moment,
    play,
    raise_all,
    visit,
)

from diaban.foundation.accounts.models import Notice
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import status
from diaban.foundation.reforms.tests.conftest import Blocker
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import SUBJECT
from diaban.work.difficulties.queries.lists import state, with_course
from diaban.work.difficulties.services import contest_answer
from diaban.work.directives.models import Task
from diaban.work.directives.queries import counts
from diaban.work.directives.queries.counting import states_of
from diaban.work.directives.rules import FourWay

pytestmark = pytest.mark.slow
DAYS = (date(2025, 6, 20), date(2025, 7, 10), date(2025, 9, 15))
COUNTS = {  # of the 84 tasks that somebody owes, six of a kind: added up by hand from the table
    DAYS[0]: FourWay(done_on_time=6, done_late=6, open_in_time=42, open_overdue=6, no_reply=6, no_deadline=6, out=12),
    DAYS[1]: FourWay(done_on_time=6, done_late=12, open_in_time=36, open_overdue=6, no_reply=6, no_deadline=6, out=12),
    DAYS[2]: FourWay(
        done_on_time=18, done_late=18, open_in_time=12, open_overdue=12, no_reply=6, no_deadline=6, out=12
    ),
}
RAISERS_ARE_TOLD = "Kiến nghị của đơn vị đồng chí"
Seen = dict[tuple[str, str], str]


@dataclass
class Played:
    """What the system said on the three days, by row and column of the tables."""

    here: NgheAn
    directives: Seen
    difficulties: Seen
    counts: dict[date, FourWay]


@pytest.fixture(scope="module")
def _played(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Played]:
    with django_db_blocker.unblock(), transaction.atomic():
        here = begun()
        visit(here)
        issue_all(here)
        raise_all(here)
        told, before = Played(here, {}, {}, {}), BEGUN
        for day in DAYS:
            play(here, day, before)
            here.today = before = day
            _look(told, day)
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def played(_played: Played, db: None) -> Played:
    return _played


def _look(told: Played, day: date) -> None:
    here, suffix = told.here, f"{day:%Y_%m_%d}"
    offices = {pk: name for name, pk in here.bodies.items()}
    for columns in ("holder_before", "holder_after"):
        for row in (*here.asked.values(), *here.raised.values()):
            if row[columns] and (columns == "holder_before" or day >= REFORM):
                offices[here.body(row[columns])] = row[columns]
    tasks = {name: here.task(name) for name in here.directives}
    states = states_of(tasks.values(), day)
    for name, task in tasks.items():
        told.directives[name, f"on_{suffix}"] = states[task.pk]
        _keep(told.directives, name, task.obligation, day, offices)
    for name, one in here.difficulties.items():
        met = with_course(Difficulty.objects.filter(pk=one.pk)).get()
        last = Obligation.objects.about(SUBJECT, one.pk).order_by("-pk")[0]
        told.difficulties[name, f"on_{suffix}"] = state(met).value
        told.difficulties[name, f"work_{suffix}"] = status(last.standing, day).value
        _keep(told.difficulties, name, last, day, offices)
    told.counts[day] = counts(Task.objects.all(), day)


def _keep(seen: Seen, name: str, one: Obligation | None, day: date, offices: dict[int, str]) -> None:
    if day == DAYS[0]:
        seen[name, "holder_before"] = offices.get(one.owner_id, f"?{one.owner}") if one else ""
    if day == DAYS[1]:
        seen[name, "holder_after"] = offices.get(one.owner_id, f"?{one.owner}") if one else ""
        seen[name, "due_after"] = one.due_on.isoformat() if one and one.due_on else ""


def test_the_tables_are_of_the_size_that_was_meant(played: Played) -> None:
    assert (len(played.here.asked), len(played.here.raised)) == (90, 60)
    assert len(played.here.seats) >= 40


def test_every_directive_stands_as_the_table_says(played: Played) -> None:
    wanted = {(name, column): played.here.asked[name][column] for name, column in played.directives}

    assert _differing(wanted, played.directives) == {}


def test_every_difficulty_stands_as_the_table_says(played: Played) -> None:
    wanted = {(name, column): played.here.raised[name][column] for name, column in played.difficulties}

    assert _differing(wanted, played.difficulties) == {}


def _differing(wanted: Seen, seen: Seen) -> dict[tuple[str, str], tuple[str, str]]:
    return {key: (wanted[key], seen[key]) for key in wanted if wanted[key] != seen[key]}


@pytest.mark.parametrize("day", DAYS)
def test_the_counts_are_those_of_the_table(played: Played, day: date) -> None:
    assert played.counts[day] == COUNTS[day]


def test_each_office_is_told_what_the_table_says(played: Played) -> None:
    here = played.here
    missing = []
    for name, row in here.asked.items():
        task = here.task(name)
        owed = Obligation.objects.about("directives.task", task.pk)
        notices = Notice.objects.filter(subject_kind="obligations.obligation", subject_id__in=owed)
        told = set(notices.filter(account=here.accounts(row["receiver"])).values_list("reason", flat=True))
        if (row["notice"] not in told) if row["notice"] else told:
            missing.append((name, row["notice"], told))
    for name, row in here.raised.items():
        one = here.difficulties[name]
        owed = Obligation.objects.about(SUBJECT, one.pk)
        about = Notice.objects.filter(subject_kind="obligations.obligation", subject_id__in=owed)
        if row["notice"] == RAISERS_ARE_TOLD:
            about = Notice.objects.filter(subject_kind=SUBJECT, subject_id=one.pk)
        if not about.filter(reason=row["notice"], account=here.accounts(row["told"])).exists():
            missing.append((name, row["notice"], set(about.values_list("reason", flat=True))))

    assert missing == []


def test_whoever_has_no_part_is_told_nothing(played: Played) -> None:
    apart = [played.here.accounts(name) for name in APART]

    assert not Notice.objects.filter(account__in=apart).exists()


def test_the_reform_leaves_no_open_work_without_an_office(played: Played) -> None:
    assert played.here.outcome is not None

    assert played.here.outcome.without_owner == []


def test_whoever_took_over_contests_an_answer_and_is_owed_the_next(played: Played) -> None:
    here, heir = played.here, "xa:Con Cuông"
    one = here.difficulties["a-con_cuong"]

    contest_answer(raising_id=one.raisings.get().pk, text="Chưa đúng", actor=here.actor(heir), at=moment(DAYS[2]))

    owed = Obligation.objects.open().about(SUBJECT, one.pk).get()
    assert (owed.owner_id, owed.counterpart_id) == (here.body("so_khcn"), here.body(heir))
