"""What programs say of visits and meetings."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema

from diaban.foundation.acts.programs import Given, Paging
from diaban.work.difficulties.models import Gravity
from diaban.work.meetings.models import Capacity, Conclusion, Member, Presence
from diaban.work.meetings.rules import YEARS


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


class WordsIn(Given):
    """The words of a meeting: its name, what is asked of those who come, and the agenda, a point a line."""

    title: str = Field(min_length=1, max_length=300)
    requirements: str = Field("", max_length=20000)
    agenda: list[Annotated[str, Field(max_length=300)]] = Field(min_length=1, max_length=60)


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


class RaisedIn(Given):
    """Which of the offices asked said it, in which field; without `content` in the words of the statement."""

    organisation: UUID
    field: str = Field(max_length=40)
    content: str = Field("", max_length=4000)
    gravity: Literal[*Gravity.values] = Gravity.NORMAL.value  # type: ignore[valid-type] # mypy reads no unpacked literal


class NoteIn(Given):
    """Why; blank to take it up again."""

    note: str = Field("", max_length=300)


class TextIn(Given):
    """The words, written anew."""

    text: str = Field("", max_length=20000)


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
