"""What goes wrong around a meeting, met at its pages: what is told, and what is kept."""

from datetime import date
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.urls import reverse

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.organisations.services.organisations import dissolve_organisation, succeed
from diaban.work.directives.models import Directive
from diaban.work.meetings import services
from diaban.work.meetings.models import Attendee, Conclusion, Meeting, Statement
from diaban.work.meetings.tests.worlds import HELD, NOW, a_gathering, later

pytestmark = pytest.mark.django_db


def at(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.uid])


def test_who_is_asked_reads_on_the_page_where_the_meeting_moved_and_answers_anew() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        meeting = here.convened()
        clerk, officer = here.world.client("clerk"), here.world.client("district_officer")
        place = meeting.attendees.get(capacity="reporting")
        officer.post(at("answer", meeting), {"nguoi": place.pk, "answer": "present"})

        typed = {"held_on": "2026-03-25", "starts_at": "14:00", "ends_at": "16:00", "place": "Phòng họp 2"}
        unsaid = clerk.post(at("move", meeting), typed, follow=True).content.decode()
        again = clerk.get(at("meeting", meeting)).content.decode()
        clerk.post(at("move", meeting), {**typed, "reason": "Trùng lịch UBND tỉnh"})

        assert "ghi lý do dời" in unsaid
        assert f'id="refused-form" data-action="{at("move", meeting)}"' in unsaid
        assert "<dd>Phòng họp 2</dd>" in unsaid
        assert "Phòng họp 2" not in again
        told = officer.get(reverse("accounts:notices")).content.decode()
        assert "Trùng lịch UBND tỉnh" in told
        assert "25/03/2026" in officer.get(at("meeting", meeting)).content.decode()
        assert Attendee.objects.get(pk=place.pk).answer == ""


def test_the_second_of_two_secretaries_is_shown_both_texts() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.running()
        clerk, specialist = here.world.client("clerk"), here.world.client("specialist")
        clerk.post(at("state", meeting), {"speaker": "Ông A", "text": "Thiếu người"})
        said = {"speaker": "Ông A", "statement": Statement.objects.get().pk, "revision": 1}
        specialist.post(at("state", meeting), {**said, "text": "Thiếu 2 người"})

        late = clerk.post(at("state", meeting), {**said, "text": "Thiếu 3 người"})

        assert late.status_code == 409
        assert "Thiếu 2 người" in late.content.decode()
        assert "Thiếu 3 người" in late.content.decode()
        assert Statement.objects.get().text == "Thiếu 2 người"


def test_findings_written_by_another_meanwhile_are_not_overwritten() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        stop = here.stop(here.visit())
        clerk, specialist = here.world.client("clerk"), here.world.client("specialist")
        clerk.post(at("convene", stop), {"urgent_reason": ""})
    with time_machine.travel(later(7), tick=False):
        clerk, specialist = here.world.client("clerk"), here.world.client("specialist")
        clerk.post(at("open", stop))
        revision = Meeting.objects.get(pk=stop.pk).revision
        specialist.post(at("findings", stop), {"text": "Thiết bị cũ", "revision": revision})

        late = clerk.post(at("findings", stop), {"text": "Thiếu người", "revision": revision})

        assert late.status_code == 409
        assert Meeting.objects.get(pk=stop.pk).findings == "Thiết bị cũ"
        assert f'name="revision" value="{revision + 1}"' in clerk.get(at("run_sheet", stop)).content.decode()


def test_a_guest_without_an_account_is_marked_by_his_code_and_stands_in_the_list() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.running()
        guest = Attendee.objects.get(meeting=meeting, name="Nguyễn Văn Khách")
        clerk = here.world.client("clerk")

        unknown = clerk.post(at("mark", meeting), {"ma": "????"}, follow=True).content.decode()
        clerk.post(at("mark", meeting), {"ma": guest.code.lower()})

        assert "Không có đại biểu mang mã này" in unknown
        assert Attendee.objects.get(pk=guest.pk).presence == "present"
        assert "Nguyễn Văn Khách" in clerk.get(at("delegates", meeting)).content.decode()


