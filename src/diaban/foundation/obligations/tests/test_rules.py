"""Status follows from the dates, and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.obligations.rules import DueRule, Standing, Status, days_late, may_ask_until, status
from diaban.lib.workdays import WorkCalendar

DUE = date(2026, 3, 10)
LATE = {Status.OVERDUE, Status.DONE_LATE}
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 6), Status.NOT_DUE),
        (date(2026, 3, 7), Status.DUE_SOON),
        (date(2026, 3, 10), Status.DUE_TODAY),
        (date(2026, 3, 11), Status.OVERDUE),
    ],
)
def test_open_work_by_day(on: date, expected: Status) -> None:
    assert status(Standing(DUE, DUE, None), on) == expected


def test_the_deadline_day_is_in_time() -> None:
    assert status(Standing(DUE, DUE, DUE), date(2027, 1, 1)) == Status.DONE_ON_TIME
    assert status(Standing(DUE, DUE, DUE + timedelta(days=1)), date(2027, 1, 1)) == Status.DONE_LATE


@pytest.mark.parametrize(("reason", "expected"), [("waived", Status.WAIVED), ("reformed", Status.CLOSED)])
def test_what_was_closed_is_never_done(reason: str, expected: Status) -> None:
    assert status(Standing(DUE, DUE, None, reason), date(2027, 1, 1)) == expected


def test_what_was_only_asked_for_waits_for_a_reply_and_is_late_when_it_comes_late() -> None:
    asked = Standing(DUE, DUE, None, is_asked=True)

    assert status(asked, DUE + timedelta(days=1)) == Status.NO_REPLY
    assert status(Standing(DUE, DUE, DUE + timedelta(days=1), is_asked=True), DUE) == Status.DONE_LATE


def test_what_was_closed_is_not_late() -> None:
    assert days_late(Standing(DUE, DUE, None, "withdrawn"), DUE + timedelta(days=9)) == 0


def test_a_one_off_is_due_on_the_day_it_names() -> None:
    rule = DueRule(working_days=5, fixed_on=date(2026, 3, 14))  # a Saturday: what is dated is not moved

    assert rule.due_on(date(2026, 3, 31), WorkCalendar(swaps={})) == date(2026, 3, 14)


def test_without_a_deadline_nothing_is_late() -> None:
    assert status(Standing(None, None, None), DUE) == Status.NO_DEADLINE
    assert status(Standing(None, None, DUE), DUE) == Status.DONE_ON_TIME
    assert days_late(Standing(None, None, None), DUE) == 0


@given(due=days, done=st.none() | days, on=days, later=st.integers(0, 1000))
def test_lateness_never_disappears(due: date, done: date | None, on: date, later: int) -> None:
    standing = Standing(due, due, done)

    if status(standing, on) in LATE:
        assert status(standing, on + timedelta(days=later)) in LATE


@given(due=days, done=days, on=days)
def test_work_is_late_exactly_where_days_are_counted(due: date, done: date, on: date) -> None:
    standing = Standing(due, due, done)

    assert (status(standing, on) == Status.DONE_LATE) == (days_late(standing, on) > 0)


def test_an_extension_keeps_the_lateness_by_the_first_deadline() -> None:
    standing = Standing(DUE + timedelta(days=10), DUE, DUE + timedelta(days=4))

    assert status(standing, DUE) == Status.DONE_ON_TIME
    assert days_late(standing, DUE) == 0
    assert days_late(standing, DUE, by_original=True) == 4


def test_a_paper_follows_working_days_after_the_cut_off() -> None:
    rule = DueRule(cut_off_days=-16, working_days=5)
    calendar = WorkCalendar(swaps={})

    assert rule.cut_off(date(2026, 3, 31)) == date(2026, 3, 15)
    assert rule.due_on(date(2026, 3, 31), calendar) == date(2026, 3, 20)


def test_an_extension_may_be_asked_until_the_deadline_day_ends() -> None:
    assert may_ask_until(DUE, DUE)
    assert not may_ask_until(DUE, DUE + timedelta(days=1))
