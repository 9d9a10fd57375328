"""Schedules: drafted, switched on when their ground is complete, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted, SystemActor
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason, DueRule
from diaban.foundation.obligations.services import close, declare_duty, end_duty, generate_obligations, notify_owners
from diaban.lib.periods import Calendar, Kind
from diaban.lib.vietnamese import format_date
from diaban.work.reporting.models import Deadline, Form, Report, Schedule
from diaban.work.reporting.permissions import FIELD, SET_SCHEDULE, is_own_draft
from diaban.work.reporting.queries.owing import due_rule_of
from diaban.work.reporting.rules import Ground, faults_of_deadlines, faults_of_ground

DUTY_KIND = "reporting.report"
TOLD = (
    "title",
    "kind",
    "valid",
    "due_on",
    "basis",
    "cut_off_days",
    "reception_days",
    "short_path",
)  # what the journal tells of a redraft


class NotLawful(ValueError):
    """A schedule lacks what Decree 09/2019/NĐ-CP asks before it may bind anyone. `faults` says what, in Vietnamese."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


class NotEndable(ValueError):
    """A schedule cannot end as asked; the message says why, in Vietnamese."""


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


class Terms(TypedDict):
    """What a schedule says. `deadlines` are (level, working days after the cut-off) from below to above; `valid_to` is the
    first day it no longer holds. A one-off is about the days from `valid_from` until before `valid_to`, sent by `due_on`.
    """

    form: Form
    title: str
    unit_id: int
    counterpart_id: int
    valid_from: date
    valid_to: NotRequired[date | None]
    kind: NotRequired[str]
    basis: Basis
    deadlines: Sequence[tuple[str, int]]
    due_on: NotRequired[date | None]
    cut_off_days: NotRequired[int]
    reception_days: NotRequired[int]
    short_path: NotRequired[bool]


@transaction.atomic
def draft_schedule(*, actor: Actor, at: datetime, **terms: Unpack[Terms]) -> Schedule:
    """Write a schedule down; it binds nobody until it is switched on. Raises `NotLawful` where a deadline breaks
    Article 8.5."""
    grant = actor.require(SET_SCHEDULE, FIELD, terms["unit_id"])
    schedule = Schedule(drafted_by_id=actor.organisation_id)
    _put(schedule, terms)
    schedule.save()
    _put_deadlines(schedule, terms["deadlines"])
    record(actor=actor, verb="reporting.schedule_drafted", thing=schedule, at=at, grant=grant)
    return schedule


@transaction.atomic
def redraft_schedule(
    *, schedule_id: int, expected_revision: int | None = None, actor: Actor, at: datetime, **terms: Unpack[Terms]
) -> Schedule:
    """Say a draft anew, whole. Raises `NotLawful`, and `NotPermitted` for another office's or one that was in force."""
    schedule, _before = _own_draft(schedule_id, expected_revision, actor)
    grant = actor.require(SET_SCHEDULE, FIELD, terms["unit_id"])
    told = {name: getattr(schedule, name) for name in TOLD}
    _put(schedule, terms)
    schedule.revision += 1
    schedule.save()
    _put_deadlines(schedule, terms["deadlines"])
    changes = {
        name: (str(old or ""), str(getattr(schedule, name) or ""))
        for name, old in told.items()
        if old != getattr(schedule, name)
    }
    record(actor=actor, verb="reporting.schedule_redrafted", thing=schedule, at=at, grant=grant, changes=changes)
    return schedule


