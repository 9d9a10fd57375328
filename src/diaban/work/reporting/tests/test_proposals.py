"""What a report proposes becomes a matter that whoever receives the report owes an answer to."""

import pytest
import time_machine

from diaban.foundation.obligations.models import Obligation
from diaban.work.difficulties.models import Difficulty, Raising
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import (
    correct_report,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.services.sending import Paper
from diaban.work.reporting.tests.worlds import NOW, PDF, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
SOUND = {"addressee": "UBND tỉnh", "content": "Bố trí kinh phí sửa 3 đài truyền thanh"}
SITES = {"addressee": "Doanh nghiệp viễn thông", "content": "Phủ sóng 58 thôn trắng sóng"}
STAFF = {"addressee": "", "content": "Bố trí cán bộ chuyên trách"}


def proposed(here: Reporting, report: Report, *rows: dict[str, str]) -> Report:
    officer = here.actor("district_officer")
    save_draft(report_id=report.pk, filling=Filling(texts={"TEXT__proposals": list(rows)}), actor=officer, at=NOW)
    submit_for_check(report_id=report.pk, actor=officer, at=NOW)
    submit_for_signature(report_id=report.pk, actor=here.actor("district_leader"), at=NOW)
    paper = Paper("45/BC-UBND", TODAY, PDF)
    return send_report(report_id=report.pk, paper=paper, actor=here.actor("district_clerk"), at=NOW)


@time_machine.travel(NOW, tick=False)
def test_rows_are_raised_when_sent_and_a_correction_changes_only_what_it_changes() -> None:
    here = a_reporting_world()

    report = proposed(here, here.filled(), SOUND, SITES)
    first = dict(Difficulty.objects.values_list("content", "addressee"))
    correct_report(report_id=report.pk, reason="Bổ sung", actor=here.actor("district_officer"), at=NOW)
    proposed(here, report, SITES, STAFF)

    assert first == {row["content"]: row["addressee"] for row in (SOUND, SITES)}
    live = Raising.objects.filter(withdrawn_at=None)
    assert set(live.values_list("content", flat=True)) == {SITES["content"], STAFF["content"]}
    assert set(Raising.objects.values_list("source_kind", "source_id")) == {("reporting.report", report.pk)}
    owed = Obligation.objects.open().filter(kind="difficulties.answer")
    assert set(owed.values_list("owner_id", flat=True)) == {here.schedule.counterpart_id}
    assert owed.count() == 2
