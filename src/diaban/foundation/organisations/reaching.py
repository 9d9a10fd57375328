"""Whose notices went outside in vain: of the own office's people, and of those over whose ground the registers are kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Min, Q, QuerySet

from diaban.foundation.accounts.channels import Contact, Recipient
from diaban.foundation.accounts.queries import Standing, plugged, standings, unsent
from diaban.foundation.accounts.rules import Pace, pace_of
from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.organisations.models import Holding, OrganisationVersion, Person
from diaban.foundation.organisations.permissions import STAFF_ANY, STAFF_OWN
from diaban.foundation.organisations.queries import body_of, rooms_of
from diaban.foundation.territory.models import Containment


def require_watching(actor: Actor) -> Grant:
    """The ground for seeing whom notices do not reach. Raises `NotPermitted`."""
    grant = actor.may(STAFF_OWN)
    if grant is None and not actor.reaches(STAFF_ANY):
        raise NotPermitted(str(act_kind(STAFF_OWN).label))
    return grant or actor.require(STAFF_ANY)


def staffed_people(actor: Actor) -> QuerySet[Person]:
    """Those with an account and a post today in the actor's own body, where it administers that, or over whose seat it keeps
    the registers."""
    where = Q(pk__in=())
    if actor.may(STAFF_OWN) is not None and actor.organisation_id is not None:
        rooms = rooms_of(body_of(actor.organisation_id, actor.today), actor.today)
        where |= Q(organisation_id__in=[room.organisation_id for room in rooms])
    for reach in actor.reaches(STAFF_ANY):
        inside = Containment.objects.filter(valid__contains=actor.today)
        where |= Q(
            unit_id__in=(inside if reach.everywhere else inside.filter(ancestor__in=reach.unit_ids)).values(
                "descendant_id"
            )
        )
    offices = OrganisationVersion.objects.on(actor.today).filter(where)
    held = Holding.objects.filter(
        valid__contains=actor.today, position__organisation_id__in=offices.values("organisation_id")
    )
    return Person.objects.filter(pk__in=held.values("person_id"), account__isnull=False)


@dataclass(frozen=True)
class Unreached:
    """One person by one channel: how many notices did not arrive, since when, why, and when they are tried next; `next_try_at`
    is None once they are tried no more."""

    person: Person
    channel: str
    label: str
    notices: int
    since: datetime
    tries: int
    reason: str
    next_try_at: datetime | None

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        return "not_sent" if self.next_try_at is None else "to_be_sent"


def unreached(people: QuerySet[Person]) -> QuerySet[Any, Any]:
    """What `lines_of` tells, newest trouble first: by account, by channel, and whether they are still tried."""
    return (
        unsent(people.values("account_id"))
        .order_by()
        .annotate(is_tried=ExpressionWrapper(Q(failed_at=None), output_field=BooleanField()))
        .values("notice__account_id", "channel", "is_tried")
        .annotate(
            notices=Count("pk"),
            first=Min("since"),
            tried=Max("tries"),
            why=Max("reason"),
            again=Min("next_try_at"),
            last=Max("tried_at"),
        )
        .order_by("-last", "notice__account_id", "channel")
    )


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[Unreached]:
    """One query."""
    found = list(rows)
    named = Person.objects.filter(account__in=[row["notice__account_id"] for row in found])
    people = {one.account_id: one for one in named}
    labels = {name: str(way.label) for name, way in plugged()}
    return [
        Unreached(
            person=people[row["notice__account_id"]],
            channel=row["channel"],
            label=labels.get(row["channel"], row["channel"]),
            notices=row["notices"],
            since=row["first"],
            tries=row["tried"],
            reason=row["why"],
            next_try_at=row["again"] if row["is_tried"] else None,
        )
        for row in found
    ]


def channels_of(people: QuerySet[Person]) -> list[tuple[Standing, int]]:
    """How every channel does for some people, and how many want it who have no address there. A query more than `standings`."""
    missing: Counter[str] = Counter()
    for person in people.select_related("account"):
        if person.account is not None and person.account.is_active:
            to = Recipient(person.account, Contact(person.phone, person.zalo))
            missing.update(
                name
                for name, way in plugged()
                if pace_of(person.account.preferences, name) is not Pace.NEVER and not way.address(to)
            )
    return [(one, missing[one.name]) for one in standings(people.values("account_id"))]
