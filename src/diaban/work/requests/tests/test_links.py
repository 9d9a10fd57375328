"""The link without signing in: what it shows, takes and refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.requests.links import LinkHolder, key_of, new_key, token_of
from diaban.work.requests.models import Answer, Receiver
from diaban.work.requests.rules import LINK_DAYS
from diaban.work.requests.services import close_request, renew_link, revoke_link
from diaban.work.requests.tests.worlds import AFTER, BEFORE, DUE, TODAY, TYPED, an_asking_world, token
from diaban.work.requests.views import answering

pytestmark = pytest.mark.django_db
FILLED = {
    **{f"o-{code}": text for code, text in TYPED.values.items()},
    "by_name": "Vàng A Sử",
    "by_phone": "0912 345 678",
    "seen": "0",
}


def address(receiver: Receiver) -> str:
    return reverse("requests:link", args=[token(receiver)])


def test_an_answer_comes_by_telephone() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())

        shown = Client().get(address(receiver))
        taken = Client().post(address(receiver), FILLED)

    assert "Huyện Bắc Sơn" in shown.text
    assert "Huyện Nam Sơn" not in shown.text
    assert "<script>" not in shown.text.replace(" defer", "")
    assert shown["Cache-Control"] == "private, no-store"
    assert "noindex" in shown["X-Robots-Tag"]
    assert "Đã nhận câu trả lời" in taken.text
    kept = Answer.objects.get()
    assert (kept.receiver, kept.via, kept.by_phone, kept.is_late) == (receiver, "link", "0912 345 678", False)


def test_the_telephone_of_who_answered_is_not_shown_to_the_next() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())
        here.by_link(receiver)

        shown = Client().get(address(receiver))

    assert "Vàng A Sử" in shown.text
    assert "0912345678" not in shown.text


def test_wrong_cells_keep_what_was_typed() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())

        refused = Client().post(address(receiver), {**FILLED, "o-c1": "ba", "by_phone": "12"})
        again = Client().post(address(receiver), {**FILLED, "o-c1": "ba"})

    assert (refused.status_code, again.status_code) == (422, 422)
    assert 'value="ba"' in again.text
    assert "không phải là số" in again.text
    assert not Answer.objects.exists()


def test_two_telephones_at_once_see_one_another() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())
        here.by_link(receiver)

        crossed = Client().post(address(receiver), {**FILLED, "o-c1": "8"})
        decided = Client().post(address(receiver), {**FILLED, "o-c1": "8", "seen": "1"})

    assert crossed.status_code == 409
    assert "Người khác vừa gửi" in crossed.text
    assert decided.status_code == 200
    assert list(Answer.objects.values_list("values__c1", flat=True)) == ["3", "8"]


def test_a_late_answer_is_taken_and_told() -> None:
    here = an_asking_world()
    receiver = here.receiver(here.sent())
    with time_machine.travel(AFTER, tick=False):
        shown = Client().get(address(receiver))
        Client().post(address(receiver), FILLED)

    assert "trả lời chậm" in shown.text
    assert Answer.objects.get().is_late


def test_a_closed_request_says_so_kindly_and_takes_nothing() -> None:
    here = an_asking_world()
    request = here.sent()
    receiver = here.receiver(request)
    close_request(request_id=request.pk, actor=here.actor("specialist"), at=BEFORE)
    with time_machine.travel(BEFORE, tick=False):
        shown, posted = Client().get(address(receiver)), Client().post(address(receiver), FILLED)

    assert shown.status_code == 200
    assert "đã chốt số liệu" in shown.text
    assert posted.status_code == 409
    assert not Answer.objects.exists()


def test_a_link_that_ended_was_revoked_or_renewed_opens_nothing() -> None:
    here = an_asking_world()
    request = here.sent()
    first, second = here.receiver(request), here.receiver(request, "D2")
    before = address(first)
    renew_link(receiver_id=first.pk, actor=here.actor("specialist"), at=BEFORE)
    gone = address(second)
    revoke_link(receiver_id=second.pk, actor=here.actor("specialist"), at=BEFORE)
    first.refresh_from_db()

    with time_machine.travel(BEFORE, tick=False):
        assert [Client().get(url).status_code for url in (before, gone, address(first))] == [404, 404, 200]
    with time_machine.travel(DUE + timedelta(days=LINK_DAYS, minutes=1), tick=False):
        ended = Client().get(address(first))
    assert "đã hết hạn" in ended.text
    assert "o-c1" not in ended.text


def test_guessing_is_stopped_and_a_busy_link_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "FOREIGN_TRIES", 2)
    monkeypatch.setattr(answering, "TRIES_OF_A_LINK", 2)
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())
        foreign = reverse("requests:link", args=["b" * 36])

        guesses = [Client().get(foreign).status_code for _time in range(3)]
        busy = [Client().get(address(receiver)).status_code for _time in range(3)]

    assert guesses == [404, 404, 429]
    assert busy == [200, 200, 429]


def test_a_draft_has_no_link() -> None:
    here = an_asking_world()

    assert {one.link_key for one in here.drafted().receivers.all()} == {""}


def test_the_holder_of_a_link_may_nothing_else() -> None:
    holder = LinkHolder("Huyện Bắc Sơn", 1, "Vàng A Sử", TODAY)

    assert holder.may("requests.answer_by_link") is not None
    assert holder.may("requests.ask", "telecom", 1) is None
    assert holder.reaches("requests.follow") == ()


@given(st.text(max_size=60))
def test_a_token_that_we_did_not_make_has_no_key(text: str) -> None:
    assert key_of(text) is None


def test_a_token_gives_its_key_and_one_letter_more_or_other_gives_none() -> None:
    key = new_key()
    made = token_of(key)

    assert key_of(made) == key
    assert key_of(made + "a") is None
    assert key_of(("A" if made[0] != "A" else "B") + made[1:]) is None
