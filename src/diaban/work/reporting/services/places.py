"""Saying where reports of a schedule are handed in by law."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.reporting.models import OfficialPlace, Schedule
from diaban.work.reporting.permissions import FIELD, SET_SCHEDULE


class NotAfterTheLast(ValueError):
    """The day is not after the newest row's. The message is in Vietnamese."""


@transaction.atomic
def set_official_place(
    *, schedule_id: int, since: date, system: str, address: str = "", basis: str, actor: Actor, at: datetime
) -> OfficialPlace:
    """From a day on, reports of the schedule are handed in at `system` (blank: here). What was said for earlier days stays.

    Raises `NotAfterTheLast` or `NotPermitted`.
    """
    schedule = Schedule.lock(schedule_id)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    newest = OfficialPlace.objects.of(schedule).first()
    if newest is not None and since <= newest.since:
        said = _("Nơi nộp đã ghi từ ngày %(day)s; nơi mới phải từ một ngày sau đó.")
        raise NotAfterTheLast(said % {"day": f"{newest.since:%d/%m/%Y}"})
    place = OfficialPlace.objects.create(
        schedule=schedule, since=since, system=system.strip(), address=address if system.strip() else "", basis=basis
    )
    changes = {
        "official_place": (newest.system if newest else "", place.system),
        "since": (None, since),
        "basis": (None, basis),
    }
    record(actor=actor, verb="reporting.official_place_set", thing=schedule, at=at, grant=grant, changes=changes)
    return place
