"""The journal of the acting organisation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import acts_of_organisation, line_of
from diaban.foundation.journal.sealing import head
from diaban.foundation.ui.paging import page_of


def entries(request: HttpRequest) -> HttpResponse:
    """What was done in the name of the office the reader acts in."""
    actor = actor_of(request)
    if actor.organisation_id is None:
        raise Http404
    actor.require("journal.read")
    page = page_of(request, acts_of_organisation(actor.organisation_id))
    context = {"page": page, "lines": [line_of(entry) for entry in page.object_list], "head": head()}
    return render(request, "journal/entries.html", context)
