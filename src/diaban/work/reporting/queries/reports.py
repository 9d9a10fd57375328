"""Reports as lists and boards show them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.foundation.mandates.routing import holders_today
from diaban.foundation.obligations.models import DeadlineRequest, Obligation
from diaban.foundation.obligations.queries import periods_owed
from diaban.foundation.obligations.rules import Standing, Status, status
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Period
from diaban.lib.vietnamese import fold
from diaban.work.reporting.models import Report, ReportVersion, Schedule, SectionState
from diaban.work.reporting.permissions import READ, READ_ALL, READ_AUDIT, visible_reports
from diaban.work.reporting.rules import RECEPTION, shown_status

NOT_REPORTED = "not_reported"
NOBODY = "", ""
TO_RECEIVE = "to_receive"
IN_HAND = frozenset({NOT_REPORTED, "draft", "to_check", "to_sign"})  # states in which nothing has reached the receiver


@dataclass(frozen=True)
class Filter:
    """What a list of reports is narrowed to; blank is everything in sight."""

    text: str = ""
    schedule_id: int | None = None
    period: str = ""
    status: str = ""
    unit_id: int | None = None


def reports(actor: Actor, wanted: Filter | None = None) -> QuerySet[Report]:
    """Reports in sight with what `line_of` needs, newest period first."""
    wanted = wanted or Filter()
    rows = with_states(visible_reports(actor))
    if wanted.text:
        rows = rows.filter(folded__contains=fold(wanted.text.strip()))
    if wanted.schedule_id:
        rows = rows.filter(schedule_id=wanted.schedule_id)
    if wanted.period:
        rows = rows.filter(period=wanted.period)
    if wanted.unit_id:
        rows = rows.filter(unit_id=wanted.unit_id)
    if wanted.status == TO_RECEIVE:
        rows = rows.filter(pk__in=_to_receive(actor))
    elif wanted.status:
        rows = rows.filter(_status_filter(wanted.status))
    return rows.order_by("-period_last_day", "sort_key", "id")


def _to_receive(actor: Actor) -> QuerySet[Obligation, int | None]:
    """The reports whose reception the actor's office has in hand, as its first page counts them: with or without the paper,
    and whatever other offices did with their sections."""
    owed = Obligation.objects.open().filter(kind=RECEPTION, subject_kind="reporting.report", owner_id__in=party(actor))
    return owed.values_list("subject_id", flat=True)


def with_states(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Add the state of the newest sent version, the deadline and when it was met; all by subqueries."""
    sent = ReportVersion.objects.filter(report=OuterRef("pk"), data_sent_at__isnull=False).order_by("-number")
    states = SectionState.objects.filter(version=OuterRef("sent_version"))
    owed = Obligation.objects.filter(
        duty_id=OuterRef("schedule__duty_id"), period=OuterRef("period"), unit_id=OuterRef("unit_id")
    )
    return rows.annotate(
        sent_version=Subquery(sent.values("pk")[:1]),
        sent_number=Subquery(sent.values("number")[:1]),
        data_sent_at=Subquery(sent.values("data_sent_at")[:1]),
        paper_sent_at=Subquery(sent.values("sent_at")[:1]),
        is_typed_for=Subquery(sent.values("is_typed_for")[:1]),
        due_on=Subquery(owed.values("due_on")[:1]),
        fulfilled_at=Subquery(owed.values("fulfilled_at")[:1]),
    ).annotate(
        waiting=_count(states, SectionState.Status.WAITING),
        received=_count(states, SectionState.Status.RECEIVED),
        returned=_count(states, SectionState.Status.RETURNED),
    )


def _count(states: QuerySet[SectionState], wanted: str) -> Subquery:
    counted = states.filter(status=wanted).order_by().values("version").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def _status_filter(wanted: str) -> Q:
    if wanted == "returned":
        return Q(status=Report.Status.SENT, returned__gt=0)
    if wanted == "data_sent":
        return Q(status=Report.Status.SENT, paper_sent_at=None, returned=None)
    if wanted == "received":
        return Q(status=Report.Status.SENT, received__gt=0, waiting=None, returned=None, paper_sent_at__isnull=False)
    if wanted == "waiting":
        return Q(status=Report.Status.SENT, waiting__gt=0, returned=None, paper_sent_at__isnull=False)
    return Q(status=wanted)


