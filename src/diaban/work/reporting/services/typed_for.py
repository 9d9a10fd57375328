"""Nhập thay: the receiver types a report that came on paper or by message; the unit confirms it later."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.lib.periods import Period
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.checking import findings_of, with_base
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, ReportVersion, Schedule
from diaban.work.reporting.permissions import FIELD, TYPE_FOR, require_draft
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.rules import DRAFT
from diaban.work.reporting.services.reception import owe_reception
from diaban.work.reporting.services.saving import put
from diaban.work.reporting.services.sending import Paper, address, keep, put_paper
from diaban.work.reporting.services.steps import WrongStep, fulfil_open, lock_own, move, newest
from diaban.work.reporting.services.writing import NotReady, begin, reporter_of


@transaction.atomic
def type_for_unit(
    *, schedule_id: int, unit_id: int, period: Period, filling: Filling, paper: Paper, actor: Actor, at: datetime
) -> Report:
    """Type a unit's report from its own signed paper, which is kept beside it; it counts as sent.

    Errors stop it; warnings do not, for whoever types cannot explain them. A report the unit has begun itself is not
    touched. Raises `WrongStep`, `NotReady`, `NotAsked` or `NotPermitted`.
    """
    schedule = Schedule.objects.select_related("form").get(pk=schedule_id)
    grant = actor.require(TYPE_FOR, FIELD, unit_id)
    reporter = reporter_of(schedule, unit_id, period)
    report, draft = begin(schedule, unit_id, period, reporter, actor=actor, at=at, basis=grant.basis)
    version = draft or newest(report)
    if report.status != DRAFT or version.saved_at is not None:
        raise WrongStep(_("Đơn vị đã tự lập báo cáo của kỳ này; không nhập thay được."))
    _type(report, version, filling, paper, actor=actor, at=at)
    recipients = address(report, version, layout_of(version.form_version_id))
    changes = {"version": (None, version.number), "number": ("", paper.number)}
    act = move(report, "send", verb="reporting.typed_for_unit", actor=actor, at=at, grant=grant, changes=changes)
    fulfil_open(report, actor=actor, at=at, act=act)
    owe_reception(report, recipients, actor=actor, at=at)
    return report


def _type(
    report: Report, version: ReportVersion, filling: Filling, paper: Paper, *, actor: Actor, at: datetime
) -> None:
    layout = layout_of(version.form_version_id)
    with_base(report, version, layout)
    put(version, cells_of(layout, report.period_last_day), filling, at, edit=(report.revision, actor.label))
    findings = findings_of(report, version, layout=layout)
    if any(finding.is_error for finding in findings):
        raise NotReady(findings)
    version.typed_from = keep(report, paper.content, paper.title, actor=actor, at=at)
    version.is_typed_for, version.data_sent_at = True, at
    version.sent_by_id, version.sent_label = actor.position_id, actor.label[:300]
    version.save(update_fields=["supplied", "typed_from", "is_typed_for", "data_sent_at", "sent_by", "sent_label"])
    put_paper(report, version, paper, actor=actor, at=at)


@transaction.atomic
def confirm_typing(*, report_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> Report:
    """The unit confirms what was typed for it. Where it does not agree, it corrects the report instead."""
    report = lock_own(report_id, actor, expected_revision)
    grant = require_draft(actor, report.unit_id)
    version = newest(report)
    if not version.is_typed_for or version.confirmed_by_unit_at is not None:
        raise WrongStep(_("Báo cáo này không có số liệu nhập thay chờ xác nhận."))
    version.confirmed_by_unit_at = at
    version.save(update_fields=["confirmed_by_unit_at"])
    report.save_revision()
    record(actor=actor, verb="reporting.typing_confirmed", thing=report, at=at, grant=grant)
    return report