@transaction.atomic
def discard_schedule(*, schedule_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> None:
    """Delete a draft of the actor's own office; the journal keeps that it was. Raises `NotPermitted`."""
    schedule, grant = _own_draft(schedule_id, expected_revision, actor)
    changes = {"title": (schedule.title, "")}
    record(actor=actor, verb="reporting.schedule_discarded", thing=schedule, at=at, grant=grant, changes=changes)
    schedule.delete()


def _own_draft(schedule_id: int, expected_revision: int | None, actor: Actor) -> tuple[Schedule, Grant]:
    schedule = Schedule.lock(schedule_id, expected_revision=expected_revision)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    if not is_own_draft(actor, schedule):
        raise NotPermitted(_("Chỉ sửa, xóa được dự thảo của cơ quan mình, chưa từng áp dụng."))
    return schedule, grant


def _put(schedule: Schedule, terms: Terms) -> None:
    basis = terms["basis"]
    if faults := faults_of_deadlines(terms["deadlines"]):
        raise NotLawful(faults)
    schedule.form = terms["form"]
    schedule.title = terms["title"]
    schedule.kind = terms.get("kind", Schedule.Kind.PERIODIC)
    schedule.unit_id = terms["unit_id"]
    schedule.counterpart_id = terms["counterpart_id"]
    schedule.valid = DateRange(terms["valid_from"], terms.get("valid_to"))
    schedule.due_on = terms.get("due_on") if schedule.is_once else None
    schedule.short_path = terms.get("short_path", False)
    schedule.cut_off_days = terms.get("cut_off_days", 0)
    schedule.reception_days = terms.get("reception_days", 3)
    schedule.basis_symbol = basis.symbol
    schedule.basis_issuer = basis.issuer
    schedule.basis_article = basis.article
    schedule.items = dict(basis.items)
    schedule.is_assumed = bool(basis.assumed)
    schedule.assumed_basis = basis.assumed
    schedule.letter_symbol = basis.letter_symbol
    schedule.letter_on = basis.letter_on


def _put_deadlines(schedule: Schedule, deadlines: Sequence[tuple[str, int]]) -> None:
    schedule.deadlines.all().delete()
    Deadline.objects.bulk_create(
        Deadline(schedule=schedule, step=step, level=level, working_days=days)
        for step, (level, days) in enumerate(deadlines, 1)
    )


@transaction.atomic
def switch_on(*, schedule_id: int, actor: Actor, at: datetime, expected_revision: int | None = None) -> Schedule:
    """Put a schedule in force: it becomes a duty of every unit of the form's level. Raises `NotLawful`. Twice changes nothing.

    A one-off is owed at once, its one time; a periodic one for the period that runs, and the next as they begin.
    """
    schedule = Schedule.lock(schedule_id, expected_revision=expected_revision)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    if schedule.is_on:
        return schedule
    if faults := faults_of(schedule, actor.today):
        raise NotLawful(faults)
    schedule.duty = _declare(schedule, actor, at)
    schedule.is_on = True
    schedule.save_revision("duty", "is_on")
    changes = {"basis": ("", schedule.basis), "is_assumed": (None, schedule.is_assumed)}
    record(actor=actor, verb="reporting.schedule_switched_on", thing=schedule, at=at, grant=grant, changes=changes)
    worker = SystemActor("schedules", actor.today)
    generate_obligations(on=actor.today, actor=worker, at=at, duties=[schedule.duty])
    return schedule


@transaction.atomic
def end_schedule(
    *, schedule_id: int, on: date, reason: str, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Schedule:
    """End a schedule: periods whose last day is `on` or later are no longer asked; what is still owed for them is closed and
    its owners are told. Raises `NotEndable`, also where a report of such a period was sent.
    """
    schedule = Schedule.lock(schedule_id, expected_revision=expected_revision)
    grant = actor.require(SET_SCHEDULE, FIELD, schedule.unit_id)
    if fault := _why_not_ended(schedule, on, reason):
        raise NotEndable(fault)
    before = schedule.valid
    schedule.valid = DateRange(before.lower, on)
    schedule.save_revision("valid")
    changes = {"valid": (str(before), str(schedule.valid)), "reason": ("", reason)}
    act = record(actor=actor, verb="reporting.schedule_ended", thing=schedule, at=at, grant=grant, changes=changes)
    if schedule.duty is not None:
        end_duty(duty_id=schedule.duty.pk, on=on, actor=actor, at=at)
        owed = list(Obligation.objects.open().filter(duty=schedule.duty, period_last_day__gte=on))
        for one in owed:
            close(obligation=one, reason=ClosedReason.WITHDRAWN, note=reason, actor=actor, at=at, act=act)
        notify_owners(obligations=owed, reason=_("Không còn phải báo cáo"), on=actor.today, at=at)
    return schedule


def _why_not_ended(schedule: Schedule, on: date, reason: str) -> str:
    """Why it cannot end that day; blank where it can."""
    if not schedule.is_on:
        return _("Chế độ này chưa áp dụng: sửa hoặc xóa dự thảo.")
    if not reason.strip():
        return _("Ghi lý do, căn cứ thôi áp dụng.")
    if on <= schedule.valid.lower or (schedule.valid.upper and on >= schedule.valid.upper):
        return _("Ngày thôi áp dụng phải nằm trong thời gian chế độ đang có hiệu lực.")
    sent = Report.objects.filter(schedule=schedule, period_last_day__gte=on, versions__data_sent_at__isnull=False)
    newest = sent.order_by("-period_last_day").first()
    if newest is not None:
        day = {"period": newest.period_label, "day": format_date(newest.period_last_day + timedelta(days=1))}
        return _("Đã có báo cáo %(period)s được gửi: chọn từ ngày %(day)s trở đi.") % day
    return ""


def faults_of(schedule: Schedule, today: date) -> list[str]:
    """Why a schedule cannot be switched on today; nothing where it can."""
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
        due_on=schedule.due_on,
    )
    if schedule.is_once:
        gone = schedule.due_on is not None and schedule.due_on < today
        return faults_of_ground(ground, schedule.items) + ([_("Hạn gửi đã qua")] if gone else [])
    steps = [(row.level, row.working_days) for row in schedule.deadlines.all()]
    missing = [] if schedule.form.level in dict(steps) else [_("Thiếu hạn gửi của cấp lập báo cáo")]
    return faults_of_ground(ground, schedule.items) + missing + faults_of_deadlines(steps)


def _declare(schedule: Schedule, actor: Actor, at: datetime) -> Duty:
    asked = schedule.one_period
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
        period_kind=asked.kind if asked else Kind(schedule.form.period_kind),
        due_rule=due_rule_of(schedule) or DueRule(),
        valid_from=schedule.valid.lower,
        valid_to=schedule.valid.upper,
        legal_basis=schedule.basis,
        is_assumed=schedule.is_assumed,
        asked=asked,
        actor=actor,
        at=at,
    )
