"""What a locality proposed, and what became of it."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.work.reporting.dossier import proposals_made
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report
from diaban.work.reporting.proposals import Proposal, proposals_of
from diaban.work.reporting.services import (
    WrongStep,
    answer_proposal,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.services.sending import Paper
from diaban.work.reporting.tests.worlds import NOW, PDF, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
ROWS = [
    {"addressee": "UBND tỉnh", "content": "Bố trí kinh phí sửa 3 đài truyền thanh"},
    {"addressee": "Doanh nghiệp viễn thông", "content": "Phủ sóng 58 thôn trắng sóng"},
]


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def proposed(here: Reporting) -> Report:
    report, officer = here.filled(), here.actor("district_officer")
    save_draft(report_id=report.pk, filling=Filling(texts={"TEXT__proposals": ROWS}), actor=officer, at=NOW)
    submit_for_check(report_id=report.pk, actor=officer, at=NOW)
    submit_for_signature(report_id=report.pk, actor=here.actor("district_leader"), at=NOW)
    paper = Paper("45/BC-UBND", TODAY, PDF)
    return send_report(report_id=report.pk, paper=paper, actor=here.actor("district_clerk"), at=NOW)


def answered(here: Reporting, one: Proposal, text: str, *, is_final: bool = False, by: str = "specialist") -> None:
    answer_proposal(
        report_id=one.report.pk, cell=one.cell, text=text, is_final=is_final, actor=here.actor(by), at=NOW
    )  # fmt: skip


def test_a_proposal_goes_from_unanswered_to_answered() -> None:
    here = a_reporting_world()
    report = proposed(here)
    first, second = proposals_of([report])
    assert [one.status for one in (first, second)] == ["not_answered", "not_answered"]

    answered(here, first, "Đã trình UBND tỉnh")
    assert proposals_of([report])[0].status == "waiting_answer"
    answered(here, first, "UBND tỉnh đã bố trí 120 triệu đồng", is_final=True)

    first, second = proposals_of([report])
    assert (first.status, second.status) == ("answered", "not_answered")
    assert [one.text for one in first.said] == ["Đã trình UBND tỉnh", "UBND tỉnh đã bố trí 120 triệu đồng"]


def test_the_locality_reads_what_became_of_it_on_its_own_page(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = proposed(here)
    answered(here, proposals_of([report])[1], "VNPT phát sóng 20 thôn trong quý I", is_final=True)
    actor, unit = here.actor("district_officer"), here.world.units["D1"].pk

    with django_assert_max_num_queries(4):
        section = proposals_made(actor, unit, TODAY)
    page = here.world.client("district_officer").get(reverse("web:own_place"), follow=True).content.decode()

    assert section is not None
    assert [row[3].status for row in section.rows] == ["not_answered", "answered"]
    assert "VNPT phát sóng 20 thôn" in section.rows[1][4].text
    assert "Kiến nghị đã gửi" in page
    assert "Gửi báo cáo qua các kỳ" in page


@pytest.mark.parametrize("persona", ["district_officer", "other_officer", "auditor"])
def test_only_whoever_receives_answers(persona: str) -> None:
    here = a_reporting_world()
    [first, _second] = proposals_of([proposed(here)])

    with pytest.raises(NotPermitted):
        answered(here, first, "Đồng ý", by=persona)


def test_a_row_that_is_not_there_is_not_answered() -> None:
    here = a_reporting_world()
    report = proposed(here)

    with pytest.raises(WrongStep):
        answer_proposal(report_id=report.pk, cell="TEXT__proposals:0", text="x", actor=here.actor("specialist"), at=NOW)


def test_the_page_takes_an_answer() -> None:
    here = a_reporting_world()
    report = proposed(here)
    [first, _second] = proposals_of([report])
    url = reverse("reporting:proposals", args=[report.uid])

    here.world.client("specialist").post(url, {"kien-nghi": first.cell, "tra-loi": "Đã ghi nhận", "xong": "1"})
    page = here.world.client("district_officer").get(url).content.decode()

    assert "Đã ghi nhận" in page
    assert "<textarea" not in page
