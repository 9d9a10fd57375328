"""An independent, slow computation of an area's figures, unit by unit and cell by cell, to compare ours with."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Figures = Mapping[tuple[int, str], Decimal]  # (unit, cell) → value; what is not there was not reported
POINTS = tuple(
    f"BC07__{code}" for code in ("level_1", "level_2", "level_3", "bdvhx", "agency", "delivery", "letterbox")
)
OPERATORS = tuple(f"VT01__{code}" for code in ("vnpt", "viettel", "mobifone"))


def own_total(figures: Figures, unit: int, cell: str, parts: Sequence[str] = ()) -> Decimal | None:
    """A unit's total, or the sum of the parts it gave."""
    if (unit, cell) in figures:
        return figures[unit, cell]
    given = [figures[unit, part] for part in parts if (unit, part) in figures]
    return sum(given, Decimal()) if given else None


def summed(figures: Figures, units: Sequence[int], cell: str, parts: Sequence[str] = ()) -> Decimal | None:
    values = [value for unit in units if (value := own_total(figures, unit, cell, parts)) is not None]
    return sum(values, Decimal()) if values else None


def listed(figures: Figures, units: Sequence[int]) -> Decimal | None:
    """How many operators are ticked anywhere; only asked where every unit that said anything gave a list."""
    if not any((unit, cell) in figures for unit in units for cell in OPERATORS):
        return None
    return Decimal(sum(any(figures.get((unit, cell), 0) > 0 for unit in units) for cell in OPERATORS))


def divided(figures: Sequence[Figures], units: Sequence[int], top: str, bottom: str) -> Decimal | None:
    """Of flows: over every unit and period that has both parts; in percent, seven decimals, half up."""
    pairs = [
        (period[unit, top], period[unit, bottom])
        for period in figures
        for unit in units
        if (unit, top) in period and (unit, bottom) in period
    ]
    over = sum((pair[1] for pair in pairs), Decimal())
    if over == 0:
        return None
    exact = Fraction(sum((pair[0] for pair in pairs), Decimal())) * 100 / Fraction(over)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("1e-7"), ROUND_HALF_UP)


def both(figures: Figures, units: Sequence[int], one: str, other: str) -> Decimal | None:
    values = [
        figures[unit, one] + figures[unit, other]
        for unit in units
        if (unit, one) in figures and (unit, other) in figures
    ]
    return sum(values, Decimal()) if values else None


def only(figures: Figures, units: Sequence[int], cell: str) -> Decimal | None:
    """What is never added: the value of a single unit."""
    return figures.get((units[0], cell)) if len(units) == 1 else None
