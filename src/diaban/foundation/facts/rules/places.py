"""Places of those who are compared by a figure."""

from collections.abc import Mapping
from decimal import Decimal


def ranked(points: Mapping[int, Decimal]) -> dict[int, int]:
    """Places from 1, the most points first; equals share a place and the next one is left free."""
    ordered = sorted(points.values(), reverse=True)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {who: first[value] for who, value in points.items()}
