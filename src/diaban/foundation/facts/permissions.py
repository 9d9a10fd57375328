"""Who may see and change what is common to all figures. The figures of a report are seen where the report is."""

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Collection, Indicator


def visible_indicators(actor: Actor) -> QuerySet[Indicator]:
    """Every indicator: whoever is signed in may see what is asked and how it is computed."""
    return Indicator.objects.select_related("numerator", "denominator")


def visible_collections(actor: Actor) -> QuerySet[Collection]:
    """Every collection, as above: its name, not its figures."""
    return Collection.objects.all()
