"""What the mandates show on pages of the rooms below."""

from datetime import date

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.queries import mandates_held
from diaban.foundation.organisations.parts import Part


def mandates_part(actor: Actor, organisation_id: int, on: date) -> Part:
    """The mandates of an organisation, on its page."""
    return Part("mandates/of_organisation.html", {"lines": mandates_held([organisation_id], on)})
