"""Planning: the visit with its members and stops, the meeting with those asked and its agenda."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie
from diaban.foundation.mandates.permissions import party, seat_of
from diaban.foundation.mandates.routing import Lead, responsible_many
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.models import Kind, OrganisationVersion, Person
from diaban.foundation.organisations.queries import body_of, names_of
from diaban.foundation.territory.queries import UnknownUnit, nearest_versions, version_of
from diaban.work.meetings.models import AgendaItem, Attendee, Capacity, Meeting, Member, Shape, Visit
from diaban.work.meetings.permissions import BRIEFING, PLAN
from diaban.work.meetings.queries.holders import members_of
from diaban.work.meetings.services.steps import (
    NotPossible,
    holding_of,
    lock_meeting,
    refuse_clashes,
    require_keeper,
    tell_asked,
)

AGENDA_OF_BRIEFING = (
    "Tình hình thực hiện kết luận lần trước",
    "Kết quả công tác trong kỳ",
    "Khó khăn, vướng mắc, kiến nghị",
    "Trả lời kiến nghị",
    "Nhiệm vụ kỳ tới; kết luận",
)
AGENDA_OF_STOP = (
    "Địa phương báo cáo kết quả quản lý nhà nước",
    "Thuận lợi, khó khăn, vướng mắc",
    "Trao đổi, làm rõ chức năng, nhiệm vụ",
    "Kiến nghị, đề xuất",
    "Kết luận của Trưởng đoàn",
)
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class VisitPlan:
    """What a visit's plan says."""

    title: str
    basis: str
    field_code: str
    starts_on: date
    ends_on: date
    objectives: str = ""
    outline: str = ""
    questions: str = ""


@dataclass(frozen=True)
class MeetingPlan:
    """What a meeting's plan says; the ground is the own seat where none is named."""

    title: str
    field_code: str
    held_on: date
    starts_at: time
    ends_at: time
    place: str
    requirements: str = ""
    period: str = ""
    unit_id: int | None = None


@dataclass(frozen=True)
class Someone:
    """Somebody of a delegation or asked to a meeting: a person the house knows, an office, or just a name."""

    person_id: int | None = None
    organisation_id: int | None = None
    name: str = ""
    title: str = ""
    role: str = ""
    office: str = ""


@transaction.atomic
def plan_visit(*, plan: VisitPlan, actor: Actor, at: datetime) -> Visit:
    """Write a visit down in the name of the actor's body. Raises `NotPermitted` or `NotPossible`."""
    grant = actor.require(PLAN)
    body, ground = office_of(actor)
    visit = Visit(organisation_id=body, unit_id=ground, planned_at=at, planned_by=actor.label[:300])
    _fill_visit(visit, plan)
    visit.save()
    changes = {"basis": ("", visit.basis), "starts_on": (None, visit.starts_on), "ends_on": (None, visit.ends_on)}
    record(actor=actor, verb="meetings.visit_planned", thing=visit, at=at, grant=grant, changes=changes)
    return visit


