"""Reading: visits, meetings, conclusions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query

from diaban.foundation.acts.programs import Paged, Paging, paged
from diaban.foundation.acts.requests import actor_of
from diaban.work.meetings.api.asked import MeetingsAsked, VisitsAsked
from diaban.work.meetings.api.finding import meeting_of, visit_of
from diaban.work.meetings.api.router import router
from diaban.work.meetings.api.shapes import (
    ConclusionOut,
    MeetingOut,
    MeetingWithCourse,
    VisitOut,
    VisitWithStops,
    told_conclusion,
    told_course,
    told_itinerary,
    told_meeting,
    told_visit,
)
from diaban.work.meetings.models import Shape
from diaban.work.meetings.permissions import visible_conclusions
from diaban.work.meetings.queries.things import Filters, listed_meetings, listed_visits, meeting_lines, visit_lines


@router.get("/visits", response=Paged[VisitOut], operation_id="list_visits", url_name="visits")
def visits(request: HttpRequest, asked: Query[VisitsAsked]) -> Paged[VisitOut]:
    """The visits in sight, newest first."""
    actor = actor_of(request)
    rows = listed_visits(actor, Filters(text=asked.text, year=asked.year))
    return paged(request, rows, asked, lambda found: [told_visit(line) for line in visit_lines(found, actor.today)])


@router.get("/visits/{uuid:uid}", response=VisitWithStops, operation_id="get_visit", url_name="visit")
def visit(request: HttpRequest, response: HttpResponse, uid: UUID) -> VisitWithStops:
    """One visit with its members and itinerary."""
    actor = actor_of(request)
    one = visit_of(actor, uid)
    # The tag is what `If-Match` asks for. It answers no `If-None-Match`: stops have revisions of their own.
    response["ETag"] = f'"{one.revision}"'
    return told_itinerary(actor, one)


@router.get("/meetings", response=Paged[MeetingOut], operation_id="list_meetings", url_name="meetings")
def meetings(request: HttpRequest, asked: Query[MeetingsAsked]) -> Paged[MeetingOut]:
    """The meetings in sight, stops of visits too, newest first."""
    actor = actor_of(request)
    rows = listed_meetings(actor, Filters(text=asked.text, state=asked.state), Shape.values)
    return paged(request, rows, asked, lambda found: [told_meeting(line) for line in meeting_lines(found, actor.today)])


@router.get("/meetings/{uuid:uid}", response=MeetingWithCourse, operation_id="get_meeting", url_name="meeting")
def meeting(request: HttpRequest, response: HttpResponse, uid: UUID) -> MeetingWithCourse:
    """One meeting with who is asked, what was said and what was concluded."""
    actor = actor_of(request)
    one = meeting_of(actor, uid)
    response["ETag"] = f'"{one.revision}"'  # as of a visit
    return told_course(actor, one)


@router.get("/conclusions", response=Paged[ConclusionOut], operation_id="list_conclusions", url_name="conclusions")
def conclusions(request: HttpRequest, asked: Query[Paging]) -> Paged[ConclusionOut]:
    """The conclusions in sight, newest meeting first."""
    rows = (
        visible_conclusions(actor_of(request))
        .select_related("difficulty")
        .prefetch_related("receivers")
        .order_by("-meeting__held_on", "-id")
    )
    return paged(request, rows, asked, lambda found: [told_conclusion(one) for one in found])
