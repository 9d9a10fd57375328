"""Chốt số: publish the figures of an area as they stand, under the next number."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.journal.services import record
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import Period
from diaban.work.reporting.consolidated import Consolidated, consolidated_of
from diaban.work.reporting.models import Form, Snapshot, SnapshotPart
from diaban.work.reporting.permissions import TAKE_SNAPSHOT
from diaban.work.reporting.queries.snapshots import pins_at
from diaban.work.reporting.services.steps import WrongStep


@transaction.atomic
def take_snapshot(
    *,
    form_code: str,
    unit: UnitVersion,
    period: Period,
    title: str,
    signed_by: str,
    signed_on: date,
    document_number: str = "",
    note: str = "",
    actor: Actor,
    at: datetime,
) -> Snapshot:
    """Pin every report version whose figures stand at `at`. The unit is called as on the period's last day.

    Raises `WrongStep`, `NotPermitted`, `NothingToConsolidate` or `OutOfSight`.
    """
    one = consolidated_of(form_code=form_code, period=period, unit=unit, as_of=None, map_on=None, actor=actor)
    grant = _require(actor, one)
    title, signed_by = " ".join(title.split())[:250], " ".join(signed_by.split())[:200]
    if not title or not signed_by:
        raise WrongStep("Bản chốt số phải có tên và người ký.")
    if signed_on > actor.today:
        raise WrongStep("Ngày ký không được sau hôm nay.")
    form = Form.lock(one.form.pk)  # numbers follow one another
    snapshot = Snapshot(
        form=form,
        unit_id=unit.unit_id,
        period=str(period),
        number=_last_number(form, unit.unit_id) + 1,
        title=title,
        signed_by=signed_by,
        signed_on=signed_on,
        document_number=document_number.strip()[:60],
        note=note.strip()[:500],
        taken_at=at,
        organisation_id=actor.organisation_id,
        position_id=actor.position_id,
        taken_by_label=actor.label[:300],
        expected=len(one.expected_ids),
    )
    pins = pins_at(form.pk, period, one.expected_ids, snapshot.as_of)
    if not pins:
        raise WrongStep("Chưa có báo cáo nào được tiếp nhận, chốt số liệu cho kỳ này.")
    snapshot.save()
    SnapshotPart.objects.bulk_create(
        SnapshotPart(snapshot=snapshot, version_id=pin.version_id, sections=list(pin.sections)) for pin in pins
    )
    changes = {"number": (None, snapshot.number), "versions": (None, len(pins))}
    record(actor=actor, verb="reporting.snapshot_taken", thing=snapshot, at=at, changes=changes, grant=grant)
    return snapshot


def _require(actor: Actor, one: Consolidated) -> Grant:
    """Whoever manages a section of the form over the area. Raises `NotPermitted`."""
    fields = [block.field_code for block in one.layout.blocks]
    for field in fields:
        if grant := actor.may(TAKE_SNAPSHOT, field, one.unit.unit_id):
            return grant
    return actor.require(TAKE_SNAPSHOT, fields[0], one.unit.unit_id)


def _last_number(form: Form, unit_id: int) -> int:
    last: int | None = Snapshot.objects.filter(form=form, unit=unit_id).aggregate(last=Max("number"))["last"]
    return last or 0
