"""The week in one page: what was issued, done, is late, comes due; and what each officer finished in a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.reading import end_of
from diaban.foundation.mandates.permissions import offices_of
from diaban.foundation.obligations.models import Assignment
from diaban.work.directives.models import Directive, Part, Task
from diaban.work.directives.permissions import TASK, visible_directives, visible_tasks
from diaban.work.directives.queries.boards import Board, board, people_of
from diaban.work.directives.queries.counting import in_slot
from diaban.work.directives.queries.lists import TaskLine, task_lines
from diaban.work.directives.rules import Slot

# Orders without a day that are no standing duty either.
UNDATED = Q(due_on=None, recurring="", mode__in=["assign", "require"])
MOST, MOST_NAMES, READ = 4, 3, 200  # directives of a kind and names of each, so that the summary stays on one page


@dataclass(frozen=True)
class Together:
    """The tasks of one directive that stand alike; `others` are those whose names are left out."""

    directive: Directive
    lines: Sequence[TaskLine]
    others: int

    @property
    def names(self) -> str:
        return ", ".join(line.holder if line.is_moved else line.task.name for line in self.lines)

    @property
    def due_on(self) -> date | None:
        owed = self.lines[0].task.obligation
        return owed.due_on if owed else None


@dataclass(frozen=True)
class Some:
    """The first directives with tasks of a kind, and how many tasks there are."""

    lines: Sequence[Together]
    number: int

    @property
    def more(self) -> int:
        return self.number - sum(len(one.lines) + one.others for one in self.lines)


@dataclass(frozen=True)
class Week:
    """A week as a leader reads it, by what is known at the end of `on`."""

    first: date
    last: date
    on: date
    board: Board
    issued: int
    done: Some
    late: Some
    unanswered: Some
    coming: Some
    no_date: int


def week_of(actor: Actor, on: date) -> Week:
    """The week of a day, Monday to Sunday, of the tasks in sight. Some fifteen queries."""
    first = on - timedelta(days=on.weekday())
    last = first + timedelta(days=6)
    tasks = visible_tasks(actor).exclude(part=Part.COORDINATES)
    done = tasks.filter(
        obligation__fulfilled_at__gte=end_of(first - timedelta(days=1)), obligation__fulfilled_at__lt=end_of(on)
    )
    is_open = Q(obligation__fulfilled_at=None, obligation__closed_at=None)
    coming = tasks.filter(is_open, obligation__due_on__gte=on, obligation__due_on__lte=last + timedelta(days=7))
    new = Q(issued_on__gte=first, issued_on__lte=on)
    standing = visible_directives(actor).filter(new | UNDATED, issued_at__isnull=False, withdrawn_at=None).order_by()
    numbers = standing.aggregate(issued=Count("pk", filter=new), no_date=Count("pk", filter=UNDATED))
    counted = board(actor, "lead", on)
    late = tasks.filter(in_slot(Slot.OPEN_OVERDUE, on)).order_by("obligation__due_on", "pk")
    unanswered = tasks.filter(in_slot(Slot.NO_REPLY, on)).order_by("obligation__due_on", "pk")
    read = {
        "done": _read(done.order_by("-obligation__fulfilled_at")),
        "late": _read(late, counted.total.open_overdue),
        "unanswered": _read(unanswered, counted.total.no_reply),
        "coming": _read(coming.order_by("obligation__due_on", "pk")),
    }
    return Week(
        first=first,
        last=last,
        on=on,
        board=counted,
        issued=numbers["issued"],
        no_date=numbers["no_date"],
        **_with_lines(read, on),
    )


@dataclass(frozen=True)
class _Read:
    """The ids of the first tasks of a kind, by directive, and how many there are."""

    first: dict[int, list[int]]
    number: int

    @property
    def shown(self) -> dict[int, list[int]]:
        return {directive_id: keys[:MOST_NAMES] for directive_id, keys in list(self.first.items())[:MOST]}


def _read(tasks: QuerySet[Task], number: int | None = None) -> _Read:
    """`number` is how many there are where that is known. One query, one more where there are very many."""
    first: dict[int, list[int]] = {}
    read = list(tasks.values_list("directive_id", "pk")[:READ])
    for directive_id, pk in read:
        first.setdefault(directive_id, []).append(pk)
    if number is None:
        number = tasks.count() if len(read) == READ else len(read)
    return _Read(first, number)


def _with_lines(read: Mapping[str, _Read], on: date) -> dict[str, Some]:
    """Each kind with its lines. Three queries."""
    keys = {pk for one in read.values() for of_directive in one.shown.values() for pk in of_directive}
    shown = Task.objects.filter(pk__in=keys).select_related("directive", "obligation")  # found in sight just now
    lines = {line.task.pk: line for line in task_lines(shown, on)}
    found = {}
    for kind, one in read.items():
        together = []
        for directive_id, named in one.shown.items():
            said = [lines[pk] for pk in named]
            together.append(Together(said[0].task.directive, said, len(one.first[directive_id]) - len(said)))
        found[kind] = Some(together, one.number)
    return found


def register_lines(tasks: QuerySet[Task], on: date, most: int | None = None) -> list[TaskLine]:
    """The lines of the register, by directive; no more than `most`. Five queries."""
    rows = tasks.select_related("directive__source", "obligation").prefetch_related("completions", "progress")
    return task_lines(rows.order_by("directive__issued_on", "directive_id", "position")[:most], on)


@dataclass(frozen=True)
class Product:
    """What an officer was given and finished: a line of the month's list."""

    person: str
    title: str
    product: str
    part: str
    given_on: date
    due_on: date | None
    done_on: date

    @property
    def is_on_time(self) -> bool | None:
        """None where no day was set."""
        return None if self.due_on is None else self.done_on <= self.due_on


def products_of(actor: Actor, first: date, last: date) -> list[Product]:
    """What the officers of the own office finished within some days, person by person: work passed on to them that they
    reported done, or that the office has done. Four queries.

    A day set in the assignment goes before that of the whole work.
    """
    rows = (
        Assignment.objects.filter(withdrawn_at=None, to_position__organisation__in=offices_of(actor))
        .filter(
            Q(done_at__date__gte=first, done_at__date__lte=last)
            | Q(done_at=None, obligation__fulfilled_at__date__gte=first, obligation__fulfilled_at__date__lte=last)
        )
        .select_related("obligation")
        .order_by("to_position", F("obligation__fulfilled_at"), "pk")
    )
    found = list(rows)
    people = people_of([one.to_position_id for one in found], last)
    subjects = (one.obligation.subject_id for one in found if one.obligation.subject_kind == TASK)
    asked = dict(Task.objects.filter(pk__in=[pk for pk in subjects if pk]).values_list("pk", "directive__product"))
    products = []
    for one in found:
        done = one.done_at or one.obligation.fulfilled_at
        if done is None:
            continue
        subject = one.obligation.subject_id if one.obligation.subject_kind == TASK else None
        products.append(
            Product(
                person=people.get(one.to_position_id, ""),
                title=one.obligation.title,
                product=asked.get(subject or 0, "") or one.text,
                part=str(one.get_part_display()),
                given_on=timezone.localdate(one.at),
                due_on=one.due_on or one.obligation.due_on,
                done_on=timezone.localdate(done),
            )
        )
    return sorted(products, key=lambda one: (one.person, one.done_on))
