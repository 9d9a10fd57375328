"""What programs are told of difficulties, and what they say."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.programs import (
    Given,
    Paging,
)
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.api import FileOut, told_files
from diaban.foundation.files.queries import files_by_subject
from diaban.foundation.organisations.queries import names_of
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.queries.lists import Line, lines_of


class DifficultyOut(Schema):
    """A matter. `state` is computed; `owner` has it in hand until `due_on`, both blank where nobody has; `received_on` is the day
    of the first receipt; `joined_to` the matter that it was made one with."""

    uid: UUID
    revision: int
    kind: str
    state: str
    field: str
    unit: UUID
    title: str
    content: str
    gravity: str
    addressee: str
    received_on: date
    because: str
    owner: str
    due_on: date | None
    raisings: int
    joined_to: UUID | None


class RaisingOut(Schema):
    """That an organisation raised it. `stance` is what it says to the answer: blank, accepted or contested."""

    uid: UUID
    organisation: str
    content: str
    received_on: date
    stance: str
    stance_text: str
    withdrawn: bool
    files: list[FileOut]


class AnswerOut(Schema):
    """What an office answered. `promised_on` is the day by which what is promised is done; withdrawn ones stay."""

    organisation: str
    result: str
    text: str
    document: str
    promised_on: date | None
    at: datetime
    withdrawn: bool
    files: list[FileOut]


class PassedOut(Schema):
    """That it was passed on, `up` to a superior or sideways."""

    sender: str
    receiver: str
    up: bool
    reason: str
    at: datetime


class CourseOut(DifficultyOut):
    """A matter with all that was said of it, oldest first."""

    raised: list[RaisingOut]
    answers: list[AnswerOut]
    passed: list[PassedOut]


class DifficultiesAsked(Paging):
    """What the list is narrowed to; `mine`: what the own office has in hand."""

    state: Literal["", "open", "answered", "contested"] = ""
    field: str = Field("", max_length=40)
    unit: UUID | None = None
    mine: bool = False
    text: str = Field("", max_length=150)


class RaiseIn(Given):
    """A matter of the own ground. Without `received_on` it is received today."""

    field: str = Field(max_length=40)
    unit: UUID
    content: str = Field(min_length=1, max_length=4000)
    title: str = Field("", max_length=250)
    gravity: Literal["minor", "normal", "serious", "urgent"] = "normal"
    addressee: str = Field("", max_length=250)
    received_on: date | None = None


class ForwardIn(Given):
    """To which office, and why."""

    to: UUID
    reason: str = Field(min_length=1, max_length=1000)


class SendUpIn(ForwardIn):
    """`document` is the number and day of the paper by which it goes up."""

    document: str = Field("", max_length=200)


class AnswerIn(Given):
    """The answer. What is promised (`resolving`, `will_resolve`) names its day, after today."""

    result: Literal["resolved", "resolving", "will_resolve", "explained"]
    text: str = Field(min_length=1, max_length=4000)
    document: str = Field("", max_length=200)
    promised_on: date | None = None


class StanceIn(Given):
    """`raising` says for which, where the own office raised the matter more than once."""

    text: str = Field("", max_length=2000)
    raising: UUID | None = None


class EvidenceAsked(Schema):
    """What the file is called."""

    title: str = Field("minh-chung", max_length=180)


class TakeBackIn(Given):
    """Why an answer is withdrawn."""

    reason: str = Field(min_length=1, max_length=300)


class WithdrawIn(Given):
    """Why, and which where the own office raised the matter more than once."""

    reason: str = Field(min_length=1, max_length=300)
    raising: UUID | None = None


class JoinIn(Given):
    """Those that say the same."""

    difficulties: list[UUID] = Field(min_length=2, max_length=100)


def shaped(line: Line) -> DifficultyOut:
    return DifficultyOut(**_values(line))


def _values(line: Line) -> dict[str, Any]:
    one = line.difficulty
    return {
        "uid": one.uid, "revision": one.revision, "kind": one.kind_code, "state": line.state.value,
        "field": one.field_code, "unit": one.unit.uid, "title": one.title, "content": one.content,
        "gravity": one.gravity, "addressee": one.addressee, "received_on": one.received_on, "because": one.because,
        "owner": line.owner, "due_on": line.work.due_on if line.work else None, "raisings": line.raisings,
        "joined_to": one.merged_into.uid if one.merged_into else None,
    }  # fmt: skip


def course(one: Difficulty, actor: Actor) -> CourseOut:
    """Eleven queries."""
    (line,) = lines_of([one], {}, actor.today)
    raisings, answers, passed = list(one.raisings.all()), list(one.answers.all()), list(one.forwardings.all())
    offices = {each.organisation_id for each in raisings} | {each.organisation_id for each in answers}
    offices |= {office for each in passed for office in (each.from_organisation_id, each.to_organisation_id)}
    names = names_of(offices, actor.today)
    files = files_by_subject([*map(subject_of, raisings), *map(subject_of, answers)])
    return CourseOut(
        **_values(line),
        raised=[
            RaisingOut(
                uid=each.uid, organisation=names.get(each.organisation_id, ""), content=each.content,
                received_on=each.received_on, stance=each.stance, stance_text=each.stance_text,
                withdrawn=each.withdrawn_at is not None, files=told_files(files.get(subject_of(each), [])),
            )
            for each in raisings
        ],
        answers=[
            AnswerOut(
                organisation=names.get(each.organisation_id, ""), result=each.result, text=each.text,
                document=each.document, promised_on=each.promised_on, at=each.at, withdrawn=each.withdrawn_at is not None,
                files=told_files(files.get(subject_of(each), [])),
            )
            for each in answers
        ],
        passed=[
            PassedOut(
                sender=names.get(each.from_organisation_id, ""), receiver=names.get(each.to_organisation_id, ""),
                up=each.is_up, reason=each.reason, at=each.at,
            )
            for each in passed
        ],
    )  # fmt: skip
