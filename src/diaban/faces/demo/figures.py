"""Invented figures that look right: pure, seeded, the same on every machine. Nothing here was measured.

A place has a size and a remoteness; counts grow with both, rates fall with the second. Flows have seasons, stocks drift a
little each quarter. What must hold between indicators holds: each form's own checks are the test.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from diaban.work.reporting.cells import parts_on
from diaban.work.reporting.layout import Layout, Line, Measure

SEASONS = {"BC02": (1.25, 0.92, 0.90, 1.05), "BC03": (1.25, 0.92, 0.90, 1.05), "VT34": (0.8, 1.8, 1.8, 0.8)}
MONEY_SEASON = (0.8, 0.9, 1.0, 2.0)
PARTS = (0.42, 0.24, 0.14, 0.09, 0.06, 0.03, 0.02)
OF_WHICH = (0.55, 0.35, 0.2, 0.12)
DRIFT = 0.015  # a stock's growth in a quarter
FALLING = frozenset({"VT26", "VT27"})
MARGIN = 0.08  # percentages keep off the edges of their range, where rounding would carry them over


@dataclass(frozen=True)
class Place:
    """A locality as far as its figures go: `size` of the largest is 1, `remoteness` 0 (a town) to 1.

    `base` holds the base data (DB01 …) of the year.
    """

    code: str
    size: float
    remoteness: float
    base: Mapping[str, Decimal]


@dataclass
class Invented:
    """What a locality would type: values by cell, and words by heading."""

    values: dict[str, Decimal] = field(default_factory=dict)

    def total(self, code: str) -> Decimal:
        """What an indicator's typed parts, or its one cell, come to."""
        if code in self.values:
            return self.values[code]
        return sum((value for name, value in self.values.items() if name.startswith(f"{code}__")), Decimal(0))


def invent(layout: Layout, on: date, place: Place, *, quarters: int) -> Invented:
    """The figures of a place for the quarter that ends on `on`, `quarters` after the first one of the story."""
    work = _Inventing(layout, on, place, quarters)
    order = {code: place for place, code in enumerate(DEPENDENT, len(layout.indicators))}
    for code in sorted(layout.indicators, key=lambda code: order.get(code, layout.indicators.index(code))):
        work.indicator(code)
    return work.invented


