"""The journal of the acting legal body."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, in_sight
from diaban.foundation.journal.forms import JournalForm
from diaban.foundation.journal.queries import Wanted, acts_of_organisations, found, kinds_of, line_of
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
    ours = acts_of_organisations(OFFICES()(actor))
    form = JournalForm(request.GET, kinds=kinds_of(ours))
    form.is_valid()
    typed = form.cleaned_data
    wanted = Wanted(typed.get("tu"), typed.get("den"), *(typed.get(name, "") for name in ("ai", "loai", "ve")))
    page = page_of(request, found(ours, wanted))
    seen = in_sight(actor, {Subject(one.subject_kind, one.subject_id) for one in page.object_list})
    lines = [(line_of(one), one if (one.subject_kind, one.subject_id) in seen else None) for one in page.object_list]
    context = {"page": page, "lines": lines, "form": form, "is_all": wanted == Wanted(), "head": head()}
    return render(request, "journal/entries.html", context)
