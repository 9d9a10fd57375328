"""One visit, one meeting, and lists of them, as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.mandates.permissions import offices_of
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Containment, Coverage
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.vietnamese import fold, sort_key
from diaban.work.difficulties.models import Raising
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.queries.counting import grouped
from diaban.work.directives.queries.things import directives_from
from diaban.work.directives.rules import FourWay
from diaban.work.meetings.models import (
    AgendaItem,
    Attendee,
    Brought,
    Capacity,
    Conclusion,
    Meeting,
    Receiver,
    Shape,
    Statement,
    Update,
    Visit,
)
from diaban.work.meetings.permissions import UPDATE, attending, led_meetings, visible_meetings, visible_visits
from diaban.work.meetings.rules import Stage


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; blank is everything."""

    text: str = ""
    state: str = ""
    place: int | None = None
    year: int | None = None


def listed_visits(actor: Actor, filters: Filters) -> QuerySet[Visit]:
    """The visits in sight, newest first."""
    rows = visible_visits(actor)
    for word in fold(filters.text).split():
        rows = rows.filter(folded__contains=word)
    if filters.year:
        rows = rows.filter(starts_on__year=filters.year)
    return rows.order_by("-starts_on", "-id")


def listed_meetings(actor: Actor, filters: Filters, shapes: Sequence[str]) -> QuerySet[Meeting]:
    """The meetings of some shapes in sight, newest first."""
    rows = visible_meetings(actor).filter(shape__in=shapes)
    for word in fold(filters.text).split():
        rows = rows.filter(folded__contains=word)
    if filters.year:
        rows = rows.filter(held_on__year=filters.year)
    if filters.place is not None:
        inside = Containment.objects.filter(ancestor=filters.place).values("descendant")
        descent = Coverage.objects.filter(unit=filters.place).values("covered")
        rows = rows.filter(Q(unit__in=inside) | Q(unit__in=descent))
    return rows.filter(in_stage(filters.state)).order_by("-held_on", "-starts_at", "-id")


def in_stage(state: str) -> Q:
    """The meetings at a stage, as a condition; everything for a blank or unknown word."""
    standing = {"cancelled_at": None}
    match state:
        case Stage.CANCELLED:
            return Q(cancelled_at__isnull=False)
        case Stage.PLANNED:
            return Q(**standing, convened_at=None)
        case Stage.CONVENED:
            return Q(**standing, convened_at__isnull=False, opened_at=None)
        case Stage.RUNNING:
            return Q(**standing, opened_at__isnull=False, closed_at=None)
        case Stage.HELD:
            return Q(**standing, closed_at__isnull=False, concluded_at=None)
        case Stage.CONCLUDED:
            return Q(**standing, concluded_at__isnull=False)
    return Q()


@dataclass(frozen=True)
class VisitLine:
    visit: Visit
    office: str
    stops: int
    leader: str


def visit_lines(visits: Iterable[Visit], on: date) -> list[VisitLine]:
    """Three queries."""
    found = list(visits)
    names = names_of({one.organisation_id for one in found}, on)
    numbers = dict(
        Meeting.objects.filter(visit__in=found, cancelled_at=None)
        .order_by()
        .values_list("visit_id")
        .annotate(n=Count("pk"))
    )
    leaders = dict(
        Visit.objects.filter(pk__in=[one.pk for one in found], members__role="leader").values_list(
            "pk", "members__name"
        )
    )
    return [
        VisitLine(one, names.get(one.organisation_id, ""), numbers.get(one.pk, 0), leaders.get(one.pk, ""))
        for one in found
    ]


@dataclass(frozen=True)
class MeetingLine:
    meeting: Meeting
    office: str
    place: str
    conclusions: int


def meeting_lines(meetings: Iterable[Meeting], on: date) -> list[MeetingLine]:
    """Three queries. Conclusions are counted once the notice is out."""
    found = list(meetings)
    names = names_of({one.organisation_id for one in found}, on)
    units = nearest_versions({one.unit_id for one in found}, on)
    numbers = dict(
        Conclusion.objects.filter(meeting__in=found, withdrawn_at=None, meeting__concluded_at__isnull=False)
        .order_by()
        .values_list("meeting_id")
        .annotate(n=Count("pk"))
    )
    return [
        MeetingLine(one, names.get(one.organisation_id, ""), units[one.unit_id].full_name, numbers.get(one.pk, 0))
        for one in found
    ]


