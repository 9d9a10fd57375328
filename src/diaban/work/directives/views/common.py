"""What the pages of directives share."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.revisions import revision_typed
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.obligations.services import BadRequest
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import visible_directives, visible_tasks
from diaban.work.directives.services import NotPossible

View = Callable[..., HttpResponse]


def directive_or_404(actor: Actor, uid: UUID) -> Directive:
    return get_object_or_404(visible_directives(actor).select_related("source", "indicator", "merged_into"), uid=uid)


def task_or_404(actor: Actor, uid: UUID) -> Task:
    return get_object_or_404(visible_tasks(actor), uid=uid)


def revision_of(request: HttpRequest) -> int | None:
    """The revision the page was made from, as its form says."""
    return revision_typed(request.POST.get("revision", ""))


def told(page: str) -> Callable[[View], View]:
    """Acts that cannot be done now say why on the thing's own page, instead of failing."""

    def wrap(view: View) -> View:
        @wraps(view)
        def kind(request: HttpRequest, uid: UUID, **kwargs: object) -> HttpResponse:
            try:
                return view(request, uid, **kwargs)
            except (NotPossible, NotAccepted, BadRequest) as problem:
                messages.error(request, str(problem))
                return redirect(page, uid)

        return kind

    return wrap
