"""Who may read and handle documents: the organisation that issues one and the office that drafts it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.documents.models import Document, Series
from diaban.foundation.mandates.permissions import party
from diaban.foundation.organisations.queries import line_above

REGISTER = "documents.register"
OPEN_SERIES = "documents.open_series"
RECORD_ISSUE = "documents.record_issue"


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """What the actor's body issues, keeps or drafted. A room shows others the documents of its own visible subjects."""
    own = sorted(party(actor))
    return Document.objects.filter(Q(organisation_id__in=own) | Q(drafted_by_id__in=own))


def visible_series(actor: Actor) -> QuerySet[Series]:
    """The series of the actor's own body."""
    return Series.objects.filter(organisation_id__in=party(actor))


def require_for(actor: Actor, act: str, organisation_id: int) -> Grant:
    """The ground on which the actor handles a document of that organisation: its own, or one above it in the line.

    An office drafts for its committee, a department for the People's Committee of its province.
    Raises `NotPermitted`.
    """
    grant = actor.require(act)
    own = actor.organisation_id
    if own is None or organisation_id not in line_above(own, actor.today):
        raise NotPermitted(_("Văn bản này không do cơ quan của vị trí đang làm việc soạn hoặc ban hành."))
    return grant
