"""What every `visible_…` filter starts from, and who may give mandates."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, runtime_checkable

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted, Reach
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.mandates.models import AccessToken, Mandate
from diaban.foundation.mandates.rules import AloneReach
from diaban.foundation.organisations.lines import rooms_below, rooms_found
from diaban.foundation.organisations.models import Position
from diaban.foundation.organisations.permissions import is_own_body
from diaban.foundation.territory.models import Containment, Coverage

GIVE = "mandates.give"
TOKEN_OWN = "mandates.token_own"  # noqa: S105 (the name of an act)
TOKEN_OFFICE = "mandates.token_office"  # noqa: S105 (the name of an act)
NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING  # an empty condition would vanish where it is joined to others


@runtime_checkable
class WorksInBody(Protocol):
    """An actor that acts in the name of a legal body, which has its seat in a unit."""

    @property
    def body_ids(self) -> frozenset[int]: ...
    @property
    def seat_id(self) -> int: ...


def visible_filter(actor: Actor, act: str, *, unit: str = "unit_id", field: str | None = "field_code") -> Q:
    """Rows whose unit and field are where `act` is allowed to the actor: by the mandates of today, over today's units and
    all that they contain or descend from.

    `unit` names the column of a unit's id, `field` that of a field code; None where rows have no field: then any field of
    a mandate will do. Rows with a blank field are seen by who has every field. The party clause ("whoever filed, owns or
    is addressed") is the room's own to add; `party` says in whose name the actor works.
    """
    allowed = NOTHING
    for reach in actor.reaches(act):
        where = _where(reach, actor.today, unit, field)
        if not where:
            return EVERYTHING
        allowed |= where
    return allowed


def visible_by_any(actor: Actor, acts: Iterable[str], *, unit: str = "unit_id", field: str | None = "field_code") -> Q:
    """As `visible_filter`, for whoever may do one of several acts."""
    allowed = NOTHING
    for act in acts:
        allowed |= visible_filter(actor, act, unit=unit, field=field)
    return allowed


def _where(reach: Reach, today: date, unit: str, field: str | None) -> Q:
    where = Q()
    if not reach.everywhere:
        where &= Q(**{f"{unit}__in": units_within(reach, today)})
    if field is not None and not reach.every_field:
        where &= Q(**{f"{field}__in": sorted(reach.field_codes)})
    return where


def units_within(reach: Reach, today: date) -> QuerySet[Containment, int]:
    """The ids of every unit that a limited reach covers, as a subquery."""
    inside = Containment.objects.filter(ancestor__in=reach.unit_ids, valid__contains=today)
    descent = Coverage.objects.filter(unit__in=reach.unit_ids)
    if isinstance(reach, AloneReach):
        inside = inside.filter(distance=0)
        descent = descent.filter(unit__level=F("covered__level"))
    return inside.values_list("descendant_id", flat=True).union(descent.values_list("covered_id", flat=True))


def party(actor: Actor) -> frozenset[int]:
    """The organisations in whose name the actor works: its own and those above it within the same legal body."""
    if isinstance(actor, WorksInBody):
        return actor.body_ids
    return frozenset() if actor.organisation_id is None else frozenset({actor.organisation_id})


def seat_of(actor: Actor) -> int | None:
    """The unit in which the actor's organisation has its seat: the ground a page shows first."""
    return actor.seat_id if isinstance(actor, WorksInBody) else None


def visible_mandates(actor: Actor) -> QuerySet[Mandate]:
    """Who is mandated to do what is public: everyone must be able to find the competent authority."""
    return Mandate.objects.select_related("function", "field")


def can_give(actor: Actor, unit_ids: Iterable[int]) -> bool:
    """Whether the actor keeps the table of mandates over any of the units."""
    return any(actor.may(GIVE, None, unit_id) for unit_id in unit_ids)


def visible_tokens(actor: Actor) -> QuerySet[AccessToken]:
    """The keys of the actor's own position; for a unit administrator, those of the whole office."""
    rows = AccessToken.objects.select_related("position", "account")
    if actor.may(TOKEN_OFFICE):
        return rows.filter(position__organisation_id__in=offices_of(actor))
    if actor.position_id is None or actor.account_id is None:
        return rows.none()
    return rows.filter(position_id=actor.position_id, account_id=actor.account_id)


def offices_of(actor: Actor) -> frozenset[int]:
    """The organisations of the actor's legal body, its rooms included. One query."""
    return rooms_found(party(actor), actor.today) | party(actor)


def within_offices(actor: Actor) -> RawSQL:
    """As `offices_of`, as a subquery of their ids."""
    return rooms_below(party(actor), actor.today)


def require_token(actor: Actor, position: Position) -> Grant:
    """The ground for giving or ending a key of a position: it is the actor's own, or one of the office that the actor
    administers. Raises `NotPermitted`."""
    grant = actor.may(TOKEN_OFFICE) if is_own_body(actor, position.organisation_id) else None
    if grant is None and position.pk == actor.position_id:
        grant = actor.may(TOKEN_OWN)
    if grant is None:
        raise NotPermitted(str(act_kind(TOKEN_OFFICE).label))
    return grant