@transaction.atomic
def change_visit(
    *, visit_id: int, plan: VisitPlan, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Visit:
    """Write the plan anew. Raises `NotPermitted`, `StaleRevision`, or `NotPossible` where a stop would fall outside."""
    visit = _lock_visit(visit_id, expected_revision)
    grant = require_keeper(actor, PLAN, visit)
    before = (visit.starts_on, visit.ends_on)
    _fill_visit(visit, plan)
    if visit.stops.filter(cancelled_at=None).exclude(held_on__range=(visit.starts_on, visit.ends_on)).exists():
        raise NotPossible(_("Có buổi làm việc ngoài những ngày của đoàn; dời buổi đó trước."))
    visit.save_revision("title", "basis", "field_code", "starts_on", "ends_on", "objectives", "outline", "questions")
    changes = {"starts_on": (before[0], visit.starts_on), "ends_on": (before[1], visit.ends_on)}
    record(actor=actor, verb="meetings.visit_changed", thing=visit, at=at, grant=grant, changes=changes)
    return visit


@transaction.atomic
def set_members(
    *, visit_id: int, members: Sequence[Someone], actor: Actor, at: datetime, expected_revision: int | None = None
) -> list[Member]:
    """Write who travels, leader first; the stops not yet begun are attended by them from now on.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` without exactly one leader, or where one would be in two places at
    once.
    """
    visit = _lock_visit(visit_id, expected_revision)
    grant = require_keeper(actor, PLAN, visit)
    if sum(one.role == Member.Role.LEADER for one in members) != 1:
        raise NotPossible(_("Đoàn có đúng một trưởng đoàn."))
    names = list(visit.members.values_list("name", flat=True))
    visit.members.all().delete()
    people = Person.objects.in_bulk([one.person_id for one in members if one.person_id])
    rows = []
    for position, one in enumerate(members, 1):
        name, title, organisation = named(one, people, actor.today)
        rows.append(
            Member(visit=visit, position=position, role=one.role or Member.Role.MEMBER, person_id=one.person_id,
                   organisation_id=organisation, name=name, title=title)
        )  # fmt: skip
    Member.objects.bulk_create(rows)
    visit.save_revision()
    changes = {"members": (len(names), len(rows))}
    record(actor=actor, verb="meetings.members_set", thing=visit, at=at, grant=grant, changes=changes)
    for stop in visit.stops.filter(opened_at=None, cancelled_at=None).select_for_update().order_by("pk"):
        stop.attendees.filter(capacity__in=(Capacity.MEMBER, Capacity.CHAIR)).delete()
        stop.attendees.filter(capacity=Capacity.SECRETARY, name__in=names).delete()
        _bring_members(stop, rows)
    return rows


@transaction.atomic
def plan_stop(*, visit_id: int, plan: MeetingPlan, host_ids: Sequence[int], actor: Actor, at: datetime) -> Meeting:
    """A stop of the itinerary: the members attend it, the hosts receive them. Where none is named the people's committee of the
    place does, in its own house. Raises as `plan_meeting`."""
    visit = _lock_visit(visit_id, None)
    grant = require_keeper(actor, PLAN, visit)
    plan, host_ids = _as_usual(plan, host_ids)
    if not visit.starts_on <= plan.held_on <= visit.ends_on:
        raise NotPossible(_("Buổi làm việc phải trong những ngày của đoàn."))
    meeting = _new_meeting(Shape.STOP, plan, actor, at, organisation_id=visit.organisation_id, visit=visit)
    _bring_members(meeting, list(visit.members.all()))
    hosts = [Someone(organisation_id=one, role=Capacity.HOST) for one in host_ids]
    _add_attendees(meeting, hosts, actor.today)
    _set_items(meeting, AGENDA_OF_STOP)
    record(actor=actor, verb="meetings.planned", thing=meeting, at=at, grant=grant, changes=_days(meeting))
    tie(source=subject_of(meeting), kind=Link.Kind.BELONGS_TO, target=subject_of(visit), on=actor.today)
    return meeting


def _as_usual(plan: MeetingPlan, host_ids: Sequence[int]) -> tuple[MeetingPlan, Sequence[int]]:
    """The plan of a stop with what goes without saying. Three queries."""
    if plan.unit_id is None or (plan.title.strip() and plan.place.strip() and host_ids):
        return plan, host_ids
    place = nearest_versions([plan.unit_id], plan.held_on)[plan.unit_id]
    committee = OrganisationVersion.objects.on(plan.held_on).filter(unit=plan.unit_id, kind=Kind.PEOPLE_COMMITTEE)
    found = list(host_ids) or list(committee.order_by("organisation").values_list("organisation_id", flat=True)[:1])
    name = next(iter(names_of(found[:1], plan.held_on).values()), "")
    title = plan.title.strip() or f"Làm việc với {place.kind} {place.name}"
    return replace(plan, title=title, place=plan.place.strip() or (f"Trụ sở {name}" if name else "")), found


@transaction.atomic
def plan_meeting(
    *, shape: str, plan: MeetingPlan, actor: Actor, at: datetime, obligation_id: int | None = None
) -> Meeting:
    """A briefing or another meeting of the own body; a briefing that a duty asks for names its obligation.

    Raises `NotPermitted`, or `NotPossible`.
    """
    grant = actor.require(PLAN)
    body, ground = office_of(actor)
    if shape == Shape.BRIEFING and not plan.period:
        raise NotPossible(_("Giao ban phải ghi kỳ; ngày họp có thể khác kỳ."))
    meeting = _new_meeting(Shape(shape), plan, actor, at, organisation_id=body, ground=ground)
    if shape == Shape.BRIEFING:
        _set_items(meeting, AGENDA_OF_BRIEFING)
    record(actor=actor, verb="meetings.planned", thing=meeting, at=at, grant=grant, changes=_days(meeting))
    if obligation_id is not None:
        owed = Obligation.objects.open().filter(pk=obligation_id, kind=BRIEFING, owner_id__in=party(actor)).first()
        if owed is None:
            raise NotPossible(_("Không có kỳ giao ban này trong việc phải thực hiện của cơ quan."))
        _ask_members(meeting, owed, actor)
        tie(source=subject_of(meeting), kind=Link.Kind.ANSWERS, target=subject_of(owed), on=actor.today)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting_id: int, title: str, requirements: str, no_report_reason: str = "", actor: Actor, at: datetime,
    expected_revision: int | None = None,
) -> Meeting:  # fmt: skip
    """Write the words of a meeting anew; its day, hour and place are changed by `move_meeting`."""
    meeting = lock_meeting(meeting_id, "prepare", expected_revision=expected_revision)
    grant = require_keeper(actor, PLAN, meeting)
    before = meeting.title
    if not title.strip():
        raise NotPossible(_("Ghi tên cuộc họp."))
    meeting.title, meeting.requirements = title.strip()[:300], requirements.strip()
    meeting.no_report_reason = no_report_reason.strip()[:500]
    meeting.save_revision("title", "requirements", "no_report_reason")
    record(
        actor=actor,
        verb="meetings.changed",
        thing=meeting,
        at=at,
        grant=grant,
        changes={"title": (before, meeting.title)},
    )
    return meeting


