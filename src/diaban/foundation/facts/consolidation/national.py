"""The provinces beside one another, and the country: from the provinces' sums, from facts where sums would mislead."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property, partial
from typing import NamedTuple

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION
from diaban.foundation.facts.consolidation.gaps import Gaps, read_gaps
from diaban.foundation.facts.consolidation.provinces import Provinces, together
from diaban.foundation.facts.consolidation.sums import Ground, Sums, read_sums
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING
from diaban.foundation.facts.rules.definitions import Book
from diaban.foundation.facts.rules.over_time import change, is_of_flows, so_far
from diaban.foundation.facts.rules.totals import (
    Total,
)
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Period


class Figure(NamedTuple):
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
    Nine queries from sums; five more where units left something out, for these units only. What cannot be added has the
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
    def provinces(self) -> Provinces:
        return Provinces(self.sums, self.books, self.gaps)

    @cached_property
    def year(self) -> tuple[Period, ...]:
        return self.period.so_far_this_year()

    @cached_property
    def last_year(self) -> Period:
        return self.period.same_last_year()

    def figures_of(self, code: str) -> list[Figure]:
        """Each province's, then the country's."""
        book, year = self.books[self.period], self.year if runs_on(self.books[self.period], code) else (self.period,)
        found = {period: self.provinces.totals(code, period) for period in needed(code, self.period, self.books)}
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

    def _base_of(self, ground: Ground, leaf: Cell, units: Set[int]) -> Decimal:
        """A base figure over those of the units that the province has at the end of the period."""
        found = ground.base(leaf)
        values = self.gaps.sheets.get(self.period, {}).get(leaf, NOTHING).values
        if ground.gave(found):
            return found.total - sum((values[unit] for unit in ground.units - units if unit in values), Decimal())
        return sum((values[unit] for unit in ground.units & units if unit in values), Decimal())

    def _figure(self, province: int | None, code: str, found: Mapping[Period, Total], cumulative: Total) -> Figure:
        now, last_year = found[self.period], found[self.last_year]
        moved = change(self.catalogue.definitions[code], now, last_year)
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
            same_period_last_year=tidy(last_year.value),
            percent_of_same_period=moved.percent,
            points_from_same_period=tidy(moved.points),
        )


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
