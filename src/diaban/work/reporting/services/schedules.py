"""Schedules: drafted, switched on when their ground is complete, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Duty
from diaban.foundation.obligations.rules import DueRule
from diaban.foundation.obligations.services import declare_duty, end_duty
from diaban.lib.periods import Calendar, Kind
from diaban.work.reporting.models import Deadline, Form, Schedule
from diaban.work.reporting.permissions import FIELD, SET_SCHEDULE
from diaban.work.reporting.rules import Ground, faults_of_deadlines, faults_of_ground

DUTY_KIND = "reporting.report"


class NotLawful(ValueError):
    """A schedule lacks what Decree 09/2019/NĐ-CP asks before it may bind anyone. `faults` says what, in Vietnamese."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Basis:
    """What a schedule stands on. `items` are those of Article 7 (`rules.ARTICLE_7`); a request has a letter instead."""

    symbol: str = ""
    issuer: str = ""
    article: str = ""
    items: Mapping[str, str] = field(default_factory=dict)
    assumed: str = ""
    letter_symbol: str = ""
    letter_on: date | None = None


@transaction.atomic
def draft_schedule(
    *,
    form: Form,
    title: str,
    unit_id: int,
    counterpart_id: int,
    valid_from: date,
    valid_to: date | None = None,
    kind: str = Schedule.Kind.PERIODIC,
    basis: Basis,
    deadlines: Sequence[tuple[str, int]],
    cut_off_days: int = 0,
    short_path: bool = False,
    actor: Actor,
    at: datetime,
) -> Schedule:
    """Write a schedule down; it binds nobody until it is switched on.

    `deadlines` are (level, working days after the cut-off) from below to above; `valid_to` is the first day it no longer
    holds. Raises `NotLawful` where a deadline breaks Article 8.5.
    """
    grant = actor.require(SET_SCHEDULE, FIELD, unit_id)
    if faults := faults_of_deadlines(deadlines):
        raise NotLawful(faults)
    schedule = Schedule.objects.create(
        form=form,
        title=title,
        kind=kind,
        unit_id=unit_id,
        counterpart_id=counterpart_id,
        valid=DateRange(valid_from, valid_to),
        short_path=short_path,
        cut_off_days=cut_off_days,
        basis_symbol=basis.symbol,
        basis_issuer=basis.issuer,
        basis_article=basis.article,
        items=dict(basis.items),
        is_assumed=bool(basis.assumed),
        assumed_basis=basis.assumed,
        letter_symbol=basis.letter_symbol,
        letter_on=basis.letter_on,
    )
    Deadline.objects.bulk_create(
        Deadline(schedule=schedule, step=step, level=level, working_days=days)
        for step, (level, days) in enumerate(deadlines, 1)
    )
    record(actor=actor, verb="reporting.schedule_drafted", thing=schedule, at=at, grant=grant)
    return schedule


@transaction.atomic
def switch_on(*, schedule_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Schedule:
    """Put a schedule in force: it becomes a duty of every unit of the form's level. Raises `NotLawful`. Twice changes nothing."""
    schedule = Schedule.lock(schedule_id, expected_revision=expected_revision)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    if schedule.is_on:
        return schedule
    if faults := faults_of(schedule):
        raise NotLawful(faults)
    schedule.duty = _declare(schedule, actor, at)
    schedule.is_on = True
    schedule.save_revision("duty", "is_on")
    changes = {"basis": ("", schedule.basis), "is_assumed": (None, schedule.is_assumed)}
    record(actor=actor, verb="reporting.schedule_switched_on", thing=schedule, at=at, grant=grant, changes=changes)
    return schedule


@transaction.atomic
def end_schedule(*, schedule_id: int, on: date, actor: Actor, at: datetime) -> Schedule:
    """End a schedule: periods whose last day is `on` or later are no longer asked."""
    schedule = Schedule.lock(schedule_id)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    before = schedule.valid
    schedule.valid = DateRange(before.lower, on)
    schedule.save_revision("valid")
    if schedule.duty_id is not None:
        end_duty(duty_id=schedule.duty_id, on=on, actor=actor, at=at)
    changes = {"valid": (str(before), str(schedule.valid))}
    record(actor=actor, verb="reporting.schedule_ended", thing=schedule, at=at, grant=grant, changes=changes)
    return schedule


def faults_of(schedule: Schedule) -> list[str]:
    """Why a schedule cannot be switched on; nothing where it can."""
    ground = Ground(
        kind=schedule.kind,
        symbol=schedule.basis_symbol,
        issuer=schedule.basis_issuer,
        article=schedule.basis_article,
        is_assumed=schedule.is_assumed,
        assumed_basis=schedule.assumed_basis,
        letter_symbol=schedule.letter_symbol,
        letter_on=schedule.letter_on,
        ends_on=schedule.valid.upper,
    )
    steps = [(row.level, row.working_days) for row in schedule.deadlines.all()]
    missing = [] if schedule.form.level in dict(steps) else ["Thiếu hạn gửi của cấp lập báo cáo"]
    return faults_of_ground(ground, schedule.items) + missing + faults_of_deadlines(steps)


def _declare(schedule: Schedule, actor: Actor, at: datetime) -> Duty:
    own = schedule.deadlines.get(level=schedule.form.level)
    return declare_duty(
        code=f"{schedule.form.code}:{schedule.pk}",
        kind=DUTY_KIND,
        title=schedule.title,
        title_en=schedule.form.name_en,
        function_code="report",
        field_code=FIELD,
        level=schedule.form.level,
        unit_id=schedule.unit_id,
        counterpart_id=schedule.counterpart_id,
        calendar=Calendar(schedule.form.calendar),
        period_kind=Kind(schedule.form.period_kind),
        due_rule=DueRule(schedule.cut_off_days, own.working_days),
        valid_from=schedule.valid.lower,
        valid_to=schedule.valid.upper,
        legal_basis=schedule.basis,
        is_assumed=schedule.is_assumed,
        actor=actor,
        at=at,
    )
