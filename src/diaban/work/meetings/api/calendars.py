"""Reading: the weekly calendar and the year's programme."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Schema

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.programs import Paged, Paging, Problem, paged, tell_content
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.organisations.queries import names_of
from diaban.work.meetings.api.asked import Hour
from diaban.work.meetings.api.router import router
from diaban.work.meetings.models import Programme, Week
from diaban.work.meetings.permissions import visible_programmes
from diaban.work.meetings.queries.programmes import Row, rows_of
from diaban.work.meetings.queries.weeks import Line, body_in, lines_between
from diaban.work.meetings.rules import SUNDAY, YEARS, monday_of


class LineOut(Schema):
    """A line of a weekly calendar. `half` is whole, morning, afternoon or evening; `mark` is empty, added, changed, moved (the
    line stands where a meeting was before) or struck, and `told` says what changed and why. `host` is the office whose
    calendar it comes from, where that is another; `certain` is false for what is only planned."""

    uid: UUID
    on: date
    half: str
    starts_at: Hour | None
    ends_at: Hour | None
    content: str
    chair: str
    participants: list[str]
    place: str
    preparation: str
    car: str
    host: str
    mark: str
    told: str
    warning: str
    certain: bool


class WeekOut(Schema):
    """The calendar of the own office for a week. `state` is none (not begun: only meetings), drafted, approved or published."""

    uid: UUID | None
    starts_on: date
    ends_on: date
    state: str
    note: str
    lines: list[LineOut]


class ProgrammeOut(Schema):
    """A year's programme. `kind` is work or checks."""

    uid: UUID
    revision: int
    kind: str
    year: int
    office: str
    basis: str
    approved: bool


class ItemOut(Schema):
    """A row of a programme. `state` is not_due, due_soon, due_today, overdue, done_on_time or done_late, read from what is tied
    to it; struck rows stay, with their reason."""

    uid: UUID
    number: int
    content: str
    lead: str
    coordinators: str
    leader: str
    product: str
    basis: str
    due_on: date
    month: int | None
    quarter: int | None
    state: str
    done_on: date | None
    struck_reason: str


class ProgrammeWithItems(ProgrammeOut):
    """A programme with its rows, by deadline."""

    items: list[ItemOut]


@router.get("/weeks/{day}", response=WeekOut, operation_id="get_week", url_name="week")
def week(request: HttpRequest, response: HttpResponse, day: date) -> WeekOut:
    """The calendar of the own office for the week of a day, meetings of others to which it is asked among its lines."""
    actor = actor_of(request)
    if day.year not in YEARS:
        raise Problem(422, _("Ngày ngoài những năm có lịch."))
    body, starts_on = body_in(actor), monday_of(day)
    lines = lines_between(body, starts_on, starts_on + SUNDAY) if body is not None else []
    one = Week.objects.filter(organisation=body, starts_on=starts_on).first()
    told = WeekOut(
        uid=one.uid if one else None, starts_on=starts_on, ends_on=starts_on + SUNDAY, state=one.stage.value if one else "none",
        note=one.note if one else "", lines=[_line(line) for line in lines],
    )  # fmt: skip
    tell_content(request, response, told)
    return told


@router.get("/programmes", response=Paged[ProgrammeOut], operation_id="list_programmes", url_name="programmes")
def programmes(request: HttpRequest, asked: Query[Paging]) -> Paged[ProgrammeOut]:
    """The programmes in sight, newest year first."""
    actor = actor_of(request)
    rows = visible_programmes(actor).order_by("-year", "organisation", "kind")
    return paged(request, rows, asked, lambda found: _programmes(found, actor))


@router.get("/programmes/{uid}", response=ProgrammeWithItems, operation_id="get_programme", url_name="programme")
def programme(request: HttpRequest, response: HttpResponse, uid: UUID) -> ProgrammeWithItems:
    """One programme with how each of its rows stands."""
    actor = actor_of(request)
    one = get_object_or_404(visible_programmes(actor), uid=uid)
    items = [_item(row) for row in rows_of(actor, one, actor.today)]
    told = ProgrammeWithItems(**_programmes([one], actor)[0].dict(), items=items)
    tell_content(request, response, told)
    return told


def _line(line: Line) -> LineOut:
    names = ("on", "starts_at", "ends_at", "content", "chair", "place", "preparation", "car", "host", "told", "warning")
    return LineOut(
        uid=UUID(line.uid), half=line.half.value, participants=list(line.participants), mark=line.mark.value,
        certain=line.is_sure, **{name: getattr(line, name) for name in names},
    )  # fmt: skip


def _programmes(found: list[Programme], actor: Actor) -> list[ProgrammeOut]:
    names = names_of({one.organisation_id for one in found}, actor.today)
    return [
        ProgrammeOut(
            uid=one.uid, revision=one.revision, kind=one.kind, year=one.year, office=names.get(one.organisation_id, ""),
            basis=one.basis, approved=one.approved_at is not None,
        )
        for one in found
    ]  # fmt: skip


def _item(row: Row) -> ItemOut:
    names = (
        "uid", "content", "lead", "coordinators", "leader", "product", "basis", "due_on", "month", "quarter", "struck_reason",
    )  # fmt: skip
    return ItemOut(
        number=row.number,
        state=row.status.value,
        done_on=row.done_on,
        **{name: getattr(row.item, name) for name in names},
    )
