"""The weekly calendar as it is read: what an office wrote, the meetings it holds or is asked to, and what changed since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import party
from diaban.foundation.organisations.models import Holding, Person
from diaban.foundation.organisations.queries import UnknownOrganisation, body_of, names_of, rooms_of
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.labels import HALF_LABELS, MARK_LABELS
from diaban.work.meetings.models import (
    Arrangement,
    Attendee,
    Capacity,
    Change,
    Entry,
    Meeting,
    Move,
    Participant,
    Week,
)
from diaban.work.meetings.permissions import visible_weeks
from diaban.work.meetings.rules import DAY, ORDER, Half, Mark, Slot, clashes, half_of, key_of, monday_of, slot_within


@dataclass(frozen=True)
class Line:
    """A line of a calendar. `told` says what changed and why; `host` names the other office whose calendar it comes from;
    `people` and `offices` are whom it concerns, by id. `stamp` and `sequence` say when and how often it was written."""

    uid: str
    on: date
    half: Half
    starts_at: time | None
    ends_at: time | None
    content: str
    chair: str
    participants: tuple[str, ...]
    place: str
    preparation: str
    car: str
    stamp: datetime
    sequence: int = 0
    mark: Mark = Mark.NONE
    told: str = ""
    host: str = ""
    url: str = ""
    state: str = ""
    warning: str = ""
    is_sure: bool = True
    entry: Entry | None = None
    meeting: Meeting | None = None
    people: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    seats: tuple[tuple[tuple[object, ...], str], ...] = field(default=(), repr=False)

    @property
    def is_struck(self) -> bool:
        return self.mark in {Mark.STRUCK, Mark.MOVED}

    @property
    def half_label(self) -> Promise:
        return HALF_LABELS[self.half]

    @property
    def mark_label(self) -> Promise | str:
        return MARK_LABELS.get(self.mark, "")

    @property
    def hours(self) -> str:
        """The hour, or both."""
        if self.starts_at is None:
            return ""
        return f"{self.starts_at:%H:%M}" + (f"-{self.ends_at:%H:%M}" if self.ends_at else "")

    @property
    def order(self) -> tuple[date, int, time, str]:
        return self.on, ORDER[self.half], self.starts_at or time.min, self.uid


@dataclass(frozen=True)
class Day:
    """A day of the table."""

    on: date
    lines: tuple[Line, ...]
    is_today: bool = False


def lines_between(body: int, first: date, last: date, *, own: bool = True) -> list[Line]:
    """What stands in the calendar of a body from the first day to the last, both inside, in order. At most sixteen queries.

    For readers of other bodies (`own` false) meetings planned after publication are left out until invitations are out.
    """
    offices = _offices(body, first)
    weeks = Week.objects.filter(organisation=body, starts_on__range=(monday_of(first), last))
    published = {one.starts_on: one.published_at for one in weeks if one.published_at is not None}
    lines = [
        *_written(body, first, last, published),
        *_asked_elsewhere(body, offices, first, last),
        *_meetings(body, offices, first, last, published, own=own),
        *_moved(body, offices, first, last, published),
    ]
    return _warned(sorted(lines, key=lambda line: line.order))


def days_of(lines: Iterable[Line], starts_on: date, today: date) -> list[Day]:
    """Monday to Friday with their lines, Saturday and Sunday where something stands there."""
    by_day: dict[date, list[Line]] = {}
    for line in lines:
        by_day.setdefault(line.on, []).append(line)
    days = [starts_on + DAY * step for step in range(7)]
    return [Day(on, tuple(by_day.get(on, ())), on == today) for on in days if on.weekday() < 5 or on in by_day]


def mine(lines: Iterable[Line], person_id: int | None, office_id: int | None) -> list[Line]:
    """The lines that name a person or the office he sits in."""
    return [
        line
        for line in lines
        if (person_id is not None and person_id in line.people) or (office_id is not None and office_id in line.offices)
    ]


def people_in(lines: Iterable[Line]) -> list[Person]:
    """Whoever is named, by given name. One query."""
    ids = frozenset[int]().union(*(line.people for line in lines))
    return list(Person.objects.filter(pk__in=ids).order_by("sort_key"))


def own_person(actor: Actor) -> int | None:
    """The person who acts. One query."""
    if actor.position_id is None or actor.account_id is None:
        return None
    held = Holding.objects.filter(position=actor.position_id, person__account=actor.account_id)
    return held.values_list("person_id", flat=True).first()


def body_in(actor: Actor) -> int | None:
    """The legal body in whose name the actor works; None without one."""
    return None if actor.organisation_id is None else body_of(actor.organisation_id, actor.today)


def others_published(actor: Actor, starts_on: date) -> list[tuple[Week, str]]:
    """The published calendars of other bodies in sight for the same week, with the office's name. Two queries."""
    weeks = list(
        visible_weeks(actor).filter(starts_on=starts_on).exclude(organisation__in=party(actor)).order_by("organisation")
    )
    names = names_of({one.organisation_id for one in weeks}, starts_on)
    return [(one, names.get(one.organisation_id, "")) for one in weeks]


