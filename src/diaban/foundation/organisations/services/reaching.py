"""Notices that did not arrive are sent again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from diaban.foundation.accounts.queries import unsent
from diaban.foundation.accounts.services import send_again
from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import Note, record_all
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.reaching import require_watching, staffed_people


@transaction.atomic
def send_notices_again(*, channel: str, person_ids: Iterable[int] | None = None, actor: Actor, at: datetime) -> int:
    """Try anew by a channel what did not reach some of the people under the actor's eyes (None: all of them), at the next turn
    of the queue; the number of notices. People out of its eyes are passed over. Raises `NotPermitted`."""
    grant = require_watching(actor)
    people = staffed_people(actor)
    if person_ids is not None:
        people = people.filter(pk__in=list(person_ids))
    rows = unsent(people.values("account_id")).filter(channel=channel)
    of: dict[int, list[int]] = {}
    for delivery_id, account_id in rows.values_list("pk", "notice__account_id"):
        of.setdefault(account_id, []).append(delivery_id)
    told = Person.objects.filter(account__in=of)
    notes = [
        Note(one, {"channel": (None, channel), "notices": (None, len(of[one.account_id]))}, grant)
        for one in told
        if one.account_id is not None
    ]
    if notes:
        record_all(actor=actor, verb="organisations.notices_sent_again", notes=notes, at=at)
    return send_again(delivery_ids=[pk for ids in of.values() for pk in ids], at=at)
