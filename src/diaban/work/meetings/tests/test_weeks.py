"""The weekly calendar: drawn from meetings, written, approved, published, changed and told."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from diaban.foundation.accounts.models import Notice
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.documents.wide_pdf import wide_pdf
from diaban.work.meetings import services
from diaban.work.meetings.models import Entry, Week
from diaban.work.meetings.permissions import visible_weeks
from diaban.work.meetings.queries.weeks import Line, changes_of, days_of, lines_between, mine
from diaban.work.meetings.rules import Mark, monday_of
from diaban.work.meetings.services import EntryPlan, NotPossible, Someone
from diaban.work.meetings.tests.worlds import HELD, NOW, TODAY, Gathering, a_gathering, later
from diaban.work.meetings.week_paper import table_of, week_table

pytestmark = pytest.mark.django_db
SUNDAY = HELD + timedelta(days=6)


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def drafted(here: Gathering) -> Week:
    return services.draft_week(starts_on=date(2026, 3, 25), actor=here.actor("clerk"), at=NOW)


def published(here: Gathering, week: Week | None = None) -> Week:
    week = week or drafted(here)
    services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=NOW)
    return services.publish_week(week_id=week.pk, actor=here.actor("clerk"), at=NOW)


def plan(here: Gathering, start: int = 14, chair: str = "deputy") -> EntryPlan:
    return EntryPlan(
        on=HELD, content="Duyệt đề án", starts_at=time(start), ends_at=time(start + 2), place="Phòng họp 2",
        people=(Someone(person_id=here.person(chair), role="chair"), Someone(organisation_id=here.office("ubnd_d2"))),
    )  # fmt: skip


def lines(here: Gathering, body: str = "so") -> list[Line]:
    return lines_between(here.office(body), HELD, SUNDAY)


def test_a_week_begins_on_its_monday_and_is_begun_once(here: Gathering) -> None:
    first, again = drafted(here), drafted(here)

    assert first.starts_on == HELD == monday_of(SUNDAY)
    assert again.pk == first.pk


def test_meetings_stand_in_the_calendar_without_being_typed(here: Gathering) -> None:
    here.stop(here.visit())
    services.add_entry(week_id=drafted(here).pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)

    found = lines(here)

    assert [(line.hours, line.content, line.chair) for line in found] == [
        ("08:00-11:00", "Giao ban quý I", "Nguyễn Văn Giang, Giám đốc"),
        ("14:00-16:00", "Duyệt đề án", "Trần Thị Phương, Phó Giám đốc"),
    ]


def test_an_office_that_is_asked_finds_it_in_its_own_calendar_once_it_is_out(here: Gathering) -> None:
    week = drafted(here)
    services.add_entry(week_id=week.pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)
    before = lines(here, "ubnd_d2")

    published(here, week)

    assert before == []
    assert [(line.content, line.host) for line in lines(here, "ubnd_d2")] == [
        ("Duyệt đề án", "Sở Thông tin và Truyền thông tỉnh Sơn Lâm")
    ]


def test_nobody_takes_two_chairs_at_once(here: Gathering) -> None:
    here.planned()
    week = drafted(here)

    with pytest.raises(NotPossible, match="Nguyễn Văn Giang đã có mặt"):
        services.add_entry(week_id=week.pk, plan=plan(here, 9, "director"), actor=here.actor("clerk"), at=NOW)


def test_a_meeting_is_not_called_for_an_hour_that_the_calendar_has_taken(here: Gathering) -> None:
    week = drafted(here)
    services.add_entry(week_id=week.pk, plan=plan(here, 9, "director"), actor=here.actor("clerk"), at=NOW)

    with pytest.raises(NotPossible, match="Duyệt đề án"):
        here.planned()


def test_where_the_hours_are_not_said_a_clash_is_only_warned_of(here: Gathering) -> None:
    here.planned()
    vague = replace(plan(here, chair="director"), starts_at=None, ends_at=None, half="morning")

    services.add_entry(week_id=drafted(here).pk, plan=vague, actor=here.actor("clerk"), at=NOW)

    assert all("Nguyễn Văn Giang có thể trùng" in line.warning for line in lines(here))


def test_words_written_after_approval_need_approving_again(here: Gathering) -> None:
    week = drafted(here)
    services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=NOW)

    services.add_entry(week_id=week.pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)

    with pytest.raises(NotPossible, match="đã duyệt"):
        services.publish_week(week_id=week.pk, actor=here.actor("clerk"), at=NOW)


@pytest.mark.parametrize(("act", "who"), [("approve_week", "clerk"), ("publish_week", "specialist"), ("approve_week", "district_leader")])  # fmt: skip
def test_who_may_not_approve_or_publish(here: Gathering, act: str, who: str) -> None:
    week = drafted(here)

    with pytest.raises(NotPermitted):
        getattr(services, act)(week_id=week.pk, actor=here.actor(who), at=NOW)


def test_publishing_tells_the_office_and_whom_the_lines_name(here: Gathering) -> None:
    week = drafted(here)
    services.add_entry(week_id=week.pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)

    published(here, week)

    told = set(Notice.objects.values_list("account_id", flat=True))
    assert {here.world.accounts[name].pk for name in ("director", "specialist", "other_leader")} <= told
    assert here.world.accounts["district_leader"].pk not in told


def test_a_change_after_publication_needs_a_reason_is_kept_and_told(here: Gathering) -> None:
    week = drafted(here)
    entry = services.add_entry(week_id=week.pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)
    published(here, week)
    Notice.objects.all().delete()
    later_plan = replace(plan(here, 15), people=())

    with pytest.raises(NotPossible, match="lý do"):
        services.change_entry(entry_id=entry.pk, plan=later_plan, actor=here.actor("clerk"), at=later(1))
    services.change_entry(
        entry_id=entry.pk, plan=later_plan, reason="Họp Tỉnh ủy", actor=here.actor("clerk"), at=later(1)
    )

    [line] = lines(here)
    assert (line.mark, line.hours) == (Mark.CHANGED, "15:00-17:00")
    assert "14:00" in line.told
    assert "Họp Tỉnh ủy" in line.told
    assert here.world.accounts["deputy"].pk in Notice.objects.values_list("account_id", flat=True)
    assert len(changes_of(Week.objects.get(), [line])) == 1


def test_a_line_leaves_a_draft_and_stays_struck_in_what_was_published(here: Gathering) -> None:
    week = drafted(here)
    clerk = here.actor("clerk")
    gone, kept = (services.add_entry(week_id=week.pk, plan=plan(here, start), actor=clerk, at=NOW) for start in (8, 14))
    services.strike_entry(entry_id=gone.pk, actor=clerk, at=NOW)
    published(here, week)

    services.strike_entry(entry_id=kept.pk, reason="Hoãn", actor=clerk, at=later(1))

    assert Entry.objects.count() == 1
    assert [line.mark for line in lines(here)] == [Mark.STRUCK]


def test_a_meeting_that_moves_after_publication_shows_where_it_was_and_is_told(here: Gathering) -> None:
    meeting = here.planned()
    published(here)
    Notice.objects.all().delete()

    services.move_meeting(
        meeting_id=meeting.pk, held_on=HELD + timedelta(days=1), starts_at=time(8), ends_at=time(10), place="Phòng họp 1",
        reason="Chủ trì đi công tác", actor=here.actor("clerk"), at=later(1),
    )  # fmt: skip

    assert [(line.on.day, line.mark) for line in lines(here)] == [(23, Mark.MOVED), (24, Mark.CHANGED)]
    assert all("Chủ trì đi công tác" in line.told for line in lines(here))
    told = set(Notice.objects.values_list("account_id", flat=True))
    assert told == {here.world.accounts["director"].pk}


def test_what_moved_before_publication_is_not_told_again(here: Gathering) -> None:
    meeting = here.convened()
    services.move_meeting(
        meeting_id=meeting.pk, held_on=HELD + timedelta(days=1), starts_at=time(8), ends_at=time(10), place="Phòng họp 1",
        reason="Trùng lịch", actor=here.actor("clerk"), at=NOW,
    )  # fmt: skip

    week = drafted(here)
    services.approve_week(week_id=week.pk, actor=here.actor("section_head"), at=later(1))
    services.publish_week(week_id=week.pk, actor=here.actor("clerk"), at=later(1))

    assert [(line.on.day, line.mark) for line in lines(here)] == [(24, Mark.NONE)]


def test_one_finds_what_names_him_or_his_room(here: Gathering) -> None:
    here.planned()
    services.add_entry(week_id=drafted(here).pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)

    own = mine(lines(here), here.person("deputy"), here.office("so"))

    assert [line.content for line in own] == ["Duyệt đề án"]


def test_others_see_a_calendar_once_published_and_no_new_plans_in_it(here: Gathering) -> None:
    week = drafted(here)
    leader = here.actor("province_leader")
    hidden = visible_weeks(leader).exists()
    published(here, week)
    meeting = here.planned()
    meeting.planned_at = later(1)
    meeting.save()

    assert not hidden
    assert visible_weeks(leader).exists()
    assert not visible_weeks(here.actor("enterprise")).exists()
    assert lines_between(here.office("so"), HELD, SUNDAY, own=False) == []
    assert [line.mark for line in lines(here)] == [Mark.ADDED]


def test_the_paper_has_every_working_day_and_says_what_is_to_be_prepared(here: Gathering) -> None:
    meeting = here.convened()
    services.arrange(meeting_id=meeting.pk, preparation="Phòng BCVT", car="23A-1234", actor=here.actor("clerk"), at=NOW)
    week = published(here)

    table = week_table(week, lines(here))

    assert [row.cells[0].text for row in table.rows] == [
        "Thứ Hai\n23/03", "Thứ Ba\n24/03", "Thứ Tư\n25/03", "Thứ Năm\n26/03", "Thứ Sáu\n27/03",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[0].cells][-2:] == ["Phòng BCVT", "23A-1234"]
    assert wide_pdf(table).startswith(b"%PDF-")


def test_days_without_lines_are_shown_from_monday_to_friday() -> None:
    assert [day.on.weekday() for day in days_of([], HELD, TODAY)] == [0, 1, 2, 3, 4]


def test_the_paper_and_what_is_told_are_vietnamese_whatever_the_reader_reads(here: Gathering) -> None:
    week = drafted(here)
    vague = replace(plan(here), starts_at=None, ends_at=None, half="morning")
    entry = services.add_entry(week_id=week.pk, plan=vague, actor=here.actor("clerk"), at=NOW)
    week = published(here, week)

    with override("en"):
        services.strike_entry(entry_id=entry.pk, reason="Hoãn", actor=here.actor("clerk"), at=later(1))
        cells = [cell.text for row in table_of(week).rows for cell in row.cells]

    assert week.changes.get().before.startswith("sáng ngày 23/03/2026")
    assert "Sáng" in cells


def test_the_first_page_tells_a_leader_all_that_comes_and_others_their_own(here: Gathering) -> None:
    services.add_entry(week_id=drafted(here).pk, plan=plan(here), actor=here.actor("clerk"), at=NOW)
    with time_machine.travel(NOW, tick=False):
        director, deputy, specialist = (
            here.world.client(persona).get(reverse("meetings:coming")).content.decode()
            for persona in ("director", "deputy", "specialist")
        )

    assert "Duyệt đề án" in director
    assert "Duyệt đề án" in deputy
    assert "Duyệt đề án" not in specialist
