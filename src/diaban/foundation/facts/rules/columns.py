"""A column: one cell over many units in one period. Whole columns are handled at once, since there are many units."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal

from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.definitions import Definition

ADDS_PARTS = frozenset({"SUM", "COUNT"})


@dataclass(frozen=True, slots=True)
class Column:
    """Values by unit; beside them the reasons of units that gave one, and the units whose value is an estimate.

    `missing` counts what is missing from a value: parts that were not reported where the total was added up from parts.
    """

    values: Mapping[int, Decimal] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    estimated: Set[int] = frozenset()
    missing: Mapping[int, int] = field(default_factory=dict)

    @property
    def units(self) -> set[int]:
        """Every unit that said anything."""
        return {*self.values, *self.reasons}


NOTHING = Column()
Sheet = Mapping[Cell, Column]


def total_column(definition: Definition, sheet: Sheet) -> Column:
    """The column of an indicator's totals. A unit that gave parts but no total gets the sum of its parts.

    The parts are those of the first split that the unit used; members that it left empty count as missing.
    """
    reported = sheet.get(definition.code, NOTHING)
    if definition.over_units not in ADDS_PARTS:
        return reported
    for division in definition.division("split"):
        parts = [sheet.get(f"{definition.code}__{code}", NOTHING) for code in division.members]
        without_total = set().union(*(part.values for part in parts)) - reported.values.keys()
        if without_total:
            reported = with_sums(reported, parts, without_total)
    return reported


def with_sums(total: Column, parts: Collection[Column], units: Collection[int]) -> Column:
    """The column with the sum of the parts for the named units, each of which has a value in at least one part."""
    values, missing, estimated = dict(total.values), dict(total.missing), set(total.estimated)
    for unit in units:
        given = [part for part in parts if unit in part.values]
        values[unit] = sum((part.values[unit] for part in given), Decimal())
        if len(given) < len(parts):
            missing[unit] = len(parts) - len(given)
        if any(unit in part.estimated for part in given):
            estimated.add(unit)
    return Column(values, total.reasons, estimated, missing)


def overlaid(below: Column, above: Column) -> Column:
    """One column where `above` prevails unit by unit."""
    if not above.values and not above.reasons:
        return below
    silent = {unit: reason for unit, reason in below.reasons.items() if unit not in above.values}
    return Column(
        {**below.values, **above.values},
        {**silent, **above.reasons},
        (below.estimated - above.values.keys()) | above.estimated,
        {unit: number for unit, number in below.missing.items() if unit not in above.values} | dict(above.missing),
    )
