"""One directive with its tasks, one task, and what arose from a subject."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import files_of
from diaban.foundation.obligations.models import Assignment, Obligation
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.queries import nearest_versions
from diaban.work.directives.models import Completion, Directive, Part, Task
from diaban.work.directives.permissions import TASK, visible_directives, visible_tasks
from diaban.work.directives.queries.counting import counts
from diaban.work.directives.queries.lists import TaskLine, flags_of, task_lines
from diaban.work.directives.rules import FourWay


@dataclass(frozen=True)
class Thing:
    """A directive as its page shows it, as far as the reader may see its tasks."""

    directive: Directive
    issuer: str
    writer: str
    place: str
    lines: Sequence[TaskLine]
    counts: FourWay
    flags: tuple[str, ...]
    doubled: str

    @property
    def is_asked(self) -> bool:
        """Whether no order stands behind it, so that nobody is overdue."""
        return not self.directive.how.is_order


def thing_of(actor: Actor, directive: Directive, on: date) -> Thing:
    """Eight queries. A draft's names are today's, an issued one's those of its day."""
    day = directive.issued_on or on
    tasks = list(
        visible_tasks(actor).filter(directive=directive).order_by("position")
        if directive.issued_at
        else directive.tasks.select_related("directive", "obligation").order_by("position")
    )
    names = names_of({directive.organisation_id, directive.drafted_by_id}, day)
    lines = task_lines(tasks, on)
    return Thing(
        directive=directive,
        issuer=names.get(directive.organisation_id, ""),
        writer=names.get(directive.drafted_by_id, ""),
        place=nearest_versions([directive.unit_id], day)[directive.unit_id].full_name,
        lines=lines,
        counts=counts(Task.objects.filter(pk__in=[one.pk for one in tasks]), on),
        flags=flags_of(directive, any(one.part != Part.COORDINATES for one in tasks)),
        doubled=_doubled(lines),
    )


def _doubled(lines: Sequence[TaskLine]) -> str:
    """The body that a reform made both lead and coordinator, by its name of today."""
    leads = {one.task.obligation.owner_id for one in lines if one.task.part == Part.LEADS and one.task.obligation}
    both = [
        one.holder
        for one in lines
        if one.task.part == Part.COORDINATES and one.task.obligation and one.task.obligation.owner_id in leads
    ]
    return both[0] if both else ""


@dataclass(frozen=True)
class TaskPage:
    """A task with everything said and asked about it. `obligations` are all that were opened for it, oldest first."""

    line: TaskLine
    obligations: Sequence[Obligation]
    completions: Sequence[Completion]
    files: Sequence[File]
    place: str
    issuer: str

    @property
    def waiting(self) -> Completion | None:
        """The newest completion, where it is still to be decided on."""
        newest = self.completions[0] if self.completions else None
        return newest if newest and newest.confirmed_at is None and newest.returned_at is None else None


def task_page(task: Task, on: date) -> TaskPage:
    """Eight queries."""
    opened = (
        Obligation.objects.about(*subject_of(task))
        .filter(kind=TASK)
        .prefetch_related(
            Prefetch(
                "assignments",
                Assignment.objects.filter(withdrawn_at=None).select_related("to_position", "from_position"),
            ),
            "requests",
        )
        .order_by("pk")
    )
    day = task.directive.issued_on or on
    return TaskPage(
        line=task_lines([task], on)[0],
        obligations=list(opened),
        completions=list(task.completions.all()),
        files=list(files_of(subject_of(task))),
        place=nearest_versions([task.unit_id], day)[task.unit_id].full_name,
        issuer=names_of([task.directive.organisation_id], day).get(task.directive.organisation_id, ""),
    )


def tasks_from(subject: Subject) -> QuerySet[Task]:
    """The tasks of issued directives that arose from a subject (a conclusion, a difficulty)."""
    return Task.objects.filter(
        directive__origin_kind=subject.kind, directive__origin_id=subject.id, directive__issued_at__isnull=False
    ).select_related("directive", "obligation")


def open_from(subject: Subject) -> QuerySet[Task]:
    """Those of them that somebody still has in hand."""
    return tasks_from(subject).filter(
        obligation__fulfilled_at=None, obligation__closed_at=None, obligation__isnull=False
    )


def directives_from(actor: Actor, subjects: Iterable[Subject]) -> QuerySet[Directive]:
    """The directives in sight that arose from any of some subjects of one kind."""
    found = list(subjects)
    kind = found[0].kind if found else ""
    return visible_directives(actor).filter(origin_kind=kind, origin_id__in=[one.id for one in found])
