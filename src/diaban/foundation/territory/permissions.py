"""Who may see and correct the territory: it is public knowledge inside the system; corrections need the registers' mandate."""

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.territory.models import Unit


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Every unit: whoever is signed in may see the map of any day."""
    return Unit.objects.called()


def can_correct_weights(actor: Actor | None, unit_id: int) -> bool:
    """May the actor say how a unit of the past was divided?"""
    return actor is not None and actor.may("territory.correct_weight", None, unit_id) is not None
