"""Pure rules on shares: how they add up, pass through several reforms, and are rounded once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

WHOLE = Fraction(1)
WEIGHT_STEP = Decimal("0.0001")


class Share(NamedTuple):
    """How much of a unit lies in `unit_id`. `assumed` says that nobody counted it."""

    unit_id: int
    share: Fraction
    assumed: bool


class SharesDoNotAddUp(ValueError):
    """The shares of a total that is to be divided do not sum to 1."""


def shares_from(weights: Mapping[int, Decimal]) -> dict[int, Fraction]:
    """Each weight over their sum: exact, and 1 together."""
    if len(weights) == 1:  # nine of ten units went whole
        return dict.fromkeys(weights, WHOLE)
    total = sum((Fraction(weight) for weight in weights.values()), Fraction())
    return {key: Fraction(weight) / total for key, weight in weights.items()}


def filled(weights: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    """Weights of the parts of one unit: those not counted (None) get the mean of the counted ones, or 1 if none is."""
    counted = [weight for weight in weights.values() if weight is not None]
    mean = (sum(counted, Decimal()) / len(counted)).quantize(WEIGHT_STEP) if counted else Decimal(1)
    return {key: mean if weight is None else weight for key, weight in weights.items()}


def compose(links: Mapping[int, Sequence[Share]], unit_id: int) -> list[Share]:
    """Where a unit lies at the ends of the links, by unit id; itself where it has no link.

    `links` holds the shares of each unit that ended. A share that comes to 1 is not assumed: whatever the division in
    between, everything arrived.
    """
    if unit_id not in links:
        return [Share(unit_id, WHOLE, assumed=False)]
    direct = links[unit_id]
    if len(direct) == 1 and direct[0].unit_id not in links:  # nine of ten units went whole, and once
        return [Share(direct[0].unit_id, direct[0].share, direct[0].assumed and direct[0].share != 1)]
    ends: list[Share] = []
    open_shares = [Share(unit_id, WHOLE, assumed=False)]
    while open_shares:
        here = open_shares.pop()
        if here.unit_id not in links:
            ends.append(here)
        open_shares += [
            Share(link.unit_id, here.share * link.share, here.assumed or link.assumed)
            for link in links.get(here.unit_id, ())
        ]
    return merged(ends, {end.unit_id: end.unit_id for end in ends})


def merged(shares: Iterable[Share], into: Mapping[int, int]) -> list[Share]:
    """The shares by what contains them (`into`), by unit id; what lies in nothing is left out."""
    sums: dict[int, Fraction] = {}
    assumed: set[int] = set()
    for share in shares:
        target = into.get(share.unit_id)
        if target is not None:
            sums[target] = sums[target] + share.share if target in sums else share.share
            if share.assumed:
                assumed.add(target)
    return [Share(key, share, key in assumed and share != 1) for key, share in sorted(sums.items())]


def largest_remainder(total: Decimal, shares: Mapping[int, Fraction], digits: int) -> dict[int, Decimal]:
    """The total divided by shares that sum to 1, each part rounded so that they sum to the total exactly.

    Parts have `digits` decimals, or as many as the total has if those are more. What is left after rounding down goes to
    the largest remainders, ties to the lowest unit id. Raises `SharesDoNotAddUp`.
    """
    if sum(shares.values(), Fraction()) != 1:
        raise SharesDoNotAddUp(shares)
    exponent = total.normalize().as_tuple().exponent
    places = max(digits, -exponent if isinstance(exponent, int) else 0)
    steps = int(Fraction(total) * 10**places)
    exact = {key: share * steps for key, share in shares.items()}
    whole = {key: floor(value) for key, value in exact.items()}
    left = steps - sum(whole.values())
    for key in sorted(exact, key=lambda key: (whole[key] - exact[key], key))[:left]:
        whole[key] += 1
    return {key: Decimal(value).scaleb(-places) for key, value in whole.items()}


def connected(links: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """The connected groups of a graph, by their lowest member."""
    group_of: dict[int, int] = {}

    def root(node: int) -> int:
        group_of.setdefault(node, node)
        while group_of[node] != node:
            group_of[node] = group_of[group_of[node]]
            node = group_of[node]
        return node

    for one, other in links:
        group_of[root(one)] = root(other)
    groups: dict[int, set[int]] = defaultdict(set)
    for node in group_of:
        groups[root(node)].add(node)
    return sorted((frozenset(group) for group in groups.values()), key=min)
