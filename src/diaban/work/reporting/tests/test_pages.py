"""The pages: filling without a script, errors at their cells, nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.services import generate_obligations
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.plugs import report_starts
from diaban.work.reporting.tests.worlds import DISTRICT, NOW, PDF, Q4, TODAY, VILLAGES, WORDS, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def posted(report: Report, **changed: str) -> dict[str, str]:
    """What a browser sends from the entry page."""
    typed = {name: text for name, text in DISTRICT.items() if text or not name.startswith(("BC01", "VT01"))}
    rows = {f"TEXT__white_spot_villages:{number}:village": row["village"] for number, row in enumerate(VILLAGES)}
    words = {name: str(text) for name, text in WORDS.items() if isinstance(text, str)}
    return {
        **typed,
        **rows,
        **words,
        "ROWS__TEXT__white_spot_villages": "1",
        "revision": str(report.revision),
        **changed,
    }


def entry_url(report: Report) -> str:
    return reverse("reporting:entry", args=[report.uid])


def test_the_worklist_leads_to_a_new_report() -> None:
    here = a_reporting_world()
    owed = Obligation.objects.get(duty=here.schedule.duty, period=str(Q4), unit=here.world.units["D1"])
    client = here.world.client("district_officer")
    address = report_starts([owed])[owed.pk]

    page = client.get(address).content.decode()
    assert "Hạn gửi" in page
    assert "chưa đến lúc gửi" not in page
    response = client.post(address)

    report = Report.objects.get()
    assert response["Location"] == entry_url(report)
    assert client.get(address)["Location"] == entry_url(report)


def test_who_opens_a_report_long_before_it_is_due_is_told_so() -> None:
    here = a_reporting_world()
    Obligation.objects.filter(period=str(Q4)).update(due_on=date(2010, 3, 23))
    address = reverse("reporting:start", args=[here.schedule.uid, here.world.units["D1"].uid, str(Q4)])

    page = here.world.client("district_officer").get(address).content.decode()

    assert "chưa đến lúc gửi" in page


def test_a_report_is_filled_submitted_and_sent_without_a_script() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")
    assert client.get(entry_url(report)).status_code == 200

    response = client.post(entry_url(report), posted(report, act="submit"))

    assert response["Location"] == reverse("reporting:report", args=[report.uid])
    here.world.client("district_leader").post(reverse("reporting:submit_for_signature", args=[report.uid]))
    file = SimpleUploadedFile("bc.pdf", PDF)
    sent = {"number": "45/BC-UBND", "signed_on": str(TODAY), "file": file}
    assert (
        here.world.client("district_clerk").post(reverse("reporting:send", args=[report.uid]), sent).status_code == 302
    )
    report.refresh_from_db()
    assert report.status == Report.Status.SENT


def test_what_is_wrong_is_told_at_its_cell_and_kept_as_typed() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")

    response = client.post(entry_url(report), posted(report, VT35="bảy", BC08__internet="99", act="submit"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="bảy"' in page
    assert 'id="f-VT35"' in page
    assert 'id="f-BC08__internet"' in page


def test_a_cell_kept_alone_is_answered_with_how_every_line_stands() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")
    typed = {"revision": report.revision, "GROUP": "VT35", "VT35": "bảy"}

    told = client.post(reverse("reporting:cells", args=[report.uid]), typed).json()

    assert told["revision"] == report.revision + 1
    assert told["lines"]["VT35"]["state"] == "error"
    assert told["lines"]["QL05a"] == {"state": "missing"}
    assert told["others"] == {}


def test_a_cell_saved_by_itself_leaves_the_ticks_of_other_lists() -> None:
    here = a_reporting_world()
    report = here.filled()
    report.refresh_from_db()
    url = reverse("reporting:cells", args=[report.uid])
    client = here.world.client("district_officer")

    client.post(url, {"revision": report.revision, "GROUP": "VT35", "VT35": "8"})
    kept = ReportVersion.objects.get(report=report).values
    assert (kept["VT35"], kept["BC01__vnpost"], kept["VT01__vnpt"]) == ("8", "1", "1")

    client.post(url, {"revision": report.revision + 1, "GROUP": "BC01"})
    kept = ReportVersion.objects.get(report=report).values
    assert "BC01__vnpost" not in kept
    assert kept["VT01__vnpt"] == "1"


def test_what_others_typed_comes_with_the_answer_and_a_conflict_is_named() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")
    url = reverse("reporting:cells", args=[report.uid])
    known = {"revision": report.revision}
    client.post(url, {**known, "GROUP": ["VT35", "QL05a"], "VT35": "8", "QL05a": "1"})

    told = client.post(url, {**known, "GROUP": "VT35", "VT35": "9"}).json()

    assert told["others"]["VT35"]["conflict"] is True
    assert told["others"]["VT35"]["fields"]["VT35"] == "8"
    assert told["others"]["QL05a"]["conflict"] is False


def test_a_conflict_keeps_both_and_lists_what_differs() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")
    client.post(entry_url(report), posted(report, VT35="8", act="save"))

    response = client.post(entry_url(report), posted(report, VT35="9", act="save"))

    page = response.content.decode()
    assert response.status_code == 409
    assert 'name="VT35" value="9"' in page
    assert Report.objects.get().versions.get().values["VT35"] == "8"


def test_last_periods_stocks_count_only_when_confirmed() -> None:
    here = a_reporting_world()
    before = here.opened(period=Q4.previous())
    client = here.world.client("district_officer")
    client.post(entry_url(before), posted(before, act="save"))
    Report.objects.filter(pk=before.pk).update(status="sent")
    before.versions.update(data_sent_at=NOW)
    report = here.opened()

    page = client.get(entry_url(report)).content.decode()
    client.post(entry_url(report), {"revision": str(report.revision), "act": "keep_all"})

    assert 'placeholder="7"' in page
    values = report.versions.get().values
    assert values["VT35"] == "7"
    assert "BC14" not in values


def test_a_stranger_does_not_find_it() -> None:
    here = a_reporting_world()
    report = here.sent()

    address = reverse("reporting:report", args=[report.uid])

    assert here.world.client("other_officer").get(address).status_code == 404
    assert here.world.client("specialist").get(address).status_code == 200


def test_a_draft_is_not_shown_outside_the_unit() -> None:
    here = a_reporting_world()
    report = here.filled()

    assert here.world.client("specialist").get(reverse("reporting:report", args=[report.uid])).status_code == 404


def test_a_section_is_returned_with_remarks_that_the_unit_sees() -> None:
    here = a_reporting_world()
    report = here.sent()
    back = reverse("reporting:return_section", args=[report.uid, 2])
    specialist = here.world.client("specialist")
    assert specialist.get(back).status_code == 200
    assert specialist.post(back, {"reason": ""}).status_code == 422

    specialist.post(back, {"reason": "", "REMARK__VT35": "Danh sách đăng ký có 9 đại lý"})

    officer = here.world.client("district_officer")
    page = officer.get(reverse("reporting:report", args=[report.uid])).content.decode()
    assert "Danh sách đăng ký có 9 đại lý" in page


@pytest.mark.parametrize("persona", ["district_officer", "specialist", "province_leader"])
def test_the_list_takes_few_queries(persona: str, django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    here.sent()
    client = here.world.client(persona)

    with django_assert_max_num_queries(16):
        response = client.get(reverse("reporting:reports"))

    assert "Bắc Sơn" in response.content.decode()


def test_cells_not_filled_yet_are_counted_not_marked_as_faults() -> None:
    here = a_reporting_world()
    report = here.opened()
    client = here.world.client("district_officer")
    left = {name: "" for name in DISTRICT if name != "VT35"}

    page = client.post(entry_url(report), posted(report, **left, VT35="bảy", act="save"), follow=True).content.decode()
    checked = client.get(entry_url(report), {"kiem-tra": "1"}).content.decode()

    assert page.count("is-invalid") == 1
    assert "chưa điền" in page
    assert page.count('data-stands="missing"') > 50
    assert checked.count("is-invalid") > 50


def test_the_board_opens_on_the_newest_period_with_reports_and_tells_a_wrong_one() -> None:
    here = a_reporting_world()
    here.sent()
    to_come = date(2010, 1, 10)
    duties = Duty.objects.filter(pk__in=[here.schedule.duty_id])
    generate_obligations(on=to_come, actor=SystemActor("duties", to_come), at=NOW, duties=duties)
    client, address = here.world.client("specialist"), reverse("reporting:board", args=[here.schedule.uid])

    opened, wrong = client.get(address), client.get(address, {"ky": "2009-Q9"})

    assert opened.context["period"] == str(Q4)
    assert wrong.context["board"] is None
    assert "Không có kỳ “2009-Q9”" in wrong.content.decode()


def test_the_board_counts_who_has_sent(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    here.sent()
    client = here.world.client("specialist")

    with django_assert_max_num_queries(18):
        response = client.get(reverse("reporting:board", args=[here.schedule.uid]), {"ky": str(Q4)})

    board = response.context["board"]
    assert (board.sent, board.expected, board.counts["not_reported"]) == (1, 2, 1)


def test_one_report_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = here.sent()
    client = here.world.client("specialist")

    with django_assert_max_num_queries(40):
        client.get(reverse("reporting:report", args=[report.uid]))
