"""What the papers say, and to whom."""

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from diaban.foundation.documents.docx import render_docx, sheet_docx
from diaban.foundation.documents.pdf import render_pdf
from diaban.work.meetings import papers, visit_papers
from diaban.work.meetings.queries.things import meeting_page, stops_of
from diaban.work.meetings.tests.worlds import HELD, TODAY, Gathering, a_gathering

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def test_a_receiver_gets_what_is_his_and_another_gets_nothing(here: Gathering) -> None:
    page = meeting_page(here.actor("clerk", HELD), here.concluded(), HELD)

    mine, others = papers.extract(page, here.office("ubnd_d1")), papers.extract(page, here.office("ubnd_d2"))

    assert mine is not None
    assert mine.recipients[0] == "Ủy ban nhân dân huyện Bắc Sơn"
    assert others is None


def test_the_notice_carries_the_annex_of_tasks(here: Gathering) -> None:
    page = meeting_page(here.actor("clerk", HELD), here.concluded(), HELD)

    paper = papers.notice(page)
    told = Document(BytesIO(render_docx(paper)))
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]

    assert paper.is_draft
    assert "Bố trí cán bộ chuyên trách" in cells
    assert "30/04/2026" in cells
    assert render_pdf(paper).startswith(b"%PDF-")


def test_minutes_are_signed_by_chair_and_secretary(here: Gathering) -> None:
    paper = papers.minutes(meeting_page(here.actor("clerk", HELD), here.held(), HELD))

    assert (paper.signer.title, paper.signer.name) == ("Chủ tọa", "Nguyễn Văn Giang")
    assert paper.secretary is not None


def test_the_invitation_names_who_is_asked_without_an_account(here: Gathering) -> None:
    paper = papers.invitation(meeting_page(here.actor("clerk"), here.convened(), HELD))

    told = [line.text for line in Document(BytesIO(render_docx(paper))).paragraphs]

    assert paper.addressees == ()
    assert "- Nguyễn Văn Khách, Báo Sơn Lâm." in told


def test_the_list_to_sign_has_everybody_asked_and_room_for_others(here: Gathering) -> None:
    page = meeting_page(here.actor("clerk"), here.convened(), HELD)

    word = Document(BytesIO(sheet_docx(papers.delegates(page))))
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]

    assert ["3", "Nguyễn Văn Khách", "Báo Sơn Lâm", "Được mời", "\n"] in rows
    assert ["8", "", "", "", "\n"] in rows


def test_a_visit_reports_stop_by_stop(here: Gathering) -> None:
    visit = here.visit()
    here.stop(visit)
    actor = here.actor("clerk", HELD)
    stops = stops_of(actor, visit)

    paper = visit_papers.visit_report(visit, stops, [meeting_page(actor, one.meeting, HELD) for one in stops])
    told = "\n".join(line.text for line in Document(BytesIO(render_docx(paper))).paragraphs)

    assert "Huyện Bắc Sơn, ngày 23/03/2026" in told
    assert "Chưa ghi nội dung làm việc." in told
    assert render_pdf(visit_papers.visit_plan(visit, stops)).startswith(b"%PDF-")


def test_an_invitation_bears_the_month_in_which_it_is_sent(here: Gathering) -> None:
    meeting = here.convened()
    meeting.held_on = HELD + timedelta(days=40)

    paper = papers.invitation(meeting_page(here.actor("clerk"), meeting, HELD))

    assert paper.expected_on == TODAY


def test_the_notice_names_who_concluded(here: Gathering) -> None:
    page = meeting_page(here.actor("clerk", HELD), here.concluded(), HELD)

    paper = papers.notice(page)

    assert paper.subject == "Kết luận của Giám đốc Nguyễn Văn Giang tại giao ban quý I"
    assert paper.signer.title == "Giám đốc"
