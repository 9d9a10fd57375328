"""Where a matter stands, whether two say the same."""

from datetime import date

import pytest

from diaban.lib.workdays import WorkCalendar
from diaban.work.difficulties.rules import Course, Result, State, alike, due_on, state_of, told_together


@pytest.mark.parametrize(
    ("course", "state"),
    [
        (Course(), State.RECEIVED),
        (Course(is_forwarded=True), State.FORWARDED),
        (Course(last_result=Result.RESOLVED, is_forwarded=True), State.RESOLVED),
        (Course(last_result=Result.EXPLAINED, is_contested=True), State.CONTESTED),
        (Course(last_result=Result.SENT_UP), State.SENT_UP),
        (Course(last_result=Result.RESOLVED, is_withdrawn=True), State.WITHDRAWN),
        (Course(is_joined=True, is_withdrawn=True), State.JOINED),
    ],
)
def test_the_state_follows_from_the_course(course: Course, state: State) -> None:
    assert state_of(course) is state


def test_working_days_and_calendar_days() -> None:
    calendar = WorkCalendar({})

    assert due_on(date(2026, 3, 16), 15, calendar, is_working=True) == date(2026, 4, 6)
    assert due_on(date(2026, 3, 16), 60, calendar, is_working=False) == date(2026, 5, 15)


def test_the_same_matter_is_found_without_diacritics_and_another_is_not() -> None:
    text = "Đề nghị lắp trạm phát sóng di động tại thôn Nà Lũng"
    others = [
        (1, "de nghi lap tram phat song di dong tai thon Na Lung"),
        (2, "Đề nghị xem xét lắp trạm phát sóng di động ở thôn Nà Lũng"),
        (3, "Thiếu cán bộ chuyên trách công nghệ thông tin cấp xã"),
    ]

    assert alike(text, others) == [1, 2]


def test_few_are_named_and_many_counted() -> None:
    assert told_together(["A", "B"], "xã") == "A, B"
    assert told_together(list("ABCDEFG"), "xã") == "07 xã"
