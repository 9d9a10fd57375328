"""Writes what a world has to show to files: the consolidated report of its last quarter, of a visit its report and notice,
and the weekly calendars that were published."""

from pathlib import Path

from diaban.faces.demo.playing import Ready
from diaban.faces.demo.world import Tick
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.documents.wide_docx import wide_docx
from diaban.foundation.documents.wide_pdf import wide_pdf
from diaban.foundation.ui.models import Instance
from diaban.lib.periods import Calendar, Period
from diaban.work.meetings.models import Visit, Week
from diaban.work.meetings.papers import notice
from diaban.work.meetings.queries.things import meeting_page, stops_of
from diaban.work.meetings.visit_papers import visit_report
from diaban.work.meetings.week_paper import table_of
from diaban.work.reporting.consolidated import consolidated
from diaban.work.reporting.models import Form
from diaban.work.reporting.outputs import KINDS, as_file

DIRECTOR = "giamdoc"
SHOWN = {"ha-giang-2009": ("district_quarter_2009", "2009-Q4"), "tuyen-quang-2026": ("commune_quarter_2026", "2026-Q1")}


def write_papers(world: Ready, folder: Path, tick: Tick) -> list[Path]:
    """The consolidated report in every format; returns the files, in the order they were written."""
    form_code, code = SHOWN[world.code]
    form = Form.objects.get(code=form_code)
    period = Period.parse(code, Calendar(form.calendar))
    actor = SettingUp("diaban demo", clock.today())
    root = Instance.root_unit()
    if root is None:
        return []
    one = consolidated(form_code=form_code, period=period, unit_id=root, actor=actor)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for step, kind in enumerate(KINDS, 1):
        path = folder / f"bao-cao-tong-hop-{world.code}-{period.code}.{kind}"
        path.write_bytes(as_file(one, kind, actor=actor))
        written.append(path)
        tick(step, len(KINDS))
    return [*written, *_of_visits(folder), *_of_weeks(folder)]


def _of_visits(folder: Path) -> list[Path]:
    """The report of each visit and the conclusion notice of its last stop, as the director has them, as Word and PDF."""
    from diaban.faces.cli.users import actor_named

    written = []
    for visit in Visit.objects.all():
        actor = actor_named(DIRECTOR)
        stops = stops_of(actor, visit)
        pages = [meeting_page(actor, stop.meeting, actor.today) for stop in stops]
        papers = {"bao-cao-doan-cong-tac": visit_report(visit, stops, pages), "thong-bao-ket-luan": notice(pages[-1])}
        for name, paper in papers.items():
            for kind, render in (("docx", render_docx), ("pdf", render_pdf)):
                path = folder / f"{name}-{visit.starts_on:%Y-%m}.{kind}"
                path.write_bytes(render(paper))
                written.append(path)
    return written


def _of_weeks(folder: Path) -> list[Path]:
    """Each published calendar, as Word and PDF."""
    written = []
    for week in Week.objects.filter(published_at__isnull=False):
        for kind, render in (("docx", wide_docx), ("pdf", wide_pdf)):
            path = folder / f"lich-cong-tac-tuan-{week.starts_on.isoformat()}.{kind}"
            path.write_bytes(render(table_of(week)))
            written.append(path)
    return written
