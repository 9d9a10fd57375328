"""Thousands of workbooks come in one day: how much one may ask of the database, sent and received."""

from typing import Any

import pytest

from diaban.work.reporting.models import Report
from diaban.work.reporting.services import receive_report, submit_workbook
from diaban.work.reporting.services.writing import as_begun
from diaban.work.reporting.tests.worlds import NOW, Q4, a_reporting_world
from diaban.work.reporting.workbook import read_filled, report_workbook
from diaban.work.reporting.workbook.tests.filling_in import filled_in
from diaban.work.reporting.workbook.tests.test_workbook_of_a_report import as_typed_in_a_workbook

pytestmark = pytest.mark.django_db

TEMPLATE = 22  # with the form's layout, read once in a process
SUBMIT, RECEIVE = 27, 27  # with their savepoints, and what the first reception of all makes: the period, categories


def test_an_empty_workbook_asks_little_and_begins_nothing(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()

    with django_assert_max_num_queries(TEMPLATE):
        report, version = as_begun(here.schedule, here.world.units["D1"].pk, Q4, at=NOW)
        content = report_workbook(report, version)

    assert not Report.objects.exists()
    begun = here.opened()
    assert read_filled(content).key == read_filled(report_workbook(begun, begun.versions.get())).key
    assert as_begun(here.schedule, here.world.units["D1"].pk, Q4, at=NOW) == (begun, begun.versions.get())


def test_a_workbook_is_taken_checked_and_sent_by_few_queries(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world(short_path=True)
    report = here.opened()
    content = filled_in(report_workbook(report, report.versions.get()), as_typed_in_a_workbook())

    with django_assert_max_num_queries(SUBMIT):
        taken = submit_workbook(
            content=content, explanation="Đã kiểm tra", actor=here.actor("district_officer"), at=NOW
        )

    assert taken.report.status == Report.Status.SENT


def test_a_report_is_received_whole_by_few_queries(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    report = here.sent()
    receiver = here.actor("specialist")

    with django_assert_max_num_queries(RECEIVE):
        states = receive_report(report_id=report.pk, actor=receiver, at=NOW)

    assert len(states) == 8
