from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from diaban.lib.periods import BadPeriod, Calendar, Kind, Period
from diaban.lib.periods.tests.periods import periods, series


def stat(code: str) -> Period:
    return Period.parse(code, Calendar.STATISTICAL)


@given(periods())
def test_next_and_previous_undo_each_other(period: Period) -> None:
    assert period.next().previous() == period == period.previous().next()
    assert period.previous() < period < period.next()


def test_the_first_day_of_the_next_period_is_not_in_this_one() -> None:
    period = Period.parse("nd09:2026-Q1")

    assert period.contains(date(2026, 3, 14))
    assert not period.contains(date(2026, 3, 15))


@given(periods())
def test_neighbours_touch_unless_nine_months(period: Period) -> None:
    if period.kind is not Kind.NINE_MONTHS:
        assert period.previous().end == period.start
        assert period.next().start == period.end


@given(series())
def test_the_same_period_last_year_has_the_same_number(period: Period) -> None:
    before = period.same_last_year()

    assert (before.year, before.number, before.kind) == (period.year - 1, period.number, period.kind)


def test_a_range_last_year_has_the_same_days() -> None:
    assert stat("2024-02-29..2024-03-05").same_last_year().code == "2023-02-28..2023-03-05"


@given(series())
def test_so_far_this_year_tiles_the_year_to_date(period: Period) -> None:
    so_far, whole = period.so_far_this_year(), period.year_to_date()

    assert so_far[-1] == period
    assert (so_far[0].start, so_far[-1].end) == (whole.start, whole.end)
    assert all(one.next() == other for one, other in pairwise(so_far))
    assert whole.year == period.year


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("2025-Q1", "2025-Q1"), ("2025-Q2", "2025-H1"), ("2025-Q3", "2025-9M"), ("2025-Q4", "2025"), ("2025-M01", "2025-M01"),
        ("2025-M03", "2025-Q1"), ("2025-M05", "2025-01-01..2025-05-31"), ("2025-M12", "2025"), ("2025-H2", "2025"),
        ("2025-9M", "2025-9M"), ("2025-04-01..2025-06-30", "2025-H1"), ("2025-10-01..2025-10-15", "2025-01-01..2025-10-15"),
        ("2024-12-20..2025-01-31", "2025-M01"),
    ],
)  # fmt: skip
def test_the_year_to_date_takes_the_name_it_has(code: str, whole: str) -> None:
    assert stat(code).year_to_date().code == whole


@pytest.mark.parametrize(
    ("whole", "kind", "codes"),
    [
        ("2025", Kind.HALF, ["2025-H1", "2025-H2"]),
        ("2025-9M", Kind.QUARTER, ["2025-Q1", "2025-Q2", "2025-Q3"]),
        ("2025-Q2", Kind.MONTH, ["2025-M04", "2025-M05", "2025-M06"]),
        ("2025-11-01..2026-01-31", Kind.MONTH, ["2025-M11", "2025-M12", "2026-M01"]),
        ("2025-Q1", Kind.QUARTER, ["2025-Q1"]),
    ],
)
def test_parts_tile_the_whole(whole: str, kind: Kind, codes: list[str]) -> None:
    assert [part.code for part in stat(whole).parts(kind)] == codes


@given(series())
def test_months_tile_every_period(period: Period) -> None:
    months = period.parts(Kind.MONTH)

    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert all(one.end == other.start for one, other in pairwise(months))


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        ("2025-Q1", Kind.HALF), ("2025-9M", Kind.HALF), ("2025", Kind.NINE_MONTHS), ("2025-01-02..2025-01-31", Kind.MONTH),
        ("2025", Kind.RANGE), ("2025-01-01..2026-09-30", Kind.NINE_MONTHS), ("2025-H2", Kind.NINE_MONTHS),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_refused(whole: str, kind: Kind) -> None:
    with pytest.raises(BadPeriod):
        stat(whole).parts(kind)


def test_periods_of_a_kind_sort_by_time() -> None:
    codes = ["2025-Q2", "2024-Q4", "2025-Q1"]

    assert [period.code for period in sorted(map(stat, codes))] == ["2024-Q4", "2025-Q1", "2025-Q2"]


def test_a_period_that_its_calendar_does_not_know_cannot_be_made() -> None:
    with pytest.raises(BadPeriod, match="không đúng với lịch"):
        Period(Calendar.ND09, Kind.QUARTER, date(2025, 1, 1), date(2025, 4, 1))
    with pytest.raises(BadPeriod, match="trước ngày đầu kỳ"):
        Period(Calendar.STATISTICAL, Kind.RANGE, date(2025, 4, 1), date(2025, 4, 1))
