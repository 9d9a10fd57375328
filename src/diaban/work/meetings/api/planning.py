"""A visit or meeting is planned, people are asked to it, it is moved or called off. Each through the service of its button."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.programs import expected_revision
from diaban.foundation.acts.requests import actor_of
from diaban.work.meetings import services
from diaban.work.meetings.api.asked import (
    AskIn,
    AttendeeIn,
    ConveneIn,
    MemberIn,
    MembersIn,
    MoveIn,
    PlanIn,
    PlanMeetingIn,
    PlanStopIn,
    PlanVisitIn,
    ReasonIn,
    WordsIn,
)
from diaban.work.meetings.api.finding import Named, left_by, meeting_of, visit_of
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import MeetingWithCourse, VisitWithStops, told_course, told_itinerary
from diaban.work.meetings.models import Meeting, Visit
from diaban.work.meetings.permissions import PLAN
from diaban.work.meetings.services import MeetingPlan, Someone, VisitPlan


@router.post("/visits", response=VisitWithStops, operation_id="plan_visit", url_name="visits")
def plan_visit(request: HttpRequest, response: HttpResponse, said: PlanVisitIn) -> dict[str, Any]:
    """Plan a visit of the own body."""
    actor = actor_of(request)
    actor.require(PLAN)
    named = Named(actor, actor.today)
    plan = VisitPlan(**said.dict(exclude={"field"}), field_code=named.field(said.field))
    named.check()

    def act() -> VisitWithStops:
        return told_itinerary(actor, services.plan_visit(plan=plan, actor=actor, at=now()))

    return left_by(request, response, actor, act)


@router.put("/visits/{uuid:uid}", response=VisitWithStops, operation_id="change_visit", url_name="visit")
def change_visit(request: HttpRequest, response: HttpResponse, uid: UUID, said: PlanVisitIn) -> dict[str, Any]:
    """Write the plan anew; no stop may fall outside its days."""
    actor = actor_of(request)
    named = Named(actor, actor.today)
    plan = VisitPlan(**said.dict(exclude={"field"}), field_code=named.field(said.field))
    named.check()

    def act(one: Visit, revision: int, actor: Actor) -> None:
        services.change_visit(visit_id=one.pk, plan=plan, expected_revision=revision, actor=actor, at=now())

    return _done_to_visit(request, response, uid, act)


@router.post(
    "/visits/{uuid:uid}/convene", response=VisitWithStops, operation_id="convene_stops", url_name="convene_stops"
)
def convene_stops(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConveneIn) -> dict[str, Any]:
    """Send the invitations of every stop that is still prepared; all of them, or none."""

    def act(one: Visit, _revision: int, actor: Actor) -> None:
        services.convene_stops(visit_id=one.pk, urgent_reason=said.urgent_reason, actor=actor, at=now())

    return _done_to_visit(request, response, uid, act)


@router.post("/visits/{uuid:uid}/cancel", response=VisitWithStops, operation_id="cancel_visit", url_name="cancel_visit")
def cancel_visit(request: HttpRequest, response: HttpResponse, uid: UUID, said: ReasonIn) -> dict[str, Any]:
    """Call the visit off with its stops, before any began."""

    def act(one: Visit, _revision: int, actor: Actor) -> None:
        services.cancel_visit(visit_id=one.pk, reason=said.reason, actor=actor, at=now())

    return _done_to_visit(request, response, uid, act)


@router.post(
    "/visits/{uuid:uid}/members", response=VisitWithStops, operation_id="set_visit_members", url_name="visit_members"
)
def set_members(request: HttpRequest, response: HttpResponse, uid: UUID, said: MembersIn) -> dict[str, Any]:
    """Say who travels; the stops that have not begun are attended by them."""
    actor = actor_of(request)
    one = visit_of(actor, uid)
    actor.require(PLAN)
    named = Named(actor, actor.today)
    members = list(_people(named, said.members, "members"))
    named.check()

    def act() -> VisitWithStops:
        revision = expected_revision(request, one.revision)
        services.set_members(visit_id=one.pk, members=members, expected_revision=revision, actor=actor, at=now())
        return told_itinerary(actor, visit_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post("/visits/{uuid:uid}/stops", response=MeetingWithCourse, operation_id="plan_stop", url_name="visit_stops")
def plan_stop(request: HttpRequest, response: HttpResponse, uid: UUID, said: PlanStopIn) -> dict[str, Any]:
    """Add a stop to the itinerary: the members attend it, the hosts receive them."""
    actor = actor_of(request)
    one = visit_of(actor, uid)
    actor.require(PLAN)
    named = Named(actor, said.held_on)
    plan, hosts = _plan(named, said), named.offices(said.hosts, "hosts")
    named.check()

    def act() -> MeetingWithCourse:
        made = services.plan_stop(visit_id=one.pk, plan=plan, host_ids=hosts, actor=actor, at=now())
        return told_course(actor, made)

    return left_by(request, response, actor, act)


@router.post("/meetings", response=MeetingWithCourse, operation_id="plan_meeting", url_name="meetings")
def plan_meeting(request: HttpRequest, response: HttpResponse, said: PlanMeetingIn) -> dict[str, Any]:
    """Plan a briefing or another meeting of the own body."""
    actor = actor_of(request)
    actor.require(PLAN)
    named = Named(actor, said.held_on)
    plan = _plan(named, said, named.period(said.period))
    named.check()

    def act() -> MeetingWithCourse:
        return told_course(actor, services.plan_meeting(shape=said.shape, plan=plan, actor=actor, at=now()))

    return left_by(request, response, actor, act)


@router.put("/meetings/{uuid:uid}", response=MeetingWithCourse, operation_id="change_meeting", url_name="meeting")
def change_meeting(request: HttpRequest, response: HttpResponse, uid: UUID, said: WordsIn) -> dict[str, Any]:
    """Write name, requirements and agenda anew; day, hour and place are moved."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.change_meeting(
            meeting_id=one.pk, title=said.title, requirements=said.requirements, expected_revision=revision, actor=actor,
            at=now(),
        )  # fmt: skip
        services.set_agenda(meeting_id=one.pk, lines=said.agenda, actor=actor, at=now())

    return done(request, response, uid, act)


