"""A request is written, sent, ended: each act by whom it may be done, with what follows from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import Status
from diaban.work.requests.choosing import candidates
from diaban.work.requests.models import Answer, Column, Request
from diaban.work.requests.permissions import visible_requests
from diaban.work.requests.services import (
    NotPossible,
    close_request,
    discard_draft,
    extend_hour,
    reopen_request,
    rewrite_draft,
    send_request,
)
from diaban.work.requests.tests.worlds import AFTER, BEFORE, DUE, NOW, TODAY, an_asking_world

pytestmark = pytest.mark.django_db


def test_units_are_asked_in_the_person_of_whoever_reports() -> None:
    here = an_asking_world()

    districts = candidates("district", here.world.units["P"].pk, TODAY)
    communes = candidates("commune", here.world.units["P"].pk, TODAY)

    assert [one.organisation_id for one in districts.all] == [
        here.world.organisations["ubnd_d1"].pk,
        here.world.organisations["ubnd_d2"].pk,
    ]
    assert {group.name for group in communes.groups} <= {"Huyện Bắc Sơn", "Huyện Nam Sơn", "Bắc Sơn", "Nam Sơn"}


def test_enterprises_with_a_mandate_to_provide_are_asked() -> None:
    here = an_asking_world()

    names = [one.name for one in candidates("enterprise", here.world.units["P"].pk, TODAY).all]

    assert names == ["Bưu điện tỉnh Sơn Lâm", "Viettel Sơn Lâm", "VNPT Sơn Lâm"]


def test_sending_opens_an_obligation_a_link_and_a_notice_for_each() -> None:
    here = an_asking_world()

    request = here.sent()

    receivers = list(request.receivers.all())
    owed = Obligation.objects.filter(kind="requests.answer")
    assert {one.owner_id for one in owed} == {one.organisation_id for one in receivers}
    assert {one.due_on for one in owed} == {TODAY}
    assert len({one.link_key for one in receivers}) == len(receivers) == 2
    assert Notice.objects.filter(account=here.world.accounts["district_leader"]).count() == 1
    assert Entry.objects.filter(verb="requests.request_sent", subject_id=request.pk).count() == 1


def test_a_request_without_letter_basis_or_time_is_not_sent() -> None:
    here = an_asking_world()
    bare = here.drafted(letter_symbol="", letter_on=None, basis="")
    late = here.drafted(due_at=NOW - timedelta(minutes=1))

    with pytest.raises(NotPossible, match=r"công văn.*căn cứ"):
        send_request(request_id=bare.pk, actor=here.actor("specialist"), at=NOW)
    with pytest.raises(NotPossible, match="Giờ hạn"):
        send_request(request_id=late.pk, actor=here.actor("specialist"), at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=bare.pk).update(sent_at=NOW)


def test_only_whoever_manages_the_field_asks() -> None:
    here = an_asking_world()

    for persona in ("clerk", "auditor"):
        with pytest.raises(NotPermitted):
            here.world.actor(persona, TODAY).require("requests.ask", "telecom", here.world.units["P"].pk)
    request = here.drafted()
    with pytest.raises(NotPermitted):
        send_request(request_id=request.pk, actor=here.actor("district_leader"), at=NOW)


def test_a_draft_is_written_anew_and_seen_by_the_own_office_alone() -> None:
    here = an_asking_world()
    request = here.drafted()

    rewrite_draft(request_id=request.pk, content=here.content(title="Khác"), actor=here.actor("section_head"), at=NOW)

    assert Request.objects.get(pk=request.pk).title == "Khác"
    assert request.columns.count() == 6
    assert request in visible_requests(here.actor("director"))
    assert request not in visible_requests(here.actor("district_officer"))
    assert request not in visible_requests(here.actor("province_leader"))


def test_what_was_sent_stays() -> None:
    here = an_asking_world()
    request = here.sent()

    with pytest.raises(NotPossible):
        rewrite_draft(request_id=request.pk, content=here.content(), actor=here.actor("specialist"), at=NOW)
    with pytest.raises(NotPossible):
        discard_draft(request_id=request.pk, actor=here.actor("specialist"), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Column.objects.filter(request=request).update(label="khác")


def test_who_sees_a_sent_request_follows_from_its_sight() -> None:
    here = an_asking_world()

    office, ground = here.sent(sight="office"), here.sent(sight="ground")

    leader, auditor = here.actor("province_leader"), here.actor("auditor")
    assert set(visible_requests(leader)) == set(visible_requests(auditor)) == {ground}
    assert set(visible_requests(here.actor("district_officer"))) == {office, ground}
    assert set(visible_requests(here.actor("enterprise"))) == set()


def test_closing_ends_what_is_owed_and_reopening_asks_again() -> None:
    here = an_asking_world()
    request = here.sent()
    here.answered(here.receiver(request))

    close_request(request_id=request.pk, actor=here.actor("specialist"), at=BEFORE)

    assert not Obligation.objects.open().filter(kind="requests.answer").exists()
    reopen_request(request_id=request.pk, actor=here.actor("specialist"), at=BEFORE)
    again = Obligation.objects.open().get(kind="requests.answer")
    assert again.owner_id == here.world.organisations["ubnd_d2"].pk
    assert Request.objects.get(pk=request.pk).is_open


def test_an_extension_keeps_the_first_hour_and_never_makes_a_late_answer_timely() -> None:
    here = an_asking_world()
    request = here.sent()
    late = here.answered(here.receiver(request), at=AFTER)

    extended = extend_hour(
        request_id=request.pk,
        due_at=DUE + timedelta(days=1),
        reason="mưa lũ",
        actor=here.actor("specialist"),
        at=AFTER,
    )

    assert (extended.original_due_at, extended.is_extended) == (DUE, True)
    assert Answer.objects.get(pk=late.pk).is_late
    owed = Obligation.objects.open().get(kind="requests.answer")
    assert (owed.due_on, owed.original_due_on) == (TODAY + timedelta(days=1), TODAY)
    assert owed.status_on(TODAY + timedelta(days=1)) == Status.DUE_TODAY
    entry = Entry.objects.get(verb="requests.hour_extended")
    assert entry.changes["reason"] == ["", "mưa lũ"]
    with pytest.raises(NotPossible):
        extend_hour(request_id=request.pk, due_at=DUE, reason="", actor=here.actor("specialist"), at=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(due_at=DUE - timedelta(hours=1))
