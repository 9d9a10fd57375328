"""Several reports received in one act: each brings its own facts, and what cannot go together goes one by one."""

from collections.abc import Iterable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.models import Delivery, Fact
from diaban.foundation.facts.services import check_rollups
from diaban.foundation.journal.models import Entry
from diaban.foundation.obligations.models import Obligation
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.rules import RECEPTION
from diaban.work.reporting.services import (
    receive_report,
    save_draft,
    send_report,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.services.many import receive_each
from diaban.work.reporting.tests.worlds import DISTRICT, NOW, Q4, WORDS, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db

Q3 = Period.parse("2009-Q3", Calendar.STATISTICAL)


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def sent(here: Reporting, period: Period) -> Report:
    report, officer = here.opened(period=period), here.actor("district_officer")
    save_draft(report_id=report.pk, filling=Filling(values=DISTRICT, texts=WORDS), actor=officer, at=NOW)
    submit_for_check(report_id=report.pk, actor=officer, at=NOW)
    submit_for_signature(report_id=report.pk, actor=here.actor("district_leader"), at=NOW)
    return send_report(report_id=report.pk, paper=None, actor=here.actor("district_clerk"), at=NOW)


def received(here: Reporting, reports: list[Report]) -> list[tuple[str, int]]:
    outcomes = receive_each(report_ids=[one.pk for one in reports], actor=here.actor("specialist"), at=NOW)
    return [(one.why_not, one.sections) for one in outcomes]


def periods_of(report: Report) -> Iterable[str]:
    deliveries = Delivery.objects.filter(source_kind="reporting.report", source_id=report.pk)
    return Fact.objects.filter(delivery__in=deliveries).values_list("period__code", flat=True)


def test_each_report_brings_its_own_facts_and_leaves_the_work_of_whoever_received_it() -> None:
    here = a_reporting_world()
    reports = [sent(here, Q3), sent(here, Q4)]
    sections = SectionState.objects.filter(version__report=reports[0]).count()

    assert received(here, reports) == [("", sections), ("", sections)]

    assert [set(periods_of(report)) for report in reports] == [{str(Q3)}, {str(Q4)}]
    assert check_rollups().different == 0
    for report in reports:
        line = Obligation.objects.about(*Subject("reporting.report", report.pk)).get(kind=RECEPTION)
        entries = Entry.objects.filter(
            verb="reporting.section_received", subject_kind="reporting.report", subject_id=report.pk
        )
        assert line.fulfilled_at == NOW
        assert entries.count() == sections


def test_a_report_more_asks_no_query_more() -> None:
    here = a_reporting_world()
    alone, *others = sent(here, Q4), sent(here, Q3), sent(here, Q3.previous())
    with CaptureQueriesContext(connection) as one:
        received(here, [alone])

    with CaptureQueriesContext(connection) as two:
        received(here, others)

    assert len(two) <= len(one)


def test_reports_that_bring_the_same_cell_are_received_one_after_the_other() -> None:
    here = a_reporting_world()
    earlier, later = sent(here, Q3), sent(here, Q4)
    other = here.world.organisations["so"].pk
    Report.objects.filter(pk=earlier.pk).update(period=str(Q4), period_last_day=Q4.last_day, organisation_id=other)

    outcomes = received(here, [earlier, later])

    assert [why_not for why_not, _sections in outcomes] == ["", ""]
    assert Fact.objects.filter(superseded_at=None, delivery__source_id=later.pk).exists()
    assert not Fact.objects.filter(superseded_at=None, delivery__source_id=earlier.pk).exists()
    assert check_rollups().different == 0


def test_one_that_waits_for_nobody_here_is_told_and_the_other_received() -> None:
    here = a_reporting_world()
    done, waiting = sent(here, Q3), sent(here, Q4)
    receive_report(report_id=done.pk, actor=here.actor("specialist"), at=NOW)

    (why_not, _none), (no_problem, sections) = received(here, [done, waiting])

    assert "Không có phần nào" in why_not
    assert (no_problem, bool(sections)) == ("", True)
