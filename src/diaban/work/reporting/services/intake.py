"""A filled workbook becomes a report's figures: taken in whole, or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.territory.queries import UnknownUnit, unit_on
from diaban.lib.periods import BadPeriod, Period
from diaban.lib.workbooks import WorkbookRefused
from diaban.work.reporting.checking import findings_of, with_base
from diaban.work.reporting.models import Report, Schedule
from diaban.work.reporting.rules import SENT, can_step
from diaban.work.reporting.services.saving import save_draft
from diaban.work.reporting.services.sending import correct_report
from diaban.work.reporting.services.steps import WrongStep, newest
from diaban.work.reporting.services.writing import NotAsked, open_report
from diaban.work.reporting.validation import Finding, unexplained
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
    """A workbook that was taken: its report, and the warnings that still want an explanation."""

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
            report = expected or _report_of(filled.key, actor, at)
            return _take(report, filled, actor, at)
    except _Faulty as fault:
        raise WorkbookNotTaken(fault.findings, annotated(content, fault.findings)) from None


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


def _report_of(key: Key | None, actor: Actor, at: datetime) -> Report:
    """The report that a workbook names by form, unit and period. Raises `WorkbookNotTaken`."""
    if key is None:
        raise WorkbookNotTaken([_of_file("not_ours", "Tệp này không phải biểu mẫu do hệ thống phát hành.")])
    try:
        period = Period.parse(key.period)
        unit = unit_on(key.unit, period.last_day)
        schedules = Schedule.objects.filter(form__code=key.form, is_on=True, valid__contains=period.last_day)
        schedule = schedules.get()
        return open_report(schedule_id=schedule.pk, unit_id=unit.pk, period=period, actor=actor, at=at)
    except (BadPeriod, UnknownUnit, Schedule.DoesNotExist, Schedule.MultipleObjectsReturned, NotAsked) as problem:
        text = (
            str(problem)
            if isinstance(problem, NotAsked)
            else "Không có kỳ báo cáo nào đang thu theo biểu mẫu, đơn vị và kỳ ghi trong tệp."
        )
        raise WorkbookNotTaken([_of_file("not_asked", text)]) from problem


def _take(report: Report, filled: Filled, actor: Actor, at: datetime) -> Taken:
    current = report_key(report, newest(report))
    if filled.key is not None and filled.key.version != current.version:
        raise _Faulty(
            [_of_file("old_version", "Tệp theo bản biểu mẫu cũ. Hãy tải biểu mẫu mới rồi chép số liệu sang.")]
        )
    if report.status == SENT:
        report = correct_report(report_id=report.pk, reason=RESENT, actor=actor, at=at)
    if not can_step("edit", report.status):
        raise WrongStep(
            f"Báo cáo đang ở trạng thái “{report.get_status_display()}”; hãy chuyển lại để sửa trước khi nộp tệp."
        )
    saved = save_draft(report_id=report.pk, filling=filled.filling, actor=actor, at=at)
    version = saved.version
    with_base(report, version)
    version.save(update_fields=["supplied"])
    checked = together(filled.problems, findings_of(report, version))
    if any(finding.is_error for finding in checked):
        raise _Faulty(checked)
    report.refresh_from_db()
    return Taken(report, unexplained(checked, version.explanations))


def _of_file(code: str, message: str) -> Finding:
    return Finding("", "error", code, message)