def changes_of(week: Week, lines: Sequence[Line]) -> list[tuple[datetime | None, str, str]]:
    """What changed after publication: when, what, how; the office's own lines from their record, meetings from the lines."""
    written = [(one.at, str(one.get_kind_display()), _change_said(one)) for one in week.changes.all()]
    met = [(None, line.content, line.told) for line in lines if line.meeting is not None and line.told]
    return [*written, *met]


def _change_said(one: Change) -> str:
    parts = [one.after or one.before]
    if one.kind == Change.Kind.CHANGED and one.before:
        parts.append(_("trước: %(before)s") % {"before": one.before})
    return f"{'; '.join(parts)}. {_('Lý do: %(reason)s') % {'reason': one.reason}}"


def _offices(body: int, on: date) -> frozenset[int]:
    """The body and its rooms that day; the body alone where it did not exist then."""
    try:
        return frozenset(one.organisation_id for one in rooms_of(body, on))
    except UnknownOrganisation:
        return frozenset({body})


def _written(body: int, first: date, last: date, published: dict[date, datetime]) -> Iterable[Line]:
    for entry in _entries(first, last).filter(week__organisation=body):
        yield _of_entry(entry, published.get(entry.week.starts_on))


def _asked_elsewhere(body: int, offices: frozenset[int], first: date, last: date) -> list[Line]:
    """What published calendars of other bodies say of the own offices."""
    named = Participant.objects.filter(entry=OuterRef("pk"), organisation__in=sorted(offices))
    found = list(
        _entries(first, last)
        .filter(Exists(named), week__published_at__isnull=False, struck_at=None)
        .exclude(week__organisation=body)
    )
    hosts = names_of({entry.week.organisation_id for entry in found}, first)
    return [
        replace(_of_entry(entry, None), host=hosts.get(entry.week.organisation_id, ""), entry=None, car="")
        for entry in found
    ]


def _entries(first: date, last: date) -> QuerySet[Entry]:
    return Entry.objects.filter(on__range=(first, last)).select_related("week").prefetch_related(
        "participants", Prefetch("changes", queryset=Change.objects.order_by("at", "id"))
    )  # fmt: skip


def _of_entry(entry: Entry, published_at: datetime | None) -> Line:
    there = list(entry.participants.all())
    mark, told = _mark_of_entry(entry, published_at)
    return Line(
        uid=str(entry.uid),
        on=entry.on,
        half=Half(entry.half),
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        content=entry.content,
        chair=next((str(one) for one in there if one.is_chair), ""),
        participants=tuple(str(one) for one in there if not one.is_chair),
        place=entry.place,
        preparation=entry.preparation,
        car=entry.car,
        stamp=entry.struck_at or entry.changed_at,
        sequence=entry.revision - 1,
        mark=mark,
        told=told,
        is_sure=entry.week.published_at is not None,
        entry=entry,
        people=frozenset(one.person_id for one in there if one.person_id),
        offices=frozenset(one.organisation_id for one in there if one.organisation_id and not one.person_id),
        seats=tuple(
            (key, one.name) for one in there if one.person_id and (key := key_of(one.person_id, None, one.name))
        ),
    )


def _mark_of_entry(entry: Entry, published_at: datetime | None) -> tuple[Mark, str]:
    changes = list(entry.changes.all())
    if published_at is None or not changes:
        return Mark.NONE, ""
    why = _("Lý do: %(reason)s") % {"reason": changes[-1].reason}
    if entry.struck_at is not None:
        return Mark.STRUCK, _("Hủy. %(why)s") % {"why": why}
    if changes[0].kind == Change.Kind.ADDED:
        return Mark.ADDED, _("Bổ sung. %(why)s") % {"why": why}
    before = next((one.before for one in changes if one.before), "")
    return Mark.CHANGED, _("Trước: %(before)s. %(why)s") % {"before": before, "why": why} if before else why


def _in_calendar(body: int, offices: frozenset[int]) -> Q:
    asked = Attendee.objects.filter(organisation__in=sorted(offices)).values("meeting")
    return Q(organisation=body) | Q(convened_at__isnull=False, pk__in=asked)


def _meetings(
    body: int, offices: frozenset[int], first: date, last: date, published: dict[date, datetime], *, own: bool
) -> list[Line]:
    found = list(
        Meeting.objects.filter(_in_calendar(body, offices), held_on__range=(first, last)).prefetch_related(
            "attendees", "moves"
        )
    )
    return _lines_of(body, found, published, own=own)


def _lines_of(body: int, meetings: list[Meeting], published: dict[date, datetime], *, own: bool) -> list[Line]:
    arranged = {one.meeting_id: one for one in Arrangement.objects.filter(organisation=body, meeting__in=meetings)}
    hosts = _hosts(meetings, body)
    lines = []
    for one in meetings:
        published_at = published.get(monday_of(one.held_on))
        if _is_shown(one, published_at, own=own):
            line = _of_meeting(one, arranged.get(one.pk), hosts.get(one.organisation_id, ""))
            mark, told = _mark_of_meeting(one, published_at)
            lines.append(replace(line, mark=mark, told=told))
    return lines


