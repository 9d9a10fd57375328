"""What an area's total is, cell by cell, and what it says of itself: from how many it comes and what is missing."""

from collections.abc import Iterable, Mapping, Set
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING, Column, Sheet, total_column
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book, Definition
from diaban.lib.expressions import Values

NOT_REPORTED = "not_reported"
NOT_ADDITIVE_REASON = "not_additive"
NOT_AGGREGATED = "not_aggregated"
NOT_RECASTABLE = "not_recastable"
NOTHING_TO_DIVIDE = "nothing_to_divide"
NOT_COMPUTABLE = "not_computable"
EXCUSES = frozenset({"not_yet", "not_applicable"})
OTHER = "other"
GUARD_DIGITS = 6


class Total(NamedTuple):
    """A figure of an area: the value, or none with the reason, and how much of what was expected is in it.

    `excused` are the units that rightly have no value (not yet due, not applicable); `missing_cells` counts parts left
    out of units' own totals. `least` and `most` bound a figure that cannot be added up.
    """

    value: Decimal | None
    reason: str = ""
    expected: int = 0
    reported: int = 0
    excused: int = 0
    missing_cells: int = 0
    estimated: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def complete(self) -> bool:
        """Is everything in it that was expected?"""
        return self.reported + self.excused >= self.expected and not self.missing_cells


class Computed(NamedTuple):
    """A derived figure with the sums of the reported cells it was computed from, and the units in them."""

    total: Total
    sums: Mapping[Cell, Decimal]
    units: Set[int]


def quotient(numerator: Decimal, denominator: Decimal, scale: int, digits: int) -> Decimal:
    """numerator / denominator × scale, rounded half up to `GUARD_DIGITS` more decimals than are shown.

    Up to there the division is exact; what is shown is rounded once more only where the quotient itself ends in a tie.
    """
    places = digits + GUARD_DIGITS
    above, below = (number.as_integer_ratio() for number in (numerator, denominator))
    over, under = above[0] * below[1] * scale * 10**places, above[1] * below[0]
    scaled, rest = divmod(abs(over), abs(under))
    rounded = Decimal(scaled + (2 * rest >= abs(under)))
    return (rounded if (over < 0) == (under < 0) else -rounded).scaleb(-places)


def shown(value: Decimal, digits: int) -> Decimal:
    """The value as it is displayed: rounded half up, away from zero, once, at the very end."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def add_up(column: Column, expected: Set[int], *, is_due: bool = True) -> Total:
    """The sum over the expected units that have a value. Over nothing it is no value, never 0."""
    values = within(column.values, expected)
    if not values:
        return nothing(column, expected, is_due=is_due)
    return Total(
        value=sum(values.values(), Decimal()),
        expected=len(expected),
        reported=len(values),
        excused=_excused(column, expected - values.keys(), is_due=is_due) if len(values) < len(expected) else 0,
        missing_cells=sum(column.missing[unit] for unit in column.missing.keys() & values.keys()),
        estimated=bool(column.estimated) and not column.estimated.isdisjoint(values),
    )


def within(values: Mapping[int, Decimal], expected: Set[int]) -> Mapping[int, Decimal]:
    """The values of the expected units."""
    if values.keys() <= expected:
        return values
    return {unit: values[unit] for unit in values.keys() & expected}


def nothing(column: Column, expected: Set[int], *, is_due: bool = True) -> Total:
    """A total over no value at all, with the reason."""
    excused = _excused(column, expected, is_due=is_due)
    return Total(None, why_nothing(column, expected, is_due=is_due), expected=len(expected), excused=excused)


def _excused(column: Column, silent: Set[int], *, is_due: bool) -> int:
    if not is_due:
        return len(silent)
    return sum(column.reasons.get(unit) in EXCUSES for unit in silent) if column.reasons else 0


def why_nothing(column: Column, expected: Set[int], *, is_due: bool = True) -> str:
    """The reason of a total over nothing: the units' own where they agree, "not reported" where one said nothing."""
    reasons = {column.reasons.get(unit, "") for unit in expected} if column.reasons else {""}
    if len(reasons) == 1 and "" not in reasons:
        return reasons.pop()
    if not is_due:
        return "not_yet"
    return NOT_REPORTED if "" in reasons or not reasons else "not_collected"


