"""Extensions and exemptions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import DeadlineRequest, Obligation
from diaban.foundation.obligations.rules import Status
from diaban.foundation.obligations.services import (
    AlreadyAsked,
    BadRequest,
    NeverOwes,
    ask_exemption,
    ask_extension,
    decide_request,
    extend,
    fulfil,
    open_obligation,
)
from diaban.foundation.obligations.tests.makers import NOW, SETTING_UP, TODAY, an_obligation

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 20)


@pytest.fixture
def world() -> World:
    return a_world()


def ask(world: World, obligation: Obligation, *, today: date = TODAY, wanted: date = LATER) -> DeadlineRequest:
    return ask_extension(
        obligation_id=obligation.pk,
        reason="Mưa lũ",
        wanted_due_on=wanted,
        actor=world.actor("district_officer", today),
        at=NOW,
    )


def decide(world: World, asked: DeadlineRequest, persona: str = "director", **given: object) -> DeadlineRequest:
    answer = {"granted": True, "answer": "", "due_on": None, **given}
    return decide_request(request_id=asked.pk, actor=world.actor(persona, TODAY), at=NOW, **answer)  # type: ignore[arg-type] # three named values


def test_a_granted_extension_keeps_both_deadlines(world: World) -> None:
    obligation = an_obligation(world)

    decide(world, ask(world, obligation))

    obligation.refresh_from_db()
    assert (obligation.due_on, obligation.original_due_on) == (LATER, date(2026, 3, 10))
    assert obligation.is_extended
    decided = Entry.objects.get(verb="obligations.request_decided")
    assert decided.changes["due_on"] == ["2026-03-10", "2026-03-20"]
    assert decided.mandate_id is not None


def test_a_refusal_changes_no_deadline_and_says_why(world: World) -> None:
    obligation = an_obligation(world)
    asked = ask(world, obligation)

    with pytest.raises(BadRequest):
        decide(world, asked, granted=False)
    decide(world, asked, granted=False, answer="Không đủ căn cứ")

    obligation.refresh_from_db()
    assert obligation.due_on == date(2026, 3, 10)


def test_an_exemption_closes_with_its_reason(world: World) -> None:
    obligation = an_obligation(world)
    asked = ask_exemption(
        obligation_id=obligation.pk, reason="Không có đối tượng", actor=world.actor("district_officer", TODAY), at=NOW
    )

    decide(world, asked)

    obligation.refresh_from_db()
    assert obligation.status_on(TODAY) == Status.WAIVED
    assert obligation.closed_note == "Không có đối tượng"


def test_nothing_is_asked_after_the_deadline_has_passed(world: World) -> None:
    obligation = an_obligation(world)

    assert ask(world, obligation, today=date(2026, 3, 10)).pk
    with pytest.raises(BadRequest, match="quá hạn"):
        ask(world, an_obligation(world), today=date(2026, 3, 11))


def test_an_earlier_day_is_no_extension(world: World) -> None:
    obligation = an_obligation(world)

    with pytest.raises(BadRequest):
        ask(world, obligation, wanted=date(2026, 3, 10))
    with pytest.raises(BadRequest):
        decide(world, ask(world, obligation), due_on=date(2026, 3, 10))


def test_nothing_is_asked_of_what_is_over(world: World) -> None:
    obligation = an_obligation(world)
    fulfil(obligation=obligation, actor=SETTING_UP, at=NOW)

    with pytest.raises(BadRequest, match="không còn hạn"):
        ask(world, obligation)


def test_time_given_unasked_is_never_less(world: World) -> None:
    obligation = an_obligation(world)

    extend(obligation=obligation, due_on=date(2026, 3, 9), actor=SETTING_UP, at=NOW)
    assert obligation.due_on == date(2026, 3, 10)

    extend(obligation=obligation, due_on=LATER, actor=SETTING_UP, at=NOW)
    assert (obligation.due_on, obligation.original_due_on) == (LATER, date(2026, 3, 10))


def test_a_party_body_never_owes(world: World) -> None:
    with pytest.raises(NeverOwes):
        open_obligation(
            kind="directives.task", title="Việc", unit_id=world.units["P"].pk, field_code="it",
            owner_id=world.organisations["tinh_uy"].pk, counterpart_id=world.organisations["so"].pk, on=TODAY, due_on=LATER,
            actor=SETTING_UP, at=NOW,
        )  # fmt: skip


def test_one_request_waits_at_a_time(world: World) -> None:
    obligation = an_obligation(world)
    ask(world, obligation)

    with pytest.raises(AlreadyAsked):
        ask(world, obligation)


def test_a_request_is_decided_once(world: World) -> None:
    asked = ask(world, an_obligation(world))
    decide(world, asked)

    with pytest.raises(BadRequest):
        decide(world, asked, granted=False, answer="Đổi ý")


def test_a_late_result_does_not_become_timely_by_a_later_grant(world: World) -> None:
    obligation = an_obligation(world)
    asked = ask(world, obligation)
    obligation.refresh_from_db()
    fulfil(obligation=obligation, actor=SETTING_UP, at=datetime(2026, 3, 12, tzinfo=UTC))

    with pytest.raises(BadRequest):
        decide(world, asked)

    obligation.refresh_from_db()
    assert obligation.status_on(TODAY + timedelta(days=90)) == Status.DONE_LATE


def test_only_the_owner_asks(world: World) -> None:
    obligation = an_obligation(world)

    for persona in ("other_officer", "director", "enterprise"):
        with pytest.raises(NotPermitted):
            ask_exemption(obligation_id=obligation.pk, reason="x", actor=world.actor(persona, TODAY), at=NOW)


@pytest.mark.parametrize("persona", ["district_leader", "specialist", "clerk", "province_leader", "auditor"])
def test_only_a_leader_of_the_counterpart_decides(world: World, persona: str) -> None:
    asked = ask(world, an_obligation(world))

    with pytest.raises(NotPermitted):
        decide(world, asked, persona)


def test_a_head_of_section_of_the_counterpart_decides(world: World) -> None:
    asked = ask(world, an_obligation(world))

    assert decide(world, asked, "section_head").granted
