"""A unit's report as the paper that it signs."""

import io

import docx
import pytest
import time_machine
from django.urls import reverse

from diaban.work.reporting.models import Report
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


def paper(here: Reporting, report: Report) -> str:
    """Everything that the Word file says, a line a paragraph or row."""
    url = reverse("reporting:own_paper", args=[report.uid, 1, "docx"])
    with time_machine.travel(NOW, tick=False):
        response = here.world.client("district_officer").get(url)
    assert response.status_code == 200
    word = docx.Document(io.BytesIO(response.content))
    lines = [line.text for line in word.paragraphs]
    lines += ["|".join(cell.text for cell in row.cells) for table in word.tables for row in table.rows]
    return "\n".join(lines)


def test_a_draft_has_its_words_its_figures_and_room_for_number_and_day() -> None:
    here = a_reporting_world()

    said = paper(here, here.filled())

    assert "Ban hành 03 văn bản." in said
    assert "|6.200|" in said  # the figure of letters sent
    assert "Thôn 57" in said
    assert "45/BC-UBND" not in said
    assert "Người lập biểu" in said


def test_what_was_sent_bears_its_number_and_day() -> None:
    here = a_reporting_world()

    said = paper(here, here.sent())

    assert "45/BC-UBND" in said
    assert "ngày 22 tháng 12 năm 2009" in said
