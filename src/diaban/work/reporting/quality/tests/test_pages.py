"""Doubts as the clerk and the specialist see them."""

import uuid
from collections.abc import Collection
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.lib.periods import Period
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.quality.queries import AS_BEFORE, doubts_of_draft, doubts_of_period
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.consolidation_world import LAST_YEAR, NOW, Q4, Consolidating
from diaban.work.reporting.tests.worlds import Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
FLOW = "BC14"  # a flow of 6,200 in the filled report


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def with_a_past(here: Reporting, report: Report, *figures: int, without: Collection[Period] = ()) -> None:
    """Received figures of BC14 in the quarters before, newest last; of some quarters none."""
    world, period = Consolidating(here, report), Q4
    for figure in reversed(figures):
        period = period.previous()
        while period in without:
            period = period.previous()
        world.accept(period, "D1", {FLOW: str(figure)})


def doubts(report: Report) -> list[Any]:
    version = report.versions.get()
    return doubts_of_draft(report, version, layout_of(version.form_version_id), {})


def test_a_draft_is_doubted_beside_the_units_own_past(django_assert_num_queries: Any) -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 600, 640, 590, 610)
    doubts(report)  # the layout is remembered

    report = Report.objects.select_related("schedule__form").get(pk=report.pk)
    version = report.versions.get()
    layout = layout_of(version.form_version_id)
    with django_assert_num_queries(2):
        found = doubts_of_draft(report, version, layout, {})

    assert [(one.cell, one.code, one.is_error) for one in found] == [(FLOW, "quality_digit", False)]
    assert "trung vị 4 kỳ trước" in found[0].message


def test_a_draft_within_its_past_is_not_doubted() -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 6000, 6400, 5900, 6100)

    assert doubts(report) == []


def test_an_explanation_given_before_is_shown_again() -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 600, 640, 590, 610)
    old = Report.objects.get(pk=report.pk)
    old.pk, old.uid = None, uuid.uuid4()
    old.period, old.period_last_day = str(Q4.previous()), Q4.previous().last_day
    old.save()
    ReportVersion.objects.create(
        report=old, number=1, form_version=report.versions.get().form_version, data_sent_at=NOW,
        explanations={FLOW: "Mở thêm bưu cục"},
    )  # fmt: skip

    [found] = doubts(report)

    assert f"Lần trước đã giải thích: “Mở thêm bưu cục”; nếu vẫn đúng, ghi “{AS_BEFORE}”" in found.message


def test_the_clerk_reads_the_doubt_at_its_cell_and_may_send_nevertheless() -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 600, 640, 590, 610, without=(Q4.previous(), LAST_YEAR))
    client = here.world.client("district_officer")

    page = client.get(reverse("reporting:entry", args=[report.uid])).content.decode()
    client.post(reverse("reporting:submit_for_check", args=[report.uid]))

    report.refresh_from_db()
    assert f'href="#o-{FLOW}"' in page
    assert "trung vị 4 kỳ trước" in page
    assert report.status == Report.Status.TO_CHECK


def test_the_specialist_reads_the_doubts_of_a_period_and_goes_to_the_cell(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = here.sent()
    with_a_past(here, report, 600, 640, 590, 610)
    client = here.world.client("specialist")
    url = reverse("reporting:quality", args=[here.schedule.uid])

    with django_assert_max_num_queries(30):
        page = client.get(url, {"ky": str(Q4)}).content.decode()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    received = client.get(url, {"ky": str(Q4)}).content.decode()
    others = client.get(url, {"ky": str(Q4), "loai": "peers"}).content.decode()
    workbook = client.get(url, {"ky": str(Q4), "tai": "xlsx"})

    assert f"{reverse('reporting:report', args=[report.uid])}#o-{FLOW}" in page
    assert "trung vị 4 kỳ trước" in page
    assert "/de-nghi-bo-sung/" in page
    assert "/de-nghi-bo-sung/" not in received
    assert f"#o-{FLOW}" not in others
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_draft_is_nobody_elses_to_doubt() -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 600, 640, 590, 610)

    assert doubts_of_period(here.actor("specialist"), here.schedule, Q4) == []


def explained_earlier(report: Report, words: str, value: str) -> None:
    """A sent report of the quarter before that said so of BC14, which was `value` then."""
    old = Report.objects.get(pk=report.pk)
    old.pk, old.uid = None, uuid.uuid4()
    old.period, old.period_last_day = str(Q4.previous()), Q4.previous().last_day
    old.save()
    form_version = report.versions.get().form_version
    ReportVersion.objects.create(
        report=old, number=1, form_version=form_version, data_sent_at=NOW, values={FLOW: value}, explanations={FLOW: words}
    )  # fmt: skip


@pytest.mark.parametrize(("value", "asks"), [("6000", False), ("7500", False), ("3000", True), ("62000", True)])
def test_what_was_explained_once_is_not_asked_again_while_the_figure_stays(value: str, asks: bool) -> None:
    here = a_reporting_world()
    report = here.filled()
    with_a_past(here, report, 600, 640, 590, 610)
    explained_earlier(report, "Mở thêm bưu cục", value)

    [found] = doubts(report)

    assert found.needs_explanation == asks
    assert ("Đã giải thích ở quý III/2009" in found.message) == (not asks)


def test_what_was_explained_before_stands_for_the_specialist_too() -> None:
    here = a_reporting_world()
    report = here.sent()
    with_a_past(here, report, 600, 640, 590, 610)
    explained_earlier(report, "Mở thêm bưu cục", "6100")

    [found] = [one for one in doubts_of_period(here.actor("specialist"), here.schedule, Q4) if one.cell.name == FLOW]

    assert "Mở thêm bưu cục" in found.explained


def test_whoever_receives_reads_what_is_unusual_and_nobody_else_does(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = here.sent()
    with_a_past(here, report, 600, 640, 590, 610)
    url = reverse("reporting:report", args=[report.uid])
    client = here.world.client("specialist")

    with django_assert_max_num_queries(30):
        page = client.get(url).content.decode()
    own = here.world.client("district_officer").get(url).content.decode()

    assert "trước khi tiếp nhận" in page
    assert "(chưa giải thích)" in page
    assert "trước khi tiếp nhận" not in own
