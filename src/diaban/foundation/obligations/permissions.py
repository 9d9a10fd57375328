"""Who sees an obligation: its parties, and whoever is mandated to follow its field over its ground."""

from django.db.models import Q, QuerySet

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.mandates.permissions import party, visible_by_any
from diaban.foundation.obligations.models import DayOff, Duty, Obligation
from diaban.foundation.organisations.queries import bodies_of


def visible_obligations(actor: Actor) -> QuerySet[Obligation]:
    """Party ∪ mandate: owned now or once, owed to us, or in our mandate of today: of its field, or as who directs the ground."""
    ours = party(actor)
    is_party = Q(owner_id__in=ours) | Q(original_owner_id__in=ours) | Q(counterpart_id__in=ours)
    return Obligation.objects.filter(is_party | _in_mandate(actor))


def visible_duties(actor: Actor) -> QuerySet[Duty]:
    """Duties whose results come to our office, and those in our mandate."""
    is_party = Q(counterpart_id__in=party(actor))
    return Duty.objects.filter(is_party | _in_mandate(actor))


def _in_mandate(actor: Actor) -> Q:
    return visible_by_any(actor, ("obligations.see", "obligations.see_all"))


def visible_days_off(actor: Actor) -> QuerySet[DayOff]:
    """Working days are published: everybody sees them."""
    return DayOff.objects.all()


def is_owners_office(actor: Actor, obligation: Obligation) -> bool:
    return _is_same_body(actor, obligation.owner_id)


def is_counterparts_office(actor: Actor, obligation: Obligation) -> bool:
    return _is_same_body(actor, obligation.counterpart_id)


def can_assign(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor may pass the work on inside the office that owns it."""
    is_allowed = actor.position_id is not None and actor.may("obligations.assign") is not None
    return is_allowed and obligation.is_open and is_owners_office(actor, obligation)


def ground_to_decide(actor: Actor, obligation: Obligation) -> Grant | None:
    """On what ground the actor answers requests about a deadline: its mandate in the field, else that the work is owed to
    its own office. Whose office is owed is asked apart (`is_counterparts_office`)."""
    in_field = actor.may("obligations.decide", obligation.field_code or None, obligation.unit_id)
    return in_field or actor.may("obligations.decide_own")


def _is_same_body(actor: Actor, organisation_id: int) -> bool:
    if actor.organisation_id is None:
        return False
    bodies = bodies_of({actor.organisation_id, organisation_id}, actor.today)
    return organisation_id in bodies and bodies.get(actor.organisation_id) == bodies[organisation_id]
