"""What programs are told of visits and meetings, and what they say."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.programs import Given, Paging
from diaban.work.meetings.models import Capacity, Conclusion, Meeting, Member, Presence, Statement, Visit
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
from diaban.work.meetings.rules import YEARS
from diaban.work.meetings.services import invite_by, lines_asked


def _of_the_day(hour: time) -> time:
    if hour.tzinfo is not None:
        raise ValueError("an hour of the day has no zone")
    return hour


Day = Annotated[date, Field(ge=date(YEARS.start, 1, 1), lt=date(YEARS.stop, 1, 1))]
# An hour of the day: what JSON Schema calls a time has a zone.
Hour = Annotated[
    time,
    AfterValidator(_of_the_day),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"}),
]


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


class MeetingsAsked(Paging):
    """What the list is narrowed to."""

    state: Literal["", "planned", "convened", "running", "held", "concluded", "cancelled"] = ""
    text: str = Field("", max_length=100)


class VisitsAsked(Paging):
    """What the list is narrowed to."""

    text: str = Field("", max_length=100)
    year: int | None = Field(None, ge=YEARS.start, lt=YEARS.stop)


class PlanVisitIn(Given):
    """A visit to plan. `basis` is the plan or decision that it rests on."""

    title: str = Field(min_length=1, max_length=300)
    basis: str = Field(min_length=1, max_length=300)
    field: str = Field(max_length=40)
    starts_on: Day
    ends_on: Day
    objectives: str = Field("", max_length=20000)
    outline: str = Field("", max_length=20000)
    questions: str = Field("", max_length=20000)


class SomeoneIn(Given):
    """Somebody: a person of the own office, another by name, or an office."""

    person: UUID | None = None
    organisation: UUID | None = None
    name: str = Field("", max_length=150)
    title: str = Field("", max_length=250)
    office: str = Field("", max_length=250)


class MemberIn(SomeoneIn):
    """Who travels."""

    role: Literal[*Member.Role.values] = Member.Role.MEMBER.value  # type: ignore[valid-type] # mypy reads no unpacked literal


class MembersIn(Given):
    """Who travels from now on: exactly one leads."""

    members: list[MemberIn] = Field(min_length=1, max_length=100)


class PlanIn(Given):
    """What the plans of a stop and of another meeting say. Without `unit` it is held for the own ground."""

    title: str = Field(min_length=1, max_length=300)
    field: str = Field(max_length=40)
    held_on: Day
    starts_at: Hour
    ends_at: Hour
    place: str = Field(min_length=1, max_length=250)
    requirements: str = Field("", max_length=20000)
    unit: UUID | None = None


class PlanStopIn(PlanIn):
    """A stop to plan; `hosts` receive the delegation."""

    hosts: list[UUID] = Field(min_length=1, max_length=50)


class PlanMeetingIn(PlanIn):
    """A meeting to plan. A briefing names its `period`, as stat:2025-Q1."""

    shape: Literal["briefing", "other"] = "briefing"
    period: str = Field("", max_length=40)


class AttendeeIn(SomeoneIn):
    """Whom to ask, and as what."""

    capacity: Literal[*Capacity.values] = Capacity.INVITED.value  # type: ignore[valid-type] # mypy reads no unpacked literal


class AskIn(Given):
    """Whom to ask to a meeting besides those who are."""

    attendees: list[AttendeeIn] = Field(min_length=1, max_length=300)


class ConveneIn(Given):
    """`urgent_reason` where the invitations go out later than the rule allows."""

    urgent_reason: str = Field("", max_length=300)


class MoveIn(Given):
    """Another day, hour or place; with a reason once the invitations are out."""

    held_on: Day
    starts_at: Hour
    ends_at: Hour
    place: str = Field(min_length=1, max_length=250)
    reason: str = Field("", max_length=300)


class ReasonIn(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=300)


class InvitationIn(Given):
    """Whether one comes; `note` is who comes instead, or why nobody does. `number` says for which place where the own office has
    several."""

    answer: Literal[*Presence.values]  # type: ignore[valid-type] # mypy reads no unpacked literal
    note: str = Field("", max_length=300)
    number: int | None = None


class UpdateIn(Given):
    """The short report of the own office: what it says by the code of each line of the meeting's `update_form`."""

    answers: dict[str, str] = Field(max_length=20)


class PresenceIn(Given):
    """One that is marked: by the `number` of his place, or the `code` that he says at the door."""

    number: int | None = None
    code: str = Field("", max_length=8)
    presence: Literal[*Presence.values] = Presence.PRESENT.value  # type: ignore[valid-type] # mypy reads no unpacked literal
    substitute: str = Field("", max_length=250)
    reason: str = Field("", max_length=300)


class AttendanceIn(Given):
    """Who came; marking again corrects."""

    attendees: list[PresenceIn] = Field(min_length=1, max_length=300)


class StatementIn(Given):
    """What somebody said; `point` is the place on the agenda, from 1."""

    speaker: str = Field(min_length=1, max_length=250)
    text: str = Field(min_length=1, max_length=20000)
    point: int | None = Field(None, ge=1)


class CloseIn(Given):
    """`no_report_reason` where a stop has no report of the locality."""

    no_report_reason: str = Field("", max_length=500)


class ConcludeIn(Given):
    """A conclusion. What is asked (`directive`) has receivers; an `answer` names the difficulty that the own office has in hand
    and its result, or says the proposal; what is promised is promised by `due_on`."""

    kind: Literal[*Conclusion.Kind.values]  # type: ignore[valid-type] # mypy reads no unpacked literal
    text: str = Field(min_length=1, max_length=4000)
    field: str = Field(max_length=40)
    receivers: list[UUID] = Field([], max_length=300)
    due_on: Day | None = None
    product: str = Field("", max_length=300)
    proposal: str = Field("", max_length=500)
    difficulty: UUID | None = None
    result: Literal["", "resolved", "resolving", "will_resolve", "explained"] = ""


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
