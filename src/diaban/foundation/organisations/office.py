"""The own office as its administrator sees it: rooms, posts, people, who signs for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.organisations.lines import bodies_of
from diaban.foundation.organisations.models import Delegation, Holding, Kind, OrganisationVersion, Person, Position
from diaban.foundation.organisations.permissions import (
    STAFF_ANY,
    STAFF_OWN,
    require_staffing,
    visible_delegations,
)
from diaban.foundation.organisations.queries import (
    Post,
    body_of,
    names_of,
    people_in,
    posts_of,
)
from diaban.foundation.organisations.queries import rooms_of as rooms_of_body
from diaban.foundation.territory.models import Containment


@dataclass(frozen=True)
class Room:
    """A room of the office with its posts, leaders first."""

    organisation_id: int
    name: str
    posts: Sequence[Post]


@dataclass(frozen=True)
class Held:
    """A post that someone holds, held, or will hold, and where."""

    holding: Holding
    room: str
    is_now: bool


def rooms_of(actor: Actor) -> dict[int, OrganisationVersion]:
    """The rooms of the actor's own body by id, the body itself first."""
    body = body_of(actor.organisation_id or 0, actor.today)
    return {room.organisation_id: room for room in rooms_of_body(body, actor.today)}


def rooms_staffed(actor: Actor, organisation_id: int) -> dict[int, OrganisationVersion]:
    """The rooms of the body that an organisation is of, as `rooms_of`. Raises `NotPermitted` where the actor adds nobody there."""
    require_staffing(actor, organisation_id)
    body = body_of(organisation_id, actor.today)
    return {room.organisation_id: room for room in rooms_of_body(body, actor.today)}


def committees_without_people(actor: Actor) -> list[OrganisationVersion]:
    """The people's committees on the ground whose people the actor keeps, in which nobody holds a post yet. Four queries."""
    kept = {unit for reach in actor.reaches(STAFF_ANY) for unit in reach.unit_ids}
    if not kept:
        return []
    inside = Containment.objects.filter(ancestor__in=kept, valid__contains=actor.today).values("descendant")
    committees = OrganisationVersion.objects.on(actor.today).filter(kind=Kind.PEOPLE_COMMITTEE, unit__in=inside)
    held = Position.objects.filter(holdings__valid__contains=actor.today).values_list("organisation", flat=True)
    manned = set(bodies_of(set(held), actor.today).values())
    return [one for one in committees.select_related("unit").in_order() if one.organisation_id not in manned]


def staff_of(actor: Actor) -> list[Room]:
    """Every room of the actor's own body; holders come with their account."""
    rooms = rooms_of(actor)
    posts = posts_of(rooms, actor.today)
    return [
        Room(room_id, room.name, [post for post in posts if post.position.organisation_id == room_id])
        for room_id, room in rooms.items()
    ]


def colleagues(actor: Actor) -> list[Person]:
    """Whoever holds a post in the actor's own body today, by given name."""
    return people_in(rooms_of(actor), actor.today)


def holdings_of(person: Person, today: date) -> list[Held]:
    """The newest first."""
    held = list(person.holdings.select_related("position").order_by("-valid"))
    names = names_of({one.position.organisation_id for one in held}, today)
    return [Held(one, names.get(one.position.organisation_id, ""), one.holds_on(today)) for one in held]


def signers(actor: Actor) -> tuple[list[Post], list[Post]]:
    """Whose signature the actor may give away: the heads' of the own body, or the own alone; and who may be given one, deputies
    first."""
    posts = [post for room in staff_of(actor) for post in room.posts]
    heads = [post for post in posts if post.position.role == Role.HEAD]
    if not actor.may(STAFF_OWN):
        heads = [post for post in heads if post.position.pk == actor.position_id]
    order = (Role.DEPUTY, Role.SECTION_HEAD, Role.HEAD)
    return heads, [post for role in order for post in posts if post.position.role == role]


def delegations_of(actor: Actor) -> list[Delegation]:
    """In force today or later in the actor's own body, by the first day."""
    current = Q(valid__contains=actor.today) | Q(valid__startswith__gt=actor.today)
    found = visible_delegations(actor).filter(current, from_position__organisation__in=list(rooms_of(actor)))
    return list(found.order_by("valid", "pk"))
