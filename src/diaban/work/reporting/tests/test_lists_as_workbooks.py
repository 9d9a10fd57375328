"""A list taken away as a workbook holds what the page shows, whole and as filtered."""

import pytest
import time_machine
from django.urls import reverse

from diaban.lib.workbooks import read_workbook
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = pytest.mark.django_db


def lines(content: bytes) -> list[list[str]]:
    """What stands in the first sheet of a workbook."""
    book = read_workbook(content)
    return [[cell.text for cell in row] for row in book.sheet_rows(book.sheets[0])]


def test_the_reports_of_a_state_are_taken_away() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        report = here.sent()
        client = here.world.client("specialist")
        url = reverse("reporting:reports_file")

        waiting = lines(client.get(url, {"trang_thai": "waiting"}).content)
        received = lines(client.get(url, {"trang_thai": "received"}).content)

        assert [row[0] for row in waiting if report.organisation_name in row] == [report.organisation_name]
        assert "2009-12-23" in next(row for row in waiting if report.organisation_name in row)
        assert not any(report.organisation_name in row for row in received)
