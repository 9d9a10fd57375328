"""The table of days off and days worked instead."""

from datetime import datetime

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import DayOff
from diaban.lib.workdays import published_swaps


@transaction.atomic
def load_published_swaps(*, actor: Actor, at: datetime) -> int:
    """Fill the table of days off with the published swaps that it lacks; lines an office changed are left alone."""
    grant = actor.require("obligations.set_days_off")
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
