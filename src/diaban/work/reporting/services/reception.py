"""Tiếp nhận báo cáo: whoever a report is addressed to owes an answer to it, within the working days of the rule."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.mandates.routing import successor_in
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil_all, open_for_each
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import versions_of
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.permissions import FIELD
from diaban.work.reporting.rules import RECEPTION


def owe_reception(report: Report, recipient_ids: Collection[int], *, actor: Actor, at: datetime) -> None:
    """One line for each office with sections to receive; where an office is no more, for its successor."""
    here = versions_of(recipient_ids, actor.today)
    if gone := set(recipient_ids) - here.keys():
        after = [successor_in(one, FIELD, actor.today) for one in gone]
        here |= versions_of([one for one in after if one is not None], actor.today)
    open_for_each(
        kind=RECEPTION,
        title=f"Tiếp nhận báo cáo: {report.schedule.form.name}, {report.period_label}",
        unit_id=report.unit_id,
        field_code=FIELD,
        owners=here,
        counterpart_id=report.schedule.counterpart_id,
        on=actor.today,
        due_on=work_calendar().add_working_days(actor.today, report.schedule.reception_days),
        period=report.period,
        subject=Subject("reporting.report", report.pk),
        actor=actor,
        at=at,
    )


def done_receiving(
    reports: Iterable[tuple[Report, Iterable[SectionState]]], *, actor: Actor, at: datetime, act: UUID
) -> None:
    """Fulfil the line of each office that has received or returned all of its sections, of those that were sent."""
    whole: list[int] = []
    done = Q()
    for report, sections in reports:
        by_office = [(state.recipient_id or report.schedule.counterpart_id, state.status) for state in sections]
        waiting = {office for office, status in by_office if status == SectionState.Status.WAITING}
        if waiting:
            answered = {office for office, _status in by_office} | {report.schedule.counterpart_id}
            done |= Q(subject_id=report.pk, original_owner__in=answered - waiting)
        else:
            whole.append(report.pk)
    lines = Obligation.objects.filter(done | Q(subject_id__in=whole), subject_kind="reporting.report", kind=RECEPTION)
    fulfil_all(lines, actor=actor, at=at, act=act)
