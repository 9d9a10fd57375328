"""What this room plugs into others' sockets."""

from collections.abc import Sequence

from django.urls import reverse

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.sockets import Asked
from diaban.foundation.obligations.models import Obligation
from diaban.work.requests.models import Receiver
from diaban.work.requests.permissions import visible_requests


def answer_starts(obligations: Sequence[Obligation]) -> dict[int, str]:
    """Where a request is answered. One query."""
    uids = dict(
        Receiver.objects.filter(pk__in={one.subject_id for one in obligations if one.subject_id}).values_list(
            "pk", "uid"
        )
    )
    return {
        one.pk: reverse("requests:answer", args=[uids[one.subject_id]]) for one in obligations if one.subject_id in uids
    }


def asked_in(actor: Actor, code: str) -> list[Asked]:
    """The requests in sight that were sent this year and ask an indicator. One query."""
    found = (
        visible_requests(actor)
        .filter(columns__indicator__code=code, sent_at__isnull=False, sent_at__year=actor.today.year)
        .order_by("-sent_at")
        .distinct()
    )
    return [Asked(one.title, one.letter, reverse("requests:request", args=[one.uid])) for one in found]
