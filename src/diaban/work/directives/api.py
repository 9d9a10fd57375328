"""Directives and tasks, for programs: read, report progress and completion, decide."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Given, Paged, Paging, Problem, once_only, paged, tell_revision
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.organisations.queries import names_of
from diaban.work.directives import services
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.queries.boards import board as board_of
from diaban.work.directives.queries.lists import Filters, listed, received, task_lines
from diaban.work.directives.rules import FourWay

router = Router()


class DirectiveOut(Schema):
    """A directive. `mode` is assign, guide, request, require, coordinate or propose; `state` draft, issued, withdrawn or merged."""

    uid: UUID
    revision: int
    mode: str
    state: str
    issuer: str
    field: str
    text: str
    product: str
    article: str
    source: str
    source_item: str
    due_on: date | None
    recurring: str
    issued_on: date | None


class TaskOut(Schema):
    """A receiver's part. `holder` has it in hand today; `state` is computed on today; `due_on` null where no day was set."""

    uid: UUID
    directive: UUID
    receiver: str
    holder: str
    part: str
    state: str
    due_on: date | None
    original_due_on: date | None
    done_at: datetime | None


class CountsOut(Schema):
    """The four-way count; `total` is the denominator of every share, `no_deadline` and `out` stand apart from it."""

    total: int
    done_on_time: int
    done_late: int
    open_in_time: int
    open_overdue: int
    no_reply: int
    no_deadline: int
    out: int


class BoardLineOut(Schema):
    """A line of the board."""

    label: str
    counts: CountsOut


class BoardOut(Schema):
    """The board; `no_receiver` are directives that nobody was given."""

    by: str
    total: CountsOut
    no_receiver: int
    lines: list[BoardLineOut]


class DirectivesAsked(Paging):
    """What the list is narrowed to."""

    state: Literal["", "open", "overdue", "no_reply", "soon", "waiting", "draft", "withdrawn", "no_receiver"] = ""
    mode: Literal["", "assign", "guide", "request", "require", "coordinate", "propose"] = ""
    text: str = Field("", max_length=100)


class TasksAsked(Paging):
    """Which of the own tasks."""

    state: Literal["", "open", "overdue", "no_reply", "soon", "waiting"] = "open"


class BoardAsked(Schema):
    """What the lines are."""

    by: Literal["lead", "locality", "source", "person"] = "lead"


class ProgressIn(Given):
    """How far a task is."""

    text: str = Field(min_length=1, max_length=2000)
    percent: int | None = Field(None, ge=0, le=100)


class DoneIn(Given):
    """That a task is done; `paper` is the number and day of the paper that reports it."""

    text: str = Field(min_length=1, max_length=2000)
    paper: str = Field("", max_length=120)


@router.get("/directives", response=Paged[DirectiveOut], operation_id="list_directives", url_name="directives")
def directives(request: HttpRequest, asked: Query[DirectivesAsked]) -> Paged[DirectiveOut]:
    """The directives in sight, newest first."""
    actor = actor_of(request)
    filters = Filters(text=asked.text, mode=asked.mode, state=asked.state)
    rows = listed(actor, filters, actor.today).select_related("source")
    return paged(request, rows, asked, lambda found: _directives(found, actor))


@router.get("/directives/board", response=BoardOut, operation_id="get_directives_board", url_name="directives_board")
def directives_board(request: HttpRequest, asked: Query[BoardAsked]) -> BoardOut:
    """Tasks in sight, counted."""
    actor = actor_of(request)
    found = board_of(actor, asked.by, actor.today)
    return BoardOut(
        by=found.by,
        total=_counts(found.total),
        no_receiver=found.no_receiver,
        lines=[BoardLineOut(label=row.label, counts=_counts(row.counts)) for row in found.rows],
    )


@router.get(
    "/directives/received", response=Paged[TaskOut], operation_id="list_received_tasks", url_name="received_tasks"
)
def received_tasks(request: HttpRequest, asked: Query[TasksAsked]) -> Paged[TaskOut]:
    """The tasks that the position's office has or had in hand."""
    actor = actor_of(request)
    rows = received(actor, asked.state, "", actor.today)
    return paged(request, rows, asked, lambda found: _tasks(found, actor.today))


