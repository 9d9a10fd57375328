"""Who owes what to whom by when, for programs."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import Given, Paged, Paging, Problem, changed_once, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.obligations import queries, services
from diaban.foundation.obligations.models import DeadlineRequest, Obligation
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Unit

router = Router()


class ObligationOut(Schema):
    """`owner` owes `counterpart` by `due_on`; `status` is computed on today."""

    id: int
    revision: int
    kind: str
    title: str
    period: str
    unit: UUID
    field: str
    owner: str
    counterpart: str
    opened_on: date
    due_on: date | None
    original_due_on: date | None
    fulfilled_at: datetime | None
    closed_at: datetime | None
    closed_reason: str
    status: str


class RequestOut(Schema):
    """A request for more time (`extension`) or to be exempted. `granted` is null while it waits."""

    kind: str
    reason: str
    wanted_due_on: date | None
    granted: bool | None
    granted_due_on: date | None
    answer: str
    asked_at: datetime


class ObligationWithRequests(ObligationOut):
    """An obligation with what was asked about its deadline, newest first."""

    requests: list[RequestOut]


class AskIn(Given):
    """More time until `wanted_due_on`, or to be exempted where no day is named; and why."""

    reason: str = Field(min_length=1, max_length=1000)
    wanted_due_on: date | None = None


class DecideIn(Given):
    """The answer to the request that waits. `due_on` is the day granted where it is not the one asked for."""

    granted: bool
    answer: str = Field("", max_length=1000)
    due_on: date | None = None


class WorklistOut(Schema):
    """Open work of the office, most urgent first; `hidden` counts what is past the first hundred."""

    overdue: list[ObligationOut]
    today: list[ObligationOut]
    unanswered: list[ObligationOut]
    this_week: list[ObligationOut]
    later: list[ObligationOut]
    hidden: int


class ObligationsAsked(Paging):
    """What the list is narrowed to."""

    state: Literal["", "open", "overdue", "late", "done", "closed"] = ""
    kind: str = ""
    text: str = ""


@router.get("/obligations", response=Paged[ObligationOut], operation_id="list_obligations", url_name="obligations")
def obligations(request: HttpRequest, asked: Query[ObligationsAsked]) -> Paged[ObligationOut]:
    """The obligations in sight, by deadline."""
    actor = actor_of(request)
    rows = queries.listed(actor, state=asked.state, text=asked.text, kind=asked.kind, on=actor.today)
    return paged(request, rows, asked, lambda found: _shaped(found, actor.today))


@router.get("/obligations/worklist", response=WorklistOut, operation_id="get_worklist", url_name="worklist")
def worklist(request: HttpRequest) -> WorklistOut:
    """What the position's office has in hand."""
    actor = actor_of(request)
    work = queries.worklist(actor, actor.today)
    groups = {name: getattr(work, name) for name in ("overdue", "today", "unanswered", "this_week", "later")}
    shaped = {
        one.id: one for one in _shaped([line.obligation for lines in groups.values() for line in lines], actor.today)
    }
    told = {name: [shaped[line.obligation.pk] for line in lines] for name, lines in groups.items()}
    return WorklistOut(**told, hidden=work.hidden)


@router.get(
    "/obligations/{int:obligation_id}",
    response=ObligationWithRequests,
    operation_id="get_obligation",
    url_name="obligation",
)
def obligation(request: HttpRequest, response: HttpResponse, obligation_id: int) -> ObligationWithRequests:
    """One obligation."""
    found = _with_requests(actor_of(request), obligation_id)
    response["ETag"] = f'"{found.revision}"'
    return found


@router.post(
    "/obligations/{int:obligation_id}/request",
    response=ObligationWithRequests,
    operation_id="ask_about_deadline",
    url_name="deadline_request",
)
def ask(request: HttpRequest, response: HttpResponse, obligation_id: int, said: AskIn) -> dict[str, Any]:
    """Ask for more time, or to be exempted, for the own office."""
    actor = actor_of(request)
    found = _with_requests(actor, obligation_id)
    actor.require("obligations.ask")

    def act() -> ObligationWithRequests:
        given: dict[str, Any] = {"obligation_id": found.id, "reason": said.reason, "actor": actor, "at": now()}
        try:
            if said.wanted_due_on is None:
                services.ask_exemption(**given)
            else:
                services.ask_extension(wanted_due_on=said.wanted_due_on, **given)
        except services.BadRequest as problem:
            raise Problem(409, str(problem)) from problem
        return _with_requests(actor, obligation_id)

    return changed_once(request, response, actor, act)


@router.post(
    "/obligations/{int:obligation_id}/decision",
    response=ObligationWithRequests,
    operation_id="decide_about_deadline",
    url_name="deadline_decision",
)
def decide(request: HttpRequest, response: HttpResponse, obligation_id: int, said: DecideIn) -> dict[str, Any]:
    """Answer the request that waits, for the office that is owed the work."""
    actor = actor_of(request)
    found = _with_requests(actor, obligation_id)

    def act() -> ObligationWithRequests:
        asked = DeadlineRequest.objects.filter(obligation=found.id, granted=None).first()
        if asked is None:
            raise Problem(409, _("Không có đề nghị nào chờ trả lời."))
        try:
            services.decide_request(request_id=asked.pk, **said.dict(), actor=actor, at=now())
        except services.BadRequest as problem:
            raise Problem(409, str(problem)) from problem
        return _with_requests(actor, obligation_id)

    return changed_once(request, response, actor, act)


def _with_requests(actor: Actor, obligation_id: int) -> ObligationWithRequests:
    """Five queries. Raises Http404 for one out of sight."""
    found = queries.detail(actor, obligation_id)
    if found is None:
        raise Http404
    asked = [
        RequestOut(**{name: getattr(one, name) for name in RequestOut.model_fields}) for one in found.requests.all()
    ]
    return ObligationWithRequests(**_shaped([found], actor.today)[0].dict(), requests=asked)


def _shaped(found: list[Obligation], on: date) -> list[ObligationOut]:
    """Two queries."""
    names = names_of({one for row in found for one in (row.owner_id, row.counterpart_id)}, on)
    units = Unit.objects.in_bulk({row.unit_id for row in found})
    return [
        ObligationOut(
            id=row.pk,
            revision=row.revision,
            kind=row.kind,
            title=row.title,
            period=row.period,
            unit=units[row.unit_id].uid,
            field=row.field_code,
            owner=names.get(row.owner_id, ""),
            counterpart=names.get(row.counterpart_id, ""),
            opened_on=row.opened_on,
            due_on=row.due_on,
            original_due_on=row.original_due_on,
            fulfilled_at=row.fulfilled_at,
            closed_at=row.closed_at,
            closed_reason=row.closed_reason,
            status=row.status_on(on).value,
        )
        for row in found
    ]
