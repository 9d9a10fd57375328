"""What facts that are to be taken in would change of those that stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Fact


class Standing(NamedTuple):
    """What a current fact says."""

    value: Decimal | None
    reason: str
    is_estimated: bool


@dataclass(frozen=True)
class Difference:
    """A fact that does not stand there yet. `before` is what it takes the place of; `others` counts the figures of the same
    cell that are the unit's parts, or of which it is one, and go too."""

    fact: NewFact
    before: Standing | None
    others: int

    @property
    def is_new(self) -> bool:
        return self.before is None and not self.others


Place = tuple[str, int, str, str]  # indicator, unit id, period, category
Reported = Mapping[int | None, Standing]  # by contributor


def differences(collection_code: str, facts: Sequence[NewFact]) -> list[Difference]:
    """The facts that are new or other than what is current in the collection, in their order. One query."""
    standing = _standing(collection_code, facts)
    found = []
    for fact in facts:
        there = standing.get((fact.indicator, fact.unit_id, str(fact.period), fact.category), {})
        before = there.get(fact.contributor_id)
        if before == (fact.value, fact.reason, fact.is_estimated):
            continue
        others = sum((one is None) != (fact.contributor_id is None) for one in there)
        found.append(Difference(fact, before, others))
    return found


def _standing(collection_code: str, facts: Sequence[NewFact]) -> dict[Place, Reported]:
    current = Fact.objects.filter(
        collection__code=collection_code,
        period__code__in={str(fact.period) for fact in facts},
        unit_id__in={fact.unit_id for fact in facts},
        indicator__code__in={fact.indicator for fact in facts},
        superseded_at=None,
    ).values_list(
        "indicator__code", "unit_id", "period__code", "category__key", "contributor_id", "value", "reason",
        "is_estimated",
    )  # fmt: skip
    found: dict[Place, dict[int | None, Standing]] = defaultdict(dict)
    for code, unit, period, key, contributor, value, reason, is_estimated in current:
        found[code, unit, period, key][contributor] = Standing(value, reason, is_estimated)
    return dict(found)
