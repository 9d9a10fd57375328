"""From the plan to the notice, and what goes wrong on the way."""

from dataclasses import replace
from datetime import date, time

import pytest

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.files.services import TooLarge
from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.queries.lists import state, with_course
from diaban.work.difficulties.rules import State
from diaban.work.difficulties.services import answer, raise_difficulty
from diaban.work.directives.models import Directive
from diaban.work.meetings import services
from diaban.work.meetings.models import Attendee, Conclusion, Meeting, Statement
from diaban.work.meetings.permissions import visible_conclusions, visible_meetings
from diaban.work.meetings.queries.things import meeting_page
from diaban.work.meetings.queries.weeks import lines_between
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.tests.worlds import HELD, NOW, TODAY, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def test_nobody_is_in_two_places_at_once(here: Gathering) -> None:
    visit = here.visit()
    here.stop(visit)

    with pytest.raises(NotPossible, match="Nguyễn Văn Giang"):
        here.stop(visit, unit="D2", host="ubnd_d2", start=10)
    here.stop(visit, unit="D2", host="ubnd_d2", start=13)

    assert visit.stops.count() == 2


def test_late_invitations_need_a_reason(here: Gathering) -> None:
    meeting = here.planned()
    late = date(2026, 3, 20)

    with pytest.raises(NotPossible, match="18/03/2026"):
        services.convene(meeting_id=meeting.pk, actor=here.actor("clerk", late), at=later(4))
    services.convene(meeting_id=meeting.pk, urgent_reason="Bão", actor=here.actor("clerk", late), at=later(4))

    assert Meeting.objects.get(pk=meeting.pk).urgent_reason == "Bão"


def test_who_is_asked_sees_it_and_owes_an_update(here: Gathering) -> None:
    planned = here.planned()
    officer = here.actor("district_officer")
    assert not visible_meetings(officer).filter(pk=planned.pk).exists()

    services.convene(meeting_id=planned.pk, actor=here.actor("clerk"), at=NOW)
    owed = Obligation.objects.get(kind="meetings.update")
    services.file_update(meeting_id=planned.pk, answers={"results": "Đã cấp 12 giấy phép"}, actor=officer, at=NOW)

    assert visible_meetings(officer).filter(pk=planned.pk).exists()
    assert (owed.owner_id, owed.due_on, owed.is_asked) == (here.office("phong_d1"), date(2026, 3, 20), True)
    assert Obligation.objects.get(pk=owed.pk).fulfilled_at == NOW
    assert not visible_meetings(here.actor("other_enterprise")).filter(pk=planned.pk).exists()


def test_a_moved_meeting_tells_everybody_and_keeps_its_old_day(here: Gathering) -> None:
    meeting = here.convened()
    told = Notice.objects.count()
    services.answer_invitation(
        attendee_id=meeting.attendees.get(capacity="reporting").pk, answer="present", note="",
        actor=here.actor("district_officer"), at=NOW,
    )  # fmt: skip

    services.move_meeting(
        meeting_id=meeting.pk, held_on=date(2026, 3, 25), starts_at=time(14), ends_at=time(16), place="Phòng họp 2",
        reason="Trùng lịch UBND tỉnh", actor=here.actor("clerk"), at=NOW,
    )  # fmt: skip

    days = [(one.on, one.is_struck) for one in lines_between(here.office("so"), TODAY, date(2026, 3, 31))]
    assert days == [(HELD, True), (date(2026, 3, 25), False)]
    assert Notice.objects.count() > told
    assert not meeting.attendees.exclude(answer="").exists()
    assert Obligation.objects.get(kind="meetings.update").due_on == date(2026, 3, 24)


def test_a_move_needs_a_reason_once_invitations_are_out(here: Gathering) -> None:
    meeting = here.convened()

    with pytest.raises(NotPossible, match="lý do"):
        services.move_meeting(
            meeting_id=meeting.pk, held_on=HELD, starts_at=time(14), ends_at=time(16), place="Phòng 2", reason="",
            actor=here.actor("clerk"), at=NOW,
        )  # fmt: skip


def test_two_secretaries_lose_nothing(here: Gathering) -> None:
    meeting = here.running()
    clerk, specialist = here.actor("clerk", HELD), here.actor("specialist", HELD)
    first = services.write_statement(
        meeting_id=meeting.pk, speaker="Ông A", text="Thiếu người", actor=clerk, at=later(7)
    )
    services.write_statement(meeting_id=meeting.pk, speaker="Bà B", text="Thiếu tiền", actor=specialist, at=later(7))
    services.write_statement(
        meeting_id=meeting.pk, speaker="Ông A", text="Thiếu 2 người", statement_id=first.pk, expected_revision=1,
        actor=specialist, at=later(7),
    )  # fmt: skip

    with pytest.raises(StaleRevision):
        services.write_statement(
            meeting_id=meeting.pk, speaker="Ông A", text="Thiếu 3 người", statement_id=first.pk, expected_revision=1,
            actor=clerk, at=later(7),
        )  # fmt: skip

    assert set(Statement.objects.values_list("text", flat=True)) == {"Thiếu 2 người", "Thiếu tiền"}


