"""What programs are told of directives and tasks, and what they say."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
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
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.queries.lists import task_lines
from diaban.work.directives.rules import FourWay


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
    """A receiver's part. `holder` has it in hand today; `state` is computed on today; `due_on` null where no day was set;
    `obligation` is the work by which more time is asked for, null for who owes nothing."""

    uid: UUID
    directive: UUID
    receiver: str
    holder: str
    part: str
    state: str
    due_on: date | None
    original_due_on: date | None
    done_at: datetime | None
    obligation: int | None
    files: list[FileOut]


class EvidenceAsked(Schema):
    """What the file is called, and what is said with it."""

    title: str = Field("minh-chung", max_length=180)
    text: str = Field("", max_length=2000)


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


class MergeIn(Given):
    """The issued directive that goes on for both."""

    into: UUID


class GiveIn(Given):
    """Whom else it goes to."""

    receivers: list[ReceiverIn] = Field(min_length=1, max_length=4000)


class HandUpIn(Given):
    """The superior that is to issue it, and in which mode: an order, as a rule."""

    superior: UUID
    mode: Literal["assign", "guide", "request", "require", "coordinate", "propose"] = "assign"


class ConfirmIn(Given):
    """A word on the result."""

    note: str = Field("", max_length=1000)


class SendBackIn(Given):
    """What is lacking, and by when."""

    reason: str = Field(min_length=1, max_length=1000)
    due_on: date | None = None


def told_directives(found: list[Directive], actor: Actor) -> list[DirectiveOut]:
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


def told_tasks(found: list[Task], on: date) -> list[TaskOut]:
    """Three queries."""
    files = files_by_subject([subject_of(one) for one in found])
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
            obligation=line.task.obligation_id,
            files=told_files(files.get(subject_of(line.task), [])),
        )
        for line in task_lines(found, on)
    ]


def told_counts(found: FourWay) -> CountsOut:
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