def _hosts(meetings: list[Meeting], body: int) -> dict[int, str]:
    others = {one.organisation_id for one in meetings} - {body}
    return names_of(others, max(one.held_on for one in meetings)) if others else {}


def _is_shown(one: Meeting, published_at: datetime | None, *, own: bool) -> bool:
    """A cancelled meeting only where somebody knew of it; to others nothing that is not out yet."""
    was_out = one.convened_at is not None
    if one.cancelled_at is not None:
        return was_out if published_at is None else one.cancelled_at > published_at
    return own or was_out or (published_at is not None and one.planned_at <= published_at)


def _of_meeting(one: Meeting, arranged: Arrangement | None, host: str) -> Line:
    there = list(one.attendees.all())
    moves = list(one.moves.all())
    stamps = (one.planned_at, one.convened_at, one.cancelled_at, *(move.at for move in moves))
    return Line(
        uid=str(one.uid),
        on=one.held_on,
        half=half_of(one.starts_at),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        content=one.title,
        chair=next((_named(who) for who in there if who.capacity == Capacity.CHAIR), ""),
        participants=tuple(dict.fromkeys(who.name or who.office for who in there if who.capacity != Capacity.CHAIR)),
        place=one.place,
        preparation=(arranged.preparation if arranged else "") or one.requirements,
        car=arranged.car if arranged else "",
        stamp=max(stamp for stamp in stamps if stamp is not None),
        sequence=one.revision - 1,
        host=host,
        url=reverse("meetings:meeting", args=[one.uid]),
        state=one.state,
        is_sure=one.convened_at is not None,
        meeting=one,
        people=frozenset(who.person_id for who in there if who.person_id),
        offices=frozenset(who.organisation_id for who in there if who.organisation_id and not who.person_id),
        seats=tuple(
            (key, who.name)
            for who in there
            if who.presence != "absent" and (key := key_of(who.person_id, who.organisation_id, who.name)) is not None
        ),
    )


def _named(who: Attendee) -> str:
    return f"{who.name}, {who.title}" if who.name and who.title else who.name or who.office


def _mark_of_meeting(one: Meeting, published_at: datetime | None) -> tuple[Mark, str]:
    if one.cancelled_at is not None:
        return Mark.STRUCK, _("Hủy. Lý do: %(reason)s") % {"reason": one.cancelled_reason}
    if published_at is None:
        return Mark.NONE, ""
    moves = [move for move in one.moves.all() if move.at > published_at]
    if moves:
        said = _("Dời từ %(hour)s ngày %(day)s, %(place)s. Lý do: %(reason)s")
        return Mark.CHANGED, said % _of_move(moves[-1], moves[0].reason)
    if one.planned_at > published_at:
        return Mark.ADDED, _("Bổ sung sau khi công bố")
    return Mark.NONE, ""


def _of_move(move: Move, reason: str) -> dict[str, str]:
    return {"hour": f"{move.starts_at:%H:%M}", "day": format_date(move.held_on), "place": move.place, "reason": reason}


def _moved(
    body: int, offices: frozenset[int], first: date, last: date, published: dict[date, datetime]
) -> Iterable[Line]:
    """Where meetings of the calendar stood before they moved to another day; what moved before publication is forgotten."""
    known = Meeting.objects.filter(_in_calendar(body, offices)).values("pk")
    moves = Move.objects.filter(held_on__range=(first, last), meeting__in=known).select_related("meeting")
    for move in moves.prefetch_related("meeting__attendees", "meeting__moves"):
        published_at = published.get(monday_of(move.held_on))
        one = move.meeting
        if move.held_on == one.held_on or (published_at is not None and move.at < published_at):
            continue
        said = _("Chuyển sang %(hour)s ngày %(day)s. Lý do: %(reason)s") % {
            "hour": f"{one.starts_at:%H:%M}", "day": format_date(one.held_on), "reason": move.reason,
        }  # fmt: skip
        yield replace(
            _of_meeting(one, None, ""), on=move.held_on, half=half_of(move.starts_at), starts_at=move.starts_at,
            ends_at=move.ends_at, place=move.place, mark=Mark.MOVED, told=said,
        )  # fmt: skip


def _warned(lines: list[Line]) -> list[Line]:
    """The same lines, with a warning where somebody may be in two places at once."""
    places: list[tuple[tuple[object, ...], str, Slot]] = []
    for number, line in enumerate(lines):
        if not line.is_struck:
            slot = slot_within(line.on, line.half, line.starts_at, line.ends_at, str(number))
            places += [(key, name, slot) for key, name in line.seats]
    said: dict[int, list[str]] = {}
    for clash in clashes(places):
        one, other = int(clash.one.what), int(clash.other.what)
        for here, there in ((one, other), (other, one)):
            words = _("%(name)s có thể trùng với “%(what)s”") % {"name": clash.name, "what": lines[there].content}
            said.setdefault(here, []).append(words)
    return [
        replace(line, warning="; ".join(dict.fromkeys(said[number]))) if number in said else line
        for number, line in enumerate(lines)
    ]