class _Inventing:
    def __init__(self, layout: Layout, on: date, place: Place, quarters: int) -> None:
        self.layout, self.on, self.place, self.quarters = layout, on, place, quarters
        self.invented = Invented()
        self.lines: dict[str, list[Line]] = {}
        for line in layout.lines:
            self.lines.setdefault(line.indicator, []).append(line)

    def indicator(self, code: str) -> None:
        lines, measure = self.lines[code], self.layout.measures[code]
        first = lines[0]
        if first.required == "auto" or first.provider == "department" or self.on not in measure.valid:
            return
        target = self._target(measure, first)
        for line in lines:
            self._line(measure, line, target)

    def _line(self, measure: Measure, line: Line, target: Decimal) -> None:
        match line.mode:
            case "value":
                self.invented.values[measure.code] = target
            case "ratio":
                self._ratio(measure, target)
            case "split":
                self._split(measure, line, target)
            case "ofwhich":
                self._of_which(measure, line, target)
            case "list":
                self._ticks(measure, line, target)

    def _target(self, measure: Measure, line: Line) -> Decimal:
        """The total (of a ratio: the percentage) that the place would report, within the bounds of the line."""
        low, high = float(line.least or 0), float(line.most or 0)
        low, high = max(low, float(measure.least or low)), min(high, float(measure.most or high))
        if line.mode == "ratio":
            low, high = low + MARGIN * (high - low), high - MARGIN * (high - low)
            value = high - (high - low) * self.place.remoteness
        else:
            value = low + (high - low) * (0.75 * self.place.size + 0.25 * (1 - self.place.remoteness))
        value = min(max(value * self._noise(measure.code) * self._season(measure, line), low), high)
        target = _rounded(value, measure)
        rule = DEPENDENT.get(measure.code)
        return rule(self.invented, self.place.base, target) if rule else target

    def _noise(self, code: str) -> float:
        """A place's own bent for an indicator, the same in every quarter, so that stocks never jump."""
        return random.Random(f"{self.place.code}:{code}").uniform(0.92, 1.08)

    def _season(self, measure: Measure, line: Line) -> float:
        if line.prefill_last or line.mode in {"ratio", "list"}:
            return 1 + (-DRIFT if measure.code in FALLING else DRIFT) * self.quarters
        seasons = SEASONS.get(measure.code) or (MONEY_SEASON if measure.unit_name == "triệu đồng" else (1, 1, 1, 1))
        wobble = random.Random(f"{self.place.code}:{measure.code}:{self.on}").uniform(0.97, 1.03)
        return seasons[(self.on.month - 1) // 3] * wobble

    def _split(self, measure: Measure, line: Line, target: Decimal) -> None:
        names = [f"{measure.code}__{part.code}" for part in parts_on(line, self.on)]
        rule = PARTS_OF.get(measure.code)
        weights = rule(self.invented, names, target) if rule else [PARTS[min(index, 6)] for index in range(len(names))]
        for name, value in zip(names, shared(target, weights, measure), strict=True):
            self.invented.values[name] = value

    def _of_which(self, measure: Measure, line: Line, target: Decimal) -> None:
        self.invented.values.setdefault(measure.code, target)
        for index, part in enumerate(parts_on(line, self.on)):
            self.invented.values[f"{measure.code}__{part.code}"] = _rounded(
                float(target) * OF_WHICH[index % 4], measure
            )

    def _ticks(self, measure: Measure, line: Line, target: Decimal) -> None:
        """The biggest enterprises are everywhere; "khác" is never ticked, for it wants a name."""
        for index, part in enumerate(parts_on(line, self.on)):
            is_there = index < max(1, int(target)) and part.code != "other"
            self.invented.values[f"{measure.code}__{part.code}"] = Decimal(int(is_there))

    def _ratio(self, measure: Measure, target: Decimal) -> None:
        num, den = f"{measure.code}__num", f"{measure.code}__den"
        whole = self._denominator(measure)
        share = _rounded(float(whole * target / (measure.scale or 1)), self.layout.measures[measure.numerator])
        rule = NUMERATORS.get(measure.code)
        part = rule(self.invented, self.place.base, min(share, whole)) if rule else min(share, whole)
        self.invented.values[num] = max(Decimal(0), min(part, whole))
        if measure.denominator not in self.lines:
            self.invented.values[den] = whole

    def _denominator(self, measure: Measure) -> Decimal:
        code = measure.denominator
        if code in self.place.base:
            return self.place.base[code]
        if code in self.lines:
            return self.invented.total(code)
        rule = DENOMINATORS.get(measure.code)
        return rule(self.invented) if rule else Decimal(40 + int(60 * self.place.size))


def shared(total: Decimal, weights: list[float], measure: Measure) -> list[Decimal]:
    """`total` in parts by weight that add up exactly, in the measure's own digits; the first takes what is left."""
    step = Decimal(1) if measure.is_whole else Decimal(1).scaleb(-measure.digits)
    whole = sum(weights) or 1
    parts = [(total * Decimal(str(weight)) / Decimal(str(whole)) // step) * step for weight in weights]
    largest = max(range(len(weights)), key=lambda index: weights[index])
    parts[largest] += total - sum(parts)
    return parts


def _rounded(value: float, measure: Measure) -> Decimal:
    digits = 0 if measure.is_whole else measure.digits
    return Decimal(str(round(value, digits))).quantize(Decimal(1).scaleb(-digits))


Base = Mapping[str, Decimal]
Dependent = Callable[[Invented, Base, Decimal], Decimal]


def _at_most(code: str, share: float = 1.0) -> Dependent:
    """No more than a share of another indicator's total."""

    def bounded(so_far: Invented, base: Base, target: Decimal) -> Decimal:
        return min(target, Decimal(int(float(so_far.total(code)) * share)))

    return bounded


def _itself(so_far: Invented, base: Base, target: Decimal) -> Decimal:
    """Only later than what it hangs on."""
    return target


def _only_with(code: str) -> Dependent:
    """Nothing where the other indicator is nothing."""
    return lambda so_far, base, target: target if so_far.total(code) else Decimal(0)


# What hangs on other indicators is invented after them.
DEPENDENT: dict[str, Dependent] = {
    "BC08": lambda so_far, base, target: so_far.values.get("BC07__bdvhx", target),
    "VT08": lambda so_far, base, target: Decimal(0),
    "VT16": _at_most("VT17", 0.62),
    "VT18": _at_most("VT17", 0.08),
    "VT26": lambda so_far, base, target: min(target, base.get("DB05", target) // 4),
    "VT27": lambda so_far, base, target: min(target, base.get("DB05", target) // 5),
    "VT25": _itself,
    "CN01": _itself,
    "VT11": _itself,
    "CN07": _itself,
    "CN08": _itself,
    "QL02": _itself,
    "CN09": _itself,
    "BC09": _itself,
    "BC21": _itself,
    "TT12": _itself,
    "NL01b": _at_most("NL01a"),
    "NL02": _at_most("NL01b", 0.6),
    "NL03": lambda so_far, base, target: min(target, base.get("DB04", Decimal(1))),
    "NL05b": lambda so_far, base, target: max(target, so_far.total("NL05a")) if so_far.total("NL05a") else Decimal(0),
    "QL05a": _only_with("QL04"),
    "QL05b": _only_with("QL05a"),
    "QL06b": _at_most("QL06a"),
    "QL06c": _at_most("QL06a", 0.5),
    "CN15": _only_with("CN14"),
    "CN17": lambda so_far, base, target: Decimal(1) + min(max(target - 1, Decimal(0)), base.get("DB05", target)),
    "TT14": _only_with("TT11"),
    "BC18a": lambda so_far, base, target: so_far.values.get("QL01a__post", target),
}


def _village_signal(so_far: Invented, base: Base, target: Decimal) -> Decimal:
    """Every village either has a signal or is a white spot."""
    return base.get("DB05", target) - so_far.total("VT26")


NUMERATORS: dict[str, Dependent] = {
    "VT25": _village_signal,
    "BC09": _at_most("BC07"),
    "TT12": lambda so_far, base, target: min(target, so_far.values.get("TT11__working", target)),
    "VT11": lambda so_far, base, target: min(target, so_far.values.get("VT07__ftth", target)),
    "CN07": lambda so_far, base, target: so_far.values.get("QL01a__online", target),
    "CN01": lambda so_far, base, target: min(target, so_far.values.get("CN05__individual", target)),
}
DENOMINATORS: dict[str, Callable[[Invented], Decimal]] = {
    "QL02": lambda so_far: so_far.total("QL01a"),
    "CN09": lambda so_far: so_far.total("QL01a"),
}


Weights = Callable[[Invented, list[str], Decimal], list[float]]


def _of_enterprises(listed: str) -> Weights:
    """Revenue only of enterprises that were ticked as present."""

    def weights(so_far: Invented, names: list[str], target: Decimal) -> list[float]:
        present = [so_far.values.get(f"{listed}__{member_of(name)}", Decimal(0)) for name in names]
        return [PARTS[min(index, 6)] if there else 0.0 for index, there in enumerate(present)]

    return weights


def _without(*members: str) -> Weights:
    """Everything but some members."""

    def weights(so_far: Invented, names: list[str], target: Decimal) -> list[float]:
        return [0.0 if member_of(name) in members else PARTS[min(index, 6)] for index, name in enumerate(names)]

    return weights


def _mostly(**shares: float) -> Weights:
    """Given shares for the members named, a hundredth for each other."""

    def weights(so_far: Invented, names: list[str], target: Decimal) -> list[float]:
        return [shares.get(member_of(name), 0.01) for name in names]

    return weights


def _one_of_commune(so_far: Invented, names: list[str], target: Decimal) -> list[float]:
    """One team of the commune, the others of its villages."""
    return [1.0 if member_of(name) == "commune" else float(target - 1) for name in names]


def member_of(cell: str) -> str:
    """The member in a cell's name: `level_1` of `BC07__level_1`."""
    return cell.split("__")[1]


PARTS_OF: dict[str, Weights] = {
    "BC02": _of_enterprises("BC01"),
    "VT02": _of_enterprises("VT01"),
    "VT17": _without("3g"),
    "BC07": _mostly(bdvhx=0.62, level_2=0.04, level_3=0.12, agency=0.1, letterbox=0.08),
    "QL01a": _mostly(online=0.84, direct=0.13, post=0.02),
    "CN17": _one_of_commune,
    "TT11": _without("broken"),
    "TT14": _without("broken"),
}
