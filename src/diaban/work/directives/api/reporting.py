"""A task is reported on by its receiver and decided by its issuer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import (
    Problem,
    once_only,
)
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.api import FILE_BODY
from diaban.foundation.files.sniffing import NotAccepted
from diaban.work.directives import services
from diaban.work.directives.api.finding import task_of
from diaban.work.directives.api.router import router
from diaban.work.directives.api.shapes import (
    ConfirmIn,
    DoneIn,
    EvidenceAsked,
    ProgressIn,
    SendBackIn,
    TaskOut,
    told_tasks,
)
from diaban.work.directives.models import Task
from diaban.work.directives.permissions import DECIDE


@router.post(
    "/directives/tasks/{uuid:uid}/progress",
    response=TaskOut,
    operation_id="report_task_progress",
    url_name="task_progress",
)
def task_progress(request: HttpRequest, uid: UUID, said: ProgressIn) -> dict[str, Any]:
    """Say how far the own task is."""

    def report(one: Task, actor: Actor) -> None:
        services.report_progress(task_id=one.pk, text=said.text, percent=said.percent, actor=actor, at=now())

    return _done(request, uid, report)


@router.post(
    "/directives/tasks/{uuid:uid}/evidence",
    response=TaskOut,
    operation_id="add_task_evidence",
    url_name="task_evidence",
    openapi_extra=FILE_BODY,
)
def task_evidence(request: HttpRequest, uid: UUID, asked: Query[EvidenceAsked]) -> dict[str, Any]:
    """Add a file (the body of the request) to the own task, as progress on the way."""

    def report(one: Task, actor: Actor) -> None:
        text = asked.text or _("Gửi minh chứng: %(title)s") % {"title": asked.title}
        try:
            services.report_progress(
                task_id=one.pk, text=text, files=[(request.body, asked.title)], actor=actor, at=now()
            )
        except NotAccepted as problem:
            raise Problem(422, str(problem)) from None

    return _done(request, uid, report)


@router.post(
    "/directives/tasks/{uuid:uid}/done", response=TaskOut, operation_id="report_task_done", url_name="task_done"
)
def task_done(request: HttpRequest, uid: UUID, said: DoneIn) -> dict[str, Any]:
    """Report the own task done."""

    def report(one: Task, actor: Actor) -> None:
        services.report_done(task_id=one.pk, text=said.text, paper=said.paper, actor=actor, at=now())

    return _done(request, uid, report)


@router.post(
    "/directives/tasks/{uuid:uid}/confirm",
    response=TaskOut,
    operation_id="confirm_task_done",
    url_name="task_confirmed",
)
def task_confirmed(request: HttpRequest, uid: UUID, said: ConfirmIn) -> dict[str, Any]:
    """Confirm the completion that waits."""

    def decide(one: Task, actor: Actor) -> None:
        services.confirm_done(completion_id=_waiting(one, actor), note=said.note, actor=actor, at=now())

    return _done(request, uid, decide)


@router.post(
    "/directives/tasks/{uuid:uid}/send-back", response=TaskOut, operation_id="send_task_back", url_name="task_sent_back"
)
def task_sent_back(request: HttpRequest, uid: UUID, said: SendBackIn) -> dict[str, Any]:
    """Send the completion that waits back for more, by a new day."""

    def decide(one: Task, actor: Actor) -> None:
        services.send_back(
            completion_id=_waiting(one, actor), reason=said.reason, due_on=said.due_on, actor=actor, at=now()
        )

    return _done(request, uid, decide)


def _waiting(one: Task, actor: Actor) -> int:
    """The completion of a task that waits for an answer."""
    actor.require(DECIDE)
    waiting = one.completions.filter(confirmed_at=None, returned_at=None).first()
    if waiting is None:
        raise Problem(409, _("Không có kết quả nào chờ xem xét."))
    return waiting.pk


def _done(request: HttpRequest, uid: UUID, report: Callable[[Task, Actor], object]) -> dict[str, Any]:
    """Do an act on a task once; tell the task that it left."""
    actor = actor_of(request)
    one = task_of(actor, uid)

    def act() -> dict[str, Any]:
        try:
            report(one, actor)
        except services.NotPossible as problem:
            raise Problem(409, str(problem)) from problem
        return told_tasks([task_of(actor, uid)], actor.today)[0].model_dump(mode="json")

    return once_only(request, actor, act)
