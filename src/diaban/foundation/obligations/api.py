"""Who owes what to whom by when, for programs."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from diaban.foundation.acts.programs import Paged, Paging, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.obligations import queries
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.permissions import visible_obligations
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
    "/obligations/{int:obligation_id}", response=ObligationOut, operation_id="get_obligation", url_name="obligation"
)
def obligation(request: HttpRequest, response: HttpResponse, obligation_id: int) -> ObligationOut:
    """One obligation."""
    actor = actor_of(request)
    found = visible_obligations(actor).filter(pk=obligation_id).first()
    if found is None:
        raise Http404
    response["ETag"] = f'"{found.revision}"'
    return _shaped([found], actor.today)[0]


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
