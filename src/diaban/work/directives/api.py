"""Directives and tasks, for programs: read, draft, issue, report progress and completion, decide, withdraw."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    FieldProblem,
    Given,
    Paged,
    Paging,
    Problem,
    expected_revision,
    once_only,
    paged,
    tell_revision,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.mandates.models import Field as Subject
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.organisations.queries import names_of
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.directives import services
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import DECIDE, DRAFT, visible_directives, visible_tasks
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


class ReceiverIn(Given):
    """Whom it goes to; at most one leads, and then the others coordinate."""

    organisation: UUID
    part: Literal["leads", "coordinates", "each"] = "each"


class SourceIn(Given):
    """The paper that it comes from."""

    kind: Literal["own", "external", "party"]
    symbol: str = Field(min_length=1, max_length=60)
    issued_on: date
    issuer: str = Field(min_length=1, max_length=250)
    title: str = Field("", max_length=300)


class DraftIn(Given):
    """What a directive says. `difficulty` is the matter that it arises from, whose ground it concerns; `indicator` (its code) with `target` and `target_period` lets its effect be followed."""

    mode: Literal["assign", "guide", "request", "require", "coordinate", "propose"]
    text: str = Field(min_length=1, max_length=4000)
    field: str = Field(max_length=40)
    difficulty: UUID | None = None
    receivers: list[ReceiverIn] = Field(default=[], max_length=4000)
    due_on: date | None = None
    product: str = Field("", max_length=300)
    recurring: str = Field("", max_length=200)
    article: str = Field("", max_length=300)
    source: SourceIn | None = None
    source_item: str = Field("", max_length=60)
    indicator: str = Field("", max_length=40)
    category: str = Field("", max_length=200)
    baseline: Decimal | None = Field(None, max_digits=26, decimal_places=8)
    baseline_period: str = Field("", max_length=40)
    target: Decimal | None = Field(None, max_digits=26, decimal_places=8)
    target_period: str = Field("", max_length=40)


class WithdrawIn(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=300)


class ConfirmIn(Given):
    """A word on the result."""

    note: str = Field("", max_length=1000)


class SendBackIn(Given):
    """What is lacking, and by when."""

    reason: str = Field(min_length=1, max_length=1000)
    due_on: date | None = None


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


@router.post("/directives", response=DirectiveOut, operation_id="draft_directive", url_name="directives")
def draft_directive(request: HttpRequest, response: HttpResponse, said: DraftIn) -> dict[str, Any]:
    """Write a directive down; it binds nobody until it is issued."""
    actor = actor_of(request)
    actor.require(DRAFT)
    matter = get_object_or_404(visible_difficulties(actor), uid=said.difficulty) if said.difficulty else None
    content = _content(said, matter.unit_id if matter else None)
    origin = subject_of(matter) if matter else None

    def act() -> UUID:
        return services.draft_directive(content=content, origin=origin, actor=actor, at=now()).uid

    return _told(request, response, actor, act)


@router.post(
    "/directives/{uuid:uid}/issue", response=DirectiveOut, operation_id="issue_directive", url_name="issue_directive"
)
def issue_directive(request: HttpRequest, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """Issue a draft of the own body: each receiver owes its part from now on."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        services.issue_directive(directive_id=one.pk, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/{uuid:uid}/withdraw",
    response=DirectiveOut,
    operation_id="withdraw_directive",
    url_name="withdraw_directive",
)
def withdraw_directive(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawIn) -> dict[str, Any]:
    """Withdraw a directive; what was done stays."""

    def act(one: Directive, revision: int, actor: Actor) -> None:
        services.withdraw(directive_id=one.pk, reason=said.reason, expected_revision=revision, actor=actor, at=now())

    return _done(request, response, uid, act)


@router.post(
    "/directives/tasks/{uuid:uid}/confirm",
    response=TaskOut,
    operation_id="confirm_task_done",
    url_name="task_confirmed",
)
def task_confirmed(request: HttpRequest, uid: UUID, said: ConfirmIn) -> dict[str, Any]:
    """Confirm the completion that waits."""
    return _decide(
        request,
        uid,
        lambda completion, actor: services.confirm_done(
            completion_id=completion, note=said.note, actor=actor, at=now()
        ),
    )


@router.post(
    "/directives/tasks/{uuid:uid}/send-back", response=TaskOut, operation_id="send_task_back", url_name="task_sent_back"
)
def task_sent_back(request: HttpRequest, uid: UUID, said: SendBackIn) -> dict[str, Any]:
    """Send the completion that waits back for more, by a new day."""
    return _decide(
        request,
        uid,
        lambda completion, actor: services.send_back(
            completion_id=completion, reason=said.reason, due_on=said.due_on, actor=actor, at=now()
        ),
    )


def _content(said: DraftIn, unit_id: int | None) -> services.Content:
    """What is said as the service takes it. Raises 422 for a field or receiver that there is not."""
    known = dict(
        Organisation.objects.filter(uid__in=[one.organisation for one in said.receivers]).values_list("uid", "pk")
    )
    faults = [
        FieldProblem(
            place=f"body.said.receivers.{place}.organisation", detail=_("Không có cơ quan này."), code="unknown"
        )
        for place, one in enumerate(said.receivers)
        if one.organisation not in known
    ]
    if not Subject.objects.filter(code=said.field).exists():
        faults.append(FieldProblem(place="body.said.field", detail=_("Không có lĩnh vực này."), code="unknown"))
    if faults:
        raise Problem(422, _("Yêu cầu thiếu hoặc sai."), faults)
    plain = said.dict(exclude={"field", "receivers", "source", "difficulty"})
    return services.Content(
        **plain,
        field_code=said.field,
        unit_id=unit_id,
        receivers=[services.Receiver(known[one.organisation], one.part) for one in said.receivers],
        source=services.Source(**said.source.dict()) if said.source else None,
    )


def _done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Directive, int, Actor], None]
) -> dict[str, Any]:
    """Do an act on a directive from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    one = _directive(actor, uid)

    def done() -> UUID:
        act(one, expected_revision(request, one.revision), actor)
        return uid

    return _told(request, response, actor, done)


def _told(request: HttpRequest, response: HttpResponse, actor: Actor, act: Callable[[], UUID]) -> dict[str, Any]:
    """Do it once; answer with the directive that it left."""

    def once() -> dict[str, Any]:
        try:
            uid = act()
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from problem
        return _directives([_directive(actor, uid)], actor)[0].model_dump(mode="json")

    told = once_only(request, actor, once)
    response["ETag"] = f'"{told["revision"]}"'
    return told


def _decide(request: HttpRequest, uid: UUID, decide: Callable[[int, Actor], object]) -> dict[str, Any]:
    """Answer the completion of a task that waits."""
    actor = actor_of(request)
    one = _task(actor, uid)

    def act() -> dict[str, Any]:
        actor.require(DECIDE)
        waiting = one.completions.filter(confirmed_at=None, returned_at=None).first()
        if waiting is None:
            raise Problem(409, _("Không có kết quả nào chờ xem xét."))
        try:
            decide(waiting.pk, actor)
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
