"""What the pages of forms share."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.revisions import revision_typed
from diaban.foundation.facts.models import Reason
from diaban.foundation.ui.exporting import XLSX
from diaban.work.reporting.designing.queries import visible_drafts
from diaban.work.reporting.designing.services import DraftClosed, NotPublishable
from diaban.work.reporting.models import FormDraft
from diaban.work.reporting.permissions import DESIGN_FORMS

REASONS = {code: words for code, words in Reason.choices if code != "none_occurred"}


def draft_or_404(actor: Actor, uid: UUID) -> FormDraft:
    return get_object_or_404(visible_drafts(actor), uid=uid)


def revision_of(request: HttpRequest) -> int | None:
    """The revision the page was made from, as its form says."""
    return revision_typed(request.POST.get("revision", ""))


def may_design(actor: Actor) -> bool:
    return actor.may(DESIGN_FORMS) is not None


def told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Acts that cannot be done now say why on the draft's page, instead of failing."""

    @wraps(view)
    def kind(request: HttpRequest, uid: UUID, **kwargs: int | str) -> HttpResponse:
        try:
            return view(request, uid, **kwargs)
        except (DraftClosed, NotPublishable) as problem:
            messages.error(request, str(problem))
            return redirect("reporting:form_draft", uid)

    return kind


def workbook_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
