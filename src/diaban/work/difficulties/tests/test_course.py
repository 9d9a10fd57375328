"""A matter from being raised to the last word: routed, passed on, answered, contested, joined, withdrawn."""

from datetime import date

import pytest

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.obligations.rules import Status
from diaban.work.difficulties.models import Difficulty, Kind, Raising
from diaban.work.difficulties.permissions import visible_difficulties
from diaban.work.difficulties.queries.lists import counted, like_this, listed, state, table, with_course
from diaban.work.difficulties.queries.routing import candidates
from diaban.work.difficulties.rules import State
from diaban.work.difficulties.services import (
    NotPossible,
    Row,
    accept_answer,
    contest_answer,
    forward,
    join,
    part,
    raise_rows,
    send_up,
    set_kind,
    withdraw,
)
from diaban.work.difficulties.tests.worlds import NOW, SAID, TODAY, a_raised_world, later

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 6)  # fifteen working days


def state_now(one: Difficulty) -> State:
    return state(with_course(Difficulty.objects.filter(pk=one.pk)).get())


def test_it_goes_to_whoever_manages_the_field_and_says_why() -> None:
    here = a_raised_world()

    one = here.raised()

    (work,) = here.work(one)
    assert work.owner_id == here.world.organisations["so"].pk
    assert work.due_on == DUE
    assert one.because
    assert state_now(one) is State.RECEIVED
    assert Notice.objects.filter(reason="Kiến nghị mới").exists()


def test_an_office_does_not_answer_itself() -> None:
    here = a_raised_world()

    one = here.raised(by="enterprise", organisation_id=here.world.organisations["vnpt"].pk)

    assert here.work(one)[0].owner_id != here.world.organisations["vnpt"].pk


def test_nobody_raises_for_another_body() -> None:
    here = a_raised_world()

    with pytest.raises(NotPermitted):
        here.raised(by="other_officer", organisation_id=here.world.organisations["ubnd_d1"].pk)


def test_passing_on_gains_no_time_and_keeps_the_first_day() -> None:
    here = a_raised_world()
    one, province = here.raised(), here.world.organisations["ubnd_tinh"].pk

    forward(
        difficulty_id=one.pk,
        to_organisation_id=province,
        reason="Thuộc thẩm quyền",
        actor=here.actor("specialist"),
        at=later(5),
    )

    (work,) = here.work(one)
    assert (work.owner_id, work.due_on) == (province, DUE)
    assert state_now(one) is State.FORWARDED
    with pytest.raises(NotPermitted):
        forward(
            difficulty_id=one.pk, to_organisation_id=province, reason="Lại", actor=here.actor("specialist"), at=later(6)
        )


def test_sent_up_the_office_has_answered_and_the_superior_owes() -> None:
    here = a_raised_world()
    one, province = here.raised(), here.world.organisations["ubnd_tinh"].pk

    send_up(
        difficulty_id=one.pk,
        to_organisation_id=province,
        reason="Vượt thẩm quyền",
        actor=here.actor("specialist"),
        at=NOW,
    )

    first, second = here.work(one)
    assert first.status_on(TODAY) is Status.DONE_ON_TIME
    assert (second.owner_id, second.due_on) == (province, DUE)
    one.refresh_from_db()
    assert one.received_on == TODAY
    assert state_now(one) is State.SENT_UP


def test_a_promise_is_owed_by_its_day() -> None:
    here = a_raised_world()

    one = here.answered("will_resolve", promised_on=date(2026, 5, 1))

    first, promised = here.work(one)
    assert not first.is_open
    assert (promised.is_open, promised.due_on) == (True, date(2026, 5, 1))
    with pytest.raises(NotPossible, match="ngày hoàn thành"):
        here.answered("resolving")


def test_contested_it_is_owed_again_and_the_first_answer_stands() -> None:
    here = a_raised_world()
    one = here.answered()
    raising = here.raising(one)

    contest_answer(raising_id=raising.pk, text="Trạm vẫn hỏng", actor=here.actor("district_leader"), at=later(1))

    first, again = here.work(one)
    assert first.status_on(TODAY) is Status.DONE_ON_TIME
    assert again.is_open
    assert again.owner_id == here.world.organisations["so"].pk
    assert state_now(one) is State.CONTESTED
    with pytest.raises(NotPermitted):
        accept_answer(raising_id=raising.pk, actor=here.actor("other_leader"), at=later(1))


