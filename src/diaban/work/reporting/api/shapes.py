"""What programs are told of forms, schedules and reports, and what they say."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from diaban.foundation.acts.programs import FieldProblem, Given, Problem
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.consolidated import exact
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Form, Schedule
from diaban.work.reporting.queries.figures import figures_of
from diaban.work.reporting.queries.pages import OneReport
from diaban.work.reporting.queries.reports import Line
from diaban.work.reporting.validation import Finding


class FormOut(Schema):
    """A form; `level` is the level of the units that fill it."""

    code: str
    name: str
    name_en: str
    number: str
    level: str
    calendar: str
    period_kind: str


class ScheduleOut(Schema):
    """Which form is owed from when to when, on what ground."""

    uid: UUID
    revision: int
    form: str
    title: str
    kind: str
    unit: UUID
    first_day: date | None
    last_day: date | None
    is_on: bool
    short_path: bool
    basis: str


class PlaceOut(Schema):
    """From `since` on, reports are handed in by law at `system` (blank: here), as `basis` says."""

    since: date
    system: str
    address: str
    basis: str


class OneScheduleOut(ScheduleOut):
    """A schedule with the periods that were asked for and where its reports are handed in by law, newest first."""

    periods: list[str]
    places: list[PlaceOut]


class ExpectedOut(Schema):
    """One unit that owes a report, and how far it is; `report` where the position may open it."""

    unit: UUID
    unit_name: str
    state: str
    punctual: str
    due_on: date | None
    report: UUID | None


class ReportLineOut(Schema):
    """A report on a list. `state` is its word, `punctual` how it stands to its deadline."""

    uid: UUID
    revision: int
    form: str
    schedule: UUID
    unit: UUID
    unit_name: str
    organisation_name: str
    period: str
    status: str
    state: str
    due_on: date | None
    punctual: str


class SectionOut(Schema):
    """What became of a section of the newest sent version."""

    number: int
    title: str
    recipient: str
    status: str
    at: datetime | None
    reason: str


class CellOut(Schema):
    """A cell with its figure (exact decimal text), or the code of the reason why there is none. `kind` says what it takes."""

    cell: str
    kind: str
    value: str | None
    typed: str | None
    reason: str | None
    estimated: bool
    supplied: bool


class ReportOut(Schema):
    """A report with the figures of one version: the draft for its own body, the newest sent one for everyone else."""

    uid: UUID
    revision: int
    form: str
    schedule: UUID
    unit: UUID
    unit_name: str
    organisation_name: str
    period: str
    status: str
    state: str
    version: int
    is_draft: bool
    document_number: str
    signed_on: date | None
    sections: list[SectionOut]
    cells: list[CellOut]
    texts: dict[str, Any]
    explanations: dict[str, str]


class ActOut(Schema):
    """What an act left: the report's revision (also as ETag) and status; cells that were left out; what is to be looked at."""

    uid: UUID
    revision: int
    status: str
    ignored: list[str] = []
    findings: list[FieldProblem] = []


class OpenIn(Given):
    """The report to begin; a begun one is returned as it is."""

    schedule: UUID
    unit: UUID
    period: str


class ValuesIn(Given):
    """What is put in, by cell; null clears a cell, a cell that is not named stays. Numbers as JSON numbers, or as
    text in Vietnamese writing ("1.923,5")."""

    values: dict[str, str | int | Decimal | None] = {}
    reasons: dict[str, str | None] = {}
    explanations: dict[str, str | None] = {}
    texts: dict[str, Any] = {}
    estimated: dict[str, bool] = {}
    confirmed: dict[str, bool] = {}
    objections: dict[str, str | None] = {}

    def filling(self) -> Filling:
        return Filling(**self.model_dump())


class ReasonIn(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=2000)


class PaperIn(Given):
    """The signed paper: number, day, and the file in base64 (PDF, JPEG, PNG)."""

    number: str = Field(min_length=1, max_length=60)
    signed_on: date
    file: str
    title: str = Field("bao-cao.pdf", max_length=150)


class SendIn(Given):
    """The paper; null sends the figures, and the paper follows."""

    paper: PaperIn | None = None


class ReturnIn(Given):
    """Why a section goes back, and remarks by cell."""

    reason: str = Field("", max_length=2000)
    remarks: dict[str, str] = {}
    due_on: date | None = None


def form_out(form: Form) -> FormOut:
    return FormOut(
        code=form.code,
        name=form.name,
        name_en=form.name_en,
        number=form.number,
        level=form.level,
        calendar=form.calendar,
        period_kind=form.period_kind,
    )


def schedule_out(schedule: Schedule) -> ScheduleOut:
    last = schedule.valid.upper
    return ScheduleOut(
        uid=schedule.uid,
        revision=schedule.revision,
        form=schedule.form.code,
        title=schedule.title,
        kind=schedule.kind,
        unit=schedule.unit.uid,
        first_day=schedule.valid.lower,
        last_day=date.fromordinal(last.toordinal() - 1) if last else None,
        is_on=schedule.is_on,
        short_path=schedule.short_path,
        basis=schedule.basis,
    )


def line_out(line: Line) -> ReportLineOut:
    report = line.report
    return ReportLineOut(
        uid=report.uid,
        revision=report.revision,
        form=report.schedule.form.code,
        schedule=report.schedule.uid,
        unit=report.unit.uid,
        unit_name=report.unit_name,
        organisation_name=report.organisation_name,
        period=report.period,
        status=report.status,
        state=line.state,
        due_on=line.due_on,
        punctual=line.punctual,
    )


def report_out(one: OneReport) -> ReportOut:
    report, version = one.report, one.version
    return ReportOut(
        uid=report.uid,
        revision=report.revision,
        form=report.schedule.form.code,
        schedule=report.schedule.uid,
        unit=report.unit.uid,
        unit_name=report.unit_name,
        organisation_name=report.organisation_name,
        period=report.period,
        status=report.status,
        state=one.state,
        version=version.number,
        is_draft=version.is_draft,
        document_number=version.document_number,
        signed_on=version.signed_on,
        sections=[
            SectionOut(
                number=part.state.section.number,
                title=part.state.section.title,
                recipient=part.recipient,
                status=part.state.status,
                at=part.state.at,
                reason=part.state.reason,
            )
            for part in one.parts
        ],
        cells=_cells(one),
        texts=version.texts,
        explanations=version.explanations,
    )


def _cells(one: OneReport) -> list[CellOut]:
    version, day = one.version, one.report.period_last_day
    figures = figures_of(version, one.layout, day)
    reasons = {name: given.get("reason") for name, given in version.supplied.items()} | version.reasons
    return [
        CellOut(
            cell=cell.name,
            kind=cell.kind.value,
            value=exact(figures.values.get(cell.name)),
            typed=version.unread.get(cell.name) or version.values.get(cell.name),
            reason=reasons.get(cell.name) or None,
            estimated=cell.name in version.estimated,
            supplied=cell.name in version.supplied,
        )
        for cell in cells_of(one.layout, day)
        if cell.indicator
    ]


def told(findings: list[Finding]) -> list[FieldProblem]:
    """Findings as the places of a problem; the code says which check, warnings are marked."""
    return [
        FieldProblem(
            place=one.cell or "file", detail=one.message, code=one.code if one.is_error else f"warning:{one.code}"
        )
        for one in findings
    ]


def not_taken(detail: str, findings: list[Finding]) -> Problem:
    return Problem(422, detail, told(findings))
