"""A filled workbook becomes a report's figures: taken in whole, or not at all."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.journal.services import in_one_statement
from diaban.foundation.territory.queries import UnknownUnit, unit_on
from diaban.lib.periods import BadPeriod, Period
from diaban.lib.workbooks import WorkbookRefused
from diaban.work.reporting.cells import Cell, cells_of
from diaban.work.reporting.checking import findings_of, with_base
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, Schedule
from diaban.work.reporting.permissions import may_send, require_draft, require_own
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.rules import SENT, can_step
from diaban.work.reporting.services.saving import DRAFTED, fill
from diaban.work.reporting.services.sending import correct_report, give_out, send_report
from diaban.work.reporting.services.steps import WrongStep, newest
from diaban.work.reporting.services.writing import (
    Begun,
    NotAsked,
    NotReady,
    submit_for_check,
    submit_for_signature,
    take_up,
)
from diaban.work.reporting.validation import Finding, is_ready, unexplained
from diaban.work.reporting.workbook import Filled, Key, annotated, read_filled, report_key, together

RESENT = "Nộp lại bằng tệp biểu mẫu Excel"


class WorkbookNotTaken(Exception):
    """Nothing of the workbook was taken. `findings` say why; `marked` is the same workbook with the sentences at its
    cells, or None where the file itself is the fault."""

    def __init__(self, findings: list[Finding], marked: bytes | None = None) -> None:
        first = next((finding.message for finding in findings if finding.is_error), "Không nhận được tệp.")
        super().__init__(first)
        self.findings = findings
        self.marked = marked


@dataclass(frozen=True)
class Taken:
    """A workbook that was taken: its report, and the warnings that wanted an explanation when it came."""

    report: Report
    warnings: list[Finding]


def take_workbook(*, content: bytes, expected: Report | None = None, actor: Actor, at: datetime) -> Taken:
    """Take a filled workbook into the draft of the report it names; a report that was sent gets a corrected version.

    `expected` is the report it was sent for from its own page. Raises `WorkbookNotTaken`, `NotPermitted` or `WrongStep`.
    """
    wanted = report_key(expected, newest(expected)) if expected else None
    filled = _read(content, wanted)
    try:
        with transaction.atomic():
            begun = Begun(Report.lock(expected.pk)) if expected else _report_of(filled.key, actor, at)
            draft = _fill(begun, filled, actor, at)
            draft.save()
    except _Faulty as fault:
        raise WorkbookNotTaken(fault.findings, annotated(content, fault.findings)) from None
    return Taken(draft.report, draft.warnings)


def submit_workbook(*, content: bytes, explanation: str, only_draft: bool = False, actor: Actor, at: datetime) -> Taken:
    """Take a filled workbook, give its warnings one explanation, and bring its report as far on as the actor may.

    All in one transaction, in which the workbook is checked once. Raises as `take_workbook`, and `NotReady` where the
    explanation is blank and one is wanted.
    """
    filled = _read(content, None)
    try:
        # What is refused below asks before it writes, so that no entry of it waits to be written.
        with transaction.atomic(), in_one_statement():
            draft = _fill(_report_of(filled.key, actor, at), filled, actor, at)
            draft.explain(explanation, actor, at)
            if only_draft:
                draft.save()
            else:
                draft.report = _bring_on(draft, actor, at)
    except _Faulty as fault:
        raise WorkbookNotTaken(fault.findings, annotated(content, fault.findings)) from None
    return Taken(draft.report, draft.warnings)


def _bring_on(draft: "_Draft", actor: Actor, at: datetime) -> Report:
    """On the short path straight to whoever receives it; else up to the first step that is another's to take."""
    report = draft.report
    grant = may_send(actor, report) if report.schedule.short_path else None
    if grant is not None:
        draft.require_ready()
        give_out(report, draft.version, None, grant, layout=draft.layout, actor=actor, at=at)
        return report
    draft.save()
    report = submit_for_check(report_id=report.pk, actor=actor, at=at)
    with suppress(NotPermitted):
        report = submit_for_signature(report_id=report.pk, actor=actor, at=at)
        report = send_report(report_id=report.pk, paper=None, actor=actor, at=at)
    return report


