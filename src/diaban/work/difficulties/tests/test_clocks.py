"""On which day each clock begins, where acts fall on days of their own; and what is refused at the edge."""

from datetime import date, timedelta

import pytest

from diaban.foundation.mandates.models import Field
from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.difficulties.permissions import SUBJECT
from diaban.work.difficulties.queries.routing import way_of
from diaban.work.difficulties.services import (
    NotPossible,
    answer,
    contest_answer,
    forward,
    join,
    part,
    send_up,
    withdraw_answer,
)
from diaban.work.difficulties.tests.worlds import NOW, TODAY, Raised, a_raised_world, later

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 6)  # fifteen working days after Monday 16 March
FRIDAY, DUE_FROM_FRIDAY = date(2026, 3, 20), date(2026, 4, 10)


@pytest.fixture
def here() -> Raised:
    return a_raised_world()


def open_work(one: Difficulty) -> Obligation:
    return Obligation.objects.open().about(SUBJECT, one.pk).get()


def test_passed_on_later_its_deadline_goes_on(here: Raised) -> None:
    one = here.raised()

    forward(
        difficulty_id=one.pk, to_organisation_id=here.world.organisations["ubnd_tinh"].pk, reason="Thuộc thẩm quyền",
        actor=here.actor("specialist", FRIDAY), at=later(4),
    )  # fmt: skip

    assert open_work(one).due_on == DUE


def test_sent_up_later_the_superior_has_its_own_time_and_the_first_day_stays(here: Raised) -> None:
    one = here.raised()

    send_up(
        difficulty_id=one.pk, to_organisation_id=here.world.organisations["ubnd_tinh"].pk, reason="Vượt thẩm quyền",
        actor=here.actor("specialist", FRIDAY), at=later(4),
    )  # fmt: skip

    assert open_work(one).due_on == DUE_FROM_FRIDAY
    assert Difficulty.objects.get().received_on == TODAY


def test_contested_later_the_second_answer_has_its_own_time(here: Raised) -> None:
    one = here.answered()

    contest_answer(
        raising_id=here.raising(one).pk, text="Vẫn hỏng", actor=here.actor("district_leader", FRIDAY), at=later(4)
    )

    assert open_work(one).due_on == DUE_FROM_FRIDAY


@pytest.mark.parametrize(("on", "due"), [(DUE, DUE), (DUE + timedelta(days=1), date(2026, 4, 29))])
def test_an_answer_taken_back_is_owed_by_the_first_day_while_that_is_to_come(here: Raised, on: date, due: date) -> None:
    one = here.answered()

    withdraw_answer(
        answer_id=one.answers.get().pk, reason="Nhầm", actor=here.actor("specialist", on), at=later((on - TODAY).days)
    )

    assert open_work(one).due_on == due


def test_what_was_received_before_today_is_owed_from_that_day(here: Raised) -> None:
    one = here.raised(received_on=date(2026, 3, 13))

    assert open_work(one).due_on == date(2026, 4, 3)
    with pytest.raises(NotPossible, match="sau hôm nay"):
        here.raised(received_on=TODAY + timedelta(days=1))


def test_joined_the_first_received_goes_on_and_parted_each_has_its_own_clock(here: Raised) -> None:
    later_one = here.raised(by="other_officer", unit="D2")
    first = here.raised(received_on=date(2026, 3, 13))

    whole = join(difficulty_ids=[later_one.pk, first.pk], actor=here.actor("specialist", FRIDAY), at=later(4))
    part(difficulty_id=later_one.pk, actor=here.actor("specialist", FRIDAY), at=later(4))

    assert whole == first
    assert (open_work(first).due_on, open_work(later_one).due_on) == (date(2026, 4, 3), DUE)


def test_what_was_said_to_an_answer_does_not_hold_for_the_next(here: Raised) -> None:
    one = here.answered()
    contest_answer(raising_id=here.raising(one).pk, text="Vẫn hỏng", actor=here.actor("district_leader"), at=NOW)

    answer(difficulty_id=one.pk, result="explained", text="Đã thay thiết bị", actor=here.actor("specialist"), at=NOW)

    assert here.raising(one).stance == Raising.Stance.NONE


def test_a_promise_is_for_a_day_after_today_and_sending_up_is_no_answer(here: Raised) -> None:
    with pytest.raises(NotPossible, match="sau hôm nay"):
        here.answered("resolving", promised_on=TODAY)
    with pytest.raises(NotPossible, match="Chọn một kết quả"):
        here.answered("sent_up")


def test_a_party_body_is_told_and_owes_nothing(here: Raised) -> None:
    one, party = here.raised(), here.world.organisations["tinh_uy"].pk
    actor = here.actor("specialist")

    with pytest.raises(NotPossible, match="cơ quan Đảng"):
        forward(difficulty_id=one.pk, to_organisation_id=party, reason="Xin ý kiến", actor=actor, at=NOW)
    send_up(difficulty_id=one.pk, to_organisation_id=party, reason="Xin ý kiến", actor=actor, at=NOW)

    assert not Obligation.objects.open().about(SUBJECT, one.pk).exists()


def test_it_is_not_passed_on_within_the_office(here: Raised) -> None:
    with pytest.raises(NotPossible, match="Phân công"):
        forward(
            difficulty_id=here.raised().pk, to_organisation_id=here.world.organisations["phong_bcvt"].pk, reason="Việc phòng",
            actor=here.actor("specialist"), at=NOW,
        )  # fmt: skip


def test_it_goes_to_whoever_led_the_field_on_the_day_of_receipt(here: Raised) -> None:
    """Nobody of this world was given anything before July 2008."""
    one = here.raised(received_on=date(2008, 6, 16))

    assert here.work(one) == []


def test_whoever_leads_the_field_does_not_answer_what_it_raises_itself(here: Raised) -> None:
    so, province = (here.world.organisations[name].pk for name in ("so", "ubnd_tinh"))

    assert way_of("telecom", here.world.units["P"].pk, TODAY, but_not=so).organisation_id == province


def test_what_nobody_leads_goes_to_the_nearest_that_directs_the_ground_but_never_to_its_raiser(here: Raised) -> None:
    district, province = (here.world.organisations[name].pk for name in ("ubnd_d1", "ubnd_tinh"))
    ground = here.world.units["D1"].pk
    Field.objects.create(code="unled", name="Lĩnh vực chưa giao")

    assert way_of("unled", ground, TODAY, but_not=here.world.organisations["vnpt"].pk).organisation_id == district
    assert way_of("unled", ground, TODAY, but_not=district).organisation_id == province
    assert way_of("unled", here.world.units["P"].pk, TODAY, but_not=province).organisation_id is None