@transaction.atomic
def ask_to_meeting(*, meeting_id: int, people: Sequence[Someone], actor: Actor, at: datetime) -> list[Attendee]:
    """Ask more people or offices. Who is asked already is left as he is; after the invitations went out they are told at once.

    Raises `NotPermitted`, or `NotPossible` where one would be in two places at once.
    """
    meeting = lock_meeting(meeting_id, "prepare")
    grant = require_keeper(actor, PLAN, meeting)
    rows = _add_attendees(meeting, people, actor.today)
    changes = {"attendees": (None, len(rows))}
    record(actor=actor, verb="meetings.asked", thing=meeting, at=at, grant=grant, changes=changes)
    if meeting.convened_at is not None and rows:
        Attendee.objects.filter(pk__in=[one.pk for one in rows]).update(told_at=at)
        tell_asked(meeting, rows, text=meeting.title, reason="Được mời họp", on=actor.today, at=at)
    return rows


@transaction.atomic
def strike_attendee(*, attendee_id: int, actor: Actor, at: datetime) -> None:
    """Take somebody off the list before the meeting; told that he is no longer expected, where he was told before."""
    attendee = Attendee.objects.select_related("meeting").get(pk=attendee_id)
    meeting = lock_meeting(attendee.meeting_id, "change")
    grant = require_keeper(actor, PLAN, meeting)
    if attendee.told_at is not None:
        tell_asked(meeting, [attendee], text=meeting.title, reason="Thôi mời họp", on=actor.today, at=at)
    changes = {"attendee": (str(attendee), "")}
    attendee.delete()
    record(actor=actor, verb="meetings.struck", thing=meeting, at=at, grant=grant, changes=changes)


@transaction.atomic
def set_agenda(*, meeting_id: int, lines: Sequence[str], actor: Actor, at: datetime) -> list[AgendaItem]:
    """Write the agenda, one line a point. A point whose words stay keeps its statements."""
    meeting = lock_meeting(meeting_id, "prepare")
    grant = require_keeper(actor, PLAN, meeting)
    wanted = [line.strip()[:300] for line in lines if line.strip()]
    if not wanted:
        raise NotPossible(_("Chương trình có ít nhất một nội dung."))
    standing = {one.title: one for one in meeting.items.all()}
    gone = [one for title, one in standing.items() if title not in wanted]
    if any(one.statements.exists() for one in gone):
        raise NotPossible(_("Có nội dung đã ghi ý kiến; không bỏ khỏi chương trình được."))
    for one in gone:
        one.delete()
    for position, title in enumerate(wanted, 1):
        item = standing.get(title) or AgendaItem(meeting=meeting, title=title)
        item.position = position
        item.save()
    changes = {"items": (len(standing), len(wanted))}
    record(actor=actor, verb="meetings.changed", thing=meeting, at=at, grant=grant, changes=changes)
    return list(meeting.items.all())


def office_of(actor: Actor) -> tuple[int, int]:
    ground = seat_of(actor)
    if ground is None or actor.organisation_id is None:
        raise NotPermitted(_("Chỉ lập được khi làm việc ở một vị trí của cơ quan."))
    return body_of(actor.organisation_id, actor.today), ground


def _ask_members(meeting: Meeting, owed: Obligation, actor: Actor) -> None:
    """Those who hold the briefing together report in it: the bodies that would owe it for their units."""
    duty, units = owed.duty, members_of(owed)
    if duty is None or not units:
        return
    leads = responsible_many(duty.function_code, duty.field_code or None, units, meeting.held_on)
    asked = [one.organisation_id for pk in units if isinstance(one := leads[pk], Lead)]
    others = [pk for pk in dict.fromkeys(asked) if pk != meeting.organisation_id]
    _add_attendees(meeting, [Someone(organisation_id=pk, role=Capacity.REPORTING) for pk in others], actor.today)


def _lock_visit(visit_id: int, expected_revision: int | None) -> Visit:
    visit = Visit.lock(visit_id, expected_revision=expected_revision)
    if visit.cancelled_at is not None:
        raise NotPossible(_("Đoàn công tác đã hủy."))
    return visit


