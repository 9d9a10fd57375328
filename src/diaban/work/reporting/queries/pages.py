"""One report as its page needs it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.models import File
from diaban.foundation.files.queries import files_of
from diaban.foundation.obligations.queries import open_about
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.remarks.queries import threads_of
from diaban.work.reporting import permissions
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import FIELD
from diaban.work.reporting.queries.figures import Earlier, earlier_figures, planned_figures
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.queries.reports import state_of, with_states
from diaban.work.reporting.rules import SUPPLEMENT, can_step


class NothingSent(LookupError):
    """The reader may see the report, but nothing of it has been sent to anyone yet."""


@dataclass(frozen=True)
class Part:
    """A section of a sent version: whose it is, and whether the reader may receive or return it now."""

    state: SectionState
    recipient: str
    can_receive: bool


@dataclass(frozen=True)
class Doable:
    """What the reader may do with the report now, by the act's word; `why_not` says what is the reader's but not yet."""

    acts: frozenset[str]
    why_not: dict[str, str]

    def __contains__(self, act: str) -> bool:
        return act in self.acts


@dataclass(frozen=True)
class OneReport:
    """A report for one reader. `version` is the draft for its own body, the newest sent one for everyone else."""

    report: Report
    version: ReportVersion
    layout: Layout
    earlier: Earlier
    planned: Mapping[str, Decimal]
    state: str
    due_on: date | None
    is_own: bool
    parts: Sequence[Part]
    versions: Sequence[ReportVersion]
    remarks: dict[str, list[str]]
    files: Sequence[File]
    again_on: date | None

    @property
    def returned(self) -> list[Part]:
        """The sections that its own body is asked to complete."""
        return self.to_complete if self.is_own else []

    @property
    def to_complete(self) -> list[Part]:
        """The sections that went back to be completed."""
        return [part for part in self.parts if part.state.status == SectionState.Status.RETURNED]


def report_for(actor: Actor, uid: UUID) -> Report | None:
    """The report with that address, with its states, if it is in sight."""
    return with_states(permissions.visible_reports(actor)).filter(uid=uid).first()


def one_report(actor: Actor, report: Report, number: int | None = None) -> OneReport:
    """The report's page; `number` asks for one version. Raises `NothingSent`."""
    is_own = permissions.is_own(actor, report)
    versions = list(report.versions.select_related("signed_file", "typed_from").order_by("-number"))
    shown = [version for version in versions if is_own or not version.is_draft]
    chosen = next((version for version in shown if number in (None, version.number)), None)
    if chosen is None:
        raise NothingSent(report)
    layout = layout_of(chosen.form_version_id)
    parts = _parts(actor, report, versions)
    return OneReport(
        report=report,
        version=chosen,
        layout=layout,
        earlier=earlier_figures(report, layout),
        planned=planned_figures(report.unit_id, layout.indicators, report.period_last_day.year),
        state=state_of(report),
        due_on=getattr(report, "due_on", None),
        is_own=is_own,
        parts=parts,
        versions=shown,
        remarks=_remarks(report),
        files=list(files_of(Subject("reporting.report", report.pk))),
        again_on=_again_on(report) if any(part.state.status == "returned" for part in parts) else None,
    )


def _parts(actor: Actor, report: Report, versions: Sequence[ReportVersion]) -> list[Part]:
    """The sections of the newest sent version."""
    newest = next((version for version in versions if not version.is_draft), None)
    if newest is None:
        return []
    states = list(newest.sections.select_related("section").order_by("section__number"))
    names = names_of({state.recipient_id for state in states if state.recipient_id}, report.period_last_day)
    return [
        Part(
            state,
            names.get(state.recipient_id or 0, ""),
            state.status == SectionState.Status.WAITING and permissions.can_receive(actor, state, report) is not None,
        )
        for state in states
    ]


def _again_on(report: Report) -> date | None:
    """The day by which what was returned is awaited again."""
    owed = open_about(Subject("reporting.report", report.pk)).filter(kind=SUPPLEMENT)
    return owed.order_by("due_on").values_list("due_on", flat=True).first()


def _remarks(report: Report) -> dict[str, list[str]]:
    """What was said at cells and is not settled yet."""
    said: dict[str, list[str]] = defaultdict(list)
    for thread in threads_of(Subject("reporting.report", report.pk)):
        if thread.cell and thread.settled_at is None:
            said[thread.cell] += [f"{remark.author}: {remark.text}" for remark in thread.remarks.all()]
    return dict(said)


def doable(actor: Actor, one: OneReport) -> Doable:
    """Which buttons the page has."""
    report, short = one.report, one.report.schedule.short_path
    if not one.is_own:
        return Doable(frozenset(), {})
    may = {
        "edit": permissions.may_draft(actor, report.unit_id),
        "submit_for_check": permissions.may_draft(actor, report.unit_id),
        "submit_for_signature": actor.may(permissions.CHECK, FIELD, report.unit_id),
        "send_back_inside": actor.may(permissions.CHECK, FIELD, report.unit_id),
        "send": permissions.may_send(actor, report),
        "correct": actor.may(permissions.CORRECT, FIELD, report.unit_id),
    }
    acts = {act for act, grant in may.items() if grant and can_step(act, report.status, short_path=short)}
    newest = one.versions[0]
    if may["send"] and newest.awaits_paper:
        acts.add("bring_paper")
    if may["edit"] and newest.is_typed_for and newest.confirmed_by_unit_at is None:
        acts.add("confirm_typing")
    waiting = (
        {"send": "Chưa trình ký, chưa gửi được"}
        if may["send"] and "send" not in acts and report.status != "sent"
        else {}
    )
    return Doable(frozenset(acts), waiting)