def test_a_conclusion_withdrawn_after_the_notice_is_struck_through_and_ends_its_task() -> None:
    with time_machine.travel(later(8), tick=False):
        here = a_gathering()
        meeting = here.concluded()
        conclusion = Conclusion.objects.get()
        director, receiver = here.world.client("director"), here.world.client("district_leader")

        director.post(at("withdraw", meeting), {"ket_luan": conclusion.pk, "reason": "Trùng việc"})

        directive = Directive.objects.get(origin_kind="meetings.conclusion", origin_id=conclusion.pk)
        page = receiver.get(at("meeting", meeting)).content.decode()
        task = receiver.get(reverse("directives:task", args=[directive.tasks.get().uid])).content.decode()
        assert directive.state == "withdrawn"
        assert "Trùng việc" in page
        assert "Thu hồi" in task


def test_a_receiver_merged_before_the_notice_is_turned_to_in_its_successor() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.held()
        typed = {
            "kind": "directive",
            "field_code": "it",
            "text": "Bố trí cán bộ",
            "receivers": [here.office("ubnd_d1")],
        }
        here.world.client("clerk").post(at("conclude", meeting), typed)
    with time_machine.travel(later(9), tick=False):
        given: dict[str, Any] = {
            "on": date(2026, 3, 25), "basis": "Nghị quyết", "at": later(9), "actor": SettingUp("tests", date(2026, 3, 25)),
        }  # fmt: skip
        succeed(predecessor_id=here.office("ubnd_d1"), successor_id=here.office("ubnd_d2"), **given)
        dissolve_organisation(organisation_id=here.office("ubnd_d1"), **given)

        here.world.client("director").post(at("issue", meeting), {})

        assert Directive.objects.get().tasks.get().organisation_id == here.office("ubnd_d2")


def test_with_the_mail_server_down_invitations_go_out_and_stand_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_letter: EmailMessage, *_args: object, **_kwargs: object) -> int:
        raise SMTPServerDisconnected("down")

    monkeypatch.setattr(EmailMessage, "send", down)
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        meeting = here.planned()

        answer = here.world.client("clerk").post(at("convene", meeting), {}, follow=True)

        assert answer.status_code == 200
        assert Notice.objects.filter(reason="Được mời họp").exists()
        assert "Được mời họp" in here.world.client("district_officer").get(reverse("accounts:notices")).content.decode()


def test_a_statement_is_written_down_as_a_difficulty_from_its_page() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.running()
        said = services.write_statement(
            meeting_id=meeting.pk, speaker="Ông A", text="Thiếu máy chủ", actor=here.actor("clerk", HELD), at=later(7)
        )
        client, url = here.world.client("clerk"), reverse("meetings:write_difficulty", args=[meeting.uid, said.pk])
        typed = {
            "organisation": here.office("phong_d1"),
            "field_code": "it",
            "content": "Thiếu máy chủ",
            "gravity": "normal",
        }

        blank = client.post(url, {**typed, "content": ""}).content.decode()
        told = client.post(url, typed, follow=True).content.decode()
        again = client.post(url, typed).content.decode()

        assert "is-invalid" in blank
        assert "Khó khăn, kiến nghị đã ghi" in told
        assert "đã ghi thành kiến nghị" in again
        assert "Thiếu máy chủ" in again


def test_the_run_sheet_of_a_concluded_meeting_is_read_only() -> None:
    with time_machine.travel(later(7), tick=False):
        here = a_gathering()
        meeting = here.running()
        services.write_statement(
            meeting_id=meeting.pk, speaker="Ông A", text="Thiếu máy chủ", actor=here.actor("clerk", HELD), at=later(7)
        )
        clerk, url = here.world.client("clerk"), at("run_sheet", meeting)

        open_page = clerk.get(url).content.decode()
        Meeting.objects.filter(pk=meeting.pk).update(closed_at=later(7), concluded_at=later(7))
        closed_page = clerk.get(url).content.decode()

        assert "Ghi thành kiến nghị" in open_page
        assert "Lưu ý kiến" in open_page
        assert "Thiếu máy chủ" in closed_page
        assert "Lưu ý kiến" not in closed_page
        assert "Ghi thành kiến nghị" not in closed_page
        assert 'value="absent"' not in closed_page
