"""Kiến nghị of a report that was sent: each row is a matter that the office which receives the report owes an answer to."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.mandates.routing import successor_in
from diaban.work.difficulties.services import Row, raise_rows
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.permissions import FIELD

HEADING = "TEXT__proposals"


def raise_proposals(report: Report, version: ReportVersion, *, actor: Actor, at: datetime) -> None:
    """Raise what the version proposes; of what an earlier one proposed, take back what it proposes no more.

    Part of the act of sending. Nothing is asked of the database where a first version proposes nothing.
    """
    rows = list(_rows(version))
    if not rows and version.number == 1:
        return
    receiver = report.schedule.counterpart_id
    raise_rows(
        rows,
        kind_code="locality",
        unit_id=report.unit_id,
        field_code=FIELD,
        organisation_id=report.organisation_id,
        received_on=timezone.localdate(at),
        source=Subject("reporting.report", report.pk),
        to_organisation_id=successor_in(receiver, FIELD, actor.today) or receiver,
        because=_("Cơ quan nhận báo cáo: %(title)s") % {"title": report.schedule.title},
        actor=actor,
        at=at,
    )


def _rows(version: ReportVersion) -> Iterable[Row]:
    written = version.texts.get(HEADING)
    for row in written if isinstance(written, list) else []:
        if row.get("content", "").strip():
            yield Row(row["content"].strip(), row.get("addressee", "").strip())
