"""How far units, and their area, are in a year: each indicator's figure of the year so far, and where the year began."""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.consolidation.consolidating import PRECISION, outcome_of
from diaban.foundation.facts.consolidation.sources import Scope, Source, read_sources
from diaban.foundation.facts.reading import tidy
from diaban.foundation.facts.rules.definitions import DERIVED, Book, Definition
from diaban.foundation.facts.rules.over_time import base_in, is_of_flows, so_far
from diaban.foundation.facts.rules.pace import Course
from diaban.foundation.facts.rules.totals import Total
from diaban.lib.periods import Period


@dataclass(frozen=True)
class Progress:
    """The year so far, and the figure of the last period before the year (only of stocks)."""

    so_far: Total
    opening: Decimal | None


@dataclass(frozen=True)
class YearSoFar:
    """By indicator code: how it comes about over the year, and by unit (the area among them) how far it is."""

    period: Period
    courses: Mapping[str, Course]
    figures: Mapping[str, Mapping[int, Progress]]


def year_so_far(
    *,
    collection_id: int,
    codes: Sequence[str],
    period: Period,
    area_id: int,
    expected_in: Mapping[Period, Several[int]],
    catalogue: Catalogue,
    as_of: date | None = None,
) -> YearSoFar:
    """Each unit that is expected in the period, and the area over all expected in each period. Three queries.

    Flows are summed over the periods of the year, stocks are those of the last one, rates come from summed parts.
    """
    expected = frozenset(expected_in[period])
    year = period.so_far_this_year()
    before = year[0].previous()
    owing = {one: frozenset(expected_in.get(one, expected)) for one in (*year, before)}
    with localcontext(prec=PRECISION):
        sources = read_sources(Scope(area_id, owing, None), catalogue, collection_id, as_of)
        book = sources[period].book
        known = [code for code in codes if code in book.definitions]
        courses = {code: course_of(book[code], book) for code in known}
        figures = {
            code: {
                unit: _progress(
                    book[code], courses[code], unit, _only(sources, None if unit == area_id else unit), year
                )
                for unit in (area_id, *sorted(expected - {area_id}))
            }
            for code in known
        }
    return YearSoFar(period, courses, figures)


def course_of(definition: Definition, book: Book) -> Course:
    """How the indicator's figure of a year comes about."""
    if definition.over_units in DERIVED:
        return Course.RATE if is_of_flows(definition, book) else Course.STOCK
    return Course.FLOW if definition.over_time in {"SUM", "DISTINCT"} else Course.STOCK


def _only(sources: Mapping[Period, Source], unit: int | None) -> Mapping[Period, Source]:
    """The sources with that unit as the only one expected; None leaves all."""
    if unit is None:
        return sources
    alone = frozenset({unit})
    return {period: replace(source, expected=alone) for period, source in sources.items()}


def _progress(
    definition: Definition, course: Course, unit: int, sources: Mapping[Period, Source], year: Sequence[Period]
) -> Progress:
    now = sources[year[-1]]
    outcomes = [outcome_of(definition, sources[one], unit) for one in year]
    total = so_far(definition, now.book, outcomes, base_in(now.sheet, now.book))
    opening = None
    if course is Course.STOCK:
        opening = tidy(outcome_of(definition, sources[year[0].previous()], unit).total.value)
    return Progress(total, opening)
