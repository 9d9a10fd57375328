"""What a figure is over the periods of a year so far, and how it stands to others: previous, last year, plan."""

from collections.abc import Callable, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import Sheet
from diaban.foundation.facts.rules.definitions import Book, Definition
from diaban.foundation.facts.rules.totals import NOT_ADDITIVE_REASON, Computed, Total, leaf_column, quotient, with_value
from diaban.lib.periods import Kind, Period

PERCENT_DIGITS = 1
BaseOf = Callable[[Cell, Set[int]], Decimal]
LONGER = {"H": Kind.HALF, "Y": Kind.YEAR, "Q": Kind.QUARTER}


def is_due(frequencies: Sequence[str], period: Period) -> bool:
    """Is a figure of these frequencies (letters M, Q, H, Y) asked for in the period?

    A yearly one is asked for in the period that ends the year. One-off spans and nine months ask for everything.
    """
    if period.kind in {Kind.RANGE, Kind.NINE_MONTHS} or period.kind in frequencies:
        return True
    return any(
        Period.containing(period.last_day, LONGER[letter], period.calendar).end == period.end
        for letter in frequencies
        if letter in LONGER
    )


def added(totals: Sequence[Total]) -> Total:
    """The sum of the periods' totals; complete only where each is. Counts are of (unit, period)."""
    values = [total.value for total in totals if total.value is not None]
    return Total(
        value=sum(values, Decimal()) if values else None,
        reason="" if values else totals[-1].reason,
        expected=sum(total.expected for total in totals),
        reported=sum(total.reported for total in totals),
        excused=sum(total.excused for total in totals),
        missing_cells=sum(total.missing_cells for total in totals),
        estimated=any(total.estimated for total in totals),
    )


def so_far(definition: Definition, book: Book, outcomes: Sequence[Computed], base_of: BaseOf) -> Total:
    """The figure of the year so far, from the outcomes of its periods in order; `base_of` sums base figures.

    A stock is that of the last period, an opening stock that of the first; flows are summed; a ratio or formula of flows
    is computed from summed parts; what must not be counted twice has no value over several periods.
    """
    current = outcomes[-1].total
    if len(outcomes) == 1:
        return current
    match definition.over_time:
        case "SUM":
            return added([outcome.total for outcome in outcomes])
        case "NONE":
            return outcomes[0].total
        case "DISTINCT":
            return _not_counted_twice([outcome.total for outcome in outcomes])
        case "RATIO" | "FORMULA" if is_of_flows(definition, book):
            return _recomputed(definition, book, outcomes, base_of)
    return current


def part_so_far(definition: Definition, totals: Sequence[Total]) -> Total:
    """As `so_far`, for a part of an indicator that is reported."""
    if len(totals) == 1 or definition.over_time == "LATEST":
        return totals[-1]
    if definition.over_time == "NONE":
        return totals[0]
    return added(totals) if definition.over_time == "SUM" else _not_counted_twice(totals)


def _not_counted_twice(totals: Sequence[Total]) -> Total:
    total = added(totals)
    values = [each.value for each in totals if each.value is not None]
    if not values:
        return total
    return total._replace(value=None, reason=NOT_ADDITIVE_REASON, least=max(values), most=sum(values, Decimal()))


def is_of_flows(definition: Definition, book: Book) -> bool:
    """Is it computed from flows, and base figures, alone?"""
    reported = [book[leaf] for leaf in book.leaves(definition.code) if not book[leaf].is_base]
    return bool(reported) and all(leaf.over_time == "SUM" for leaf in reported)


def _recomputed(definition: Definition, book: Book, outcomes: Sequence[Computed], base_of: BaseOf) -> Total:
    """From the parts of all periods. A base figure is a figure of the year: taken once for each unit."""
    total = added([outcome.total for outcome in outcomes])._replace(value=None)
    with_parts = [outcome for outcome in outcomes if outcome.sums]
    if not with_parts:
        return total._replace(reason=outcomes[-1].total.reason)
    units: set[int] = set().union(*(outcome.units for outcome in with_parts))
    sums = {
        leaf: base_of(leaf, units) if book[leaf].is_base else sum((each.sums[leaf] for each in with_parts), Decimal())
        for leaf in book.leaves(definition.code)
    }
    return with_value(total._replace(reason=""), definition.code, book, sums)


def base_in(sheet: Sheet, book: Book) -> BaseOf:
    """Sums base figures of units out of a sheet."""

    def sum_of(leaf: Cell, units: Set[int]) -> Decimal:
        values = leaf_column(leaf, book, sheet).values
        return sum((values[unit] for unit in units if unit in values), Decimal())

    return sum_of


def latest_base(outcomes: Sequence[Computed]) -> BaseOf:
    """Takes base figures as the last of the outcomes summed them."""

    def sum_of(leaf: Cell, units: Set[int]) -> Decimal:
        return next(outcome.sums[leaf] for outcome in reversed(outcomes) if outcome.sums)

    return sum_of


class Change(NamedTuple):
    """How a figure stands to another: in percent of it, or in percentage points. `is_like` tells whether both come from all
    that were to give them; where one is incomplete, the change is in part one of who reported."""

    percent: Decimal | None
    points: Decimal | None
    is_like: bool


def change(definition: Definition, now: Total, then: Total, *, is_ticked: bool = False) -> Change:
    """The change from `then`. A percentage changes by points. Places and scores (rule NONE) and what is only ticked have no
    growth: the second place is not half of the fourth."""
    is_like = now.complete and then.complete
    if definition.over_units == "NONE" or is_ticked:
        return Change(None, None, is_like)
    if definition.is_percentage:
        return Change(None, points(now.value, then.value), is_like)
    return Change(percent(now.value, then.value), None, is_like)


def percent(value: Decimal | None, of: Decimal | None) -> Decimal | None:
    """value / of × 100; nothing where either is missing or below 0, or `of` is 0: a loss is no share of a gain."""
    if value is None or of is None or of <= 0 or value < 0:
        return None
    return quotient(value, of, 100, PERCENT_DIGITS)


def points(value: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The difference of two percentages, in percentage points (điểm %)."""
    return None if value is None or base is None else value - base
