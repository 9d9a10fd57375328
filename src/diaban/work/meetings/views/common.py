"""What the pages of visits and meetings share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.revisions import revision_typed
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.links.queries import related
from diaban.work.directives.services import NotPossible as DirectiveNotPossible
from diaban.work.meetings.models import Meeting, Visit
from diaban.work.meetings.permissions import visible_meetings, visible_visits
from diaban.work.meetings.services import NotPossible

View = Callable[..., HttpResponse]


def meeting_or_404(actor: Actor, uid: UUID) -> Meeting:
    return get_object_or_404(visible_meetings(actor), uid=uid)


def visit_or_404(actor: Actor, uid: UUID) -> Visit:
    return get_object_or_404(visible_visits(actor), uid=uid)


def revision_of(request: HttpRequest) -> int | None:
    """The revision the page was made from, as its form says."""
    return revision_typed(request.POST.get("revision", ""))


def number_of(request: HttpRequest, name: str) -> int:
    """A row's number as a form brought it; 0 for anything that is none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= 15 else 0


def told(page: str) -> Callable[[View], View]:
    """Acts that cannot be done now say why on the thing's own page, instead of failing."""

    def wrap(view: View) -> View:
        @wraps(view)
        def kind(request: HttpRequest, uid: UUID, **kwargs: object) -> HttpResponse:
            try:
                return view(request, uid, **kwargs)
            except (NotPossible, DirectiveNotPossible, NotAccepted) as problem:
                messages.error(request, str(problem))
                return redirect(page, uid)

        return kind

    return wrap


def ties(actor: Actor, subject: Subject) -> list[dict[str, object]]:
    return [
        {"relation": tie.kind, "kind_name": tie.other.kind_name, "label": tie.other.label, "url": tie.other.url}
        for tie in related(actor, subject)
    ]


def valid(form: Any) -> dict[str, Any]:
    """What a form says. Raises `NotPossible` with its faults."""
    if form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        return typed
    raise NotPossible(
        " ".join(
            f"{form.fields[name].label or name}: {' '.join(errors)}" if name in form.fields else " ".join(errors)
            for name, errors in form.errors.items()
        )
    )
