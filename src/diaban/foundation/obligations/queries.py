"""The worklist and the pages of obligations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.links.sockets import Standing
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.models import Assignment, DeadlineRequest, Obligation, done_late
from diaban.foundation.obligations.permissions import visible_obligations
from diaban.foundation.obligations.rules import Status
from diaban.foundation.obligations.starts import courses_of, kinds_together, start_urls, together_url
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import UnitVersion

MOST_LINES = 100
SOON, LATELY = timedelta(days=7), timedelta(days=90)  # what comes due, and what fell due, as a leader looks at it


@dataclass(frozen=True)
class Line:
    """One line of the worklist: what, for whom, where, until when, where the work starts and how far it is (the code of a
    status); `by_whom` where another body of the same office is to do it and the office holds work of several."""

    obligation: Obligation
    by_whom: str
    for_whom: str
    where: str
    status: Status
    start_url: str | None
    course: str = ""
    assigned_text: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Bundle:
    """Obligations of one kind and period that are told together: how many, how many of them overdue, the nearest deadline."""

    title: str
    number: int
    overdue: int
    due_on: date | None
    url: str


@dataclass
class Worklist:
    """Open work of the office, most urgent first. `hidden` counts lines past the first hundred of a group.

    `unanswered` is what was asked for by a day that has passed: nobody is late with it, yet it waits for an answer.
    """

    together: list[Bundle] = field(default_factory=list)

    overdue: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    unanswered: list[Line] = field(default_factory=list)
    this_week: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)
    to_decide: list[DeadlineRequest] = field(default_factory=list)
    hidden: int = 0

    @property
    def is_empty(self) -> bool:
        lines = self.overdue or self.today or self.unanswered or self.this_week or self.later
        return not (self.together or lines or self.to_decide)


def worklist(actor: Actor, on: date) -> Worklist:
    """What the acting position has in hand: its office's open obligations, for staff without assignments of others first."""
    work = Worklist()
    rows, work.hidden = _mine(actor)
    lines = _lines(rows, actor, on)
    work.together = _together(actor, on)
    end_of_week = on + timedelta(days=6 - on.weekday())
    for line in lines:
        _group(work, line, on, end_of_week).append(line)
    if actor.may("obligations.decide_own"):
        work.to_decide = list(requests_to_decide(actor)[:MOST_LINES])
    return work


def _mine(actor: Actor) -> tuple[list[Obligation], int]:
    held = Assignment.objects.filter(withdrawn_at=None, to_position_id=actor.position_id)
    office = Obligation.objects.open().filter(owner_id__in=party(actor)).exclude(kind__in=kinds_together())
    rows = (
        office.annotate(is_assigned_to_me=Exists(held.filter(obligation=OuterRef("pk"))))
        .prefetch_related(Prefetch("assignments", held, to_attr="my_assignments"))
        .order_by("due_on", "id")
    )
    found = list(rows[: MOST_LINES + 1])
    hidden = max(0, office.count() - MOST_LINES) if len(found) > MOST_LINES else 0
    return found[:MOST_LINES], hidden


def _together(actor: Actor, on: date) -> list[Bundle]:
    """One query."""
    found = (
        Obligation.objects.open()
        .filter(owner_id__in=party(actor), kind__in=kinds_together())
        .values("kind", "title", "period")
        .annotate(number=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)), nearest=Min("due_on"))
        .order_by("nearest", "title")
    )
    return [
        Bundle(row["title"], row["number"], row["overdue"], row["nearest"], together_url(row["kind"], row["period"]))
        for row in found
    ]


def _lines(rows: list[Obligation], actor: Actor, on: date) -> list[Line]:
    is_shared = len({row.owner_id for row in rows}) > 1
    names = names_of({row.counterpart_id for row in rows} | {row.owner_id for row in rows}, on)
    grounds = grounds_of(rows)
    urls = start_urls(rows) if actor.may("obligations.ask") else {}  # whoever only looks on starts nothing
    under_way = courses_of(rows)
    return [
        Line(
            obligation=row,
            by_whom=names.get(row.owner_id, "") if is_shared and row.owner_id != actor.organisation_id else "",
            for_whom=names.get(row.counterpart_id, ""),
            where=grounds[row.pk],
            status=row.status_on(on),
            start_url=urls.get(row.pk),
            course=under_way.get(row.pk, ""),
            assigned_text=next((mine.text for mine in _my_assignments(row)), ""),
            is_mine=bool(_my_assignments(row)),
        )
        for row in rows
    ]