@router.post(
    "/meetings/{uuid:uid}/attendees/{int:number}/strike",
    response=MeetingWithCourse,
    operation_id="strike_attendee",
    url_name="strike_attendee",
)
def strike(request: HttpRequest, response: HttpResponse, uid: UUID, number: int) -> dict[str, Any]:
    """Take somebody off the list before the meeting, by the `number` of his place."""
    actor = actor_of(request)
    attendee = get_object_or_404(meeting_of(actor, uid).attendees, position=number)

    def act() -> MeetingWithCourse:
        services.strike_attendee(attendee_id=attendee.pk, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post(
    "/meetings/{uuid:uid}/attendees", response=MeetingWithCourse, operation_id="ask_to_meeting", url_name="attendees"
)
def ask(request: HttpRequest, response: HttpResponse, uid: UUID, said: AskIn) -> dict[str, Any]:
    """Ask more people or offices; who is asked already stays as he is."""
    actor = actor_of(request)
    one = meeting_of(actor, uid)
    actor.require(PLAN)
    named = Named(actor, one.held_on)
    people = list(_people(named, said.attendees, "attendees"))
    named.check()

    def act() -> MeetingWithCourse:
        services.ask_to_meeting(meeting_id=one.pk, people=people, actor=actor, at=now())
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, act)


@router.post("/meetings/{uuid:uid}/convene", response=MeetingWithCourse, operation_id="convene", url_name="convene")
def convene(request: HttpRequest, response: HttpResponse, uid: UUID, said: ConveneIn) -> dict[str, Any]:
    """Send the invitations."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.convene(
            meeting_id=one.pk, urgent_reason=said.urgent_reason, expected_revision=revision, actor=actor, at=now()
        )

    return done(request, response, uid, act)


@router.post("/meetings/{uuid:uid}/move", response=MeetingWithCourse, operation_id="move_meeting", url_name="move")
def move(request: HttpRequest, response: HttpResponse, uid: UUID, said: MoveIn) -> dict[str, Any]:
    """Hold it on another day, hour or place; everybody asked is told anew."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.move_meeting(meeting_id=one.pk, **said.dict(), expected_revision=revision, actor=actor, at=now())

    return done(request, response, uid, act)


@router.post(
    "/meetings/{uuid:uid}/cancel", response=MeetingWithCourse, operation_id="cancel_meeting", url_name="cancel"
)
def cancel(request: HttpRequest, response: HttpResponse, uid: UUID, said: ReasonIn) -> dict[str, Any]:
    """Call it off before it began."""

    def act(one: Meeting, revision: int, actor: Actor) -> None:
        services.cancel_meeting(
            meeting_id=one.pk, reason=said.reason, expected_revision=revision, actor=actor, at=now()
        )

    return done(request, response, uid, act)


def done(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Meeting, int, Actor], object]
) -> dict[str, Any]:
    """Do an act on a meeting from the revision that `If-Match` names; tell what it left."""
    actor = actor_of(request)
    one = meeting_of(actor, uid)

    def left() -> MeetingWithCourse:
        act(one, expected_revision(request, one.revision), actor)
        return told_course(actor, meeting_of(actor, uid))

    return left_by(request, response, actor, left)


def _done_to_visit(
    request: HttpRequest, response: HttpResponse, uid: UUID, act: Callable[[Visit, int, Actor], object]
) -> dict[str, Any]:
    """As `done`, on a visit."""
    actor = actor_of(request)
    one = visit_of(actor, uid)

    def left() -> VisitWithStops:
        act(one, expected_revision(request, one.revision), actor)
        return told_itinerary(actor, visit_of(actor, uid))

    return left_by(request, response, actor, left)


def _plan(named: Named, said: PlanIn, period: str = "") -> MeetingPlan:
    names = ("title", "held_on", "starts_at", "ends_at", "place", "requirements")
    return MeetingPlan(
        **{name: getattr(said, name) for name in names},
        field_code=named.field(said.field),
        unit_id=named.unit(said.unit),
        period=period,
    )


def _people(named: Named, people: Sequence[AttendeeIn | MemberIn], place: str) -> Iterator[Someone]:
    for number, one in enumerate(people):
        offices = named.offices([one.organisation] if one.organisation else [], f"{place}.{number}.organisation")
        yield Someone(
            person_id=named.person(one.person, f"{place}.{number}.person"),
            organisation_id=offices[0] if offices else None,
            name=one.name,
            title=one.title,
            office=one.office,
            role=one.capacity if isinstance(one, AttendeeIn) else one.role,
        )