def test_joined_it_is_answered_once_for_all_and_counted_once() -> None:
    here = a_raised_world()
    second = here.raised(by="other_officer", unit="D2", received_on=TODAY)
    first = here.raised(received_on=date(2026, 3, 13))

    whole = join(difficulty_ids=[second.pk, first.pk], actor=here.actor("specialist"), at=NOW)

    assert whole == first  # received first: its clock goes on
    assert [work.is_open for work in here.work(second)] == [False]
    counts = counted(listed(here.actor("specialist")))
    assert (counts.matters, counts.raisings) == (1, 2)
    assert Raising.objects.filter(difficulty=first).count() == 2
    places, matters = table(listed(here.actor("specialist")))
    assert sorted(places.values()) == [1, 1]  # in both districts
    assert matters == {"telecom": 1}
    assert visible_difficulties(here.actor("other_officer")).filter(pk=first.pk).exists()

    part(difficulty_id=second.pk, actor=here.actor("specialist"), at=NOW)

    assert [work.is_open for work in here.work(second)] == [False, True]
    assert counted(listed(here.actor("specialist"))).matters == 2


def test_joined_to_what_was_answered_they_are_told_and_may_contest() -> None:
    here = a_raised_world()
    first = here.answered()
    second = here.raised(by="other_officer", unit="D2")

    join(difficulty_ids=[first.pk, second.pk], actor=here.actor("specialist"), at=later(1))
    mine = Raising.objects.get(opened=second)
    contest_answer(raising_id=mine.pk, text="Ở huyện chúng tôi chưa", actor=here.actor("other_leader"), at=later(2))

    assert Notice.objects.filter(subject_id=first.pk, created_at=later(1), text__startswith="Đã có trả lời").exists()
    assert [work.kind for work in here.work(first) if work.is_open] == ["difficulties.again"]


def test_nothing_is_joined_to_what_was_given_up() -> None:
    here = a_raised_world()
    first, second = here.raised(), here.raised(by="other_officer", unit="D2")
    withdraw(raising_id=here.raising(first).pk, reason="Xong", actor=here.actor("district_officer"), at=NOW)

    with pytest.raises(NotPossible, match="không còn ai xử lý"):
        join(difficulty_ids=[first.pk, second.pk], actor=here.actor("specialist"), at=NOW)


def test_it_is_not_passed_to_whoever_raised_it_or_has_it() -> None:
    here = a_raised_world()
    one = here.raised()

    offered = {office.organisation_id for office in candidates(one, TODAY)}

    assert here.world.organisations["ubnd_tinh"].pk in offered
    assert not offered & {here.world.organisations[name].pk for name in ("so", "ubnd_d1", "phong_d1")}


def test_withdrawn_by_all_it_is_over() -> None:
    here = a_raised_world()
    one = here.raised()

    withdraw(raising_id=here.raising(one).pk, reason="Đã tự khắc phục", actor=here.actor("district_officer"), at=NOW)

    assert state_now(one) is State.WITHDRAWN
    assert not here.work(one)[0].is_open


def test_a_source_told_again_changes_only_what_changed() -> None:
    here = a_raised_world()
    source, rows = Subject("reporting.report", 7), [Row(SAID), Row("Thiếu cán bộ chuyên trách", "Sở Nội vụ")]
    said = {
        "kind_code": "locality", "unit_id": here.world.units["D1"].pk, "field_code": "reporting",
        "organisation_id": here.world.organisations["ubnd_d1"].pk, "received_on": TODAY, "source": source,
        "to_organisation_id": here.world.organisations["so"].pk, "because": "Cơ quan nhận báo cáo",
        "actor": here.actor("district_leader"), "at": NOW,
    }  # fmt: skip

    raise_rows(rows, **said)  # type: ignore[arg-type] # the same arguments twice
    raise_rows([rows[1], Row("Mới")], **said)  # type: ignore[arg-type] # the same arguments twice

    live = Raising.objects.filter(withdrawn_at=None)
    assert sorted(live.values_list("content", flat=True)) == ["Mới", "Thiếu cán bộ chuyên trách"]
    assert Raising.objects.count() == 3


def test_who_neither_raised_it_nor_follows_the_ground_does_not_see_it() -> None:
    here = a_raised_world()
    one = here.raised()

    sees = {
        persona
        for persona in ("director", "district_officer", "province_leader", "auditor", "other_officer", "enterprise", "party_observer")
        if visible_difficulties(here.actor(persona)).filter(pk=one.pk).exists()
    }  # fmt: skip

    assert sees == {"director", "district_officer", "province_leader", "auditor"}


def test_a_new_clock_runs_only_for_what_comes_after() -> None:
    here = a_raised_world()
    before = here.raised()

    set_kind(
        code="locality",
        days=5,
        is_working=True,
        basis="Quy chế 12/QC-STTTT",
        valid_from=TODAY,
        actor=here.actor("director"),
        at=NOW,
    )
    after = here.raised(content="Việc khác hẳn")

    assert here.work(before)[0].due_on == DUE
    assert here.work(after)[0].due_on == date(2026, 3, 23)
    assert Kind.objects.filter(code="locality").count() == 2


def test_alike_ones_are_found_among_those_in_sight() -> None:
    here = a_raised_world()
    one = here.raised()

    assert like_this(here.actor("specialist"), SAID.upper()) == [one]
    assert like_this(here.actor("other_officer"), SAID) == []
