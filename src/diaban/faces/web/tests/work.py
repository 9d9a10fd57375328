"""Obligations for tests of the first page."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from diaban.foundation.mandates.tests.personas import World
from diaban.foundation.obligations.models import Obligation


def an_obligation(
    world: World,
    title: str,
    due_on: date | None,
    *,
    owner: str = "phong_d1",
    unit: str = "D1",
    done_on: date | None = None,
) -> Obligation:
    """Something that `owner` owes to the department by that day."""
    return Obligation.objects.create(
        kind="web_tests.work",
        title=title,
        unit=world.units[unit],
        field_code="reporting",
        owner=world.organisations[owner],
        original_owner=world.organisations[owner],
        counterpart=world.organisations["so"],
        opened_on=timezone.localdate() - timedelta(days=200),
        due_on=due_on,
        original_due_on=due_on,
        fulfilled_at=timezone.make_aware(datetime.combine(done_on, time(9))) if done_on else None,
    )