@dataclass
class _Draft:
    """A draft with a workbook put in, checked and not saved yet."""

    report: Report
    version: ReportVersion
    layout: Layout
    cells: Sequence[Cell]
    findings: list[Finding]
    warnings: list[Finding]

    def explain(self, explanation: str, actor: Actor, at: datetime) -> None:
        said = Filling(explanations={finding.cell: explanation for finding in self.warnings})
        fill(self.version, self.cells, said, at, edit=(self.report.revision + 1, actor.label))

    def require_ready(self) -> None:
        """Raises `NotReady` where a warning is left without explanation."""
        if not is_ready(self.findings, self.version.explanations):
            raise NotReady(self.findings)

    def save(self) -> None:
        self.version.save(update_fields=DRAFTED)
        self.report.save_revision()


class _Faulty(Exception):
    """Undoes a taking whose figures have errors."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


def _read(content: bytes, wanted: Key | None) -> Filled:
    try:
        filled = read_filled(content, expected=wanted)
    except WorkbookRefused as refusal:
        raise WorkbookNotTaken([_of_file("unreadable", str(refusal))]) from refusal
    if filled.is_refused:
        raise WorkbookNotTaken(list(filled.problems))
    return filled


def _report_of(key: Key | None, actor: Actor, at: datetime) -> Begun:
    """The report that a workbook names by form, unit and period. Raises `WorkbookNotTaken`."""
    if key is None:
        raise WorkbookNotTaken([_of_file("not_ours", _("Tệp này không phải biểu mẫu do hệ thống phát hành."))])
    try:
        period = Period.parse(key.period)
        unit = unit_on(key.unit, period.last_day)
        schedules = Schedule.objects.filter(form__code=key.form, is_on=True, valid__contains=period.last_day)
        return take_up(schedules.select_related("form").get(), unit.pk, period, actor=actor, at=at)
    except (BadPeriod, UnknownUnit, Schedule.DoesNotExist, Schedule.MultipleObjectsReturned, NotAsked) as problem:
        text = (
            str(problem)
            if isinstance(problem, NotAsked)
            else "Không có kỳ báo cáo nào đang thu theo biểu mẫu, đơn vị và kỳ ghi trong tệp."
        )
        raise WorkbookNotTaken([_of_file("not_asked", text)]) from problem


def _fill(begun: Begun, filled: Filled, actor: Actor, at: datetime) -> _Draft:
    """Put a workbook into a locked report's draft and check it. Raises `_Faulty`, `WrongStep` or `NotPermitted`."""
    report, version = begun.report, begun.draft or newest(begun.report)
    if filled.key is not None and filled.key.version != version.form_version.number:
        raise _Faulty(
            [_of_file("old_version", _("Tệp theo bản biểu mẫu cũ. Hãy tải biểu mẫu mới rồi chép số liệu sang."))]
        )
    if report.status == SENT:
        report = correct_report(report_id=report.pk, reason=RESENT, actor=actor, at=at)
        version = newest(report)
    if not can_step("edit", report.status):
        raise WrongStep(
            _("Báo cáo đang ở trạng thái “%(status)s”; hãy chuyển lại để sửa trước khi nộp tệp.")
            % {"status": report.get_status_display()}
        )
    require_own(actor, report)
    require_draft(actor, report.unit_id)
    layout = layout_of(version.form_version_id)
    cells = cells_of(layout, report.period_last_day)
    with_base(report, version, layout)
    fill(version, cells, filled.filling, at, edit=(report.revision + 1, actor.label))
    findings = together(filled.problems, findings_of(report, version, layout=layout))
    if any(finding.is_error for finding in findings):
        raise _Faulty(findings)
    return _Draft(report, version, layout, cells, findings, unexplained(findings, version.explanations))


def _of_file(code: str, message: str) -> Finding:
    return Finding("", "error", code, message)
