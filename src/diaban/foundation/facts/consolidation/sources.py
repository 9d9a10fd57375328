"""What a consolidation computes from: the sheets of the periods it compares, on one map."""

from collections.abc import Collection as Several
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.periods import known_ids
from diaban.foundation.facts.reading import Asked, read_base, read_sheets
from diaban.foundation.facts.rules.cells import Cell
from diaban.foundation.facts.rules.columns import NOTHING, Column, Sheet, overlaid
from diaban.foundation.facts.rules.definitions import Book, Definition
from diaban.foundation.facts.rules.over_time import is_due
from diaban.foundation.facts.rules.recasting import scaled_sheet
from diaban.foundation.territory.models import Coverage, Unit
from diaban.foundation.territory.recasting import Share, shares_of_days
from diaban.lib.periods import Period


@dataclass(frozen=True)
class Source:
    """One period: the definitions of its last day, its sheet, and the units that were expected to report."""

    period: Period
    book: Book
    sheet: Sheet
    expected: frozenset[int]

    def is_due(self, definition: Definition) -> bool:
        """Is the indicator asked for in the period? Base figures always stand there."""
        return definition.is_base or is_due(definition.frequencies, self.period)


@dataclass(frozen=True)
class Scope:
    """What is consolidated: periods beside the reporters expected in each, in which area, on which map."""

    unit_id: int
    expected: Mapping[Period, frozenset[int]]
    map_on: date | None = None

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Everything to read: the reporters, and the area itself for what only it can say."""
        return frozenset({self.unit_id}).union(*self.expected.values())


def read_sources(scope: Scope, catalogue: Catalogue, collection_id: int, as_of: date | None) -> dict[Period, Source]:
    """The sheet of every period, base figures laid over, on the map of the scope. Three queries on the map of the period,
    and the territory's own for the other map.
    """
    asked = Asked(collection_id, scope.unit_ids, catalogue, as_of)
    ids = known_ids(scope.expected)
    sheets = read_sheets(asked, ids.values())
    bases = read_base(asked, (period.year for period in scope.expected))
    shares = _shares(scope)
    sources = {}
    for period, expected in scope.expected.items():
        reported = sheets[ids[period]] if period in ids else {}
        sheet = with_base(reported, bases[period.year])
        source = Source(period, catalogue.book(period.last_day), sheet, expected)
        sources[period] = source if scope.map_on is None else recast_to(source, scope.unit_id, shares[period])
    return sources


def with_base(sheet: dict[Cell, Column], base: Mapping[Cell, Column]) -> dict[Cell, Column]:
    """The sheet with the base figures laid over what was reported of them."""
    return sheet | {code: overlaid(sheet.get(code, NOTHING), column) for code, column in base.items()}


def _shares(scope: Scope) -> dict[Period, dict[int, list[Share]]]:
    """How the reporters of each period lie in units of the area's own level on the scope's map, where it has one."""
    if scope.map_on is None:
        return {}
    asked = {period.last_day: set[int]() for period in scope.expected}
    for period, expected in scope.expected.items():
        asked[period.last_day] |= expected
    level = Unit.objects.values_list("level", flat=True).get(pk=scope.unit_id)
    found = shares_of_days(asked, scope.map_on, level)
    return {
        period: {unit_id: found[period.last_day][unit_id] for unit_id in expected}
        for period, expected in scope.expected.items()
    }


def recast_to(source: Source, unit_id: int, shares: Mapping[int, list[Share]]) -> Source:
    """The source of one area on the other map, by the shares in units of its level: what of the sheet lies in the area on the other map; reporters with no land in it are not expected."""
    inside = frozenset(unit for unit, parts in shares.items() if not parts or any(p.unit_id == unit_id for p in parts))
    if all(len(shares[unit]) == 1 for unit in inside):
        return Source(source.period, source.book, source.sheet, inside)
    definitions = list(source.book.definitions.values())
    sheet = scaled_sheet(definitions, source.sheet, {unit: shares[unit] for unit in inside}, unit_id)
    return Source(source.period, source.book, sheet, inside)


def covered_reporters(unit_id: int, reporters: Several[int], days: Several[date]) -> dict[date, frozenset[int]]:
    """By day, the units of the reporters' level that the area of today holds or descends from. One query a day."""
    levels = Unit.objects.filter(pk__in=reporters).values("level")
    covered = Coverage.objects.filter(unit=unit_id, covered__level__in=levels)
    return {
        day: frozenset(covered.filter(covered__versions__valid__contains=day).values_list("covered_id", flat=True))
        for day in days
    }
