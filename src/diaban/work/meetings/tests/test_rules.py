"""Pure decisions: stages, days before and after, two places at once."""

from datetime import date, time

import pytest

from diaban.lib.workdays import WorkCalendar
from diaban.work.meetings.rules import (
    Slot,
    Stage,
    clashes,
    faults_of_close,
    faults_of_conclusion,
    key_of,
    latest_invitation,
    may_now,
    notice_due,
    stage_of,
)

CALENDAR = WorkCalendar(swaps={}, extra_days_off=[], extra_workdays=[])


def slot(start: int, end: int, day: int = 19) -> Slot:
    return Slot(date(2009, 10, day), time(start), time(end), f"{start}")


def test_a_cancelled_meeting_is_cancelled_whatever_came_before() -> None:
    assert stage_of(convened=True, opened=False, closed=False, concluded=False, cancelled=True) is Stage.CANCELLED


@pytest.mark.parametrize(
    ("held", "days", "expected"),
    [
        (date(2026, 3, 23), 3, date(2026, 3, 18)),  # Monday: Friday, Thursday, Wednesday before
        (date(2026, 3, 26), 3, date(2026, 3, 23)),
        (date(2009, 10, 19), None, None),  # no such rule in 2009
    ],
)
def test_invitations_go_out_so_many_working_days_before(held: date, days: int | None, expected: date | None) -> None:
    assert latest_invitation(held, days, CALENDAR) == expected


def test_the_notice_is_due_five_working_days_after() -> None:
    assert notice_due(date(2026, 3, 23), 5, CALENDAR) == date(2026, 3, 30)
    assert notice_due(date(2026, 3, 25), 5, CALENDAR) == date(2026, 4, 1)
    assert notice_due(date(2009, 10, 19), None, CALENDAR) is None


def test_one_who_is_in_two_places_at_once_is_found() -> None:
    here, there, after = slot(8, 11), slot(10, 12), slot(11, 12)

    assert clashes([(("p",), "A", here), (("p",), "A", there)])[0].other == there
    assert clashes([(("p",), "A", here), (("p",), "A", after), (("q",), "B", there)]) == []
    assert clashes([(("p",), "A", here), (("p",), "A", slot(8, 11, day=20))]) == []


def test_a_name_is_known_again_without_diacritics_in_its_office_only() -> None:
    assert key_of(None, 1, "Nguyễn Văn A") == key_of(None, 1, "nguyen van a")
    assert key_of(None, 1, "Nguyễn Văn A") != key_of(None, 2, "Nguyễn Văn A")
    assert key_of(None, 1, " ") is None


def test_a_stop_has_a_report_or_a_reason() -> None:
    assert faults_of_close(shape="stop", reports=0, no_report_reason="", unmarked=0)
    assert not faults_of_close(shape="stop", reports=0, no_report_reason="Chưa kịp tổng hợp", unmarked=0)
    assert not faults_of_close(shape="briefing", reports=0, no_report_reason="", unmarked=0)


def test_a_meeting_ends_when_everybody_is_marked() -> None:
    assert faults_of_close(shape="briefing", reports=0, no_report_reason="", unmarked=2) == [
        "Còn 2 đại biểu chưa điểm danh."
    ]


def test_what_is_asked_has_receivers_and_an_answer_its_proposal() -> None:
    assert faults_of_conclusion("directive", [], "")
    assert not faults_of_conclusion("directive", [1], "")
    assert faults_of_conclusion("answer", [], " ")
    assert not faults_of_conclusion("remark", [], "")


@pytest.mark.parametrize(
    ("act", "stages"),
    [
        ("convene", {Stage.PLANNED}),
        ("change", {Stage.PLANNED, Stage.CONVENED}),  # neither the day nor the list once it began
        ("open", {Stage.CONVENED}),  # nobody begins what nobody was asked to
        ("record", {Stage.RUNNING, Stage.HELD}),  # nothing is added to minutes whose notice is out
        ("close", {Stage.RUNNING}),
        ("conclude", {Stage.HELD}),  # the notice follows the meeting
        ("cancel", {Stage.PLANNED, Stage.CONVENED}),
    ],
)
def test_each_act_has_its_time(act: str, stages: set[Stage]) -> None:
    assert {stage for stage in Stage if may_now(act, stage)} == stages
