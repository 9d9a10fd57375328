"""What every act on a report does first and last: lock, ask, step, write down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil_all
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.permissions import require_own
from diaban.work.reporting.rules import SUPPLEMENT, can_step, next_status


class WrongStep(Exception):
    """The report is not where this act can be done. The message is in Vietnamese."""


def lock_own(report_id: int, actor: Actor, expected_revision: int | None) -> Report:
    """The actor's own body's report, locked. Raises DoesNotExist, `StaleRevision` or `NotPermitted`."""
    report = Report.lock(report_id, expected_revision=expected_revision)
    require_own(actor, report)
    return report


def newest(report: Report) -> ReportVersion:
    """The newest version: the draft where there is one."""
    return report.versions.select_related("form_version").order_by("-number")[0]


def require_step(step: str, report: Report) -> None:
    """Raises `WrongStep`."""
    if not can_step(step, report.status, short_path=report.schedule.short_path):
        raise WrongStep(
            _("Báo cáo đang ở trạng thái “%(status)s”, không làm được việc này.")
            % {"status": report.get_status_display()}
        )


def move(
    report: Report,
    step: str,
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    grant: Grant | None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> UUID:
    """Take the step and write it down, with whom the report is addressed to. Returns the act's id."""
    before, report.status = report.status, next_status(step)
    report.save_revision("status", "recipient_ids")
    moved = {"status": (before, report.status), **(changes or {})}
    return record(actor=actor, verb=verb, thing=report, at=at, grant=grant, changes=moved)


def fulfil_open(report: Report, *, actor: Actor, at: datetime, act: UUID) -> None:
    """What a sending fulfils: the duty's obligation of this period, and every open supplement."""
    answered = Q(kind=SUPPLEMENT, subject_kind="reporting.report", subject_id=report.pk)
    if report.schedule.duty_id is not None:
        answered |= Q(duty_id=report.schedule.duty_id, period=report.period, unit_id=report.unit_id)
    fulfil_all(Obligation.objects.filter(answered), actor=actor, at=at, act=act)
