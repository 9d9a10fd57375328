"""Links: renewed when one went astray, revoked when none shall be."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.work.requests.links import new_key
from diaban.work.requests.models import Receiver
from diaban.work.requests.permissions import require_manage
from diaban.work.requests.rules import link_expires_at
from diaban.work.requests.services.writing import NotPossible


@transaction.atomic
def renew_link(*, receiver_id: int, actor: Actor, at: datetime) -> Receiver:
    """A new link for a receiver; the old one opens nothing from now on."""
    receiver = Receiver.objects.select_for_update(of=("self",)).select_related("request").get(pk=receiver_id)
    grant = require_manage(actor, receiver.request)
    if receiver.request.is_draft:
        raise NotPossible(_("Yêu cầu chưa gửi nên chưa có liên kết."))
    receiver.link_key = new_key()
    receiver.link_expires_at = link_expires_at(max(receiver.request.due_at, at))
    receiver.save(update_fields=["link_key", "link_expires_at"])
    record(actor=actor, verb="requests.link_renewed", thing=receiver, at=at, grant=grant)
    return receiver


@transaction.atomic
def revoke_link(*, receiver_id: int, actor: Actor, at: datetime) -> Receiver:
    """End a receiver's link; it may still answer signed in."""
    receiver = Receiver.objects.select_for_update(of=("self",)).select_related("request").get(pk=receiver_id)
    grant = require_manage(actor, receiver.request)
    receiver.link_key = ""
    receiver.save(update_fields=["link_key"])
    record(actor=actor, verb="requests.link_revoked", thing=receiver, at=at, grant=grant)
    return receiver
