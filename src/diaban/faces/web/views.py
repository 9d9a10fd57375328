"""Pages that span rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.faces.web.ground import ground_of
from diaban.faces.web.search import search as search_for
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.obligations.queries import worklist
from diaban.foundation.ui.responses import typed


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the acting position has in hand; for a leader, how its ground stands above it."""
    actor = actor_of(request)
    context = {"work": worklist(actor, actor.today), "ground": ground_of(actor, actor.today)}
    return render(request, "web/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the words lead to."""
    actor = actor_of(request)
    text = " ".join(request.GET.get("q", "").split())[:100]
    return render(request, "web/search.html", {"text": text, "found": search_for(actor, text)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was older than the session. What was typed is shown, to be copied."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)
