"""The lists of briefings and meetings, and of visits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.territory.queries import last_districts
from diaban.foundation.ui.paging import page_of
from diaban.work.meetings.forms import ListForm
from diaban.work.meetings.models import Shape
from diaban.work.meetings.permissions import PLAN
from diaban.work.meetings.queries.things import Filters, listed_meetings, listed_visits, meeting_lines, visit_lines


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Briefings and other meetings in sight, with filters that stay in the address."""
    actor = actor_of(request)
    seat = seat_of(actor)
    places = [(one.unit_id, one.full_name) for one in last_districts(seat, actor.today)] if seat else []
    form = ListForm(request.GET, places=places)
    page = page_of(request, listed_meetings(actor, filters_of(form), [Shape.BRIEFING, Shape.OTHER]))
    context = {
        "asked": form,
        "page": page,
        "lines": meeting_lines(page, actor.today),
        "may_plan": actor.may(PLAN) is not None,
    }
    return render(request, "meetings/meetings.html", context)


@require_safe
def visit_list(request: HttpRequest) -> HttpResponse:
    """Visits in sight."""
    actor = actor_of(request)
    form = ListForm(request.GET)
    del form.fields["tinh_trang"]
    page = page_of(request, listed_visits(actor, filters_of(form)))
    context = {
        "asked": form,
        "page": page,
        "lines": visit_lines(page, actor.today),
        "may_plan": actor.may(PLAN) is not None,
    }
    return render(request, "meetings/visits.html", context)


def filters_of(form: ListForm) -> Filters:
    """What the address asks for; what it does not know is left out."""
    form.is_valid()
    typed = form.cleaned_data
    return Filters(typed.get("q", ""), typed.get("tinh_trang", ""), typed.get("dia_ban"), typed.get("nam"))
