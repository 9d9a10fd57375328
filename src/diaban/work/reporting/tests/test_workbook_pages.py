"""A report by workbook, from the page: downloaded, filled by another program, sent back."""

from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diaban.work.reporting.models import Report
from diaban.work.reporting.tests.test_access import a_draft
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = pytest.mark.django_db


def filled(content: bytes, cells: dict[str, int]) -> SimpleUploadedFile:
    """The workbook with values put in through its defined names."""
    workbook = openpyxl.load_workbook(BytesIO(content))
    for name, value in cells.items():
        ((sheet, place),) = workbook.defined_names[name].destinations
        workbook[sheet][place.replace("$", "")] = value
    out = BytesIO()
    workbook.save(out)
    return SimpleUploadedFile("bieu.xlsx", out.getvalue())


def revisions() -> list[tuple[str, int]]:
    return list(Report.objects.values_list("status", "revision"))


def test_a_workbook_with_an_impossible_figure_changes_nothing_and_says_where() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        kwargs, client = a_draft(here), here.world.client("district_officer")
        form = client.get(reverse("reporting:workbook", kwargs=kwargs)).content
        before = revisions()

        answer = client.post(
            reverse("reporting:workbook_upload", kwargs=kwargs), {"workbook": filled(form, {"BC07__level_1": -3})}
        )

        assert answer.status_code == 422
        assert "BC07__level_1" in answer.content.decode()
        assert revisions() == before


def test_a_file_that_is_no_workbook_is_refused_kindly() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        kwargs, client = a_draft(here), here.world.client("district_officer")
        before = revisions()

        answer = client.post(
            reverse("reporting:workbook_upload", kwargs=kwargs), {"workbook": SimpleUploadedFile("a.xlsx", b"xin chao")}
        )

        assert answer.status_code == 422
        assert "Excel" in answer.content.decode()
        assert revisions() == before