@dataclass(frozen=True)
class Concluded:
    """A conclusion with how what arose from it stands."""

    conclusion: Conclusion
    directives: tuple[Directive, ...]
    counts: FourWay


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with everything the reader may see of it."""

    meeting: Meeting
    office: str
    place: str
    is_led: bool
    attendees: Sequence[Attendee]
    items: Sequence[AgendaItem]
    statements: Sequence[Statement]
    conclusions: Sequence[Concluded]
    updates: Sequence[Update]
    brought: Sequence[Brought]
    raised: Sequence[Raising]
    before: Sequence[Concluded]
    before_meeting: Meeting | None
    own_places: Sequence[Attendee]

    @property
    def chair(self) -> str:
        return _of(self.attendees, Capacity.CHAIR)

    @property
    def secretary(self) -> str:
        return _of(self.attendees, Capacity.SECRETARY)

    @property
    def present(self) -> int:
        return sum(one.presence in {"present", "substitute"} for one in self.attendees)

    @property
    def unmarked(self) -> int:
        """How many neither were marked nor answered that they stay away or send another."""
        return sum(not one.presence and one.answer in {"", "present"} for one in self.attendees)

    @property
    def photos(self) -> list[Brought]:
        return [one for one in self.brought if one.kind == Brought.Kind.PHOTO]

    @property
    def papers(self) -> list[Brought]:
        return [one for one in self.brought if one.kind != Brought.Kind.PHOTO]

    @property
    def receivers(self) -> list[Receiver]:
        """Everybody whom a standing conclusion is for, once each."""
        found = {
            who.organisation_id: who
            for one in self.conclusions
            if one.conclusion.withdrawn_at is None
            for who in one.conclusion.receivers.all()
        }
        return list(found.values())

    @property
    def parked(self) -> list[AgendaItem]:
        return [one for one in self.items if one.parked_note]


def meeting_page(actor: Actor, meeting: Meeting, on: date) -> MeetingPage:
    """About fifteen queries. Who is not of the organiser sees conclusions once the notice is out, statements once the minutes
    are closed, updates of his own office only."""
    is_led = led_meetings(actor).filter(pk=meeting.pk).exists()
    ours = offices_of(actor)
    before = last_before(actor, meeting)
    attendees = list(meeting.attendees.all())
    updates = meeting.updates.all() if is_led else meeting.updates.filter(organisation__in=ours)
    return MeetingPage(
        meeting=meeting,
        office=names_of([meeting.organisation_id], meeting.held_on).get(meeting.organisation_id, ""),
        place=nearest_versions([meeting.unit_id], meeting.held_on)[meeting.unit_id].full_name,
        is_led=is_led,
        attendees=attendees,
        items=list(meeting.items.all()),
        statements=list(meeting.statements.select_related("item")) if is_led or meeting.closed_at else [],
        conclusions=concluded(actor, meeting.conclusions.all(), on) if is_led or meeting.concluded_at else [],
        updates=list(updates),
        brought=list(meeting.brought.select_related("file__blob")),
        raised=list(raised_at(actor, meeting)),
        before=concluded(actor, before.conclusions.all(), on) if before else [],
        before_meeting=before,
        own_places=[one for one in attendees if one.organisation_id in ours],
    )


def raised_at(actor: Actor, meeting: Meeting) -> QuerySet[Raising]:
    """What was said there and written down as difficulties, as far as they are in sight."""
    found = Raising.objects.filter(
        source_kind="meetings.meeting", source_id=meeting.pk, withdrawn_at=None,
        difficulty__in=visible_difficulties(actor).values("pk"),
    )  # fmt: skip
    return found.select_related("difficulty").order_by("pk")


def updates_missing(meeting: Meeting) -> list[str]:
    """The offices whose short report is still owed, by name. Two queries."""
    owed = Obligation.objects.open().about(*subject_of(meeting)).filter(kind=UPDATE)
    return sorted(names_of(owed.values_list("owner_id", flat=True), meeting.held_on).values(), key=sort_key)


def last_before(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The last concluded meeting of the same shape and office before it, on the same ground for a stop."""
    rows = visible_meetings(actor).filter(
        shape=meeting.shape, organisation=meeting.organisation_id, held_on__lt=meeting.held_on,
        concluded_at__isnull=False,
    )  # fmt: skip
    if meeting.shape == Shape.STOP:
        rows = rows.filter(unit=meeting.unit_id)
    return rows.order_by("-held_on", "-id").first()


def concluded(actor: Actor, conclusions: QuerySet[Conclusion], on: date) -> list[Concluded]:
    """Conclusions with the directives that arose from them, as far as they are in sight. Three queries."""
    found = list(conclusions.prefetch_related("receivers"))
    arisen: dict[int, list[Directive]] = {}
    for one in directives_from(actor, [Subject("meetings.conclusion", one.pk) for one in found]):
        arisen.setdefault(one.origin_id or 0, []).append(one)
    ids = [one.pk for several in arisen.values() for one in several]
    numbers = grouped(Task.objects.filter(directive__in=ids), ("directive__origin_id",), on) if ids else {}
    return [Concluded(one, tuple(arisen.get(one.pk, ())), numbers.get((one.pk,), FourWay())) for one in found]


@dataclass(frozen=True)
class Stop:
    """A stop as the itinerary shows it."""

    meeting: Meeting
    place: str
    hosts: str
    reports: int
    conclusions: int


def stops_of(actor: Actor, visit: Visit) -> list[Stop]:
    """The stops in sight, by day and hour. Three queries."""
    stops = list(
        visible_meetings(actor)
        .filter(visit=visit)
        .prefetch_related("attendees")
        .annotate(
            reports=Count("brought", filter=Q(brought__kind="report"), distinct=True),
            said=Count("conclusions", filter=Q(conclusions__withdrawn_at=None), distinct=True),
        )
        .order_by("held_on", "starts_at", "pk")
    )
    units = nearest_versions({one.unit_id for one in stops}, visit.starts_on)
    return [
        Stop(
            one,
            units[one.unit_id].full_name,
            ", ".join(who.office for who in one.attendees.all() if who.capacity == Capacity.HOST),
            one.reports,
            one.said,
        )
        for one in stops
    ]


def own_attendance(actor: Actor, meeting: Meeting) -> QuerySet[Attendee]:
    """The places of the own office at a meeting."""
    return attending(actor).filter(meeting=meeting)


def _of(attendees: Sequence[Attendee], capacity: str) -> str:
    return next((one.name or one.office for one in attendees if one.capacity == capacity), "")
