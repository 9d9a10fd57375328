"""What the pages of difficulties share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.models import Field
from diaban.foundation.ui.responses import back_to
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.difficulties.queries.lists import with_course
from diaban.work.difficulties.services import NotPossible

View = Callable[..., HttpResponse]


def difficulty_or_404(actor: Actor, uid: UUID) -> Difficulty:
    return get_object_or_404(with_course(visible_difficulties(actor)), uid=uid)


def field_names() -> dict[str, str]:
    """The name of every field, in the reader's language. One query."""
    return {field.code: field.called for field in Field.objects.all()}


def told(view: View) -> View:
    """An act that cannot be done now says why on the page it came from, instead of failing."""

    @wraps(view)
    def kind(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except NotPossible as problem:
            messages.error(request, str(problem))
            return back_to(request, reverse("difficulties:difficulties"))

    return kind
