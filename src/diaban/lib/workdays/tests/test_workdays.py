from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diaban.lib.workdays import WorkCalendar, published_swaps

CALENDAR = WorkCalendar(published_swaps())
DAYS = st.dates(date(2007, 1, 1), date(2029, 12, 31))
patient = settings(deadline=None)  # the first day asked for imports the holidays of the world


@pytest.mark.parametrize(
    ("accepted", "count", "due"),
    [
        (date(2009, 1, 23), 3, date(2009, 2, 3)),
        (date(2009, 10, 16), 5, date(2009, 10, 23)),
        (date(2013, 4, 26), 2, date(2013, 5, 3)),
        (date(2025, 4, 24), 5, date(2025, 5, 5)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
    ],
    ids=["Tết 2009", "plain week", "29/4 swapped", "Saturday worked", "2/1/2026 swapped", "Tết 2026"],
)
def test_deadlines_in_working_days(accepted: date, count: int, due: date) -> None:
    assert CALENDAR.add_working_days(accepted, count) == due


def test_a_calendar_deadline_rolls_past_holidays_and_the_weekend() -> None:
    assert CALENDAR.add_calendar_days_rolled(date(2025, 4, 1), 30) == date(2025, 5, 5)
    assert CALENDAR.add_calendar_days_rolled(date(2025, 3, 1), 30) == date(2025, 3, 31)


def test_a_swap_frees_the_weekday_and_works_the_saturday() -> None:
    for off, worked in published_swaps().items():
        assert worked is not None
        assert not CALENDAR.is_working(off)
        assert CALENDAR.is_working(worked)
        assert off.weekday() < 5 <= worked.weekday()


def test_without_the_table_the_second_of_january_2026_would_be_worked() -> None:
    assert WorkCalendar({}).is_working(date(2026, 1, 2))
    assert not WorkCalendar().is_working(date(2026, 1, 2))


def test_a_day_off_need_not_be_made_up() -> None:
    calendar = WorkCalendar({date(2027, 3, 3): None})

    assert not calendar.is_working(date(2027, 3, 3))
    assert calendar.next_working(date(2027, 3, 3)) == date(2027, 3, 4)


def test_local_days_go_before_the_law() -> None:
    flood, make_up = date(2024, 9, 10), date(2024, 9, 14)
    calendar = WorkCalendar(published_swaps(), extra_days_off=[flood], extra_workdays=[make_up, date(2024, 9, 2)])

    assert not calendar.is_working(flood)
    assert calendar.is_working(make_up)
    assert calendar.is_working(date(2024, 9, 2))


def test_the_published_table_cannot_be_changed_by_a_caller() -> None:
    published_swaps().clear()

    assert len(published_swaps()) == 14


def test_the_nearest_working_day_is_the_day_itself_or_a_neighbour() -> None:
    assert CALENDAR.next_working(date(2025, 4, 26)) == date(2025, 4, 26)
    assert CALENDAR.next_working(date(2025, 4, 27)) == date(2025, 4, 28)
    assert CALENDAR.previous_working(date(2025, 5, 4)) == date(2025, 4, 29)
    assert CALENDAR.previous_working(date(2025, 4, 29)) == date(2025, 4, 29)


def test_a_report_is_due_one_working_day_after_its_data_are_closed() -> None:
    assert CALENDAR.earliest_deadline(date(2025, 3, 14)) == date(2025, 3, 17)
    assert CALENDAR.earliest_deadline(date(2025, 4, 29)) == date(2025, 5, 5)
    assert CALENDAR.earliest_deadline(date(2025, 6, 16)) == date(2025, 6, 17)


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    friday, monday = date(2025, 3, 14), date(2025, 3, 17)

    assert CALENDAR.working_days_between(friday, monday) == 1
    assert CALENDAR.working_days_between(monday, friday) == -1
    assert CALENDAR.working_days_between(monday, monday) == 0
    assert CALENDAR.working_days_between(date(2024, 12, 31), date(2025, 12, 31)) == len(CALENDAR.working_days_of(2025))


def test_no_working_days_can_be_taken_away() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_working_days(date(2025, 3, 14), -1)


@patient
@given(DAYS, st.integers(0, 60))
def test_counting_back_gives_what_was_added(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)

    assert CALENDAR.working_days_between(start, end) == count
    assert count == 0 or CALENDAR.is_working(end)


@patient
@given(DAYS)
def test_the_earliest_deadline_is_worked_with_no_worked_day_between(cut_off: date) -> None:
    due = CALENDAR.earliest_deadline(cut_off)

    assert due > cut_off
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(cut_off, due - timedelta(days=1)) == 0
