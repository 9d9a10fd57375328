"""The year's programme: its rows stand by what carries them out."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document as Word

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.wide_xlsx import wide_xlsx
from diaban.foundation.links.models import Link
from diaban.work.directives import services as directives
from diaban.work.directives.models import Task
from diaban.work.meetings import services
from diaban.work.meetings.models import Item, Meeting, Programme
from diaban.work.meetings.permissions import visible_programmes
from diaban.work.meetings.programme_paper import programme_paper, programme_table
from diaban.work.meetings.queries.programmes import Row, counts_of, rows_of
from diaban.work.meetings.rules import due_day, finished_on
from diaban.work.meetings.services import ItemPlan, NotPossible
from diaban.work.meetings.tests.worlds import HELD, NOW, TODAY, Gathering, a_gathering, later


@pytest.fixture
def here(db: None) -> Gathering:
    return a_gathering()


def drafted(here: Gathering, kind: str = "work") -> Programme:
    return services.draft_programme(kind=kind, year=2026, basis="QĐ 1/QĐ-UBND", actor=here.actor("specialist"), at=NOW)


def plan(
    here: Gathering,
    content: str = "Tổng kết quý",
    lead: str = "phong_bcvt",
    *,
    month: int | None = 3,
    quarter: int | None = None,
) -> ItemPlan:
    return ItemPlan(
        content=content,
        field_code="it",
        organisation_id=here.office(lead),
        product="Báo cáo",
        month=month,
        quarter=quarter,
    )


def an_item(here: Gathering, month: int | None = 3, quarter: int | None = None) -> Item:
    return services.add_item(
        programme_id=drafted(here).pk,
        plan=plan(here, month=month, quarter=quarter),
        actor=here.actor("specialist"),
        at=NOW,
    )


def row(here: Gathering, on: date = TODAY) -> Row:
    return rows_of(here.actor("specialist", on), Programme.objects.get(), on)[0]


@pytest.mark.parametrize(
    ("month", "quarter", "day"),
    [(2, None, date(2028, 2, 29)), (12, None, date(2028, 12, 31)), (None, 2, date(2028, 6, 30)), (None, None, date(2028, 12, 31))],
)  # fmt: skip
def test_a_row_is_due_on_the_last_day_it_names(month: int | None, quarter: int | None, day: date) -> None:
    assert due_day(2028, month, quarter) == day


def test_several_things_are_finished_with_the_last_of_them() -> None:
    early, late = date(2026, 1, 5), date(2026, 2, 5)

    assert finished_on([late, early]) == late
    assert finished_on([late, None]) is None
    assert finished_on([]) is None


def test_of_nothing_a_row_is_not_done_and_in_the_end_overdue(here: Gathering) -> None:
    item = an_item(here)

    assert item.due_on == date(2026, 3, 31)
    assert [row(here, on).status for on in (TODAY, date(2026, 3, 31), date(2026, 4, 1))] == [
        "not_due",
        "due_today",
        "overdue",
    ]


def test_a_meeting_that_was_held_carries_a_row_out_on_its_day(here: Gathering) -> None:
    item = an_item(here)
    meeting = here.held()

    services.carry_out(item_id=item.pk, by=subject_of(meeting), actor=here.actor("specialist"), at=NOW)

    found = row(here, HELD)
    assert (found.status, found.done_on) == ("done_on_time", HELD)
    assert counts_of([found]).on_time == 1


def test_a_meeting_that_was_called_off_counts_no_more(here: Gathering) -> None:
    item = an_item(here)
    meeting = services.plan_meeting_for(
        item_id=item.pk, shape="other", plan=here.plan(), actor=here.actor("specialist"), at=NOW
    )
    standing = len(row(here).means)

    services.cancel_meeting(meeting_id=meeting.pk, reason="Hoãn", actor=here.actor("clerk"), at=NOW)

    assert (standing, len(row(here).means)) == (1, 0)


def test_a_visit_is_done_with_its_last_stop(here: Gathering) -> None:
    item = an_item(here)
    visit = here.visit()
    services.carry_out(item_id=item.pk, by=subject_of(visit), actor=here.actor("specialist"), at=NOW)
    here.stop(visit)
    here.stop(visit, "D2", "ubnd_d2", 14)
    Meeting.objects.filter(unit=here.world.units["D1"]).update(convened_at=NOW, opened_at=NOW, closed_at=NOW)
    half_way = row(here).done_on

    Meeting.objects.update(convened_at=NOW, opened_at=NOW, closed_at=NOW)

    assert half_way is None
    assert row(here).done_on == HELD


def test_a_row_becomes_a_directive_of_its_lead_and_is_done_when_that_is(here: Gathering) -> None:
    item = services.add_item(
        programme_id=drafted(here).pk, plan=plan(here, lead="phong_d1"), actor=here.actor("specialist"), at=NOW
    )
    draft = services.give_out(item_id=item.pk, actor=here.actor("specialist"), at=NOW)
    before = row(here).done_on

    directives.issue_directive(directive_id=draft.pk, actor=here.actor("director"), at=NOW)
    task = Task.objects.get()
    made = directives.report_done(
        task_id=task.pk, text="Xong", paper="12/BC", actor=here.actor("district_officer"), at=later(20)
    )
    directives.confirm_done(completion_id=made.pk, actor=here.actor("director"), at=later(20))

    assert (draft.text, draft.due_on, draft.mode) == ("Tổng kết quý", date(2026, 3, 31), "guide")
    assert before is None
    assert row(here, date(2026, 4, 10)).status == "done_late"


def test_what_the_office_does_itself_is_given_to_nobody(here: Gathering) -> None:
    item = services.add_item(
        programme_id=drafted(here).pk, plan=plan(here, lead="so"), actor=here.actor("specialist"), at=NOW
    )

    with pytest.raises(NotPossible, match="đơn vị chủ trì"):
        services.give_out(item_id=item.pk, actor=here.actor("specialist"), at=NOW)


def test_a_tie_made_by_mistake_is_let_go(here: Gathering) -> None:
    item = an_item(here)
    actor = here.actor("specialist")
    services.carry_out(item_id=item.pk, by=subject_of(here.held()), actor=actor, at=NOW)

    services.let_go(item_id=item.pk, link_id=row(here).means[0].link or 0, actor=actor, at=NOW)

    assert row(here).means == ()
    assert Link.objects.get(target_id=item.pk).untied_on == TODAY


def test_once_approved_rows_change_for_a_reason_and_stay_struck(here: Gathering) -> None:
    item = an_item(here)
    services.approve_programme(
        programme_id=item.programme_id, basis="QĐ 5/QĐ-STTTT", actor=here.actor("director"), at=NOW
    )
    actor = here.actor("specialist")

    with pytest.raises(NotPossible, match="lý do"):
        services.change_item(item_id=item.pk, plan=plan(here, month=4), actor=actor, at=NOW)
    services.change_item(item_id=item.pk, plan=plan(here, month=4), reason="Theo chỉ đạo", actor=actor, at=NOW)
    services.strike_item(item_id=item.pk, reason="Đã giao nơi khác", actor=actor, at=NOW)

    found = row(here)
    assert (found.item.due_on, found.item.struck_reason) == (date(2026, 4, 30), "Đã giao nơi khác")
    assert counts_of([found]).total == 0


def test_who_may_not_approve_or_see_a_draft(here: Gathering) -> None:
    item = an_item(here)
    seen = visible_programmes(here.actor("province_leader")).exists()

    with pytest.raises(NotPermitted):
        services.approve_programme(programme_id=item.programme_id, actor=here.actor("specialist"), at=NOW)
    services.approve_programme(programme_id=item.programme_id, actor=here.actor("director"), at=NOW)

    assert not seen
    assert visible_programmes(here.actor("province_leader")).exists()
    assert not visible_programmes(here.actor("enterprise")).exists()


def test_a_day_outside_the_year_and_two_times_are_refused(here: Gathering) -> None:
    programme = drafted(here)
    outside = ItemPlan(content="x", field_code="it", organisation_id=here.office("so"), due_on=date(2027, 1, 1))
    twice = ItemPlan(content="x", field_code="it", organisation_id=here.office("so"), month=1, quarter=1)

    for one in (outside, twice):
        with pytest.raises(NotPossible):
            services.add_item(programme_id=programme.pk, plan=one, actor=here.actor("specialist"), at=NOW)


def test_the_papers_say_the_rows_and_the_workbook_how_they_stand(here: Gathering) -> None:
    item = an_item(here, None, 1)
    rows = [row(here, item.due_on + timedelta(days=1))]

    told = Word(BytesIO(render_docx(programme_paper(item.programme, rows))))
    cells = [cell.text for table in told.tables for line in table.rows for cell in line.cells]
    table = programme_table(item.programme, rows)

    assert {"Tổng kết quý", "Phòng Bưu chính - Viễn thông", "Quý I"} <= set(cells)
    assert table.rows[0].cells[-1].text == "Quá hạn"
    assert wide_xlsx([("Chương trình", table)]).startswith(b"PK")