@dataclass(frozen=True)
class Line:
    """One report on a list: its word, its deadline, how it stands to it."""

    report: Report
    state: str
    due_on: date | None
    punctual: str
    is_typed_for: bool


def line_of(report: Report, on: date) -> Line:
    """The line of a report from `with_states`."""
    row: Any = report
    return Line(
        report, state_of(report), row.due_on, _punctual(row.due_on, row.fulfilled_at, on), bool(row.is_typed_for)
    )


def state_of(report: Report) -> str:
    """The word for a report from `with_states`."""
    row: Any = report
    awaits = row.data_sent_at is not None and row.paper_sent_at is None
    return shown_status(
        report.status,
        awaits_paper=awaits,
        waiting=row.waiting or 0,
        received=row.received or 0,
        returned=row.returned or 0,
    )


def _punctual(due_on: date | None, fulfilled_at: Any, on: date) -> str:
    """How a report stands to its deadline, in the word for reports; blank without a deadline."""
    if due_on is None:
        return ""
    return said_of(status(Standing(due_on, due_on, timezone.localdate(fulfilled_at) if fulfilled_at else None), on))


LATE = frozenset({"overdue", "sent_late"})


def said_of(standing: Status) -> str:
    """A report is sent, where other work is done."""
    return {Status.DONE_ON_TIME: "sent_on_time", Status.DONE_LATE: "sent_late"}.get(standing, standing.value)


@dataclass(frozen=True)
class Expected:
    """One unit of a board: who owes the report, how far it is, and the report itself where the reader may see it.

    `received` of `sections` have been received; `due_first` is the deadline before an extension. Who owed it first and who
    answers for it now are told where they are two.
    """

    unit_id: int
    unit_uid: UUID
    unit_name: str
    state: str
    due_on: date | None
    punctual: str
    report: Report | None
    obligation_id: int
    due_first: date | None = None
    sent_on: date | None = None
    received: int = 0
    sections: int = 0
    asks: str = ""
    owner_then: str = ""
    owner_now: str = ""
    waits_here: bool = False  # with sections for the reader's office to receive

    @property
    def is_extended(self) -> bool:
        return self.due_first != self.due_on

    @property
    def is_sent(self) -> bool:
        return self.state not in IN_HAND


@dataclass(frozen=True)
class Board:
    """Tình hình gửi báo cáo of one period: every unit that owes, and the counts of each state."""

    rows: list[Expected]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def expected(self) -> int:
        return len(self.rows)

    @property
    def sent(self) -> int:
        return sum(row.is_sent for row in self.rows)

    @property
    def punctual(self) -> Counter[str]:
        """How many stand how to their deadline."""
        return Counter(row.punctual for row in self.rows if row.punctual)

    @property
    def late(self) -> int:
        return sum(row.punctual in LATE for row in self.rows)


def board(actor: Actor, schedule: Schedule, period: str, on: date) -> Board:
    """How far every unit under the actor's eyes is, in the order of their names. Seven queries, whatever the number of units; some
    more where one of those who owed is no more.

    That a unit has begun a draft is told; what stands in it is not.
    """
    owed = Obligation.objects.filter(in_reach(actor), duty=schedule.duty, period=period).exclude(
        closed_reason="reformed"
    )
    obligations = list(owed)
    asked = DeadlineRequest.objects.filter(obligation__in=obligations, granted=None)
    asks = {one.obligation_id: str(one.get_kind_display()) for one in asked}
    found = with_states(Report.objects.of_period(schedule.pk, period)).select_related("schedule__form")
    by_unit = {report.unit_id: report for report in found}
    day = obligations[0].period_last_day if obligations else on
    units = nearest_versions([one.unit_id for one in obligations], day or on)
    obligations.sort(key=lambda one: (units[one.unit_id].sort_key, one.unit_id))
    moved = _moved(obligations, day or on, on)
    here = set(_to_receive(actor))
    rows = [
        replace(
            _expected(one, by_unit.get(one.unit_id), units[one.unit_id], on, asks.get(one.pk, "")),
            owner_then=moved.get(one.pk, NOBODY)[0],
            owner_now=moved.get(one.pk, NOBODY)[1],
            waits_here=one.unit_id in by_unit and by_unit[one.unit_id].pk in here,
        )
        for one in obligations
    ]
    return Board(rows, Counter(row.state for row in rows))


