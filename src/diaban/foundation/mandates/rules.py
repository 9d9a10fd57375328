"""Pure decisions about mandates: who leads among those that cover a place and a field, and where two do."""

from collections.abc import Sequence
from dataclasses import dataclass

from diaban.foundation.acts.actor import Reach


@dataclass(frozen=True)
class AloneReach(Reach):
    """A reach over the named units alone: what lies below them is not included."""


@dataclass(frozen=True)
class Claim:
    """A leading mandate that covers what is asked: `steps` up the territory, `width` up the tree of fields (0: the field
    itself; every field is wider than any)."""

    mandate_id: int
    organisation_id: int
    steps: int
    width: int


def nearest(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that none outranks: of the nearest unit, and there of the most specific field; oldest mandate first."""
    best = min(((claim.steps, claim.width) for claim in claims), default=None)
    return sorted((claim for claim in claims if (claim.steps, claim.width) == best), key=lambda claim: claim.mandate_id)


def is_contested(claims: Sequence[Claim]) -> bool:
    """Whether claims of one rank belong to more than one organisation."""
    return len({claim.organisation_id for claim in claims}) > 1
