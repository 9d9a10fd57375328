"""The outline: every heading and every line of the form with its unit of measure, the deadline, who receives, nothing filled."""

import io

import pytest
from django.urls import reverse
from docx import Document

from diaban.faces.cli import reporting as commands
from diaban.faces.cli.reports import NotFound
from diaban.foundation.documents.content import Heading, Paper, Table
from diaban.lib.periods import BadPeriod
from diaban.work.reporting.outline import outline_paper
from diaban.work.reporting.queries.outlines import Outline, outline_of, period_asked
from diaban.work.reporting.tests.worlds import Q4, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Reporting:
    return a_reporting_world()


def tables_of(paper: Paper) -> list[Table]:
    return [block for annex in paper.annexes for block in annex.body if isinstance(block, Table)]


def outline(here: Reporting) -> Outline:
    return outline_of(here.form, Q4, here.schedule)


def test_every_heading_of_the_form_is_there_to_be_written_under(here: Reporting) -> None:
    found = outline(here)

    paper = outline_paper(found)

    written = [
        block.text.removesuffix(" (bắt buộc)")
        for block in paper.body
        if isinstance(block, Heading) and block.level == 2
    ]
    wanted = [heading.heading for heading in found.layout.headings if heading.part != "PL"]
    assert [text for text in written if text in wanted] == wanted
    lists = [heading.heading for heading in found.layout.headings if heading.part == "PL"]
    assert [annex.title for annex in paper.annexes[1:]] == lists


def test_every_indicator_stands_with_its_unit_and_no_figure(here: Reporting) -> None:
    found = outline(here)

    rows = [row.cells for table in tables_of(outline_paper(found)) if len(table.columns) == 9 for row in table.rows]

    totals = [(row[1], row[2]) for row in rows if row[0]]
    measures = [found.layout.measures[code] for code in found.layout.indicators]
    assert totals == [(one.name, one.unit_name) for one in measures]
    assert {cell for row in rows for cell in row[3:8]} <= {"", "x", "☐"}


def test_it_says_by_when_and_to_whom(here: Reporting) -> None:
    found = outline(here)

    paper = outline_paper(found)

    guide = next(block for block in paper.body if isinstance(block, Table))
    said = {row.cells[0]: row.cells[1] for row in guide.rows}
    assert found.due_on is not None
    assert f"{found.due_on:%d/%m/%Y}" in said["Thời hạn gửi"]
    assert found.receivers
    assert all(name in " ".join(row.cells[1] for row in guide.rows) for name, _titles in found.receivers)


def test_without_a_period_it_is_of_the_one_under_way(here: Reporting) -> None:
    assert period_asked("", here.form, here.schedule, TODAY) == Q4
    assert period_asked("2009-Q3", here.form, here.schedule, TODAY) == Q4.previous()
    with pytest.raises(BadPeriod):
        period_asked("nd09:2009-Q3", here.form, here.schedule, TODAY)


def test_the_command_and_the_page_give_the_same_paper(here: Reporting) -> None:
    content = commands.outline(here.form.code, "2009-Q4", "docx")

    page = here.world.client("specialist").get(
        reverse("reporting:schedule_outline", args=[here.schedule.uid, "docx"]), {"ky": "2009-Q4"}
    )

    texts = [[line.text for line in Document(io.BytesIO(one)).paragraphs] for one in (content, page.content)]
    assert texts[0] == texts[1]
    with pytest.raises(NotFound):
        commands.outline("no_such_form", "2009-Q4", "docx")


def test_what_cannot_be_read_is_told_on_the_page_of_the_form(here: Reporting) -> None:
    answer = here.world.client("specialist").get(
        reverse("reporting:form_outline", args=[here.form.code, "pdf"]), {"ky": "quý tư"}, follow=True
    )

    assert answer.redirect_chain
    assert "Không đọc được" in answer.content.decode()
