"""Writing a report inside its unit: opened, filled, checked, brought to signature, sent back."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import party
from diaban.foundation.mandates.routing import Lead, responsible
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.queries import versions_of
from diaban.lib.periods import Period
from diaban.work.reporting.checking import findings_of, with_base
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import FormVersion, Report, ReportVersion, Schedule
from diaban.work.reporting.permissions import CHECK, FIELD, require_draft
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.services.steps import WrongStep, lock_own, move, newest, require_step
from diaban.work.reporting.validation import Finding, is_ready


class NotReady(Exception):
    """The report has errors, or warnings without explanation. `findings` are all of them."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(_("Báo cáo còn lỗi hoặc còn cảnh báo chưa giải thích."))
        self.findings = findings


class Begun(NamedTuple):
    """A report, locked; with its first draft where it was begun just now."""

    report: Report
    draft: ReportVersion | None = None


class NotAsked(Exception):
    """The schedule does not ask this unit for this period, or nobody answers for it. The message is in Vietnamese."""


@transaction.atomic
def open_report(*, schedule_id: int, unit_id: int, period: Period, actor: Actor, at: datetime) -> Report:
    """The unit's report of a period, begun where there is none. Opening it again returns the same.

    Stocks are not copied: last period's figures are shown beside and count when confirmed. Raises `NotAsked`, `NoVersion`
    or `NotPermitted`.
    """
    schedule = Schedule.objects.select_related("form").get(pk=schedule_id)
    return take_up(schedule, unit_id, period, actor=actor, at=at).report


def take_up(schedule: Schedule, unit_id: int, period: Period, *, actor: Actor, at: datetime) -> Begun:
    """As `open_report`, part of an act that goes on with the report."""
    grant = require_draft(actor, unit_id)
    reporter = reporter_of(schedule, unit_id, period)
    if reporter not in party(actor):
        raise NotPermitted(_("Báo cáo này do cơ quan khác lập."))
    return begin(schedule, unit_id, period, reporter, actor=actor, at=at, basis=grant.basis)


def reporter_of(schedule: Schedule, unit_id: int, period: Period) -> int:
    """Who files: the owner of the obligation; where none was made yet, whoever is responsible on the period's last day."""
    if not schedule.is_on or period.last_day not in schedule.valid:
        raise NotAsked(_("Chế độ báo cáo này không áp dụng cho kỳ %(label)s.") % {"label": period.label()})
    obligation = _obligation(schedule, unit_id, str(period))
    if obligation is not None:
        return obligation.owner_id
    answer = responsible("report", FIELD, unit_id, period.last_day)
    if not isinstance(answer, Lead):
        raise NotAsked(answer.because)
    return answer.organisation_id


def _obligation(schedule: Schedule, unit_id: int, period: str) -> Obligation | None:
    if schedule.duty_id is None:
        return None
    return Obligation.objects.filter(duty_id=schedule.duty_id, period=period, unit_id=unit_id).order_by("-id").first()


def begin(
    schedule: Schedule, unit_id: int, period: Period, organisation_id: int, *, actor: Actor, at: datetime, basis: str
) -> Begun:
    """The report row, locked, with its first draft; part of acts that have asked the permission.

    Of several who begin it at once one does; the others wait and get the same. No lock is held on the schedule, so that
    all units may report in the same hour.
    """
    key = {"schedule": schedule, "unit_id": unit_id, "period": str(period), "organisation_id": organisation_id}
    rows = Report.objects.select_related("schedule__form").select_for_update(of=("self",))
    known = rows.filter(**key).first()
    if known is not None:
        return Begun(known)
    form_version = version_on(schedule.form_id, period.last_day)
    new = _unbegun(schedule, unit_id, period, organisation_id, at)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # someone was faster
        return Begun(rows.get(**key))
    return Begun(new, _first_draft(new, form_version, actor=actor, at=at, basis=basis))


