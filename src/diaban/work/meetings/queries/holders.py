"""Who holds a periodic briefing on a day, and how far a period's briefings are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.links.models import Link
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.holders import Holder as InPersonOf
from diaban.foundation.obligations.holders import owing_of, units_owing
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.permissions import visible_duties, visible_obligations
from diaban.foundation.obligations.queries import periods_owed
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.messages import ReadyText, number_of
from diaban.lib.vietnamese import format_date, sort_key
from diaban.work.meetings.models import Holder, Meeting, Membership
from diaban.work.meetings.permissions import BRIEFING, HOLDER, visible_meetings


def standing_on(duty_id: int, on: date) -> list[Membership]:
    """The memberships of a duty's holders that hold on a day, heads first. One query."""
    rows = Membership.objects.filter(duty=duty_id, valid__contains=on).select_related("holder")
    return list(rows.order_by("holder__name", "holder", "-is_head", "pk"))


def holders_of_units(duty: Duty, unit_ids: Collection[int], on: date) -> dict[int, InPersonOf]:
    """For the socket of obligations: by unit, the holder that owes for it. The head owes; where he is not among the units any
    more (merged, abolished), the first member that is. A unit that briefed within a cluster and left it after owes no second
    time in the period: it counts with that cluster."""
    members: dict[int, list[Membership]] = defaultdict(list)
    wanted = set(unit_ids)
    briefed = {one.unit_id: one for one in _briefed_before(duty, on) if one.unit_id in wanted}
    for one in sorted(standing_on(duty.pk, on), key=lambda one: one.unit_id in briefed):  # who left is not first
        if one.unit_id in wanted:
            held = briefed.get(one.unit_id, one)
            members[held.holder_id].append(held)
    return {
        each.unit_id: InPersonOf(Subject(HOLDER, pk), several[0].holder.name, several[0].unit_id)
        for pk, several in members.items()
        for each in several
    }


def _briefed_before(duty: Duty, last_day: date) -> list[Membership]:
    """The memberships that had ended by a period's last day, of clusters that held the period's briefing while they lasted."""
    held = Obligation.objects.filter(
        duty=duty, period_last_day=last_day, subject_kind=HOLDER, fulfilled_at__isnull=False
    ).values_list("subject_id", "fulfilled_at")
    days = {holder: timezone.localtime(at).date() for holder, at in held if holder is not None and at is not None}
    rows = Membership.objects.filter(holder__in=days, holder__is_cluster=True).exclude(valid__contains=last_day)
    return [one for one in rows.select_related("holder") if days[one.holder_id] in one.valid] if days else []


def briefing_duties(actor: Actor) -> list[Duty]:
    """The duties to hold briefings that are in sight: kept by the own office or in its mandate, or owed by it. Newest first."""
    owed = visible_obligations(actor).filter(kind=BRIEFING, duty__isnull=False).values("duty")
    rows = Duty.objects.filter(Q(pk__in=visible_duties(actor).values("pk")) | Q(pk__in=owed), kind=BRIEFING)
    return list(rows.order_by("-valid", "pk"))


def periods_of(duty: Duty) -> list[str]:
    """The periods of which obligations were made, newest first."""
    return sorted(periods_owed([duty.pk]), reverse=True)


@dataclass(frozen=True)
class Group:
    """A holder with its members, as they are on a day."""

    holder: Holder
    members: Sequence[tuple[UnitVersion, bool]]

    @property
    def head(self) -> UnitVersion | None:
        return next((unit for unit, is_head in self.members if is_head), None)

    @property
    def others(self) -> list[UnitVersion]:
        return [unit for unit, is_head in self.members if not is_head]


@dataclass(frozen=True)
class Grouping:
    """Who holds the briefing of a duty on a day: clusters, units by themselves, and units that nobody has put anywhere."""

    clusters: Sequence[Group]
    alone: Sequence[Group]
    rest: Sequence[UnitVersion]


def grouping_of(duty: Duty, on: date) -> Grouping:
    """Four queries."""
    units = units_owing(duty, on)
    names = nearest_versions(units, on)
    members: dict[int, list[tuple[UnitVersion, bool]]] = defaultdict(list)
    holders: dict[int, Holder] = {}
    placed = set()
    for one in standing_on(duty.pk, on):
        if one.unit_id in names:
            holders[one.holder_id] = one.holder
            members[one.holder_id].append((names[one.unit_id], one.is_head))
            placed.add(one.unit_id)
    in_order = sorted(holders.values(), key=lambda one: sort_key(one.name))
    groups = [Group(holder, members[holder.pk]) for holder in in_order]
    return Grouping(
        [one for one in groups if one.holder.is_cluster],
        [one for one in groups if not one.holder.is_cluster],
        sorted((names[one] for one in units if one not in placed), key=lambda one: one.sort_key),
    )


@dataclass(frozen=True)
class Held:
    """A holder's briefing of a period: what is owed, and the meeting that answers it."""

    name: str
    owner: str
    obligation: Obligation
    meeting: Meeting | None
    is_cluster: bool
    combined_with: str
    units: int
    state: str  # of what is owed
    is_open: bool  # whether the reader sees the meeting's page
    is_ours: bool  # whether it is the reader's body that owes

    @property
    def meeting_state(self) -> str:
        """How far its meeting is, where what is owed is not fulfilled yet."""
        return self.meeting.state if self.meeting is not None and self.obligation.fulfilled_at is None else ""

    @property
    def is_held(self) -> bool:
        return self.obligation.fulfilled_at is not None or (
            self.meeting is not None and self.meeting.closed_at is not None
        )

    @property
    def is_combined(self) -> bool:
        return bool(self.meeting.combined_with) if self.meeting is not None else bool(self.combined_with)


