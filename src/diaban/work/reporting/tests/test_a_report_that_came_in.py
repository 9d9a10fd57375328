"""Whoever a report is addressed to has a line for it, until every section is received or returned."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.queries import worklist
from diaban.work.reporting.permissions import is_own
from diaban.work.reporting.rules import RECEPTION
from diaban.work.reporting.services import correct_report, receive_report, return_section, submit_for_check
from diaban.work.reporting.services.receiving import sent_sections, waiting
from diaban.work.reporting.tests.worlds import NOW, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Reporting:
    return a_reporting_world()


def test_what_was_sent_waits_for_its_receiver_with_a_deadline(here: Reporting) -> None:
    report = here.sent()

    line = Obligation.objects.get(kind=RECEPTION)

    assert (line.subject_id, line.owner_id) == (report.pk, here.world.organisations["so"].pk)
    assert line.due_on is not None
    assert line.due_on > TODAY
    assert not is_own(here.actor("director"), report)


def test_the_specialists_first_page_counts_what_waits(here: Reporting) -> None:
    here.sent()

    work = worklist(here.actor("specialist"), TODAY)
    page = here.world.client("specialist").get(reverse("web:home")).content.decode()

    assert [(bundle.number, bundle.overdue) for bundle in work.together] == [(1, 0)]
    assert "trang_thai=to_receive" in page
    assert "1 dòng" in here.world.client("specialist").get(work.together[0].url).content.decode()


@pytest.mark.parametrize("returned", [False, True])
def test_the_list_it_leads_to_has_as_many(here: Reporting, *, returned: bool) -> None:
    """Without its paper too, and where another section of it went back."""
    report = here.sent(with_paper=False)
    if returned:
        first = waiting(sent_sections(report))[0].section.number
        return_section(report_id=report.pk, section=first, reason="Thiếu số", actor=here.actor("director"), at=NOW)

    work = worklist(here.actor("specialist"), TODAY)
    listed = here.world.client("specialist").get(work.together[0].url).content.decode()

    assert work.together[0].number == 1
    assert report.organisation_name in listed
    assert "1 dòng" in listed


def test_receiving_every_section_ends_the_line(here: Reporting) -> None:
    report = here.sent()

    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)

    assert Obligation.objects.get(kind=RECEPTION).fulfilled_at == NOW
    assert worklist(here.actor("specialist"), TODAY).together == []


def test_the_line_stands_while_a_section_waits_and_returns_with_the_correction(here: Reporting) -> None:
    report = here.sent()
    director = here.actor("director")
    first, *others = [state.section.number for state in waiting(sent_sections(report))]

    return_section(report_id=report.pk, section=first, reason="Thiếu số", actor=director, at=NOW)
    stood = Obligation.objects.get(kind=RECEPTION).is_open
    for number in others:
        return_section(report_id=report.pk, section=number, reason="Thiếu số", actor=director, at=NOW)

    assert stood
    assert not Obligation.objects.get(kind=RECEPTION).is_open
    correct_report(report_id=report.pk, reason="", actor=here.actor("district_officer"), at=NOW)
    assert not Obligation.objects.open().filter(kind=RECEPTION).exists()


def test_the_first_page_says_that_a_report_waits_for_the_leader(here: Reporting) -> None:
    leader, report = here.world.client("district_leader"), here.filled()
    drafted = leader.get("/").content.decode()
    submit_for_check(report_id=report.pk, actor=here.actor("district_officer"), at=NOW)

    waiting_page = leader.get("/").content.decode()

    assert "Chờ kiểm tra" not in drafted
    assert "Chờ kiểm tra" in waiting_page
