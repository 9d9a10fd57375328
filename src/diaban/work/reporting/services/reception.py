"""Tiếp nhận báo cáo: whoever a report is addressed to owes an answer to it, within the working days of the rule."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil, open_for_each
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import versions_of
from diaban.work.reporting.models import Report, ReportVersion, SectionState
from diaban.work.reporting.permissions import FIELD
from diaban.work.reporting.rules import RECEPTION, RECEPTION_DAYS


def owe_reception(report: Report, recipient_ids: Collection[int], *, actor: Actor, at: datetime) -> None:
    """One line for each office with sections to receive; where an office is no more, for its successor."""
    here = versions_of(recipient_ids, actor.today)
    owners = {one if one in here else successor_in(one, FIELD, actor.today) for one in recipient_ids}
    open_for_each(
        kind=RECEPTION,
        title=f"Tiếp nhận báo cáo: {report.schedule.form.name}, {report.period_label}",
        unit_id=report.unit_id,
        field_code=FIELD,
        owner_ids={one for one in owners if one is not None},
        counterpart_id=report.schedule.counterpart_id,
        on=actor.today,
        due_on=work_calendar().add_working_days(actor.today, RECEPTION_DAYS),
        period=report.period,
        subject=Subject("reporting.report", report.pk),
        actor=actor,
        at=at,
    )


def done_receiving(report: Report, version: ReportVersion, *, actor: Actor, at: datetime, act: UUID) -> None:
    """Fulfil the line of each office that has received or returned all of its sections."""
    open_ones = Obligation.objects.open().about("reporting.report", report.pk).filter(kind=RECEPTION)
    waiting = {
        recipient or report.schedule.counterpart_id
        for recipient in SectionState.objects.filter(version=version, status=SectionState.Status.WAITING).values_list(
            "recipient_id", flat=True
        )
    }
    answered = set(version.sections.values_list("recipient_id", flat=True)) | {report.schedule.counterpart_id}
    for obligation in open_ones.order_by("pk"):
        if not waiting or obligation.original_owner_id in answered - waiting:
            fulfil(obligation=obligation, actor=actor, at=at, act=act)