@dataclass(frozen=True)
class Board:
    """How far the briefings of a period are."""

    rows: Sequence[Held]
    on: date

    @property
    def held(self) -> int:
        return sum(one.is_held for one in self.rows)

    @property
    def combined(self) -> int:
        return sum(one.is_held and one.is_combined for one in self.rows)

    @property
    def waiting(self) -> list[Held]:
        return [one for one in self.rows if not one.is_held]

    @property
    def late(self) -> int:
        """Not held, and past their day."""
        return sum(1 for one in self.waiting if one.obligation.due_on and one.obligation.due_on < self.on)


def board_of(actor: Actor, duty: Duty, period: str, on: date) -> Board:
    """The briefings of a period in sight, what was taken back left out. Eight queries."""
    owed = list(
        visible_obligations(actor)
        .filter(duty=duty, period=period)
        .exclude(closed_reason__in=(ClosedReason.REFORMED, ClosedReason.WITHDRAWN))
        .order_by("pk")
    )
    meetings = _answering(owed)
    holders = Holder.objects.in_bulk([one.subject_id for one in owed if one.subject_id])
    day = max((one.period_last_day for one in owed if one.period_last_day), default=on)
    sizes: dict[int, int] = defaultdict(int)
    for member in standing_on(duty.pk, day):
        sizes[member.holder_id] += 1
    units = nearest_versions({one.unit_id for one in owed}, day)
    offices = names_of({one.owner_id for one in owed}, on)
    ours = party(actor)
    in_sight = set(
        visible_meetings(actor).filter(pk__in=[one.pk for one in meetings.values()]).values_list("pk", flat=True)
    )
    rows = []
    for one in owed:
        holder, meeting = holders.get(one.subject_id or 0), meetings.get(one.pk)
        rows.append(
            Held(
                name=holder.name if holder else units[one.unit_id].full_name,
                owner=offices.get(one.owner_id, ""),
                obligation=one,
                meeting=meeting,
                is_cluster=holder is not None and holder.is_cluster,
                combined_with=holder.combined_with if holder else "",
                units=sizes.get(one.subject_id or 0, 1),
                state=one.status_on(on).value,
                is_open=meeting is not None and meeting.pk in in_sight,
                is_ours=one.owner_id in ours and one.is_open,
            )
        )
    return Board(sorted(rows, key=lambda row: (not row.is_cluster, sort_key(row.name))), on)


def _answering(owed: Iterable[Obligation]) -> Mapping[int, Meeting]:
    """By obligation, the newest meeting that is held for it and was not called off. Two queries."""
    ids = [one.pk for one in owed]
    links = Link.objects.filter(
        kind=Link.Kind.ANSWERS, source_kind="meetings.meeting", target_kind="obligations.obligation", target_id__in=ids,
        untied_on=None,
    )  # fmt: skip
    pairs = list(links.order_by("pk").values_list("target_id", "source_id"))
    meetings = Meeting.objects.filter(cancelled_at=None).in_bulk([source for _target, source in pairs])
    return {target: meetings[source] for target, source in pairs if source in meetings}


def reminder_of(board: Board, title: str, period: str, address: str) -> ReadyText | None:
    """Text to send by hand to the holders that have not held it; None where all have."""
    waiting = board.waiting
    if not waiting:
        return None
    due = waiting[0].obligation.due_on
    until = f" (hạn {format_date(due)})" if due else ""
    head = f"Kính đề nghị {number_of(len(waiting), 'đơn vị')} sau tổ chức “{title}” {period}{until}, hoặc ghi giao ban lồng ghép:"
    named = (f"{one.name} ({one.owner})" if one.is_cluster else one.owner for one in waiting)
    lines = [
        f"{number}. {name}" for number, name in enumerate(named, start=1)
    ]  # all: who is left out thinks that he has
    return ReadyText("các đơn vị chưa giao ban", "\n".join([head, *lines, f"Ghi kết quả tại: {address}"]), len(waiting))


def members_of(obligation: Obligation) -> list[int]:
    """The units of the holder that owes a briefing, on the period's last day: whom its meeting asks."""
    if obligation.duty is None or obligation.period_last_day is None or obligation.subject_kind != HOLDER:
        return []
    day = obligation.period_last_day
    return [one.unit_id for one in standing_on(obligation.duty.pk, day) if one.holder_id == obligation.subject_id]


def declared_meeting(obligation: Obligation) -> str:
    """The own meeting that the unit said it briefs within; blank where it said none."""
    if obligation.subject_kind != HOLDER:
        return ""
    return Holder.objects.filter(pk=obligation.subject_id or 0).values_list("combined_with", flat=True).first() or ""


def wanted_on(duty: Duty, day: date) -> dict[tuple[str, int], int]:
    """By what its obligation is known, the unit in whose person each holder owes on a day."""
    return {one.key: one.unit_id for one in owing_of(duty, units_owing(duty, day), day)}
