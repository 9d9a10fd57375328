"""Duties, and the obligations they make each period."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.routing import Conflict, Gap, Lead, responsible_many
from diaban.foundation.obligations.models import DayOff, Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason, DueRule
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import versions_of as organisations_on
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.foundation.territory.queries import descendants
from diaban.foundation.territory.queries import versions_of as units_on
from diaban.lib.periods import Calendar, Kind, Period
from diaban.lib.workdays import published_swaps


@dataclass
class Generated:
    """What a generation did: how many obligations it made, and the units where nobody, or more than one, leads."""

    made: int = 0
    gaps: list[tuple[Duty, Gap | Conflict]] = field(default_factory=list)


@transaction.atomic
def declare_duty(
    *,
    code: str,
    kind: str,
    title: str,
    title_en: str,
    function_code: str,
    field_code: str,
    level: str,
    unit_id: int,
    counterpart_id: int,
    calendar: Calendar,
    period_kind: Kind,
    due_rule: DueRule,
    valid_from: date,
    valid_to: date | None,
    legal_basis: str,
    is_assumed: bool,
    actor: Actor,
    at: datetime,
) -> Duty:
    """Set up a recurring duty. `valid_to` is the first day it no longer holds."""
    grant = actor.require("obligations.declare", field_code or None, unit_id)
    duty = Duty.objects.create(
        code=code,
        kind=kind,
        title=title,
        title_en=title_en,
        function_code=function_code,
        field_code=field_code,
        level=level,
        unit_id=unit_id,
        counterpart_id=counterpart_id,
        calendar=calendar.value,
        period_kind=period_kind.value,
        cut_off_days=due_rule.cut_off_days,
        working_days=due_rule.working_days,
        valid=DateRange(valid_from, valid_to),
        legal_basis=legal_basis,
        is_assumed=is_assumed,
    )
    record(
        actor=actor,
        verb="obligations.duty_declared",
        thing=duty,
        at=at,
        grant=grant,
        changes={"basis": ("", legal_basis)},
    )
    return duty


@transaction.atomic
def end_duty(*, duty_id: int, on: date, actor: Actor, at: datetime) -> Duty:
    """End a duty: periods whose last day is `on` or later make no obligation any more."""
    duty = Duty.lock(duty_id)
    grant = actor.require("obligations.declare", duty.field_code or None, duty.unit_id)
    before = duty.valid
    duty.valid = DateRange(before.lower, on)
    duty.save_revision("valid")
    record(
        actor=actor,
        verb="obligations.duty_ended",
        thing=duty,
        at=at,
        grant=grant,
        changes={"valid": (str(before), str(duty.valid))},
    )
    return duty


def move_duty(
    *, duty: Duty, unit_id: int, counterpart_id: int, actor: Actor, at: datetime, act: uuid.UUID | None = None
) -> None:
    """A duty goes on over another ground and towards another counterpart: a part of a reform."""
    changes = {"unit": (duty.unit_id, unit_id), "counterpart": (duty.counterpart_id, counterpart_id)}
    duty.unit_id, duty.counterpart_id = unit_id, counterpart_id
    duty.save_revision("unit", "counterpart")
    record(actor=actor, verb="obligations.duty_moved", thing=duty, at=at, act=act, changes=changes)


def generate_obligations(*, on: date, actor: Actor, at: datetime, duties: Iterable[Duty] | None = None) -> Generated:
    """Make the obligations of every period of every duty that has begun by `on`. Running it again makes nothing new.

    Who owes is asked on the period's last day, even where that day is still to come.
    """
    result = Generated()
    for duty in Duty.objects.all().order_by("id") if duties is None else duties:
        actor.require("obligations.generate", duty.field_code or None, duty.unit_id)
        for period in periods_of(duty, on):
            _generate_period(duty, period, on, actor, at, result)
    return result


def periods_of(duty: Duty, on: date) -> list[Period]:
    """The periods of a duty that began by `on` and whose last day it covers, oldest first."""
    periods = []
    period = Period.containing(duty.valid.lower, Kind(duty.period_kind), Calendar(duty.calendar))
    while period.start <= on:
        if duty.valid.lower <= period.last_day and (duty.valid.upper is None or period.last_day < duty.valid.upper):
            periods.append(period)
        period = period.next()
    return periods


@transaction.atomic
def _generate_period(duty: Duty, period: Period, on: date, actor: Actor, at: datetime, result: Generated) -> None:
    day = period.last_day
    units = _units_owing(duty, day)
    made_already, given_up = _made_already(duty, period)
    missing = [unit_id for unit_id in units if unit_id not in made_already]
    if not missing:
        return
    answers = responsible_many(duty.function_code, duty.field_code or None, missing, day)
    leads = {unit_id: answer for unit_id, answer in answers.items() if isinstance(answer, Lead)}
    result.gaps += [(duty, answer) for answer in answers.values() if not isinstance(answer, Lead)]
    kinds = organisations_on({lead.organisation_id for lead in leads.values()}, day)
    due_on = duty.due_rule.due_on(day, work_calendar())
    rows = [
        Obligation(
            kind=duty.kind,
            title=f"{duty.title}, {period.label(inside=True)}"[:250],
            duty=duty,
            period=str(period),
            period_last_day=day,
            unit_id=unit_id,
            field_code=duty.field_code,
            owner_id=lead.organisation_id,
            original_owner_id=lead.organisation_id,
            counterpart_id=duty.counterpart_id,
            opened_on=on,
            due_on=due_on,
            original_due_on=due_on,
        )
        for unit_id, lead in leads.items()
        if may_own_obligations(kinds[lead.organisation_id].kind) and (unit_id, lead.organisation_id) not in given_up
    ]
    Obligation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    result.made += len(rows)
    if rows:
        changes = {"period": ("", str(period)), "obligations": (0, len(rows))}
        record(actor=actor, verb="obligations.generated", thing=duty, at=at, changes=changes)


def _units_owing(duty: Duty, day: date) -> list[int]:
    """The units of the duty's level on its ground that day, the ground itself where it is of that level."""
    if duty.unit.level == duty.level:
        return list(units_on([duty.unit_id], day))
    return [version.unit_id for version in descendants(duty.unit_id, day, level=duty.level)]


def _made_already(duty: Duty, period: Period) -> tuple[set[int], set[tuple[int, int]]]:
    """The units whose obligation of the period is made; and what a reform closed, by (unit, first owner).

    What a reform closed is made again, but for another owner.
    """
    rows = Obligation.objects.filter(duty=duty, period=str(period))
    reformed = rows.filter(closed_reason=ClosedReason.REFORMED).values_list("unit_id", "original_owner_id")
    return set(rows.exclude(closed_reason=ClosedReason.REFORMED).values_list("unit_id", flat=True)), set(reformed)


def load_published_swaps(*, actor: Actor, at: datetime) -> int:
    """Fill the table of days off with the published swaps that it lacks; lines an office changed are left alone."""
    actor.require("obligations.declare", None, None)
    known = {day for days in DayOff.objects.values_list("off_on", "worked_on") for day in days if day}
    rows = [
        DayOff(off_on=off, worked_on=worked, basis="Thông báo hoán đổi ngày làm việc của năm")
        for off, worked in published_swaps().items()
        if off not in known and worked not in known
    ]
    return len(DayOff.objects.bulk_create(rows))
