"""The consolidated form of an area: each row with its year so far, the previous period, last year's and the plan."""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.facts.catalogue import Catalogue, keys_of, read_catalogue
from diaban.foundation.facts.consolidation.plans import Plans, read_plans
from diaban.foundation.facts.consolidation.sources import Scope, Source, covered_reporters, read_sources
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.cells import TOTAL, Cell
from diaban.foundation.facts.rules.definitions import DERIVED, Definition
from diaban.foundation.facts.rules.over_time import base_in, change, part_so_far, so_far
from diaban.foundation.facts.rules.totals import (
    NOT_ADDITIVE_REASON,
    NOT_AGGREGATED,
    NOT_RECASTABLE,
    Computed,
    Total,
    leaf_column,
    part_of,
    total_of,
)
from diaban.foundation.territory.models import UnitVersion
from diaban.lib.periods import Period

PRECISION = 60
NOT_APPLICABLE = "not_applicable"


class Row(NamedTuple):
    """One row of a consolidated form. Values are exact but for quotients, which have six digits more than are shown.

    `category` is the canonical key ("" for the total), `cell` the same as the form names it. `reason` says why there is no
    value. `expected`, `reported` and `excused` count units; `missing_cells` counts parts left out of units' own totals;
    `least` and `most` bound what cannot be added up. Percentages compare the year so far with the plan, and the period
    with last year's; for figures that are percentages themselves the difference in points stands instead.
    """

    indicator: str
    category: str
    cell: Cell
    value: Decimal | None
    reason: str
    numerator: Decimal | None
    denominator: Decimal | None
    complete: bool
    estimated: bool
    expected: int
    reported: int
    excused: int
    missing_cells: int
    least: Decimal | None
    most: Decimal | None
    cumulative: Decimal | None
    cumulative_complete: bool
    cumulative_estimated: bool
    previous: Decimal | None
    same_period_last_year: Decimal | None
    plan: Decimal | None
    percent_of_plan: Decimal | None
    percent_of_same_period: Decimal | None
    points_from_plan: Decimal | None
    points_from_same_period: Decimal | None
    percent_of_previous: Decimal | None
    points_from_previous: Decimal | None
    is_like_previous: bool
    is_like_last_year: bool


@dataclass(frozen=True)
class Consolidation:
    """What the area's figures are: rows in the order of the indicators asked for, each total before its parts."""

    collection_id: int
    unit_id: int
    period: Period
    as_of: date | None
    map_on: date | None
    rows: tuple[Row, ...]

    @cached_property
    def _places(self) -> dict[tuple[str, str], Row]:
        return {(row.indicator, row.category): row for row in self.rows}

    def row(self, indicator: str, category: str = TOTAL) -> Row:
        """The row of an indicator and category. Raises KeyError."""
        return self._places[indicator, category]


def consolidate(
    *,
    collection_id: int,
    indicators: Sequence[Indicator],
    unit_id: int,
    period: Period,
    expected_unit_ids: Several[int],
    as_of: date | None = None,
    map_on: date | None = None,
    expected_in: Mapping[Period, Several[int]] | None = None,
    catalogue: Catalogue | None = None,
) -> Consolidation:
    """The figures of an area from the facts of the units expected to report, in one collection, and the base figures.

    Nine queries at most, whatever the number of units; more with `map_on`. `as_of` reads what was accepted by the end of
    that day in Viet Nam; `map_on` recasts every period onto the map of that day. `expected_in` says who was expected in
    other periods where that was not the same; with `map_on` the units that the area of today descends from are found for
    periods in which a reporter did not exist. An area's own figure is read only for what cannot be added up.
    `catalogue` is that of the indicators, where the caller has it at hand: two queries fewer.
    """
    compared = dict.fromkeys((*period.so_far_this_year(), period, period.previous(), period.same_last_year()))
    expected = {each: frozenset((expected_in or {}).get(each, expected_unit_ids)) for each in compared}
    if map_on is not None:
        expected |= _found_reporters(unit_id, frozenset(expected_unit_ids), set(compared) - set(expected_in or ()))
    catalogue = catalogue or read_catalogue([indicator.code for indicator in indicators])
    sources = read_sources(Scope(unit_id, expected, map_on), catalogue, collection_id, as_of)
    plans = read_plans(catalogue, unit_id, expected[period], period.year)
    with localcontext(prec=PRECISION):
        work = _Work(unit_id, period, sources, plans, is_recast=map_on is not None)
        rows = [row for indicator in indicators for row in work.rows_of(indicator.code)]
    return Consolidation(collection_id, unit_id, period, as_of, map_on, tuple(rows))


def _found_reporters(unit_id: int, reporters: frozenset[int], periods: Several[Period]) -> dict[Period, frozenset[int]]:
    """Of periods in which not every reporter existed, the units that the area descends from. A query, one a period."""
    lives: dict[int, list[DateRange]] = {}
    for unit, valid in UnitVersion.objects.filter(unit__in=reporters).values_list("unit_id", "valid"):
        lives.setdefault(unit, []).append(valid)
    others = {
        period.last_day: period
        for period in periods
        if not all(any(period.last_day in valid for valid in life) for life in lives.values())
    }
    return {others[day]: units for day, units in covered_reporters(unit_id, reporters, list(others)).items()}


