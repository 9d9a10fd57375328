"""Steps of the path, deadlines, the ground of a schedule, the one word for a report."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.rules import (
    ARTICLE_7,
    Ground,
    can_step,
    faults_of_deadlines,
    faults_of_ground,
    next_status,
    shown_status,
)

STATUSES = ["draft", "to_check", "to_sign", "sent"]


def test_the_long_path_has_no_short_cut() -> None:
    path = ["submit_for_check", "submit_for_signature", "send"]

    status = "draft"
    for step in path:
        assert [can_step(other, status) for other in path] == [other == step for other in path]
        status = next_status(step)

    assert status == "sent"


@pytest.mark.parametrize("status", ["draft", "to_check", "to_sign"])
def test_the_short_path_sends_from_anywhere_before(status: str) -> None:
    assert can_step("send", status, short_path=True)


def test_what_is_sent_is_corrected_never_edited() -> None:
    assert not can_step("edit", "sent", short_path=True)
    assert can_step("correct", "sent")


@given(st.lists(st.integers(-2, 12), min_size=1, max_size=4))
def test_deadlines_are_lawful_where_each_leaves_a_day_and_comes_later(days: list[int]) -> None:
    steps = [(str(number), count) for number, count in enumerate(days)]

    lawful = days[0] >= 1 and all(before < after for before, after in pairwise(days))

    assert (faults_of_deadlines(steps) == []) is lawful


def test_a_periodic_regime_names_everything_the_decree_asks() -> None:
    whole = Ground("periodic", symbol="41/2019/QĐ-UBND", issuer="UBND tỉnh", article="Điều 5")
    items = dict.fromkeys(ARTICLE_7, "có")

    assert faults_of_ground(whole, items) == []
    assert len(faults_of_ground(whole, {})) == len(ARTICLE_7)
    assert len(faults_of_ground(Ground("periodic"), items)) == 3
    assert faults_of_ground(Ground("periodic", is_assumed=True), items) == ["Căn cứ giả định phải được nêu rõ"]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"status": "to_check"}, "to_check"),
        ({"status": "sent", "waiting": 3}, "waiting"),
        ({"status": "sent", "waiting": 2, "received": 1}, "waiting"),
        ({"status": "sent", "received": 3}, "received"),
        ({"status": "sent", "received": 2, "returned": 1}, "returned"),
        ({"status": "sent", "waiting": 3, "awaits_paper": True}, "data_sent"),
    ],
)
def test_one_word_for_a_report(given_: dict[str, object], expected: str) -> None:
    assert shown_status(**given_) == expected  # type: ignore[arg-type] # keywords of a test
