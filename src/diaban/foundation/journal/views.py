"""The journal of the acting legal body."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import acts_of_organisations, line_of
from diaban.foundation.journal.sealing import head
from diaban.foundation.journal.sockets import OFFICES
from diaban.foundation.ui.paging import page_of


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """What was done in the name of the legal body the reader acts in, by its leaders and all its rooms."""
    actor = actor_of(request)
    if actor.organisation_id is None:
        raise Http404
    actor.require("journal.read")
    page = page_of(request, acts_of_organisations(OFFICES()(actor)))
    context = {"page": page, "lines": [line_of(entry) for entry in page.object_list], "head": head()}
    return render(request, "journal/entries.html", context)