@router.get("/directives/{uuid:uid}", response=DirectiveOut, operation_id="get_directive", url_name="directive")
def directive(request: HttpRequest, response: HttpResponse, uid: UUID) -> DirectiveOut:
    """One directive."""
    actor = actor_of(request)
    one = _directive(actor, uid)
    tell_revision(request, response, one.revision)
    return _directives([one], actor)[0]


@router.get(
    "/directives/{uuid:uid}/tasks",
    response=Paged[TaskOut],
    operation_id="list_directive_tasks",
    url_name="directive_tasks",
)
def directive_tasks(request: HttpRequest, uid: UUID, asked: Query[Paging]) -> Paged[TaskOut]:
    """The tasks of a directive that are in sight."""
    actor = actor_of(request)
    one = _directive(actor, uid)
    rows = visible_tasks(actor).filter(directive=one).order_by("position")
    return paged(request, rows, asked, lambda found: _tasks(found, actor.today))


@router.post(
    "/directives/tasks/{uuid:uid}/progress",
    response=TaskOut,
    operation_id="report_task_progress",
    url_name="task_progress",
)
def task_progress(request: HttpRequest, uid: UUID, said: ProgressIn) -> dict[str, Any]:
    """Say how far the own task is."""
    actor = actor_of(request)
    one = _task(actor, uid)

    def act() -> dict[str, Any]:
        try:
            services.report_progress(task_id=one.pk, text=said.text, percent=said.percent, actor=actor, at=now())
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from problem
        return _again(actor, uid)

    return once_only(request, actor, act)


@router.post(
    "/directives/tasks/{uuid:uid}/done", response=TaskOut, operation_id="report_task_done", url_name="task_done"
)
def task_done(request: HttpRequest, uid: UUID, said: DoneIn) -> dict[str, Any]:
    """Report the own task done."""
    actor = actor_of(request)
    one = _task(actor, uid)

    def act() -> dict[str, Any]:
        try:
            services.report_done(task_id=one.pk, text=said.text, paper=said.paper, actor=actor, at=now())
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from problem
        return _again(actor, uid)

    return once_only(request, actor, act)


def _again(actor: Actor, uid: UUID) -> dict[str, Any]:
    return _tasks([_task(actor, uid)], actor.today)[0].model_dump(mode="json")


def _directive(actor: Actor, uid: UUID) -> Directive:
    found = visible_directives(actor).select_related("source").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _task(actor: Actor, uid: UUID) -> Task:
    found = visible_tasks(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _directives(found: list[Directive], actor: Actor) -> list[DirectiveOut]:
    """One query."""
    names = names_of({one.organisation_id for one in found}, actor.today)
    return [
        DirectiveOut(
            uid=one.uid,
            revision=one.revision,
            mode=one.mode,
            state=one.state,
            issuer=names.get(one.organisation_id, ""),
            field=one.field_code,
            text=one.text,
            product=one.product,
            article=one.article,
            source=str(one.source) if one.source else "",
            source_item=one.source_item,
            due_on=one.due_on,
            recurring=one.recurring,
            issued_on=one.issued_on,
        )
        for one in found
    ]


def _tasks(found: list[Task], on: date) -> list[TaskOut]:
    """Two queries."""
    return [
        TaskOut(
            uid=line.task.uid,
            directive=line.task.directive.uid,
            receiver=line.task.name,
            holder=line.holder,
            part=line.task.part,
            state=line.state,
            due_on=line.task.obligation.due_on if line.task.obligation else None,
            original_due_on=line.task.obligation.original_due_on if line.task.obligation else None,
            done_at=line.task.obligation.fulfilled_at if line.task.obligation else None,
        )
        for line in task_lines(found, on)
    ]


def _counts(found: FourWay) -> CountsOut:
    return CountsOut(
        total=found.total,
        done_on_time=found.done_on_time,
        done_late=found.done_late,
        open_in_time=found.open_in_time,
        open_overdue=found.open_overdue,
        no_reply=found.no_reply,
        no_deadline=found.no_deadline,
        out=found.out,
    )