def _my_assignments(row: Obligation) -> list[Assignment]:
    return cast("list[Assignment]", getattr(row, "my_assignments", []))


def _group(work: Worklist, line: Line, on: date, end_of_week: date) -> list[Line]:
    due = line.obligation.due_on
    if due is None or due > end_of_week:
        return work.later
    if due < on:
        return work.unanswered if line.obligation.is_asked else work.overdue
    return work.today if due == on else work.this_week


def grounds_of(rows: list[Obligation]) -> dict[int, str]:
    """The name of each obligation's unit on the day it concerns. One query for all."""
    versions: dict[int, list[UnitVersion]] = {}
    for version in UnitVersion.objects.filter(unit_id__in={row.unit_id for row in rows}):
        versions.setdefault(version.unit_id, []).append(version)
    return {row.pk: _name_on(versions.get(row.unit_id, []), row.period_last_day or row.opened_on) for row in rows}


def _name_on(versions: list[UnitVersion], day: date) -> str:
    return next((version.full_name for version in versions if day in version.valid), "")


def requests_to_decide(actor: Actor) -> QuerySet[DeadlineRequest]:
    """Undecided requests that come to the actor's office, oldest first."""
    return (
        DeadlineRequest.objects.filter(granted=None, obligation__counterpart_id__in=party(actor))
        .select_related("obligation")
        .order_by("asked_at")
    )


def open_about(subject: Subject) -> QuerySet[Obligation]:
    """The open obligations about a subject: who has it in hand."""
    return Obligation.objects.open().about(*subject)


def listed(
    actor: Actor, *, state: str = "", text: str = "", kind: str = "", is_ours: bool = False, on: date
) -> QuerySet[Obligation]:
    """Visible obligations with the filters of the list page; `state` is open, overdue, soon, lately (fell due in the last
    90 days), done, late or closed; with `is_ours` only what is owed to the actor's office."""
    rows = visible_obligations(actor)
    if is_ours:
        rows = rows.filter(counterpart_id__in=party(actor))
    rows = rows.filter(_in_state(state, on))
    if kind:
        rows = rows.filter(kind=kind)
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()))
    return rows.order_by("due_on", "id")


def _in_state(state: str, on: date) -> Q:
    """What a word of the filter means on a day; everything for one it does not know."""
    is_open = Q(fulfilled_at=None, closed_at=None)
    meant = {
        "open": is_open,
        "overdue": is_open & Q(due_on__lt=on, is_asked=False),
        "soon": is_open & Q(due_on__gte=on, due_on__lte=on + SOON),
        "lately": Q(closed_at=None, due_on__lt=on, due_on__gte=on - LATELY),
        "late": done_late(),
        "done": Q(fulfilled_at__isnull=False),
        "closed": Q(closed_at__isnull=False),
    }
    return meant.get(state, Q())


def detail(actor: Actor, obligation_id: int) -> Obligation | None:
    """One visible obligation with its assignments and requests."""
    return (
        visible_obligations(actor)
        .filter(pk=obligation_id)
        .prefetch_related(
            Prefetch(
                "assignments",
                Assignment.objects.filter(withdrawn_at=None).select_related("to_position", "from_position"),
            ),
            Prefetch("requests", DeadlineRequest.objects.order_by("-asked_at")),
        )
        .first()
    )


# From one period to the next in the index: a distinct would read every obligation of the duty, 3,321 a period.
_PERIODS = """
    WITH RECURSIVE found AS (
        SELECT duty.id, first.period, first.period_last_day
        FROM unnest(%s::bigint[]) AS duty (id) CROSS JOIN LATERAL (
            SELECT period, period_last_day FROM obligations_obligation
            WHERE duty_id = duty.id AND period <> '' ORDER BY period LIMIT 1
        ) first
        UNION ALL
        SELECT found.id, next.period, next.period_last_day
        FROM found CROSS JOIN LATERAL (
            SELECT period, period_last_day FROM obligations_obligation
            WHERE duty_id = found.id AND period > found.period ORDER BY period LIMIT 1
        ) next
    )
    SELECT period FROM found GROUP BY period, period_last_day ORDER BY period_last_day DESC, period
"""


def periods_owed(duty_ids: Iterable[int]) -> list[str]:
    """The periods that obligations of some duties were made for, newest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, [list(duty_ids)])
        return [period for (period,) in cursor.fetchall()]


def standing_of_obligations(actor: Actor, things: Sequence[Obligation], on: date) -> Mapping[int, Standing]:
    """How each stands, for a chain of things."""
    return {one.pk: Standing((one.status_on(on).value,)) for one in things}