def _unbegun(schedule: Schedule, unit_id: int, period: Period, organisation_id: int, at: datetime) -> Report:
    """The report as it would be begun, not saved."""
    day = period.last_day
    unit = versions_of([unit_id], day)[unit_id]
    return Report(
        schedule=schedule,
        unit_id=unit_id,
        period=str(period),
        organisation_id=organisation_id,
        organisation_name=names_of([organisation_id], day)[organisation_id],
        unit_name=unit.full_name,
        sort_key=unit.sort_key,
        period_last_day=day,
        opened_at=at,
    )


def as_begun(schedule: Schedule, unit_id: int, period: Period, *, at: datetime) -> tuple[Report, ReportVersion]:
    """The report of a unit with its newest version, or both as they would be begun; nothing is saved. Raises `NotAsked`."""
    organisation_id = reporter_of(schedule, unit_id, period)
    known = (
        Report.objects.filter(schedule=schedule, unit_id=unit_id, period=str(period), organisation_id=organisation_id)
        .select_related("schedule__form")
        .first()
    )
    if known is not None:
        return known, newest(known)
    report = _unbegun(schedule, unit_id, period, organisation_id, at)
    version = version_on(schedule.form_id, period.last_day)
    return report, ReportVersion(report=report, number=1, form_version=version)


def _first_draft(report: Report, form_version: FormVersion, *, actor: Actor, at: datetime, basis: str) -> ReportVersion:
    draft = ReportVersion.objects.create(report=report, number=1, form_version=form_version)
    if (
        form_version.used_at is None
    ):  # of several first reports at once, one marks it: a used version is not changed again
        FormVersion.objects.filter(pk=form_version.pk, used_at=None).update(used_at=at)
    record(actor=actor, verb="reporting.report_opened", thing=report, at=at, changes={"basis": ("", basis)})
    return draft


@transaction.atomic
def submit_for_check(*, report_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Report:
    """Trình kiểm tra: whoever drafted gives the report to the head of section. Raises `NotReady` with what is wrong."""
    report = lock_own(report_id, actor, expected_revision)
    grant = require_draft(actor, report.unit_id)
    require_step("submit_for_check", report)
    _require_ready_draft(report)
    move(report, "submit_for_check", verb="reporting.submitted_for_check", actor=actor, at=at, grant=grant)
    return report


@transaction.atomic
def submit_for_signature(*, report_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Report:
    """Trình ký: the head of section has checked. Raises `NotReady`."""
    report = lock_own(report_id, actor, expected_revision)
    grant = actor.require(CHECK, FIELD, report.unit_id)
    require_step("submit_for_signature", report)
    _require_ready_draft(report)
    move(report, "submit_for_signature", verb="reporting.submitted_for_signature", actor=actor, at=at, grant=grant)
    return report


@transaction.atomic
def send_back_inside(
    *, report_id: int, reason: str, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Report:
    """Chuyển lại: whoever checks or signs sends the report back to be worked over, saying why."""
    report = lock_own(report_id, actor, expected_revision)
    grant = actor.require(CHECK, FIELD, report.unit_id)
    require_step("send_back_inside", report)
    if not reason.strip():
        raise WrongStep(_("Ghi rõ cần sửa gì trước khi chuyển lại."))
    changes = {"reason": ("", reason.strip())}
    move(
        report, "send_back_inside", verb="reporting.sent_back_inside", actor=actor, at=at, grant=grant, changes=changes
    )
    return report


def require_ready(report: Report, version: ReportVersion, layout: Layout) -> None:
    """Base figures are taken as they are now (not saved), then everything is checked. Raises `NotReady`."""
    with_base(report, version, layout)
    findings = findings_of(report, version, layout=layout)
    if not is_ready(findings, version.explanations):
        raise NotReady(findings)


def _require_ready_draft(report: Report) -> None:
    version = newest(report)
    require_ready(report, version, layout_of(version.form_version_id))
    version.save(update_fields=["supplied"])
