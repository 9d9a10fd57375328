"""The chain that a thing belongs to: from a difficulty to the evidence, and back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, UnknownKind, show
from diaban.foundation.links import queries


@require_safe
def chain(request: HttpRequest, kind: str, thing_id: int) -> HttpResponse:
    """All that is tied to a thing over one or more ties."""
    actor, subject = actor_of(request), Subject(kind, thing_id)
    try:
        shown = show(actor, [subject])
    except UnknownKind:
        shown = {}
    if subject not in shown:
        raise Http404
    steps = queries.chain(actor, subject)
    stand = queries.standings(actor, [shown[subject], *(step.tie.other for step in steps)])
    context = {
        "first": shown[subject],
        "standing": stand.get(subject),
        "steps": [(step, stand.get(step.tie.other.subject)) for step in steps],
    }
    return render(request, "links/chain.html", context)
