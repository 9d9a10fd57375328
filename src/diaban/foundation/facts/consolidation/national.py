"""The provinces beside one another, and the country: from the provinces' sums, from facts where sums would mislead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION
from diaban.foundation.facts.consolidation.sources import with_base
from diaban.foundation.facts.consolidation.sums import Places, Sum, Sums, read_sums
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import Asked, read_base, read_sheets, tidy
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import ADDS_PARTS, Sheet
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book
from diaban.foundation.facts.rules.over_time import base_in, is_due, latest_base, percent, points, so_far
from diaban.foundation.facts.rules.totals import (
    NOT_ADDITIVE_REASON,
    NOT_REPORTED,
    Computed,
    Total,
    total_of,
    with_value,
)
from diaban.foundation.territory.models import Level
from diaban.lib.periods import Period

NOBODY: frozenset[int] = frozenset()
ByPeriod = Mapping[Period, Computed]


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
    Five queries from sums; three more where facts must be read, because a ratio's parts were not reported by every unit or
    a unit gave parts without a total. What cannot be added has the province's own figure.
    """
    catalogue = read_catalogue([indicator.code for indicator in indicators])
    periods = tuple(dict.fromkeys((*period.so_far_this_year(), period, period.same_last_year())))
    sums = read_sums(collection_id, catalogue, periods, level, today)
    with localcontext(prec=PRECISION):
        work = _Work(collection_id, catalogue, period, periods, sums)
        figures = work.figures([indicator.code for indicator in indicators])
    return National(
        period, tuple(sums.provinces), {(figure.province_id, figure.indicator): figure for figure in figures}
    )


