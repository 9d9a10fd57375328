"""Values put into a few classes, as maps show them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from diaban.lib.vietnamese import format_number

Way = Literal["quantile", "equal", "manual"]
MOST_CLASSES = 7


@dataclass(frozen=True)
class Classes:
    """Rising values that stand between classes. A value that is one of them belongs to the class below."""

    bounds: tuple[Decimal, ...]
    least: Decimal
    most: Decimal

    def __len__(self) -> int:
        return len(self.bounds) + 1

    def of(self, value: Decimal) -> int:
        """The number of a value's class, from 0."""
        return bisect_left(self.bounds, value)

    def labels(self, digits: int | None) -> list[str]:
        """ "từ 0 đến 10", "trên 10 đến 25"."""
        edges = [min(self.least, *self.bounds), *self.bounds, max(self.most, *self.bounds)] if self.bounds else []
        if not edges:
            low, high = format_number(self.least, digits), format_number(self.most, digits)
            return [low if low == high else f"từ {low} đến {high}"]
        texts = [format_number(edge, digits) for edge in edges]
        return [
            f"{'từ' if place == 0 else 'trên'} {low} đến {high}" for place, (low, high) in enumerate(pairwise(texts))
        ]


def classes_of(values: Sequence[Decimal], way: Way, number: int, bounds: Sequence[Decimal] = ()) -> Classes:
    """As many classes as asked for, or fewer where values are equal: of equal numbers of values, of equal width, or between
    given bounds. Raises ValueError for no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    least, most = ordered[0], ordered[-1]
    number = max(1, min(number, MOST_CLASSES))
    if way == "manual":
        found = sorted(set(bounds))[: MOST_CLASSES - 1]
    elif way == "equal":
        found = [least + (most - least) * step / number for step in range(1, number)]
    else:
        found = [ordered[(len(ordered) * step + number - 1) // number - 1] for step in range(1, number)]
    inner = found if way == "manual" else [bound for bound in dict.fromkeys(found) if least <= bound < most]
    return Classes(tuple(inner), least, most)
