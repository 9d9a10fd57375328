"""Meetings and their conclusions, for programs: read only."""

from datetime import date, time
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from diaban.foundation.acts.programs import Paged, Paging, paged
from diaban.foundation.acts.requests import actor_of
from diaban.work.meetings.models import Conclusion, Shape
from diaban.work.meetings.permissions import visible_conclusions
from diaban.work.meetings.queries.things import Filters, MeetingLine, listed_meetings, meeting_lines

router = Router()


class MeetingOut(Schema):
    """A meeting. `shape` is stop, briefing or other; `period` what a briefing is held for, whatever its day."""

    uid: UUID
    revision: int
    shape: str
    state: str
    title: str
    organiser: str
    place: str
    period: str
    held_on: date
    starts_at: time
    ends_at: time


class ConclusionOut(Schema):
    """A conclusion. `kind` is remark, directive or answer; `number` its place in the notice; withdrawn ones stay."""

    uid: UUID
    revision: int
    meeting: UUID
    number: int
    kind: str
    text: str
    receivers: list[str]
    due_on: date | None
    withdrawn: bool


class MeetingsAsked(Paging):
    """What the list is narrowed to."""

    state: Literal["", "planned", "convened", "running", "held", "concluded", "cancelled"] = ""
    text: str = Field("", max_length=100)


@router.get("/meetings", response=Paged[MeetingOut], operation_id="list_meetings", url_name="meetings")
def meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> Paged[MeetingOut]:
    """The meetings in sight, stops of visits too, newest first."""
    actor = actor_of(request)
    rows = listed_meetings(actor, Filters(text=asked.text, state=asked.state), Shape.values)
    return paged(request, rows, asked, lambda found: [_meeting(line) for line in meeting_lines(found, actor.today)])


@router.get("/conclusions", response=Paged[ConclusionOut], operation_id="list_conclusions", url_name="conclusions")
def conclusions(request: HttpRequest, asked: Query[Paging]) -> Paged[ConclusionOut]:
    """The conclusions in sight, newest meeting first."""
    rows = visible_conclusions(actor_of(request)).prefetch_related("receivers").order_by("-meeting__held_on", "-id")
    return paged(request, rows, asked, lambda found: [_conclusion(one) for one in found])


def _meeting(line: MeetingLine) -> MeetingOut:
    one = line.meeting
    return MeetingOut(
        uid=one.uid,
        revision=one.revision,
        shape=one.shape,
        state=one.stage.value,
        title=one.title,
        organiser=line.office,
        place=one.place,
        period=one.period,
        held_on=one.held_on,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


def _conclusion(one: Conclusion) -> ConclusionOut:
    return ConclusionOut(
        uid=one.uid,
        revision=one.revision,
        meeting=one.meeting.uid,
        number=one.position,
        kind=one.kind,
        text=one.text,
        receivers=[who.name for who in one.receivers.all()],
        due_on=one.due_on,
        withdrawn=one.withdrawn_at is not None,
    )
