"""Periods as they stand in the database."""

from collections.abc import Iterable

from diaban.foundation.facts.models import PeriodRow
from diaban.lib.periods import Calendar, Kind, Period


def base_period(year: int) -> Period:
    """The period that base figures and plans of a year stand under."""
    return Period.of(year, Kind.YEAR, calendar=Calendar.STATISTICAL)


def row_of(period: Period) -> PeriodRow:
    """The row of a period, made where there was none."""
    return rows_of([period])[period]


def rows_of(periods: Iterable[Period]) -> dict[Period, PeriodRow]:
    """The rows of the periods, made where there were none. One query, two more where rows are made."""
    wanted = {str(period): period for period in periods}
    rows = {row.code: row for row in PeriodRow.objects.filter(code__in=wanted)}
    missing = [period for code, period in wanted.items() if code not in rows]
    if missing:
        PeriodRow.objects.bulk_create(map(_new_row, sorted(missing)), ignore_conflicts=True)
        rows |= {row.code: row for row in PeriodRow.objects.filter(code__in=[str(period) for period in missing])}
    return {period: rows[code] for code, period in wanted.items()}


def known_ids(periods: Iterable[Period]) -> dict[Period, int]:
    """The ids of those periods for which anything was ever reported. One query."""
    wanted = {str(period): period for period in periods}
    found = PeriodRow.objects.filter(code__in=wanted).values_list("code", "pk")
    return {wanted[code]: pk for code, pk in found}


def _new_row(period: Period) -> PeriodRow:
    return PeriodRow(
        calendar=period.calendar, kind=period.kind, starts_on=period.start, ends_on=period.end, code=str(period)
    )
