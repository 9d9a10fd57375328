"""What programs are told of visits and meetings."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from diaban.foundation.acts.actor import Actor
from diaban.work.meetings.api.asked import Hour
from diaban.work.meetings.models import Conclusion, Meeting, Statement, Visit
from diaban.work.meetings.queries.things import (
    Concluded,
    MeetingLine,
    MeetingPage,
    VisitLine,
    meeting_lines,
    meeting_page,
    stops_of,
    visit_lines,
)
from diaban.work.meetings.services import invite_by, lines_asked


class MeetingOut(Schema):
    """A meeting. `shape` is stop, briefing or other; `period` what a briefing is held for, whatever its day; `state` planned,
    convened, running, held, concluded or cancelled."""

    uid: UUID
    revision: int
    shape: str
    state: str
    title: str
    organiser: str
    place: str
    period: str
    held_on: date
    starts_at: Hour
    ends_at: Hour


class ConclusionOut(Schema):
    """A conclusion. `kind` is remark, directive or answer; `number` its place in the notice; `difficulty` what it answers;
    withdrawn ones stay."""

    uid: UUID
    revision: int
    meeting: UUID
    number: int
    kind: str
    text: str
    receivers: list[str]
    due_on: date | None
    difficulty: UUID | None
    withdrawn: bool


class ConcludedOut(ConclusionOut):
    """A conclusion with the directives in sight that its notice made."""

    directives: list[UUID]


class AttendeeOut(Schema):
    """Who is asked. `number` is his place in the list, by which attendance is marked; `answer` and `presence` are blank, present,
    substitute or absent."""

    number: int
    capacity: str
    office: str
    name: str
    title: str
    answer: str
    answer_note: str
    presence: str
    substitute: str
    reason: str


class StatementOut(Schema):
    """What somebody said."""

    uid: UUID
    revision: int
    speaker: str
    text: str
    at: datetime


class AnswerOut(Schema):
    """What was said in a line of the form, by its `code` and in the words that it had."""

    code: str
    label: str
    text: str


class UpdateLineOut(Schema):
    """A line that the short reports before the meeting follow."""

    code: str
    label: str
    required: bool


class UpdateOut(Schema):
    """What an office reported before the meeting."""

    office: str
    answers: list[AnswerOut]
    at: datetime


class MeetingWithCourse(MeetingOut):
    """A meeting with all of it that is in sight: drafts of conclusions and statements only for the organiser. `invite_by` is the
    last day for the invitations of one that is planned; null where no rule holds."""

    visit: UUID | None
    requirements: str
    urgent_reason: str
    cancelled_reason: str
    no_report_reason: str
    invite_by: date | None
    attendees: list[AttendeeOut]
    agenda: list[str]
    update_form: list[UpdateLineOut]
    updates: list[UpdateOut]
    statements: list[StatementOut]
    conclusions: list[ConcludedOut]


class VisitOut(Schema):
    """A visit of a delegation; `stops` counts those that stand."""

    uid: UUID
    revision: int
    title: str
    office: str
    basis: str
    leader: str
    starts_on: date
    ends_on: date
    stops: int
    cancelled: bool


class MemberOut(Schema):
    """Who travels; `role` is leader, secretary or member."""

    role: str
    name: str
    title: str


class StopOut(Schema):
    """A stop of the itinerary; `meeting` is its address."""

    meeting: UUID
    state: str
    held_on: date
    starts_at: Hour
    ends_at: Hour
    place: str
    unit: str
    hosts: str


class VisitWithStops(VisitOut):
    """A visit with its members and the stops in sight, by day and hour."""

    objectives: str
    outline: str
    members: list[MemberOut]
    itinerary: list[StopOut]


class DifficultyMade(Schema):
    """The difficulty that was written down: `GET /difficulties/{uid}` tells its way."""

    uid: UUID
    title: str


def told_meeting(line: MeetingLine) -> MeetingOut:
    return MeetingOut(**_of_meeting(line.meeting, line.office))


def told_course(actor: Actor, meeting: Meeting) -> MeetingWithCourse:
    """About seventeen queries."""
    page = meeting_page(actor, meeting, actor.today)
    (line,) = meeting_lines([meeting], actor.today)
    names = ("requirements", "urgent_reason", "cancelled_reason", "no_report_reason")
    return MeetingWithCourse(
        **_of_meeting(meeting, line.office),
        **{name: getattr(meeting, name) for name in names},
        **_course(page),
        visit=meeting.visit.uid if meeting.visit else None,
        invite_by=invite_by(meeting) if meeting.stage.value == "planned" else None,
    )


def _course(page: MeetingPage) -> dict[str, Any]:
    return {
        "attendees": [AttendeeOut(number=one.position, **_named(one, AttendeeOut, "number")) for one in page.attendees],
        "agenda": [one.title for one in page.items],
        "update_form": [
            UpdateLineOut(code=one.code, label=one.label, required=one.is_required) for one in lines_asked(page.meeting)
        ],
        "updates": [UpdateOut(office=one.name, answers=one.answers, at=one.at) for one in page.updates],
        "statements": [told_statement(one) for one in page.statements],
        "conclusions": [_concluded(one, page.meeting) for one in page.conclusions],
    }


def told_statement(one: Statement) -> StatementOut:
    return StatementOut(**_named(one, StatementOut))


def told_conclusion(one: Conclusion) -> ConclusionOut:
    return ConclusionOut(**_of_conclusion(one, one.meeting))


def told_visit(line: VisitLine) -> VisitOut:
    return VisitOut(**_of_visit(line))


def told_itinerary(actor: Actor, visit: Visit) -> VisitWithStops:
    """Nine queries."""
    (line,) = visit_lines([visit], actor.today)
    return VisitWithStops(
        **_of_visit(line),
        objectives=visit.objectives,
        outline=visit.outline,
        members=[MemberOut(**_named(one, MemberOut)) for one in visit.members.all()],
        itinerary=[
            StopOut(
                meeting=stop.meeting.uid, state=stop.meeting.stage.value, unit=stop.place, hosts=stop.hosts,
                **{name: getattr(stop.meeting, name) for name in ("held_on", "starts_at", "ends_at", "place")},
            )
            for stop in stops_of(actor, visit)
        ],
    )  # fmt: skip


def _named(one: object, shape: type[Schema], *besides: str) -> dict[str, Any]:
    """What a row says under the names of a shape."""
    return {name: getattr(one, name) for name in shape.model_fields if name not in besides}


def _of_meeting(one: Meeting, office: str) -> dict[str, Any]:
    return _named(one, MeetingOut, "organiser", "state") | {"organiser": office, "state": one.stage.value}


def _of_visit(line: VisitLine) -> dict[str, Any]:
    computed = {
        "office": line.office, "leader": line.leader, "stops": line.stops, "cancelled": line.visit.cancelled_at is not None,
    }  # fmt: skip
    return _named(line.visit, VisitOut, *computed) | computed


def _of_conclusion(one: Conclusion, meeting: Meeting) -> dict[str, Any]:
    return {
        "uid": one.uid, "revision": one.revision, "meeting": meeting.uid, "number": one.position, "kind": one.kind,
        "text": one.text, "receivers": [who.name for who in one.receivers.all()], "due_on": one.due_on,
        "difficulty": one.difficulty.uid if one.difficulty else None, "withdrawn": one.withdrawn_at is not None,
    }  # fmt: skip


def _concluded(found: Concluded, meeting: Meeting) -> ConcludedOut:
    made = [one.uid for one in found.directives]
    return ConcludedOut(**_of_conclusion(found.conclusion, meeting), directives=made)
