"""Modes by who turns to whom, where a task is counted, whether a figure moved."""

from datetime import date
from decimal import Decimal
from itertools import repeat

import pytest

from diaban.foundation.obligations.rules import Standing
from diaban.foundation.organisations.models import Kind
from diaban.work.directives.rules import (
    Effect,
    FourWay,
    Line,
    Mode,
    Result,
    Slot,
    effect_of,
    faults_of_text,
    modes_allowed,
    slot_of,
    state_of,
)

SO, HUYEN, PHONG, DN, CAP_UY = "department", "people_committee", "district_office", "enterprise", "party_body"
ON = date(2009, 10, 23)

# The five emphases of the working visit of October 2009: who turns to whom, by which mode, and that it may.
EMPHASES = [
    ("đào tạo, bổ sung cán bộ", CAP_UY, Line.NONE, False, Mode.REQUEST),
    ("đào tạo, bổ sung cán bộ", HUYEN, Line.NONE, False, Mode.REQUEST),
    ("đầu tư phát triển ứng dụng CNTT", CAP_UY, Line.NONE, False, Mode.REQUEST),
    ("đầu tư phát triển ứng dụng CNTT", HUYEN, Line.NONE, False, Mode.REQUEST),
    ("chỉ đạo xây dựng phương án bảo đảm an toàn thông tin", HUYEN, Line.NONE, False, Mode.REQUEST),
    ("xây dựng phương án bảo đảm an toàn thông tin", DN, Line.NONE, False, Mode.REQUIRE),
    ("quy hoạch bưu chính, viễn thông, CNTT; cấp phép", DN, Line.NONE, False, Mode.REQUIRE),
    ("quy hoạch bưu chính, viễn thông, CNTT; cấp phép", HUYEN, Line.NONE, False, Mode.COORDINATE),
    ("giao ban khối thông tin hằng quý", PHONG, Line.NONE, True, Mode.GUIDE),
    ("giao ban khối thông tin hằng quý", HUYEN, Line.NONE, False, Mode.REQUEST),
]


@pytest.mark.parametrize(("emphasis", "receiver", "line", "guidance", "mode"), EMPHASES)
def test_what_the_director_emphasised_is_said_in_its_mode(
    emphasis: str, receiver: str, line: Line, guidance: bool, mode: Mode
) -> None:
    modes = modes_allowed(issuer_kind=SO, receiver_kind=receiver, line=line, guidance=guidance, has_mandate=True)

    assert mode in modes, emphasis
    assert Mode.ASSIGN not in modes, emphasis


A, G, RQ, RE, C, P = Mode.ASSIGN, Mode.GUIDE, Mode.REQUEST, Mode.REQUIRE, Mode.COORDINATE, Mode.PROPOSE
TABLE = [
    (HUYEN, SO, Line.BELOW, False, True, (A,)),
    (HUYEN, HUYEN, Line.BELOW, False, True, (A,)),
    (HUYEN, PHONG, Line.BELOW, False, True, (A,)),
    (SO, "office", Line.BELOW, False, True, (A,)),
    (SO, "public_service_unit", Line.BELOW, False, True, (A,)),
    (HUYEN, "central_agency", Line.BELOW, False, True, (C, RQ)),
    (SO, HUYEN, Line.BELOW, False, True, (RQ, C)),
    (SO, PHONG, Line.NONE, True, True, (G, RQ, C)),
    (SO, PHONG, Line.NONE, True, False, (C, RQ)),
    (SO, SO, Line.NONE, False, True, (C, RQ)),
    (SO, "armed_force", Line.NONE, False, True, (C, RQ)),
    (SO, HUYEN, Line.ABOVE, False, True, (P,)),
    (SO, "ministry", Line.NONE, False, True, (P,)),
    (SO, DN, Line.NONE, False, True, (RE, RQ, C)),
    (SO, DN, Line.NONE, False, False, (RQ, C)),
    (HUYEN, DN, Line.BELOW, False, True, (RE, RQ, C)),
    (HUYEN, CAP_UY, Line.BELOW, False, True, (P, RQ)),
    (CAP_UY, HUYEN, Line.NONE, False, True, ()),
    (DN, SO, Line.NONE, False, False, ()),
]


@pytest.mark.parametrize(("issuer", "receiver", "line", "guidance", "has_mandate", "expected"), TABLE)
def test_modes_follow_issuer_and_receiver(
    issuer: str, receiver: str, line: Line, guidance: bool, has_mandate: bool, expected: tuple[Mode, ...]
) -> None:
    modes = modes_allowed(
        issuer_kind=issuer, receiver_kind=receiver, line=line, guidance=guidance, has_mandate=has_mandate
    )

    assert modes == expected


@pytest.mark.parametrize("line", list(Line))
@pytest.mark.parametrize("receiver", [HUYEN, CAP_UY, DN])
def test_a_department_never_gives_tasks_to_committees_party_bodies_or_enterprises(receiver: str, line: Line) -> None:
    for guidance in (True, False):
        modes = modes_allowed(
            issuer_kind=SO, receiver_kind=receiver, line=line, guidance=guidance, has_mandate=guidance
        )

        assert Mode.ASSIGN not in modes


