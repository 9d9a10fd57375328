"""Figures on the map of another day: by exact shares on what was reported, rounded once, or not at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING, Column, Sheet
from diaban.foundation.facts.rules.definitions import Definition
from diaban.foundation.facts.rules.totals import NOT_RECASTABLE
from diaban.foundation.territory.rules import Share, largest_remainder

Shares = Mapping[int, Sequence[Share]]
SINGLE_WHOLE = frozenset({"DISTINCT", "NONE"})


def divided(value: Decimal, shares: Sequence[Share], digits: int) -> dict[int, Decimal]:
    """A unit's value over the units its land went to; the parts sum to the value."""
    if len(shares) == 1:
        return {shares[0].unit_id: value}
    return largest_remainder(value, {share.unit_id: share.share for share in shares}, digits)


def recast_sheet(definitions: Sequence[Definition], sheet: Sheet, shares: Shares) -> dict[Cell, Column]:
    """The reported cells of the definitions on the other map, keyed by the units of that map.

    Totals of divided units are recomputed from their recast parts where the parts made up the total. `missing` counts,
    for a unit of the new map, the units of the old one that gave nothing.
    """
    recast: dict[Cell, Column] = {}
    for definition in definitions:
        if definition.is_derived:
            continue
        total, parts = _columns(definition, sheet)
        for code, column in parts.items():
            recast[f"{definition.code}__{code}"] = _recast(definition, column, shares, {})
        recast[definition.code] = _recast(definition, total, shares, _from_parts(definition, total, parts, shares))
    return recast


def scaled_sheet(definitions: Sequence[Definition], sheet: Sheet, shares: Shares, target: int) -> dict[Cell, Column]:
    """What of the reported cells lies in one unit of the other map, still by the units that reported.

    A unit that lies in it whole keeps its value whatever the rule; of a divided one only sums have a part, and what may
    not be divided has no value, with that reason.
    """
    scaled: dict[Cell, Column] = {}
    for definition in definitions:
        if definition.is_derived:
            continue
        total, parts = _columns(definition, sheet)
        known = _from_parts(definition, total, parts, shares)
        for code, column in parts.items():
            scaled[f"{definition.code}__{code}"] = _scaled(definition, column, shares, target, {})
        scaled[definition.code] = _scaled(definition, total, shares, target, known)
    return scaled


def _columns(definition: Definition, sheet: Sheet) -> tuple[Column, dict[str, Column]]:
    members = [code for division in definition.divisions for code in division.members]
    parts = {code: sheet[f"{definition.code}__{code}"] for code in members if f"{definition.code}__{code}" in sheet}
    return sheet.get(definition.code, NOTHING), parts


def _scaled(
    definition: Definition, column: Column, shares: Shares, target: int, known: Mapping[int, Mapping[int, Decimal]]
) -> Column:
    values: dict[int, Decimal] = {}
    reasons = dict(column.reasons)
    estimated: set[int] = set()
    for unit, value in column.values.items():
        parts = shares.get(unit, ())
        if parts and all(share.unit_id != target for share in parts):
            continue
        if not parts or (len(parts) > 1 and definition.over_units != "SUM"):
            reasons[unit] = NOT_RECASTABLE
            continue
        values[unit] = (known.get(unit) or divided(value, parts, definition.digits))[target]
        if unit in column.estimated or any(share.assumed for share in parts if share.unit_id == target):
            estimated.add(unit)
    return Column(
        values, reasons, estimated, {unit: number for unit, number in column.missing.items() if unit in values}
    )


def _from_parts(
    definition: Definition, total: Column, parts: Mapping[str, Column], shares: Shares
) -> dict[int, dict[int, Decimal]]:
    """Of each divided unit whose parts made up its total: the sums of its recast parts by unit of the other map."""
    sums: dict[int, dict[int, Decimal]] = {}
    if definition.over_units != "SUM":
        return sums
    for unit in total.values:
        if len(shares.get(unit, ())) < 2:
            continue
        for division in definition.division("split"):
            values = [
                parts[code].values[unit] for code in division.members if code in parts and unit in parts[code].values
            ]
            if values and sum(values) == total.values[unit]:
                sums[unit] = _summed([divided(value, shares[unit], definition.digits) for value in values])
                break
    return sums


def _summed(parts: Sequence[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for part in parts:
        for unit, value in part.items():
            sums[unit] += value
    return dict(sums)


def _recast(
    definition: Definition, column: Column, shares: Shares, known: Mapping[int, Mapping[int, Decimal]]
) -> Column:
    """One column. `known` holds divisions that are settled already."""
    values: dict[int, Decimal] = defaultdict(Decimal)
    estimated: set[int] = set()
    refused = _refused(definition, column, shares)
    for unit, value in column.values.items():
        parts = shares.get(unit, ())
        if len(parts) == 1 and not refused:  # nine of ten units went whole
            only = parts[0]
            values[only.unit_id] += value
            if only.assumed or unit in column.estimated:
                estimated.add(only.unit_id)
            continue
        kept = [share for share in parts if share.unit_id not in refused]
        settled = known.get(unit) or (divided(value, shares[unit], definition.digits) if kept else {})
        for share in kept:
            values[share.unit_id] += settled[share.unit_id]
            if share.assumed or unit in column.estimated:
                estimated.add(share.unit_id)
    missing, reasons = _silent(column, shares, values)
    reasons = dict.fromkeys(refused, NOT_RECASTABLE) | {
        unit: why for unit, why in reasons.items() if unit not in refused
    }
    return Column(values, reasons, estimated, {unit: number for unit, number in missing.items() if unit in values})


def _silent(column: Column, shares: Shares, values: Mapping[int, Decimal]) -> tuple[dict[int, int], dict[int, str]]:
    """By unit of the other map, how many units of the old one gave nothing, and the reason of the first where none gave any."""
    missing: dict[int, int] = defaultdict(int)
    reasons: dict[int, str] = {}
    for unit, parts in shares.items():
        for share in parts if unit not in column.values else ():
            missing[share.unit_id] += 1
            if share.unit_id not in values and unit in column.reasons:
                reasons.setdefault(share.unit_id, column.reasons[unit])
    return missing, reasons


def _refused(definition: Definition, column: Column, shares: Shares) -> set[int]:
    """The units of the other map whose value of this column cannot be known."""
    refused: set[int] = set()
    sources: dict[int, int] = defaultdict(int)
    for unit, parts in shares.items():
        for share in parts:
            sources[share.unit_id] += 1
        if len(parts) > 1 and definition.over_units != "SUM" and unit in column.values:
            refused.update(share.unit_id for share in parts)
    if definition.over_units in SINGLE_WHOLE:
        refused.update(unit for unit, number in sources.items() if number > 1)
    return refused
