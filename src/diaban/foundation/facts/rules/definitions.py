"""What the rules know of an indicator, and the book of all that a consolidation needs on one day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from diaban.foundation.facts.rules.cells import Cell, indicator_of
from diaban.lib.expressions import Expression

DERIVED = frozenset({"RATIO", "FORMULA"})
NOT_ADDITIVE = frozenset({"DISTINCT", "NONE"})


class Cycle(ValueError):
    """Indicators that are computed from one another in a circle."""


@dataclass(frozen=True)
class Division:
    """A dimension of an indicator with the codes of its members, in order; `mode` is split, ofwhich or list."""

    dimension: str
    mode: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """An indicator as the rules see it. `until` is exclusive; `scale` multiplies a ratio."""

    code: str
    over_units: str
    over_time: str
    digits: int = 0
    scale: int = 1
    numerator: str | None = None
    denominator: str | None = None
    formula: Expression | None = None
    is_base: bool = False
    is_percentage: bool = False
    frequencies: tuple[str, ...] = ("Q",)
    since: date | None = None
    until: date | None = None
    divisions: tuple[Division, ...] = ()

    @property
    def is_derived(self) -> bool:
        return self.over_units in DERIVED

    def is_valid_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def division(self, mode: str) -> tuple[Division, ...]:
        return tuple(division for division in self.divisions if division.mode == mode)

    def needs(self) -> frozenset[Cell]:
        """The cells it is computed from; empty for what is reported."""
        if self.formula is not None:
            return frozenset(self.formula.names)
        return frozenset(part for part in (self.numerator, self.denominator) if part)


@dataclass(frozen=True)
class Book:
    """The definitions on a day. A formula's term whose indicator is not valid that day is left out of it."""

    definitions: Mapping[str, Definition]
    on: date
    _leaves: dict[str, frozenset[Cell]] = field(default_factory=dict, compare=False)

    def __getitem__(self, cell: Cell) -> Definition:
        return self.definitions[indicator_of(cell)]

    def formula_of(self, definition: Definition) -> Expression:
        """The formula without the terms that are not valid. Raises KeyError for an indicator that has none."""
        if definition.formula is None:
            raise KeyError(definition.code)
        gone = frozenset(name for name in definition.formula.names if not self[name].is_valid_on(self.on))
        return definition.formula.without(gone)

    def parts(self, code: str) -> frozenset[Cell]:
        """The cells that an indicator is computed from on the day, one step down."""
        definition = self[code]
        if definition.formula is not None:
            return frozenset(self.formula_of(definition).names)
        return definition.needs()

    def leaves(self, code: Cell) -> frozenset[Cell]:
        """The reported cells that a cell is computed from on the day: itself if it is reported."""
        if code not in self._leaves:
            is_computed = code == indicator_of(code) and self[code].is_derived
            parts = self.parts(code) if is_computed else ()
            self._leaves[code] = frozenset().union(*map(self.leaves, parts)) if is_computed else frozenset({code})
        return self._leaves[code]

    @cached_property
    def base_codes(self) -> frozenset[str]:
        return frozenset(code for code, definition in self.definitions.items() if definition.is_base)


def refuse_cycles(definitions: Mapping[str, Definition]) -> None:
    """Raises `Cycle` naming the circle, if there is one; KeyError if a part is not defined."""
    done: set[str] = set()

    def walk(code: str, path: tuple[str, ...]) -> None:
        if code in path:
            raise Cycle(" → ".join((*path, code)))
        if code not in done:
            for cell in sorted(definitions[code].needs()):
                walk(indicator_of(cell), (*path, code))
            done.add(code)

    for code in definitions:
        walk(code, ())


def closure(codes: Iterable[str], definitions: Mapping[str, Definition]) -> set[str]:
    """The codes and all that they are computed from."""
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(indicator_of(cell) for cell in definitions[code].needs())
    return found
