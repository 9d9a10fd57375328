"""Where a rule of planning and holding just holds, and where it just does not."""

from datetime import date, time, timedelta

import pytest

from diaban.foundation.obligations.models import Obligation
from diaban.work.meetings import services
from diaban.work.meetings.models import Attendee, Meeting, Timing
from diaban.work.meetings.services import NotPossible, Someone
from diaban.work.meetings.services.convening import days_of_rule
from diaban.work.meetings.tests.worlds import HELD, NOW, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def other_meeting(here: Gathering, start: int) -> Meeting:
    """Another of that day, chaired by the director too."""
    plan = here.plan(start=start, period="")
    made = services.plan_meeting(shape="other", plan=plan, actor=here.actor("specialist"), at=NOW)
    services.ask_to_meeting(
        meeting_id=made.pk, people=[Someone(person_id=here.person("director"))], actor=here.actor("specialist"), at=NOW
    )
    return made


def moved_to(here: Gathering, meeting: Meeting, hour: int) -> Meeting:
    return services.move_meeting(
        meeting_id=meeting.pk, held_on=HELD, starts_at=time(hour), ends_at=time(hour + 3), place="Phòng 2", reason="Trùng",
        actor=here.actor("clerk"), at=NOW,
    )  # fmt: skip


def test_the_notice_is_owed_from_the_day_of_the_meeting_however_late_it_is_ended(here: Gathering) -> None:
    meeting, after = here.running(), HELD + timedelta(days=2)
    for one in Attendee.objects.filter(meeting=meeting):
        services.mark_presence(attendee_id=one.pk, presence="present", actor=here.actor("clerk", after), at=later(9))

    services.close_meeting(meeting_id=meeting.pk, actor=here.actor("clerk", after), at=later(9))

    assert Obligation.objects.get(kind="meetings.notice").due_on == date(2026, 3, 30)


def test_nobody_begins_before_the_day(here: Gathering) -> None:
    meeting = here.convened()

    with pytest.raises(NotPossible, match="Chưa đến ngày họp"):
        services.open_meeting(meeting_id=meeting.pk, actor=here.actor("clerk", HELD - timedelta(days=1)), at=later(6))


def test_a_meeting_is_not_moved_to_where_its_chair_is_elsewhere_unless_that_is_off(here: Gathering) -> None:
    meeting, other = here.convened(), other_meeting(here, start=14)

    with pytest.raises(NotPossible, match="Nguyễn Văn Giang"):
        moved_to(here, meeting, 13)
    services.cancel_meeting(meeting_id=other.pk, reason="Hoãn", actor=here.actor("clerk"), at=NOW)

    assert moved_to(here, meeting, 13).starts_at == time(13)


def test_who_is_absent_here_may_be_elsewhere(here: Gathering) -> None:
    meeting = here.running()
    chair = Attendee.objects.get(meeting=meeting, capacity="chair")
    services.mark_presence(
        attendee_id=chair.pk, presence="absent", reason="Bận", actor=here.actor("clerk", HELD), at=later(7)
    )

    assert other_meeting(here, start=8).attendees.count() == 1


def test_a_visit_has_one_leader_and_its_stops_within_its_days(here: Gathering) -> None:
    visit = here.visit()
    late = here.plan(on=date(2026, 3, 28), unit="D1")
    two = [Someone(person_id=here.person(name), role="leader") for name in ("director", "deputy")]

    with pytest.raises(NotPossible, match="những ngày của đoàn"):
        services.plan_stop(
            visit_id=visit.pk, plan=late, host_ids=[here.office("ubnd_d1")], actor=here.actor("specialist"), at=NOW
        )
    with pytest.raises(NotPossible, match="đúng một trưởng đoàn"):
        services.set_members(visit_id=visit.pk, members=two, actor=here.actor("specialist"), at=NOW)
    assert visit.members.count() == 2


def test_what_was_issued_is_withdrawn_for_a_reason(here: Gathering) -> None:
    conclusion = here.concluded().conclusions.get()

    with pytest.raises(NotPossible, match="Ghi lý do thu hồi"):
        services.withdraw_conclusion(
            conclusion_id=conclusion.pk, reason=" ", actor=here.actor("director", HELD), at=later(7)
        )


def test_before_the_decision_of_2018_no_rule_says_when_invitations_go_out(here: Gathering) -> None:
    assert days_of_rule(Timing.What.INVITATION, date(2018, 12, 24)) is None
    assert days_of_rule(Timing.What.INVITATION, date(2018, 12, 25)) == 3
