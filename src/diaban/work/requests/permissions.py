"""Who sees a request, its table, one answer; who asks and who answers."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.foundation.obligations.models import Obligation
from diaban.work.requests.links import ANSWER_BY_LINK, LinkHolder
from diaban.work.requests.models import Receiver, Request, Sight

ASK = "requests.ask"
ANSWER = "requests.answer"
TYPE_FOR = "requests.type_for"
MAKE_FACTS = "requests.make_facts"
FOLLOW = ("requests.follow", "requests.follow_all", "requests.follow_audit")
RECEIVER = "requests.receiver"


def visible_requests(actor: Actor) -> QuerySet[Request]:
    """The own office's, drafts too; sent ones that the actor's body is asked, or that are open to its mandates of today."""
    own = sorted(party(actor))
    asked = Q(Exists(_asked_of(own).filter(request=OuterRef("pk"))))
    return Request.objects.filter(
        Q(organisation_id__in=own) | (Q(sent_at__isnull=False) & (asked | _over(actor)))
    )  # fmt: skip


def tables_in_sight(actor: Actor) -> QuerySet[Request]:
    """The requests whose whole table the actor may see."""
    own = sorted(party(actor))
    asked = Q(sight=Sight.ASKED) & Q(Exists(_asked_of(own).filter(request=OuterRef("pk"))))
    return Request.objects.filter(
        Q(organisation_id__in=own) | (Q(sent_at__isnull=False) & (asked | _over(actor)))
    )  # fmt: skip


def _over(actor: Actor) -> Q:
    return visible_by_any(actor, FOLLOW) & ~Q(sight=Sight.OFFICE)


def _asked_of(own: list[int]) -> QuerySet[Receiver]:
    """Rows that are or were the body's to answer: asked of it, or taken over with the open work."""
    taken_over = Obligation.objects.filter(
        subject_kind=RECEIVER, subject_id=OuterRef("pk"), owner_id__in=own, closed_at=None
    )
    return Receiver.objects.filter(Q(organisation_id__in=own) | Q(Exists(taken_over)))


def receivers_of(actor: Actor) -> QuerySet[Receiver]:
    """The rows that the actor's own body answers, of requests that were sent."""
    return _asked_of(sorted(party(actor))).filter(request__sent_at__isnull=False).select_related("request")


def visible_receivers(actor: Actor) -> QuerySet[Receiver]:
    """Rows of tables in sight and the own ones."""
    own = _asked_of(sorted(party(actor))).filter(request__sent_at__isnull=False).values("pk")
    return Receiver.objects.filter(Q(request__in=tables_in_sight(actor).values("pk")) | Q(pk__in=own)).select_related(
        "request"
    )


def is_asker(actor: Actor, request: Request) -> bool:
    return request.organisation_id in party(actor)


def may_manage(actor: Actor, request: Request) -> Grant | None:
    """On what ground the actor may change, send, close, extend a request."""
    return actor.may(ASK, request.field_code, request.unit_id) if is_asker(actor, request) else None


def require_manage(actor: Actor, request: Request) -> Grant:
    """As `may_manage`; raises `NotPermitted`."""
    if not is_asker(actor, request):
        raise NotPermitted(_("Yêu cầu này của cơ quan khác."))
    return actor.require(ASK, request.field_code, request.unit_id)


def may_answer(actor: Actor, receiver: Receiver) -> Grant | None:
    if not _asked_of(sorted(party(actor))).filter(pk=receiver.pk).exists():
        return None
    return actor.may(ANSWER)


def require_answer(actor: Actor, receiver: Receiver) -> Grant:
    """The ground for answering: the own body is asked, the link was given to this receiver, or the asker types for it."""
    if isinstance(actor, LinkHolder):
        return actor.require(ANSWER_BY_LINK)
    if grant := may_answer(actor, receiver):
        return grant
    if is_asker(actor, receiver.request):
        return actor.require(TYPE_FOR, receiver.request.field_code, receiver.unit_id)
    raise NotPermitted(_("Yêu cầu này không gửi cho cơ quan của vị trí đang làm việc."))