def test_every_pair_of_kinds_is_decided_and_orders_run_along_the_line_alone() -> None:
    for issuer in Kind.values:
        for receiver in Kind.values:
            modes = modes_allowed(
                issuer_kind=issuer, receiver_kind=receiver, line=Line.NONE, guidance=True, has_mandate=True
            )
            assert Mode.ASSIGN not in modes
            assert len(set(modes)) == len(modes)


def test_what_is_required_names_its_article() -> None:
    assert faults_of_text(Mode.REQUIRE, "Lập phương án", " ") != []
    assert faults_of_text(Mode.REQUIRE, "Lập phương án", "Điều 45 Luật Viễn thông") == []
    assert faults_of_text(Mode.REQUEST, "Bố trí cán bộ", "") == []


DUE, BEFORE, AFTER = ON, date(2009, 10, 20), date(2009, 10, 30)
STANDINGS = [
    (Standing(DUE, DUE, DUE), Slot.DONE_ON_TIME),
    (Standing(DUE, DUE, AFTER), Slot.DONE_LATE),
    (Standing(DUE, DUE, None), Slot.OPEN_IN_TIME),
    (Standing(BEFORE, BEFORE, None), Slot.OPEN_OVERDUE),
    (Standing(BEFORE, BEFORE, None, is_asked=True), Slot.NO_REPLY),
    (Standing(AFTER, BEFORE, None), Slot.OPEN_IN_TIME),
    (Standing(None, None, None), Slot.NO_DEADLINE),
    (Standing(None, None, BEFORE), Slot.NO_DEADLINE),
    (Standing(BEFORE, BEFORE, None, "withdrawn"), Slot.OUT),
    (Standing(BEFORE, BEFORE, None, "waived"), Slot.OUT),
]


@pytest.mark.parametrize(("standing", "slot"), STANDINGS)
def test_a_task_is_counted_in_one_place(standing: Standing, slot: Slot) -> None:
    assert slot_of(standing, ON) is slot


def test_the_counts_of_2017_with_their_denominators() -> None:
    """Report 1270/BC-TCTTTg of 2017: 21,914 tasks; its overdue rate of 1.38 % has none of the denominators it could have."""
    numbers = (14_068, 1_983, 5_640, 223)
    standings = [STANDINGS[place][0] for place, number in enumerate(numbers) for _one in repeat(None, number)]
    apart = [STANDINGS[6][0]] * 7 + [STANDINGS[8][0]] * 5

    found = FourWay.of(slot_of(one, ON) for one in [*standings, *apart])

    assert (found.done_on_time, found.done_late, found.open_in_time, found.open_overdue) == numbers
    assert (found.total, found.done, found.open) == (21_914, 16_051, 5_863)
    assert (found.no_deadline, found.out) == (7, 5)
    assert round(found.overdue_share or 0, 2) == Decimal("1.02")
    assert round(found.on_time_share or 0, 2) == Decimal("87.65")


def test_what_was_only_asked_for_stands_in_the_denominator() -> None:
    found = FourWay(done_on_time=1, open_overdue=1, no_reply=2)

    assert (found.open, found.total, found.overdue_share) == (3, 4, Decimal(25))


def test_who_is_given_a_task_or_required_is_bound_and_nobody_else() -> None:
    assert {mode for mode in Mode if mode.is_order} == {Mode.ASSIGN, Mode.REQUIRE}


def test_nothing_has_no_share() -> None:
    assert FourWay().overdue_share is None
    assert FourWay(open_in_time=2).on_time_share is None


STATES = [
    (Standing(BEFORE, BEFORE, None), None, "overdue"),
    (Standing(BEFORE, BEFORE, None, is_asked=True), None, "no_reply"),
    (Standing(BEFORE, BEFORE, AFTER, is_asked=True), Result.CONFIRMED, "answered"),
    (Standing(DUE, DUE, DUE, is_asked=True), Result.WAITING, "answered"),
    (Standing(DUE, DUE, DUE), Result.WAITING, "awaiting_confirmation"),
    (Standing(DUE, DUE, DUE), Result.CONFIRMED, "done_on_time"),
    (Standing(None, None, None), None, "no_date"),
    (Standing(DUE, DUE, None, "withdrawn"), None, "withdrawn"),
    (None, None, "party_told"),
]


@pytest.mark.parametrize(("standing", "result", "state"), STATES)
def test_words_follow_the_mode(standing: Standing | None, result: Result | None, state: str) -> None:
    assert state_of(standing, ON, result=result) == state


@pytest.mark.parametrize(
    ("baseline", "target", "now", "expected"),
    [
        (10, 20, 25, Effect.REACHED), (10, 20, 15, Effect.MOVED), (10, 20, 10, Effect.NONE), (10, 20, 5, Effect.WORSE),
        (10, 4, 3, Effect.REACHED), (10, 4, 8, Effect.MOVED), (10, 4, 12, Effect.WORSE), (10, 20, None, Effect.UNKNOWN),
        (None, 20, 20, Effect.REACHED), (10, 10, 10, Effect.REACHED), (10, 10, 8, Effect.WORSE),
    ],
)  # fmt: skip
def test_an_effect_is_how_far_the_figure_moved_towards_its_target(
    baseline: int | None, target: int, now: int | None, expected: Effect
) -> None:
    found = effect_of(
        None if baseline is None else Decimal(baseline), Decimal(target), None if now is None else Decimal(now)
    )

    assert found is expected
