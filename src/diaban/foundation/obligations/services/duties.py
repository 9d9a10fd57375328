"""Duties, and the obligations they make each period."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.routing import Answer, Conflict, Gap, Lead, responsible_many
from diaban.foundation.obligations.holders import Owing, owing_of, units_owing
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason, DueRule
from diaban.foundation.obligations.services.unowed import tell_unowed
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import versions_of as organisations_on
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.lib.periods import Calendar, Kind, Period


@dataclass(frozen=True)
class NeverOwing:
    """Who leads is a Party body, which never owes: it is for the superior to name another."""

    lead: Lead
    unit_id: int
    name: str

    @property
    def because(self) -> str:
        return _("%(name)s là cơ quan Đảng, không nhận việc có hạn.") % {"name": self.name}


Unowed = Gap | Conflict | NeverOwing


@dataclass
class Generated:
    """What a generation did: how many obligations it made, and the units where nobody, or more than one, leads, or a body
    that never owes."""

    made: int = 0
    gaps: list[tuple[Duty, Unowed]] = field(default_factory=list)


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
    asked: Period | None = None,
    actor: Actor,
    at: datetime,
) -> Duty:
    """Set up a recurring duty. `valid_to` is the first day it no longer holds.

    A duty of kind `RANGE` is a one-off: it names its one period in `asked` and its day in `due_rule.fixed_on`.
    """
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
        asked_days=DateRange(asked.start, asked.end) if asked else None,
        asked_due_on=due_rule.fixed_on,
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
    duty.generated_through = None
    duty.save_revision("unit", "counterpart", "generated_through")
    record(actor=actor, verb="obligations.duty_moved", thing=duty, at=at, act=act, changes=changes)


def generate_obligations(*, on: date, actor: Actor, at: datetime, duties: Iterable[Duty] | None = None) -> Generated:
    """Make the obligations of every period of every duty that has begun by `on`. Running it again makes nothing new.

    Who owes is asked on the period's last day, even where that day is still to come; so periods that are not over, or in
    which a unit was left without an owner, are looked at again, all others never. What is left without an owner becomes
    an obligation of whoever is owed, to have it ruled.
    """
    result = Generated()
    for duty in Duty.objects.all().order_by("id") if duties is None else duties:
        grant = actor.require("obligations.generate", duty.field_code or None, duty.unit_id)
        _generate(duty, on, actor, at, grant, result)
    return result


def _generate(duty: Duty, on: date, actor: Actor, at: datetime, grant: Grant, result: Generated) -> None:
    through, unowed = duty.generated_through, dict[int, Unowed]()
    for period in periods_of(duty, on, after=duty.generated_through):
        found = _generate_period(duty, period, on, actor, at, grant, result)
        if not found and not unowed and period.last_day < on:
            through = period.last_day
        unowed |= found
    if through != duty.generated_through:
        duty.generated_through = through
        Duty.objects.filter(pk=duty.pk).update(generated_through=through)
    tell_unowed(duty=duty, unit_ids=unowed, on=on, actor=actor, at=at)
    result.gaps += [(duty, one) for one in unowed.values()]


def periods_of(duty: Duty, on: date, after: date | None = None) -> list[Period]:
    """The periods of a duty that began by `on`, whose last day it covers and is later than `after`, oldest first.

    The one period of a one-off is asked from the day it is declared: figures to come are announced in time.
    """
    if duty.asked_days is not None:
        once = Period(Calendar(duty.calendar), Kind.RANGE, duty.asked_days.lower, duty.asked_days.upper)
        return [once] if once.last_day in duty.valid and (after is None or once.last_day > after) else []
    periods = []
    period = Period.containing(after or duty.valid.lower, Kind(duty.period_kind), Calendar(duty.calendar))
    while after is not None and period.last_day <= after:
        period = period.next()
    while period.start <= on:
        if duty.valid.lower <= period.last_day and (duty.valid.upper is None or period.last_day < duty.valid.upper):
            periods.append(period)
        period = period.next()
    return periods


@transaction.atomic
def _generate_period(
    duty: Duty, period: Period, on: date, actor: Actor, at: datetime, grant: Grant, result: Generated
) -> dict[int, Unowed]:
    """Make what is missing of one period; by unit, why it is left without an owner."""
    day = period.last_day
    made_already, given_up = _made_already(duty, period)
    missing = [one for one in owing_of(duty, units_owing(duty, day), day) if one.key not in made_already]
    if not missing:
        return {}
    answers = responsible_many(duty.function_code, duty.field_code or None, [one.unit_id for one in missing], day)
    leads, unowed = _owing(answers, day)
    due_on = duty.due_rule.due_on(day, work_calendar())
    rows = [
        _row(duty, period, one, leads[one.unit_id].organisation_id, on, due_on)
        for one in missing
        if one.unit_id in leads and (one.key, leads[one.unit_id].organisation_id) not in given_up
    ]
    Obligation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    result.made += len(rows)
    if rows:
        changes = {"period": ("", str(period)), "obligations": (0, len(rows))}
        record(actor=actor, verb="obligations.generated", thing=duty, at=at, grant=grant, changes=changes)
    return unowed


def _row(duty: Duty, period: Period, owing: Owing, owner_id: int, on: date, due_on: date) -> Obligation:
    subject = owing.holder.subject if owing.holder else None
    return Obligation(
        kind=duty.kind,
        title=f"{duty.title}{owing.named}, {period.label(inside=True)}"[:250],
        duty=duty,
        period=str(period),
        period_last_day=period.last_day,
        unit_id=owing.unit_id,
        field_code=duty.field_code,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else None,
        owner_id=owner_id,
        original_owner_id=owner_id,
        counterpart_id=duty.counterpart_id,
        opened_on=on,
        due_on=due_on,
        original_due_on=due_on,
    )


def _owing(answers: Mapping[int, Answer], day: date) -> tuple[dict[int, Lead], dict[int, Unowed]]:
    """By unit, who leads and may owe; and what stands against the others."""
    offices = organisations_on({one.organisation_id for one in answers.values() if isinstance(one, Lead)}, day)
    leads: dict[int, Lead] = {}
    unowed: dict[int, Unowed] = {}
    for unit_id, answer in answers.items():
        if not isinstance(answer, Lead):
            unowed[unit_id] = answer
        elif may_own_obligations((office := offices[answer.organisation_id]).kind):
            leads[unit_id] = answer
        else:
            unowed[unit_id] = NeverOwing(answer, unit_id, office.name)
    return leads, unowed


Key = tuple[str, int]


def _made_already(duty: Duty, period: Period) -> tuple[set[Key], set[tuple[Key, int]]]:
    """What the obligations of the period are known by that are made; and what a reform closed, by (key, first owner).

    What a reform closed is made again, but for another owner.
    """
    made: set[Key] = set()
    given_up: set[tuple[Key, int]] = set()
    rows = Obligation.objects.filter(duty=duty, period=str(period))
    named = rows.values_list("unit_id", "subject_kind", "subject_id", "original_owner_id", "closed_reason")
    for unit_id, kind, subject_id, owner_id, reason in named:
        key = ("unit", unit_id) if subject_id is None else (kind, subject_id)
        if reason == ClosedReason.REFORMED:
            given_up.add((key, owner_id))
        else:
            made.add(key)
    return made, given_up
