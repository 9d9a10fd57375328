"""What each province's figure is: from its sums, from facts where sums would mislead; and the country's from theirs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from diaban.foundation.facts.consolidation.gaps import Gaps, Spot
from diaban.foundation.facts.consolidation.sums import NO_SUM, Sums, leaves_of
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import ADDS_PARTS, NOTHING, Column
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book
from diaban.foundation.facts.rules.over_time import is_due
from diaban.foundation.facts.rules.totals import (
    NOT_ADDITIVE_REASON,
    NOT_AGGREGATED,
    NOT_REPORTED,
    Computed,
    Total,
    nothing,
    total_of,
    with_value,
)
from diaban.lib.periods import Period


@dataclass(frozen=True)
class Provinces:
    """The provinces' sums, what is known of their gaps, and the definitions of each period."""

    sums: Sums
    books: Mapping[Period, Book]
    gaps: Gaps

    def totals(self, code: str, period: Period) -> list[Computed]:
        """Of each province, in order."""
        book = self.books[period]
        definition, leaves = book[code], leaves_of(code, book)
        due = definition.is_base or is_due(definition.frequencies, period)
        additive = not any(book[leaf].over_units in NOT_ADDITIVE for leaf, _is_base in leaves)
        totals = []
        for ground in self.sums.grounds[period]:
            own = ground.own.get(code) if definition.over_units in NOT_ADDITIVE else None
            if own is not None and own.reported:
                totals.append(Computed(Total(own.total, estimated=bool(own.estimated)), {}, ground.units))
            elif (spot := Spot(ground, code)) in self.gaps.spots or not ground.units:
                totals.append(_partial(spot, book, self.gaps, is_due=due))
            else:
                found = ground.leaves(leaves)
                is_estimated = any(each.estimated for each in found.values())
                sums = {leaf: each.total for leaf, each in found.items()}
                value = sums[code] if additive and not definition.is_derived else None
                total = Total(value, "", len(ground.units), len(ground.units), estimated=is_estimated)
                is_done = value is not None
                totals.append(
                    Computed(total, sums, ground.units) if is_done else _valued(total, code, book, sums, ground.units)
                )
        return totals


def _partial(spot: Spot, book: Book, gaps: Gaps, *, is_due: bool) -> Computed:
    """From the sums, less what the odd units are in them with, and from the odd units' facts."""
    units, odd = spot.ground.units, gaps.odd.get(spot)
    if odd is None:
        return _without_facts(spot, book, gaps, is_due=is_due)
    leaves, sheet = gaps.spots[spot], gaps.sheets[spot.ground.period]
    read = total_of(book[spot.code], book, sheet, odd, is_due=is_due)
    if len(odd) == len(units):
        return Computed(read.total, read.sums, read.units or odd)
    raw = {leaf: sheet.get(leaf, NOTHING) for leaf in leaves}
    inside = {leaf: [unit for unit in odd if unit in column.values] for leaf, column in raw.items()}
    sums = {
        leaf: found.total - sum(map(raw[leaf].values.__getitem__, inside[leaf])) + read.sums.get(leaf, 0)
        for leaf, found in leaves.items()
    }
    others = any(found.estimated > len(raw[leaf].estimated & set(inside[leaf])) for leaf, found in leaves.items())
    total = read.total._replace(
        value=None,
        expected=len(units),
        reported=len(units) - len(odd) + read.total.reported,
        estimated=others or read.total.estimated,
    )
    return _valued(total, spot.code, book, sums, (units - odd) | read.units)


def _without_facts(spot: Spot, book: Book, gaps: Gaps, *, is_due: bool) -> Computed:
    """What is reported is in the sums; who gave no value, and why, is known. What is computed has a part that nobody gave."""
    ground, leaves = spot.ground, gaps.spots.get(spot, {})
    reasons: dict[int, str] = {}
    for leaf, found in leaves.items():
        if found.absent:
            given = gaps.reasons.get((ground.period_id, leaf), {})
            reasons = {unit: given[unit] for unit in given.keys() & ground.units} | reasons
    silent = Column({}, reasons)
    found = leaves.get(spot.code, NO_SUM)
    having = gaps.having(ground, spot.code, found)
    if not having:
        return Computed(nothing(silent, ground.units, is_due=is_due), {}, frozenset())
    excused = nothing(silent, ground.units - having, is_due=is_due).excused
    total = Total(None, "", len(ground.units), len(having), excused, estimated=bool(found.estimated))
    return _valued(total, spot.code, book, {spot.code: found.total}, having)


def _valued(total: Total, code: str, book: Book, sums: Mapping[Cell, Decimal], units: Set[int]) -> Computed:
    """A total of some units with the value that its leaves' sums give, where they may be added."""
    if total.expected > 1 and any(book[leaf].over_units in NOT_ADDITIVE for leaf in sums):
        reason = NOT_AGGREGATED if book[code].over_units == "NONE" else NOT_ADDITIVE_REASON
        return Computed(total._replace(reason=reason), {}, units)
    if book[code].is_derived:
        return Computed(with_value(total._replace(reason=""), code, book, sums), sums, units)
    return Computed(total._replace(value=sums[code], reason=""), sums, units)


def together(code: str, book: Book, provinces: Sequence[Computed]) -> Computed:
    """The country from its provinces: sums of sums. Where each only has a figure of its own, no value but bounds."""
    totals = [found.total for found in provinces]
    total = Total(
        value=None,
        reason=totals[0].reason if len({each.reason for each in totals}) == 1 else NOT_REPORTED,
        expected=sum(each.expected for each in totals),
        reported=sum(each.reported for each in totals),
        excused=sum(each.excused for each in totals),
        missing_cells=sum(each.missing_cells for each in totals),
        estimated=any(each.estimated for each in totals),
    )
    sums: dict[Cell, Decimal] = defaultdict(Decimal)
    for found in provinces:
        for leaf, value in found.sums.items():
            sums[leaf] += value
    if sums and (book[code].is_derived or book[code].over_units in ADDS_PARTS):
        return _valued(total, code, book, dict(sums), frozenset())
    own = [each.value for each in totals if each.value is not None]
    if not own:
        return Computed(total, {}, frozenset())
    if len(totals) == 1:
        return provinces[0]
    bounded = total._replace(reason=NOT_ADDITIVE_REASON, least=max(own), most=sum(own, Decimal()))
    return Computed(bounded, {}, frozenset())
