from dataclasses import asdict
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.filling import Filling, filled
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.services.saving import contents_of
from diaban.work.reporting.tests.worlds import DISTRICT, VILLAGES, WORDS, a_reporting_world
from diaban.work.reporting.workbook import read_filled, report_key, report_workbook
from diaban.work.reporting.workbook.tests.filling_in import cell_named, filled_in

pytestmark = pytest.mark.django_db
Q1 = Period.parse("2010-Q1", Calendar.STATISTICAL)


def as_typed_in_a_workbook() -> dict[str, object]:
    """The district's quarter: ticks as x, lists line by line."""
    ticks = {name: "x" for name, text in DISTRICT.items() if name.startswith(("BC01", "VT01")) and text == "1"}
    figures = {name: text for name, text in DISTRICT.items() if not name.startswith(("BC01", "VT01"))}
    words = {name: text for name, text in WORDS.items() if isinstance(text, str)}
    villages = {
        f"TEXT__white_spot_villages__{row}__village": line["village"] for row, line in enumerate(VILLAGES[:30], 1)
    }
    return {**figures, **ticks, **words, **villages}


def test_a_form_filled_at_the_desk_makes_the_same_draft_as_the_page() -> None:
    report = a_reporting_world().opened()
    version = report.versions.get()
    before: dict[str, Any] = contents_of(version)
    layout = layout_of(version.form_version_id)
    cells = cells_of(layout, report.period_last_day)

    sent_in = filled_in(report_workbook(report, version), as_typed_in_a_workbook())
    back = read_filled(sent_in, expected=report_key(report, version))

    by_desk = filled(before, cells, back.filling)
    words = {**WORDS, "TEXT__white_spot_villages": VILLAGES[:30]}
    by_page = filled(before, cells, Filling(values=DISTRICT, texts=words))
    assert back.problems == ()
    assert by_desk.ignored == ()
    assert by_desk.contents == by_page.contents


def test_a_workbook_of_another_unit_is_not_taken() -> None:
    report = a_reporting_world().opened()
    version = report.versions.get()
    content = report_workbook(report, version)
    other = {**asdict(report_key(report, version)), "unit": "999"}

    found = read_filled(content, expected=type(report_key(report, version))(**other))

    assert [problem.code for problem in found.problems] == ["wrong_unit"]


def test_last_period_stands_beside_and_flows_add_up() -> None:
    here = a_reporting_world()
    here.sent()
    report = here.opened(period=Q1)

    book = load_workbook(BytesIO(report_workbook(report, report.versions.get())))

    typed = cell_named(book, "BC14")
    assert typed.offset(column=-1).value == 6200
    assert typed.offset(column=2).value == f'=IF(ISNUMBER(F{typed.row}),F{typed.row}+0,"")'


def test_it_asks_little_of_the_database() -> None:
    report = a_reporting_world().opened()
    version = report.versions.get()

    with CaptureQueriesContext(connection) as queries:
        report_workbook(report, version)

    assert len(queries) <= 18
