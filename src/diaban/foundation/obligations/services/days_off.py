"""The table of days off and days worked instead."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import DayOff
from diaban.lib.workdays import published_swaps, working_days_by_law

SET = "obligations.set_days_off"


class NotADayOff(ValueError):
    """A line that says nothing, or what another line or the law says already. The message is in Vietnamese."""


@transaction.atomic
def set_day_off(
    *,
    off_on: date | None,
    worked_on: date | None,
    basis: str,
    day_off_id: int | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> DayOff:
    """Write a line: a day off, a day worked, or one for the other; with `day_off_id` in the place of what it said.

    Deadlines already set stay as they are: they are moved one by one, with a reason. Raises `NotADayOff`, `NotPermitted`
    or `StaleRevision`.
    """
    grant = actor.require(SET)
    line = DayOff() if day_off_id is None else DayOff.lock(day_off_id, expected_revision=expected_revision)
    if fault := _fault_of(line.pk, off_on, worked_on, basis):
        raise NotADayOff(fault)
    told = {"off_on": off_on, "worked_on": worked_on, "basis": basis.strip()}
    changes = {name: (getattr(line, name), value) for name, value in told.items() if getattr(line, name) != value}
    for name, value in told.items():
        setattr(line, name, value)
    if line.pk is None:
        line.save()
    else:
        line.save_revision(*told)
    record(actor=actor, verb="obligations.day_off_set", thing=line, at=at, grant=grant, changes=changes)
    return line


@transaction.atomic
def remove_day_off(*, day_off_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> None:
    """Take a line away: its days are again what the law and the week say. The journal keeps what it said."""
    grant = actor.require(SET)
    line = DayOff.lock(day_off_id, expected_revision=expected_revision)
    changes = {"off_on": (line.off_on, None), "worked_on": (line.worked_on, None), "basis": (line.basis, "")}
    record(actor=actor, verb="obligations.day_off_removed", thing=line, at=at, grant=grant, changes=changes)
    line.delete()


def _fault_of(pk: int | None, off_on: date | None, worked_on: date | None, basis: str) -> str:
    if off_on is None and worked_on is None:
        return "Ghi ngày nghỉ, ngày làm bù, hoặc cả hai nếu hoán đổi."
    if not basis.strip():
        return "Ghi căn cứ: số, ngày của thông báo hoặc quyết định."
    if off_on and off_on not in working_days_by_law(off_on.year):
        return f"Ngày {off_on:%d/%m/%Y} vốn đã là ngày nghỉ."
    if worked_on and worked_on in working_days_by_law(worked_on.year):
        return f"Ngày {worked_on:%d/%m/%Y} vốn đã là ngày làm việc."
    days = [day for day in (off_on, worked_on) if day]
    lines = DayOff.objects.filter(Q(off_on__in=days) | Q(worked_on__in=days)).values_list("pk", flat=True)
    return "Đã có dòng khác ghi ngày này." if set(lines) - {pk} else ""


@transaction.atomic
def load_published_swaps(*, actor: Actor, at: datetime) -> int:
    """Fill the table of days off with the published swaps that it lacks; lines an office changed are left alone."""
    grant = actor.require(SET)
    known = {day for days in DayOff.objects.values_list("off_on", "worked_on") for day in days if day}
    rows = [
        DayOff(off_on=off, worked_on=worked, basis="Thông báo hoán đổi ngày làm việc của năm")
        for off, worked in published_swaps().items()
        if off not in known and worked not in known
    ]
    act = None
    for row in DayOff.objects.bulk_create(rows):
        changes = {"off_on": (None, row.off_on), "worked_on": (None, row.worked_on), "basis": ("", row.basis)}
        act = record(
            actor=actor, verb="obligations.day_off_set", thing=row, at=at, grant=grant, changes=changes, act=act
        )
    return len(rows)
