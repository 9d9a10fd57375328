"""An answer is checked at its cells, kept with every correction, late when it is late, and never overwrites unseen."""

import pytest
from django.db import IntegrityError, transaction

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.obligations.models import Obligation
from diaban.work.requests.models import Answer
from diaban.work.requests.queries.answers import table_of
from diaban.work.requests.rules import Typed
from diaban.work.requests.services import (
    Answerer,
    Changed,
    NotAnswerable,
    NotFit,
    answer,
    close_request,
    renew_link,
    revoke_link,
)
from diaban.work.requests.tests.worlds import AFTER, BEFORE, TYPED, an_asking_world

pytestmark = pytest.mark.django_db


def test_an_answer_fulfils_what_is_owed() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())

    kept = here.answered(receiver)

    assert kept.values == {"c1": "3", "c2": "12.5", "c3": "yes", "c4": "2026-03-10", "c5": "Viettel"}
    assert (kept.number, kept.is_late) == (1, False)
    owed = Obligation.objects.get(subject_kind="requests.receiver", subject_id=receiver.pk)
    assert owed.fulfilled_at == BEFORE


def test_wrong_cells_are_told_each_and_nothing_is_kept() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())

    with pytest.raises(NotFit) as told:
        here.answered(receiver, Typed({"c1": "-2", "c2": "1.5", "c3": "chưa", "c4": "31/02/2026", "c5": "Gmobile"}))

    assert set(told.value.read.faults) == {"c1", "c2", "c3", "c4", "c5"}
    assert not Answer.objects.exists()


def test_a_reason_stands_for_a_value() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())

    kept = here.answered(receiver, Typed({**TYPED.values, "c1": "-", "c2": ""}, {"c2": "not_collected"}))

    assert (kept.values["c1"], kept.reasons) == ("0", {"c1": "none_occurred", "c2": "not_collected"})
    assert "c2" not in kept.values


def test_a_correction_is_a_version_and_the_same_again_is_none() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())
    here.answered(receiver)

    again = here.answered(receiver)
    corrected = here.answered(receiver, Typed({**TYPED.values, "c1": "4"}), at=AFTER)

    assert (again.number, corrected.number, corrected.is_late) == (1, 2, True)
    assert list(receiver.answers.values_list("values__c1", flat=True)) == ["3", "4"]
    verbs = Entry.objects.filter(subject_kind="requests.receiver").values_list("verb", flat=True).order_by("id")
    assert list(verbs) == ["requests.answered", "requests.answer_corrected"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=corrected.pk).update(by_name="ai đó")


def test_nobody_overwrites_what_they_have_not_seen() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())
    here.by_link(receiver)

    with pytest.raises(Changed) as told:
        here.answered(receiver, Typed({**TYPED.values, "c1": "9"}), seen=0)

    assert told.value.current.by_name == "Vàng A Sử"
    assert here.answered(receiver, Typed({**TYPED.values, "c1": "9"}), seen=1).number == 2


def test_a_closed_request_takes_nothing() -> None:
    here = an_asking_world()
    request = here.sent()
    close_request(request_id=request.pk, actor=here.actor("specialist"), at=BEFORE)

    with pytest.raises(NotAnswerable):
        here.answered(here.receiver(request))


def test_another_unit_answers_nothing_for_this_one_and_the_asker_types_for_it() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent(), "D2")
    by = Answerer("ai đó", "page")

    for persona in ("district_officer", "enterprise", "auditor"):
        with pytest.raises(NotPermitted):
            answer(receiver_id=receiver.pk, typed=TYPED, by=by, actor=here.actor(persona), at=BEFORE)

    typed_for = Answerer("Lê Thị Chuyên", "typed_for")
    kept = answer(receiver_id=receiver.pk, typed=TYPED, by=typed_for, actor=here.actor("specialist"), at=BEFORE)
    assert kept.via == "typed_for"
    assert Entry.objects.filter(verb="requests.typed_for_unit").count() == 1


def test_an_answer_by_link_needs_a_phone() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())

    kept = here.by_link(receiver)

    entry = Entry.objects.get(verb="requests.answered")
    assert "qua liên kết" in entry.actor_label
    assert "0912345678" not in f"{entry.changes} {entry.actor_label}"
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            receiver=receiver, number=9, answered_at=BEFORE, due_at=kept.due_at, via="link", by_name="x", by_phone=""
        )


def test_the_table_adds_up_over_those_who_gave_a_value() -> None:
    here = an_asking_world()
    request = here.sent()
    here.answered(here.receiver(request))
    here.by_link(here.receiver(request, "D2"), Typed({**TYPED.values, "c1": "", "c2": "0,5"}, {"c1": "not_collected"}))

    table = table_of(request)

    assert [(foot.text, foot.total.given) for foot in table.foot[:3]] == [("3", 1), ("13", 2), ("Có: 2/2", 2)]
    assert (table.answered, table.asked, table.missing) == (2, 2, [])
    assert [cell.text for cell in table.rows[1].cells[:2]] == ["…", "0,5"]


def test_a_renewed_link_makes_the_old_one_worthless_and_a_revoked_one_ends() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())
    before = receiver.link_key

    renewed = renew_link(receiver_id=receiver.pk, actor=here.actor("specialist"), at=BEFORE)

    assert renewed.link_key not in {"", before}
    assert revoke_link(receiver_id=receiver.pk, actor=here.actor("specialist"), at=BEFORE).link_key == ""
    with pytest.raises(NotPermitted):
        renew_link(receiver_id=receiver.pk, actor=here.actor("district_officer"), at=BEFORE)