@dataclass
class _Work:
    """One consolidation under way."""

    unit_id: int
    period: Period
    sources: Mapping[Period, Source]
    plans: Plans
    is_recast: bool

    @cached_property
    def year(self) -> tuple[Period, ...]:
        """The periods of the year up to this one."""
        return tuple(self.period.so_far_this_year())

    @cached_property
    def before(self) -> Period:
        return self.period.previous()

    @cached_property
    def last_year(self) -> Period:
        return self.period.same_last_year()

    def rows_of(self, code: str) -> list[Row]:
        now = self.sources[self.period]
        definition = now.book[code]
        rows = [self._total_row(definition)]
        if definition.over_units not in DERIVED:
            rows += [self._part_row(definition, cell, key) for cell, key in keys_of(definition).items() if key]
        return rows

    def _total_row(self, definition: Definition) -> Row:
        outcomes = {period: self._outcome(definition, source) for period, source in self.sources.items()}
        now = self.sources[self.period]
        year = [outcomes[period] for period in self.year]
        cumulative = so_far(definition, now.book, year, base_in(now.sheet, now.book))
        totals = {period: outcome.total for period, outcome in outcomes.items()}
        return self._row(definition, definition.code, TOTAL, totals, cumulative)

    def _part_row(self, definition: Definition, cell: Cell, key: str) -> Row:
        totals = {period: self._part(definition, cell, source) for period, source in self.sources.items()}
        cumulative = part_so_far(definition, [totals[period] for period in self.year])
        return self._row(definition, cell, key, totals, cumulative)

    def _outcome(self, definition: Definition, source: Source) -> Computed:
        return outcome_of(definition, source, self.unit_id, is_recast=self.is_recast)

    def _part(self, definition: Definition, cell: Cell, source: Source) -> Total:
        return part_in(definition, cell, source, is_recast=self.is_recast)

    def _row(
        self, definition: Definition, cell: Cell, key: str, totals: Mapping[Period, Total], cumulative: Total
    ) -> Row:
        now = totals[self.period]
        is_ticked = bool(key) and any(key.startswith(f"{one.dimension}=") for one in definition.division("list"))
        before = change(definition, now, totals[self.before], is_ticked=is_ticked)
        last_year = change(definition, now, totals[self.last_year], is_ticked=is_ticked)
        plan = self.plans.of(definition, key)
        planned = change(definition, cumulative, Total(plan), is_ticked=is_ticked)
        return Row(
            indicator=definition.code,
            category=key,
            cell=cell,
            value=tidy(now.value),
            reason=now.reason,
            numerator=tidy(now.numerator),
            denominator=tidy(now.denominator),
            complete=now.complete,
            estimated=now.estimated,
            expected=now.expected,
            reported=now.reported,
            excused=now.excused,
            missing_cells=now.missing_cells,
            least=tidy(now.least),
            most=tidy(now.most),
            cumulative=tidy(cumulative.value),
            cumulative_complete=cumulative.complete,
            cumulative_estimated=cumulative.estimated,
            previous=tidy(totals[self.before].value),
            same_period_last_year=tidy(totals[self.last_year].value),
            plan=tidy(plan),
            percent_of_plan=planned.percent,
            percent_of_same_period=last_year.percent,
            points_from_plan=tidy(planned.points),
            points_from_same_period=tidy(last_year.points),
            percent_of_previous=before.percent,
            points_from_previous=tidy(before.points),
            is_like_previous=before.is_like,
            is_like_last_year=last_year.is_like,
        )


def outcome_of(definition: Definition, source: Source, unit_id: int, *, is_recast: bool = False) -> Computed:
    """An indicator's total over those expected in a period; what cannot be added up is what the area itself said of it."""
    if not definition.is_valid_on(source.period.last_day):
        return Computed(_not_applicable(source), {}, frozenset())
    due = source.is_due(definition)
    found = total_of(definition, source.book, source.sheet, source.expected, is_due=due)
    if is_recast and _is_refused(definition, source):
        return Computed(found.total._replace(value=None, reason=NOT_RECASTABLE), {}, frozenset())
    if found.total.reason in {NOT_ADDITIVE_REASON, NOT_AGGREGATED} and unit_id not in source.expected:
        own = total_of(definition, source.book, source.sheet, frozenset({unit_id}), is_due=due)
        return own if own.total.value is not None else found
    return found


def part_in(definition: Definition, cell: Cell, source: Source, *, is_recast: bool = False) -> Total:
    """As `outcome_of`, of a part that is reported."""
    if not definition.is_valid_on(source.period.last_day):
        return _not_applicable(source)
    code = cell.removeprefix(f"{definition.code}__")
    total = part_of(definition, code, source.sheet, source.expected, is_due=source.is_due(definition))
    column = source.sheet.get(cell)
    if is_recast and column is not None and _refuses(column.reasons, source.expected):
        return total._replace(value=None, reason=NOT_RECASTABLE)
    return total


def _is_refused(definition: Definition, source: Source) -> bool:
    leaves = source.book.leaves(definition.code)
    columns = (leaf_column(leaf, source.book, source.sheet) for leaf in leaves)
    return any(_refuses(column.reasons, source.expected) for column in columns)


def _refuses(reasons: Mapping[int, str], expected: frozenset[int]) -> bool:
    return NOT_RECASTABLE in reasons.values() and any(reasons.get(unit) == NOT_RECASTABLE for unit in expected)


def _not_applicable(source: Source) -> Total:
    number = len(source.expected)
    return Total(value=None, reason=NOT_APPLICABLE, expected=number, excused=number)
