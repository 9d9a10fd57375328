"""The provinces beside one another, and the country: from the provinces' sums, from facts where sums would mislead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property, partial

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION
from diaban.foundation.facts.consolidation.gaps import Gaps, Spot, read_gaps
from diaban.foundation.facts.consolidation.sums import NO_SUM, Ground, Sums, leaves_of, read_sums
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import ADDS_PARTS, NOTHING, Column
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book
from diaban.foundation.facts.rules.over_time import is_due, is_of_flows, percent, points, so_far
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
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Period


@dataclass(frozen=True)
class Figure:
    """One indicator of one province, or of the country where `province_id` is None; columns as in a consolidation."""

    province_id: int | None
    indicator: str
    value: Decimal | None
    reason: str
    numerator: Decimal | None
    denominator: Decimal | None
    least: Decimal | None
    most: Decimal | None
    complete: bool
    estimated: bool
    expected: int
    reported: int
    cumulative: Decimal | None
    cumulative_complete: bool
    same_period_last_year: Decimal | None
    percent_of_same_period: Decimal | None
    points_from_same_period: Decimal | None


@dataclass(frozen=True)
class National:
    """Figures by (province id or None for the country, indicator code), for the provinces of a day."""

    period: Period
    province_ids: tuple[int, ...]
    figures: Mapping[tuple[int | None, str], Figure]


def national(
    *, collection_id: int, indicators: Sequence[Indicator], period: Period, level: str = Level.COMMUNE, today: date
) -> National:
    """The provinces of `today` with their period, year so far and the same period last year; and the country.

    Every unit of the level is taken to be expected; provinces of the past stand under the one that covers them today.
    Seven queries from sums; five more where units left something out, for these units only. What cannot be added has the
    province's own figure.
    """
    codes = [indicator.code for indicator in indicators]
    catalogue = read_catalogue(codes)
    periods = tuple(dict.fromkeys((*period.so_far_this_year(), period, period.same_last_year())))
    books = {each: catalogue.book(each.last_day) for each in periods}
    with localcontext(prec=PRECISION):
        sums = read_sums(collection_id, catalogue, periods, level, today)
        wanted = [(code, each) for code in codes for each in needed(code, period, books)]
        gaps = read_gaps(collection_id, catalogue, sums, books, wanted)
        work = _Work(catalogue, period, sums, books, gaps)
        figures = [figure for code in codes for figure in work.figures_of(code)]
    return National(
        period, tuple(sums.provinces), {(figure.province_id, figure.indicator): figure for figure in figures}
    )


@dataclass
class _Work:
    catalogue: Catalogue
    period: Period
    sums: Sums
    books: Mapping[Period, Book]
    gaps: Gaps

    @cached_property
    def year(self) -> tuple[Period, ...]:
        return self.period.so_far_this_year()

    def figures_of(self, code: str) -> list[Figure]:
        """Each province's, then the country's."""
        book, year = self.books[self.period], self.year if runs_on(self.books[self.period], code) else (self.period,)
        found = {period: self._totals(code, period) for period in needed(code, self.period, self.books)}
        figures, bases = [], []
        for place, ground in enumerate(self.sums.grounds[self.period]):
            outcomes = [found[period][place] for period in year]
            base_of = partial(self._base_of, ground)
            cumulative = so_far(book[code], book, outcomes, base_of)
            figures.append(
                self._figure(ground.province, code, {at: found[at][place].total for at in found}, cumulative)
            )
            bases.append(partial(base_of, units=frozenset[int]().union(*(each.units for each in outcomes))))
        country = {period: together(code, self.books[period], provinces) for period, provinces in found.items()}
        cumulative = so_far(
            book[code],
            book,
            [country[period] for period in year],
            lambda leaf, _units: sum((base(leaf) for base in bases), Decimal()),
        )
        return [*figures, self._figure(None, code, {at: each.total for at, each in country.items()}, cumulative)]

    def _totals(self, code: str, period: Period) -> list[Computed]:
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

    def _base_of(self, ground: Ground, leaf: Cell, units: Set[int]) -> Decimal:
        """A base figure over those of the units that the province has at the end of the period."""
        found = ground.base(leaf)
        values = self.gaps.sheets.get(self.period, {}).get(leaf, NOTHING).values
        if ground.gave(found):
            return found.total - sum((values[unit] for unit in ground.units - units if unit in values), Decimal())
        return sum((values[unit] for unit in ground.units & units if unit in values), Decimal())

    def _figure(self, province: int | None, code: str, found: Mapping[Period, Total], cumulative: Total) -> Figure:
        now, last_year = found[self.period], found[self.period.same_last_year()].value
        in_points = self.catalogue.definitions[code].is_percentage
        return Figure(
            province_id=province,
            indicator=code,
            value=tidy(now.value),
            reason=now.reason,
            numerator=tidy(now.numerator),
            denominator=tidy(now.denominator),
            least=tidy(now.least),
            most=tidy(now.most),
            complete=now.complete,
            estimated=now.estimated,
            expected=now.expected,
            reported=now.reported,
            cumulative=tidy(cumulative.value),
            cumulative_complete=cumulative.complete,
            same_period_last_year=tidy(last_year),
            percent_of_same_period=None if in_points else percent(now.value, last_year),
            points_from_same_period=tidy(points(now.value, last_year)) if in_points else None,
        )


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
    total = replace(
        read.total,
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


def runs_on(book: Book, code: str) -> bool:
    """Does the figure of the year so far need those of all its periods?"""
    definition = book[code]
    return definition.over_time in {"SUM", "NONE", "DISTINCT"} or (
        definition.is_derived and is_of_flows(definition, book)
    )


def needed(code: str, period: Period, books: Mapping[Period, Book]) -> tuple[Period, ...]:
    """The periods in which an indicator must be known: the one, last year's, and those of the year so far."""
    year = period.so_far_this_year() if runs_on(books[period], code) else ()
    return tuple(dict.fromkeys((*year, period, period.same_last_year())))


def _valued(total: Total, code: str, book: Book, sums: Mapping[Cell, Decimal], units: Set[int]) -> Computed:
    """A total of some units with the value that its leaves' sums give, where they may be added."""
    if total.expected > 1 and any(book[leaf].over_units in NOT_ADDITIVE for leaf in sums):
        reason = NOT_AGGREGATED if book[code].over_units == "NONE" else NOT_ADDITIVE_REASON
        return Computed(replace(total, reason=reason), {}, units)
    if book[code].is_derived:
        return Computed(with_value(replace(total, reason=""), code, book, sums), sums, units)
    return Computed(replace(total, value=sums[code], reason=""), sums, units)


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
    bounded = replace(total, reason=NOT_ADDITIVE_REASON, least=max(own), most=sum(own, Decimal()))
    return Computed(bounded, {}, frozenset())
