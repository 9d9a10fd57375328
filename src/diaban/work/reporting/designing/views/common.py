"""What the pages of forms share."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Reason
from diaban.foundation.ui.exporting import XLSX, attachment
from diaban.foundation.ui.responses import telling
from diaban.work.reporting.designing.queries import visible_drafts
from diaban.work.reporting.designing.services import DraftClosed, NotPublishable
from diaban.work.reporting.models import FormDraft
from diaban.work.reporting.permissions import DESIGN_FORMS

REASONS = {code: words for code, words in Reason.choices if code != "none_occurred"}


def draft_or_404(actor: Actor, uid: UUID) -> FormDraft:
    return get_object_or_404(visible_drafts(actor), uid=uid)


def may_design(actor: Actor) -> bool:
    return actor.may(DESIGN_FORMS) is not None


told = telling(DraftClosed, NotPublishable)("reporting:form_draft")


def workbook_response(content: bytes, name: str) -> HttpResponse:
    return attachment(content, XLSX, f"{name}.xlsx")