def _moved(obligations: Sequence[Obligation], day: date, on: date) -> dict[int, tuple[str, str]]:
    """The names of whoever owed first, as of `day`, and of whoever answers for it now, by obligation, where they are two."""
    if not obligations:
        return {}
    now = holders_today({one.owner_id for one in obligations}, obligations[0].field_code, on)
    two = {one.pk: (one.original_owner_id, now[one.owner_id]) for one in obligations}
    two = {pk: pair for pk, pair in two.items() if pair[0] != pair[1]}
    if not two:
        return {}
    then, later = names_of({one for one, _now in two.values()}, day), names_of({one for _then, one in two.values()}, on)
    return {pk: (then.get(first, ""), later.get(last, "")) for pk, (first, last) in two.items()}


def _expected(obligation: Obligation, report: Report | None, unit: UnitVersion, on: date, asks: str) -> Expected:
    row: Any = report
    is_sent = report is not None and report.status == Report.Status.SENT
    parts = (row.received or 0, row.waiting or 0, row.returned or 0) if is_sent else (0, 0, 0)
    return Expected(
        unit_id=obligation.unit_id,
        unit_uid=unit.unit.uid,
        unit_name=unit.full_name,
        state=NOT_REPORTED if report is None else state_of(report),
        due_on=obligation.due_on,
        punctual=said_of(obligation.status_on(on)),
        report=report if is_sent else None,
        obligation_id=obligation.pk,
        due_first=obligation.original_due_on,
        sent_on=timezone.localdate(row.data_sent_at) if is_sent and row.data_sent_at else None,
        received=parts[0],
        sections=sum(parts),
        asks=asks,
    )


def in_reach(actor: Actor) -> Q:
    """Units over which the actor may read reports at all, in any field."""
    return visible_by_any(actor, (READ, READ_ALL, READ_AUDIT), field=None)


def schedules_in_sight(actor: Actor) -> QuerySet[Schedule]:
    """Schedules in force that the actor's reports belong to, or that are asked of units under its eyes."""
    mine = visible_reports(actor).filter(schedule=OuterRef("pk"))
    owed = Obligation.objects.filter(in_reach(actor), duty_id=OuterRef("duty_id"))
    rows = Schedule.objects.filter(is_on=True).select_related("form")
    return rows.filter(Exists(mine) | Exists(owed))


def periods_of(schedules: Iterable[Schedule]) -> list[str]:
    """The periods that obligations were made for, newest first."""
    return periods_owed(schedule.duty_id for schedule in schedules if schedule.duty_id is not None)


def newest_of(schedule: Schedule, periods: Sequence[Period], today: date) -> Period:
    """Of some periods of a schedule, newest first and at least one: the newest that is over or that reports came in for;
    before there is any, the first one asked. One query at most."""
    to_come = {period for period in periods if period.last_day >= today}
    reports = Report.objects.filter(schedule=schedule, status=Report.Status.SENT, period__in=map(str, to_come))
    sent = set(reports.values_list("period", flat=True).distinct()) if to_come else set()
    return next((period for period in periods if period not in to_come or str(period) in sent), periods[-1])


def newest_told_of(schedule: Schedule, periods: Sequence[Period], today: date) -> Period:
    """As `newest_of`, for figures rather than for what is to come: the newest period that is over and of which something was
    received; then the newest of which anything was. An early report does not take the place of a whole quarter. Two queries."""
    reports = Report.objects.filter(schedule=schedule, versions__sections__status=SectionState.Status.RECEIVED)
    received = set(reports.values_list("period", flat=True).distinct())
    told = [period for period in periods if str(period) in received]
    over = [period for period in told if period.last_day < today]
    return (over or told or [newest_of(schedule, periods, today)])[0]