@dataclass
class _Work:
    collection_id: int
    catalogue: Catalogue
    period: Period
    periods: tuple[Period, ...]
    sums: Sums
    misled: set[tuple[int, str]] = field(default_factory=set)
    known_leaves: dict[tuple[int, str, Period], dict[Cell, Sum]] = field(default_factory=dict)
    known_places: dict[tuple[str, Period], dict[Cell, Places]] = field(default_factory=dict)

    @cached_property
    def books(self) -> dict[Period, Book]:
        return {period: self.catalogue.book(period.last_day) for period in self.periods}

    @cached_property
    def year(self) -> tuple[Period, ...]:
        return self.period.so_far_this_year()

    def figures(self, codes: Sequence[str]) -> list[Figure]:
        """Of each indicator each province's, then the country's."""
        self.misled = {
            (province, code) for code in codes for province in self.sums.provinces if self._misleads(province, code)
        }
        return [figure for code in codes for figure in self._figures_of(code)]

    def _figures_of(self, code: str) -> list[Figure]:
        book = self.books[self.period]
        figures, provinces = [], []
        for province in self.sums.provinces:
            if (province, code) in self.misled:
                found = {period: self._from_facts(province, code, period) for period in self.periods}
                base_of = base_in(self._sheets[self.period], book)
            else:
                found = {period: self._from_sums(province, code, period) for period in self.periods}
                base_of = latest_base([found[period] for period in self.year])
            cumulative = so_far(book[code], book, [found[period] for period in self.year], base_of)
            figures.append(self._figure(province, code, found, cumulative))
            provinces.append(found)
        country = {
            period: together(code, self.books[period], [each[period] for each in provinces]) for period in self.periods
        }
        year = [country[period] for period in self.year]
        return [*figures, self._figure(None, code, country, so_far(book[code], book, year, latest_base(year)))]

    def _leaves(self, province: int, code: str, period: Period) -> dict[Cell, Sum]:
        """The sums of an indicator's leaves."""
        key = province, code, period
        if key not in self.known_leaves:
            places = self._places(code, period)
            self.known_leaves[key] = {leaf: self.sums.at(province, place) for leaf, place in places.items()}
        return self.known_leaves[key]

    def _places(self, code: str, period: Period) -> dict[Cell, Places]:
        """Where the sums of an indicator's leaves stand."""
        if (code, period) not in self.known_places:
            book = self.books[period]
            self.known_places[code, period] = {leaf: self.sums.places(leaf, period, book) for leaf in book.leaves(code)}
        return self.known_places[code, period]

    def _misleads(self, province: int, code: str) -> bool:
        """Would sums say something else than the facts in any of the periods?"""
        return any(self._misleads_in(province, code, period) for period in self.periods)

    def _misleads_in(self, province: int, code: str, period: Period) -> bool:
        book, units = self.books[period], len(self.sums.expected(province, period))
        found = self._leaves(province, code, period)
        if any(leaf.has_parts and leaf.reported != units for leaf in found.values()):
            return True
        if not book[code].is_derived or not any(found[leaf].reported for leaf in found if not book[leaf].is_base):
            return False
        return any("__" in leaf or each.reported != units for leaf, each in found.items())

    def _from_sums(self, province: int, code: str, period: Period) -> Computed:
        book, expected = self.books[period], len(self.sums.expected(province, period))
        definition = book[code]
        found = self._leaves(province, code, period)
        if definition.over_units in NOT_ADDITIVE and (own := self.sums.own(province, code, period)).reported:
            return Computed(Total(own.total, estimated=bool(own.estimated)), {}, NOBODY)
        reported = min(leaf.reported for leaf in found.values())
        if not reported:
            due = definition.is_base or is_due(definition.frequencies, period)
            silent = Total(None, NOT_REPORTED if due else "not_yet", expected=expected, excused=0 if due else expected)
            return Computed(silent, {}, NOBODY)
        is_estimated = any(leaf.estimated for leaf in found.values())
        total = Total(None, NOT_ADDITIVE_REASON, expected=expected, reported=reported, estimated=is_estimated)
        if definition.over_units in NOT_ADDITIVE:
            return Computed(total, {}, NOBODY)
        return valued(total, code, book, {leaf: each.total for leaf, each in found.items()})

    def _from_facts(self, province: int, code: str, period: Period) -> Computed:
        book, expected = self.books[period], self.sums.expected(province, period)
        due = book[code].is_base or is_due(book[code].frequencies, period)
        return total_of(book[code], book, self._sheets[period], expected, is_due=due)

    @cached_property
    def _sheets(self) -> dict[Period, Sheet]:
        """The facts that sums would mislead about: read once, and only if there are any. Three queries."""
        provinces = {province for province, _code in self.misled}
        units = frozenset().union(
            *(found for (province, _period), found in self.sums.units.items() if province in provinces)
        )
        asked = Asked(self.collection_id, units, self.catalogue.only(code for _province, code in self.misled))
        ids = {period: self.sums.ids[period] for period in self.periods if period in self.sums.ids}
        sheets = read_sheets(asked, ids.values())
        bases = read_base(asked, (period.year for period in self.periods))
        return {
            period: with_base(sheets[ids[period]] if period in ids else {}, bases[period.year])
            for period in self.periods
        }

    def _figure(self, province: int | None, code: str, found: ByPeriod, cumulative: Total) -> Figure:
        now, last_year = found[self.period].total, found[self.period.same_last_year()].total.value
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


def valued(total: Total, code: str, book: Book, sums: Mapping[Cell, Decimal]) -> Computed:
    """A total with the value that its leaves' sums give."""
    if book[code].is_derived:
        return Computed(with_value(replace(total, reason=""), code, book, sums), sums, NOBODY)
    counts = total.expected, total.reported, total.excused, total.missing_cells
    return Computed(Total(sums[code], "", *counts, total.estimated), sums, NOBODY)


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
        return valued(total, code, book, dict(sums))
    own = [each.value for each in totals if each.value is not None]
    if not own:
        return Computed(total, {}, NOBODY)
    if len(totals) == 1:
        return provinces[0]
    bounded = replace(total, reason=NOT_ADDITIVE_REASON, least=max(own), most=sum(own, Decimal()))
    return Computed(bounded, {}, NOBODY)