def test_someone_without_an_account_is_marked_by_his_code(here: Gathering) -> None:
    meeting = here.running()
    guest = Attendee.objects.get(meeting=meeting, name="Nguyễn Văn Khách")

    services.mark_by_code(meeting_id=meeting.pk, code=guest.code.lower(), actor=here.actor("clerk", HELD), at=later(7))

    guest.refresh_from_db()
    assert guest.presence == "present"


def test_a_meeting_ends_when_everybody_is_marked(here: Gathering) -> None:
    meeting = here.running()

    with pytest.raises(NotPossible, match="3 đại biểu"):
        services.close_meeting(meeting_id=meeting.pk, actor=here.actor("clerk", HELD), at=later(7))


def test_a_file_too_large_is_refused_and_nothing_is_kept(here: Gathering, settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024  # type: ignore[attr-defined] # pytest-django's settings take any name
    meeting = here.running()

    with pytest.raises(TooLarge):
        services.bring_file(
            meeting_id=meeting.pk, kind="report", content=b"%PDF-" + b"0" * 2000, title="bao-cao.pdf",
            actor=here.actor("clerk", HELD), at=later(7),
        )  # fmt: skip

    assert not meeting.brought.exists()


def test_the_notice_is_owed_and_makes_directives_by_mode(here: Gathering) -> None:
    held = here.held()
    owed = Obligation.objects.get(kind="meetings.notice")
    said = services.Said("directive", "Bố trí cán bộ", "it", (here.office("ubnd_d1"),), date(2026, 4, 30))
    one = services.conclude(meeting_id=held.pk, said=said, actor=here.actor("clerk", HELD), at=later(7))
    assert not visible_conclusions(here.actor("district_officer", HELD)).exists()

    with pytest.raises(NotPermitted):
        services.issue_notice(meeting_id=held.pk, actor=here.actor("clerk", HELD), at=later(7))
    services.issue_notice(meeting_id=held.pk, actor=here.actor("director", HELD), at=later(7))

    directive = Directive.objects.get(origin_kind="meetings.conclusion", origin_id=one.pk)
    assert (owed.due_on, directive.mode, directive.due_on) == (date(2026, 3, 30), "request", date(2026, 4, 30))
    assert Obligation.objects.get(pk=owed.pk).fulfilled_at == later(7)
    assert visible_conclusions(here.actor("district_officer", HELD)).get() == one


def test_a_conclusion_for_nobody_is_no_directive(here: Gathering) -> None:
    held = here.held()

    with pytest.raises(NotPossible, match="nơi nhận"):
        services.conclude(
            meeting_id=held.pk,
            said=services.Said("directive", "Làm tốt hơn", "it"),
            actor=here.actor("clerk", HELD),
            at=later(7),
        )


def test_a_withdrawn_conclusion_stays_and_takes_its_directive_along(here: Gathering) -> None:
    meeting = here.concluded()
    one = Conclusion.objects.get(meeting=meeting)

    with pytest.raises(NotPossible):
        services.withdraw_conclusion(conclusion_id=one.pk, reason="", actor=here.actor("director", HELD), at=later(8))
    services.withdraw_conclusion(
        conclusion_id=one.pk, reason="Trái quy định", actor=here.actor("director", HELD), at=later(8)
    )

    one.refresh_from_db()
    assert one.withdrawn_reason == "Trái quy định"
    assert Directive.objects.get().withdrawn_at == later(8)
    assert not Obligation.objects.open().filter(kind="directives.task").exists()


def test_the_next_meeting_begins_with_the_last_conclusions(here: Gathering) -> None:
    first = here.concluded()
    plan = here.plan(on=date(2026, 6, 22), period="stat:2026-Q2")
    second = services.plan_meeting(shape="briefing", plan=plan, actor=here.actor("specialist", HELD), at=later(8))

    page = meeting_page(here.actor("specialist", HELD), second, HELD)

    assert page.before_meeting == first
    assert page.before[0].counts.open_in_time == 1


def test_a_cancelled_meeting_is_owed_nothing(here: Gathering) -> None:
    meeting = here.convened()

    services.cancel_meeting(meeting_id=meeting.pk, reason="Bão", actor=here.actor("clerk"), at=NOW)

    assert not Obligation.objects.open().filter(kind="meetings.update").exists()
    assert [one.is_struck for one in lines_between(here.office("ubnd_d1"), HELD, HELD)] == [True]


def test_others_may_not_convene(here: Gathering) -> None:
    meeting = here.convened()

    with pytest.raises(NotPermitted):
        services.cancel_meeting(meeting_id=meeting.pk, reason="x", actor=here.actor("district_leader"), at=NOW)


def test_what_was_asked_for_before_a_meeting_is_not_waited_for_after_it(here: Gathering) -> None:
    meeting = here.running()
    owed = Obligation.objects.open().filter(kind="meetings.update").get()

    here.ended(meeting)

    owed.refresh_from_db()
    assert (owed.closed_reason, owed.closed_note) == ("withdrawn", "Cuộc họp đã kết thúc")


def test_the_notice_fulfils_the_duty_of_the_period(here: Gathering) -> None:
    owed = here.owed_briefing()
    clerk, director = here.actor("clerk", HELD), here.actor("director", HELD)
    meeting = services.plan_meeting(
        shape="briefing", plan=here.plan(), obligation_id=owed.pk, actor=here.actor("specialist"), at=NOW
    )
    asked = [services.Someone(organisation_id=here.office("ubnd_d1"))]
    services.ask_to_meeting(meeting_id=meeting.pk, people=asked, actor=here.actor("specialist"), at=NOW)
    services.convene(meeting_id=meeting.pk, actor=here.actor("clerk"), at=NOW)
    services.open_meeting(meeting_id=meeting.pk, actor=clerk, at=later(7))
    services.mark_presence(
        attendee_id=meeting.attendees.get().pk, presence="absent", reason="Bão", actor=clerk, at=later(7)
    )
    services.close_meeting(meeting_id=meeting.pk, actor=clerk, at=later(7))
    services.conclude(meeting_id=meeting.pk, said=services.Said("remark", "Đạt", "it"), actor=clerk, at=later(7))

    services.issue_notice(meeting_id=meeting.pk, actor=director, at=later(8))

    assert Obligation.objects.get(pk=owed.pk).fulfilled_at == later(8)


def test_a_briefing_within_another_meeting_fulfils_it_with_that_ones_minutes(here: Gathering) -> None:
    owed = here.owed_briefing()

    meeting = services.record_combined(
        obligation_id=owed.pk, held_on=HELD, combined_with="Phiên họp tháng 3", summary="Đạt kế hoạch quý",
        content=b"%PDF-1.4 minutes", title="bien-ban.pdf", actor=here.actor("clerk", HELD), at=later(7),
    )  # fmt: skip

    assert Obligation.objects.get(pk=owed.pk).fulfilled_at == later(7)
    assert meeting.brought.count() == 1


def a_matter(here: Gathering) -> Difficulty:
    return raise_difficulty(
        kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content="Trạm phát sóng hỏng",
        organisation_id=here.office("ubnd_d1"), received_on=TODAY, actor=here.actor("district_officer"), at=NOW,
    )  # fmt: skip


def test_a_conclusion_answers_a_difficulty_with_the_notice_and_takes_it_back(here: Gathering) -> None:
    matter, held = a_matter(here), here.held()
    said = services.Said("answer", "Sửa trạm trước mùa mưa", "telecom", due_on=date(2026, 4, 30),
                         difficulty_id=matter.pk, result="will_resolve")  # fmt: skip
    one = services.conclude(meeting_id=held.pk, said=said, actor=here.actor("clerk", HELD), at=later(7))
    work = Obligation.objects.filter(subject_kind="difficulties.difficulty", subject_id=matter.pk).order_by("pk")
    before = [each.is_open for each in work.all()]

    services.issue_notice(meeting_id=held.pk, actor=here.actor("director", HELD), at=later(7))
    given = matter.answers.get()
    answered = [(each.kind, each.is_open) for each in work.all()]
    services.withdraw_conclusion(
        conclusion_id=one.pk, reason="Nhầm trạm", actor=here.actor("director", HELD), at=later(8)
    )

    given.refresh_from_db()
    first, promised, again = work.all()
    assert before == [True]
    assert (given.result, given.promised_on, given.text) == (
        "will_resolve",
        date(2026, 4, 30),
        "Sửa trạm trước mùa mưa",
    )
    assert "Giao ban quý I" in given.document
    assert answered == [("difficulties.answer", False), ("difficulties.promised", True)]
    assert "Nhầm trạm" in given.withdrawn_reason
    assert (first.fulfilled_at, promised.closed_reason, again.is_open) == (later(7), "withdrawn", True)
    assert (again.kind, again.due_on) == ("difficulties.again", first.due_on)
    assert state(with_course(Difficulty.objects.all()).get()) is State.RECEIVED


def test_what_another_office_answers_meanwhile_is_not_concluded(here: Gathering) -> None:
    matter, held = a_matter(here), here.held()
    said = services.Said("answer", "Đã sửa", "telecom", difficulty_id=matter.pk, result="resolved")
    services.conclude(meeting_id=held.pk, said=said, actor=here.actor("clerk", HELD), at=later(7))
    answer(difficulty_id=matter.pk, result="resolved", text="Đã sửa", actor=here.actor("specialist", HELD), at=later(7))

    with pytest.raises(NotPossible, match="không còn xử lý"):
        services.issue_notice(meeting_id=held.pk, actor=here.actor("director", HELD), at=later(7))

    assert Meeting.objects.get(pk=held.pk).concluded_at is None


def test_a_stop_without_words_is_at_the_committee_of_its_place(here: Gathering) -> None:
    visit = here.visit()
    plan = replace(here.plan(unit="D1", period=""), title="", place="")

    stop = services.plan_stop(visit_id=visit.pk, plan=plan, host_ids=[], actor=here.actor("specialist"), at=NOW)

    assert (stop.title, stop.place) == ("Làm việc với huyện Bắc Sơn", "Trụ sở Ủy ban nhân dân huyện Bắc Sơn")
    assert [one.organisation_id for one in stop.attendees.filter(capacity="host")] == [here.office("ubnd_d1")]


def test_every_stop_is_convened_at_once_or_none(here: Gathering) -> None:
    visit = here.visit()
    here.stop(visit)
    here.stop(visit, unit="D2", host="ubnd_d2", start=14)

    with pytest.raises(services.NotPossible):
        services.convene_stops(visit_id=visit.pk, actor=here.actor("clerk", HELD), at=later(7))
    assert not visit.stops.filter(convened_at__isnull=False).exists()
    sent = services.convene_stops(visit_id=visit.pk, actor=here.actor("clerk"), at=NOW)

    assert len(sent) == 2
    with pytest.raises(services.NotPossible):
        services.convene_stops(visit_id=visit.pk, actor=here.actor("clerk"), at=NOW)


def test_the_rest_is_marked_present_but_not_who_said_to_stay_away(here: Gathering) -> None:
    meeting = here.convened()
    first, *_others, last = meeting.attendees.all()
    Attendee.objects.filter(pk=last.pk).update(answer="absent")
    services.open_meeting(meeting_id=meeting.pk, actor=here.actor("clerk", HELD), at=later(7))
    keeper = here.actor("clerk", HELD)
    services.mark_presence(attendee_id=first.pk, presence="absent", actor=keeper, at=later(7))

    marked = services.mark_rest_present(meeting_id=meeting.pk, actor=keeper, at=later(7))

    assert marked == meeting.attendees.count() - 2
    assert [one.presence for one in meeting.attendees.filter(pk__in=[first.pk, last.pk])] == ["absent", ""]
    with pytest.raises(NotPermitted):
        services.mark_rest_present(meeting_id=meeting.pk, actor=here.actor("district_officer", HELD), at=later(7))


def said_at(here: Gathering, meeting: Meeting) -> Statement:
    return services.write_statement(
        meeting_id=meeting.pk,
        speaker="Phó Chủ tịch",
        text="Thiếu máy chủ",
        actor=here.actor("clerk", HELD),
        at=later(7),
    )


def written_down(here: Gathering, said: Statement, office: str = "phong_d1", persona: str = "clerk") -> Difficulty:
    return services.write_difficulty(
        statement_id=said.pk, organisation_id=here.office(office), field_code="it", content=said.text,
        gravity="normal", actor=here.actor(persona, HELD), at=later(7),
    )  # fmt: skip


def test_what_is_said_becomes_a_difficulty_of_who_said_it(here: Gathering) -> None:
    meeting = here.running()

    made = written_down(here, said_at(here, meeting))

    raising = made.raisings.get()
    assert (raising.organisation_id, made.received_on) == (here.office("phong_d1"), HELD)
    assert "Văn thư" in raising.raised_by
    assert Notice.objects.filter(
        subject_kind="difficulties.difficulty", account=here.world.accounts["district_officer"]
    ).exists()
    page = meeting_page(here.actor("clerk", HELD), meeting, HELD)
    assert [one.difficulty for one in page.raised] == [made]


def test_the_same_words_are_written_down_once_and_only_for_who_was_asked(here: Gathering) -> None:
    said = said_at(here, here.running())
    written_down(here, said)

    with pytest.raises(NotPossible, match="đã ghi thành kiến nghị"):
        written_down(here, said)
    with pytest.raises(NotPossible, match="được mời họp"):
        written_down(here, said_at(here, said.meeting), office="ubnd_d2")
    with pytest.raises(NotPermitted):
        written_down(here, said_at(here, said.meeting), persona="district_officer")
    assert Difficulty.objects.count() == 1
