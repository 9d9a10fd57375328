from datetime import date, timedelta

import pytest

from diaban.lib.periods import Calendar, Kind, Period

DAY = timedelta(days=1)


def nd09(code: str) -> Period:
    return Period.parse(code, Calendar.ND09)


def stat(code: str) -> Period:
    return Period.parse(code, Calendar.STATISTICAL)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2025-M02", date(2025, 1, 15), date(2025, 2, 14)),
        ("2025-M01", date(2024, 12, 15), date(2025, 1, 14)),
        ("2025-Q1", date(2024, 12, 15), date(2025, 3, 14)),
        ("2025-Q4", date(2025, 9, 15), date(2025, 12, 14)),
        ("2025-H1", date(2024, 12, 15), date(2025, 6, 14)),
        ("2025-H2", date(2025, 6, 15), date(2025, 12, 14)),
        ("2025-9M", date(2024, 12, 15), date(2025, 9, 14)),
        ("2025", date(2024, 12, 15), date(2025, 12, 14)),
    ],
)
def test_the_decree_counts_from_the_15th_to_the_14th(code: str, first: date, last: date) -> None:
    period = nd09(code)

    assert (period.start, period.last_day) == (first, last)
    assert period.year == 2025


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024-M02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025-9M", date(2025, 1, 1), date(2025, 9, 30)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_statistics_count_plain_months(code: str, first: date, last: date) -> None:
    period = stat(code)

    assert (period.start, period.last_day) == (first, last)


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("kind", [Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR])
def test_every_day_lies_in_exactly_one_period_of_a_kind(calendar: Calendar, kind: Kind) -> None:
    day = date(2019, 12, 1)
    before = Period.containing(day, kind, calendar)

    while day < date(2026, 2, 1):
        period = Period.containing(day, kind, calendar)
        assert period.contains(day)
        assert period in (before, before.next())
        before, day = period, day + DAY


@pytest.mark.parametrize("calendar", Calendar)
def test_a_day_after_nine_months_gives_the_years_nine_months(calendar: Calendar) -> None:
    period = Period.containing(date(2025, 11, 1), Kind.NINE_MONTHS, calendar)

    assert period.code == "2025-9M"
    assert period.next().start > date(2025, 11, 1)


def test_one_quarter_under_two_calendars_is_two_periods() -> None:
    assert stat("2025-Q1") != nd09("2025-Q1")
    assert len({stat("2025-Q1"), nd09("2025-Q1"), stat("2025-Q1")}) == 2


def test_the_last_day_of_the_second_quarter_is_before_the_reform_of_july() -> None:
    assert stat("2025-Q2").last_day == date(2025, 6, 30)