def mean(column: Column, expected: Set[int]) -> Total:
    """The average over the units that have a value: those that reported nothing are not counted as 0."""
    total = add_up(column, expected)
    if total.value is None:
        return total
    return total._replace(value=quotient(total.value, Decimal(total.reported), 1, GUARD_DIGITS))


def greatest(column: Column, expected: Set[int]) -> Total:
    """The largest value."""
    total = add_up(column, expected)
    values = within(column.values, expected)
    return total._replace(value=max(values.values())) if values else total


def smallest(column: Column, expected: Set[int]) -> Total:
    """The smallest value."""
    total = add_up(column, expected)
    values = within(column.values, expected)
    return total._replace(value=min(values.values())) if values else total


def not_added(column: Column, expected: Set[int], reason: str, *, is_due: bool = True) -> Total:
    """A figure that adding would falsify: one unit's own is that, several make no value, bounded by max and sum."""
    total = add_up(column, expected, is_due=is_due)
    if total.value is None or len(expected) == 1:
        return total
    if reason == NOT_AGGREGATED:
        return total._replace(value=None, reason=reason)
    greatest_one = max(within(column.values, expected).values())
    return total._replace(value=None, reason=reason, least=greatest_one, most=total.value)


def count_distinct(column: Column, keys: Mapping[str, Column], expected: Set[int], *, is_due: bool = True) -> Total:
    """How many different things there are, from the lists that units ticked (`keys`: member → column of 0 and 1).

    Exact where every unit gave a list, or counted 0, and at most one ticked "other", which names nothing. Otherwise no
    value, with bounds.
    """
    ticked = {
        code: {unit for unit in key.values.keys() & expected if key.values[unit] > 0} for code, key in keys.items()
    }
    listing: set[int] = set().union(*(key.values for key in keys.values())) & expected
    bare = {unit: column.values[unit] for unit in (column.values.keys() & expected) - listing}
    if not listing or (len(expected) == 1 and column.values.keys() & expected):
        return not_added(column, expected, NOT_ADDITIVE_REASON, is_due=is_due)
    named = sum(bool(units) for code, units in ticked.items() if code != OTHER)
    others = len(ticked.get(OTHER, ()))
    least = max([Decimal(named + bool(others)), *bare.values()])
    most = sum(bare.values(), Decimal(named + others))
    reported = listing | bare.keys()
    total = Total(
        value=most,
        expected=len(expected),
        reported=len(reported),
        excused=_excused(column, expected - reported, is_due=is_due),
        estimated=any(not units.isdisjoint(keys[code].estimated) for code, units in ticked.items()),
    )
    if others > 1 or any(bare.values()):
        return total._replace(value=None, reason=NOT_ADDITIVE_REASON, least=least, most=most)
    return total


def computed(code: str, book: Book, sheet: Sheet, expected: Set[int], *, is_due: bool = True) -> Computed:
    """A ratio or formula over the expected units: from the sums of its reported cells, each over the same units.

    The units are those that reported all of them, so that no denominator stands without its numerator.
    """
    columns = {leaf: leaf_column(leaf, book, sheet) for leaf in book.leaves(code)}
    units = set(expected).intersection(*(column.values for column in columns.values()))
    sums = {leaf: sum(map(column.values.__getitem__, units), Decimal()) for leaf, column in columns.items()}
    merged = Column({}, _merged_reasons(columns.values(), expected - units))
    total = Total(
        value=None,
        expected=len(expected),
        reported=len(units),
        excused=_excused(merged, expected - units, is_due=is_due),
        missing_cells=sum(c.missing[unit] for c in columns.values() for unit in c.missing.keys() & units),
        estimated=any(not units.isdisjoint(column.estimated) for column in columns.values()),
    )
    if not units:
        return Computed(total._replace(reason=why_nothing(merged, expected, is_due=is_due)), {}, units)
    if len(expected) > 1 and any(book[leaf].over_units in NOT_ADDITIVE for leaf in columns):
        return Computed(total._replace(reason=NOT_ADDITIVE_REASON), {}, units)
    return Computed(with_value(total, code, book, sums), sums, units)