def _fill_visit(visit: Visit, plan: VisitPlan) -> None:
    if not plan.title.strip() or not plan.basis.strip():
        raise NotPossible(_("Ghi tên đoàn và kế hoạch hoặc quyết định làm căn cứ."))
    if plan.ends_on < plan.starts_on:
        raise NotPossible(_("Ngày kết thúc trước ngày bắt đầu."))
    for name in ("title", "basis", "field_code", "starts_on", "ends_on", "objectives", "outline", "questions"):
        value = getattr(plan, name)
        setattr(visit, name, value.strip() if isinstance(value, str) else value)


def _new_meeting(
    shape: Shape, plan: MeetingPlan, actor: Actor, at: datetime, *, organisation_id: int, ground: int = 0,
    visit: Visit | None = None,
) -> Meeting:  # fmt: skip
    unit_id = plan.unit_id or ground
    try:
        version_of(unit_id, plan.held_on)
    except UnknownUnit:
        raise NotPossible(_("Địa bàn này không còn vào ngày họp; chọn địa bàn kế thừa.")) from None
    if plan.ends_at <= plan.starts_at:
        raise NotPossible(_("Giờ kết thúc phải sau giờ bắt đầu."))
    if not plan.title.strip() or not plan.place.strip():
        raise NotPossible(_("Ghi tên cuộc họp và địa điểm."))
    return Meeting.objects.create(
        shape=shape,
        organisation_id=organisation_id,
        unit_id=unit_id,
        visit=visit,
        field_code=plan.field_code,
        title=plan.title.strip(),
        period=plan.period if shape == Shape.BRIEFING else "",
        held_on=plan.held_on,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place.strip(),
        requirements=plan.requirements.strip(),
        planned_at=at,
        planned_by=actor.label[:300],
    )


def _bring_members(meeting: Meeting, members: Sequence[Member]) -> None:
    """The leader takes the chair, the secretary writes, the others come with them. Who was asked in another capacity already
    stays so."""
    capacities = {Member.Role.LEADER: Capacity.CHAIR, Member.Role.SECRETARY: Capacity.SECRETARY}
    someone = [
        Someone(
            one.person_id, one.organisation_id, one.name, one.title,
            capacities.get(Member.Role(one.role), Capacity.MEMBER),
        )
        for one in members
    ]  # fmt: skip
    _add_attendees(meeting, someone, meeting.held_on)


def _add_attendees(meeting: Meeting, people: Sequence[Someone], on: date) -> list[Attendee]:
    known = Person.objects.in_bulk([one.person_id for one in people if one.person_id])
    asked = list(meeting.attendees.all())
    there = {(one.person_id, one.organisation_id if not one.person_id else None, one.name) for one in asked}
    codes = {one.code for one in asked}
    position = max((one.position for one in asked), default=0)
    found = [(one, *named(one, known, on)) for one in people]
    offices = names_of({organisation for *_rest, organisation in found if organisation}, on)
    rows = []
    for one, name, title, organisation in found:
        key = (one.person_id, organisation if not one.person_id else None, name)
        if key in there or (one.person_id and any(place[0] == one.person_id for place in there)):
            continue
        there.add(key)
        position += 1
        office = offices.get(organisation, "") if organisation else one.office
        rows.append(
            Attendee(meeting=meeting, position=position, capacity=one.role or Capacity.INVITED, person_id=one.person_id,
                     organisation_id=organisation, office=office[:250], name=name, title=title, code=_code(codes))
        )  # fmt: skip
    refuse_clashes(meeting, rows)
    return Attendee.objects.bulk_create(rows)


def named(one: Someone, people: dict[int, Person], on: date) -> tuple[str, str, int | None]:
    """Name, title and office of somebody; a known person's are those of his first position that day."""
    if one.person_id is None:
        if not one.name.strip() and one.organisation_id is None and not one.office.strip():
            raise NotPossible(_("Ghi tên người hoặc cơ quan được mời."))
        return one.name.strip()[:150], one.title.strip()[:250], one.organisation_id
    person = people.get(one.person_id)
    if person is None:
        raise NotPossible(_("Không có người này trong danh bạ."))
    holding = holding_of(person, on)
    title = one.title or (holding.position.title if holding else "")
    return person.name, title[:250], one.organisation_id or (holding.position.organisation_id if holding else None)


def _code(taken: set[str]) -> str:
    """A code of four letters that no other attendee of the meeting has."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _step in range(4))
        if code not in taken:
            taken.add(code)
            return code


def _set_items(meeting: Meeting, titles: Sequence[str]) -> None:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, title=title) for position, title in enumerate(titles, last + 1)
    )


def _days(meeting: Meeting) -> dict[str, tuple[object, object]]:
    return {"held_on": (None, meeting.held_on), "place": ("", meeting.place)}