def leaf_column(leaf: Cell, book: Book, sheet: Sheet) -> Column:
    """The column of a reported cell: of an indicator's total, added up from parts where need be."""
    definition = book[leaf]
    return total_column(definition, sheet) if leaf == definition.code else sheet.get(leaf, NOTHING)


def _merged_reasons(columns: Iterable[Column], units: Set[int]) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for column in columns:
        for unit in column.reasons.keys() & units:
            reasons.setdefault(unit, column.reasons[unit])
    return reasons


def with_value(total: Total, code: str, book: Book, sums: Mapping[Cell, Decimal]) -> Total:
    """The total with the value that a ratio or formula takes over the sums of its reported cells."""
    definition = book[code]
    if definition.over_units == "RATIO":
        numerator = evaluated(definition.numerator or "", book, sums)
        denominator = evaluated(definition.denominator or "", book, sums)
        if numerator is None or denominator is None:
            return total._replace(numerator=numerator, denominator=denominator, reason=NOT_COMPUTABLE)
        if denominator == 0:
            return total._replace(numerator=numerator, denominator=denominator, reason=NOTHING_TO_DIVIDE)
        share = quotient(numerator, denominator, definition.scale, definition.digits)
        return total._replace(value=share, numerator=numerator, denominator=denominator)
    value = evaluated(code, book, sums)
    return total._replace(value=value) if value is not None else total._replace(reason=NOT_COMPUTABLE)


def evaluated(cell: Cell, book: Book, sums: Mapping[Cell, Decimal]) -> Decimal | None:
    """A part of a ratio, or a formula, over the sums of the reported cells; None where it cannot be computed."""
    if cell in sums:
        return sums[cell]
    formula = book.formula_of(book[cell])
    values = {name: evaluated(name, book, sums) for name in formula.names}
    result = formula.evaluate(Values(values))
    return result if isinstance(result, Decimal) else None


def total_of(definition: Definition, book: Book, sheet: Sheet, expected: Set[int], *, is_due: bool = True) -> Computed:
    """The total of an indicator over the expected units, by its rule."""
    if definition.is_derived:
        return computed(definition.code, book, sheet, expected, is_due=is_due)
    column = total_column(definition, sheet)
    if definition.over_units == "DISTINCT":
        total = count_distinct(column, list_columns(definition, sheet), expected, is_due=is_due)
    elif definition.over_units == "NONE":
        total = not_added(column, expected, NOT_AGGREGATED, is_due=is_due)
    else:
        total = add_up(column, expected, is_due=is_due)
    return Computed(total, {} if total.value is None else {definition.code: total.value}, frozenset())


def part_of(definition: Definition, code: str, sheet: Sheet, expected: Set[int], *, is_due: bool = True) -> Total:
    """The total of one part (member `code`) of an indicator. Of a listed thing: 1 where any unit ticked it."""
    column = sheet.get(f"{definition.code}__{code}", NOTHING)
    is_listed = any(code in division.members for division in definition.division("list"))
    if definition.over_units == "DISTINCT" and is_listed and code != OTHER:
        total = add_up(column, expected, is_due=is_due)
        return total if total.value is None else total._replace(value=Decimal(total.value > 0))
    if definition.over_units in NOT_ADDITIVE:
        reason = NOT_AGGREGATED if definition.over_units == "NONE" else NOT_ADDITIVE_REASON
        return not_added(column, expected, reason, is_due=is_due)
    return add_up(column, expected, is_due=is_due)


def list_columns(definition: Definition, sheet: Sheet) -> dict[str, Column]:
    """The ticked lists of an indicator that names what it counts, by member."""
    codes = [code for division in definition.division("list") for code in division.members]
    return {code: sheet[f"{definition.code}__{code}"] for code in codes if f"{definition.code}__{code}" in sheet}
