"""The commands on reports, through the ordinary services."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from diaban.faces.cli.cores import on_every_core
from diaban.faces.cli.reports import NotFound, asked, form_and_period, schedule_of, unit_at
from diaban.faces.cli.users import actor_named
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.mandates.permissions import party
from diaban.foundation.territory.queries import versions_of
from diaban.foundation.ui.models import Instance
from diaban.lib.periods import Period
from diaban.work.reporting.models import Report, SectionState
from diaban.work.reporting.outline import outline_paper
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.queries.outlines import outline_of
from diaban.work.reporting.queries.reporters import expected_in, in_order
from diaban.work.reporting.services import (
    NotReady,
    WorkbookNotTaken,
    WrongStep,
    submit_workbook,
)
from diaban.work.reporting.services.many import AT_ONCE, Outcome, receive_each
from diaban.work.reporting.services.writing import NotAsked, as_begun
from diaban.work.reporting.validation import Finding
from diaban.work.reporting.workbook import report_workbook

Result = dict[str, object]
STATES = {
    "draft": "đã nhận vào bản soạn",
    "to_check": "đã nhận, chờ kiểm tra",
    "to_sign": "đã nhận, chờ ký duyệt",
    "sent": "đã gửi số liệu",
}


def expected_codes(form: str, period: str) -> list[str]:
    """The codes of the units that owe the report, in the order of their names. Raises `NotFound`."""
    kind, wanted = form_and_period(form, period)
    schedule = schedule_of(kind, wanted)
    owing = expected_in([schedule], schedule.unit_id, [wanted])[wanted]
    return [unit.code for unit in in_order(versions_of(owing, wanted.last_day))]


def templates(form: str, period: str, codes: Iterable[str], *, for_excel: bool) -> Iterator[tuple[str, bytes]]:
    """Each unit's code and its workbook; nothing is begun by asking for it. Raises `NotFound` or `NotAsked`."""
    kind, wanted = form_and_period(form, period)
    schedule = schedule_of(kind, wanted)
    notice = Instance.objects.values_list("notice", flat=True).first()
    for code in codes:
        unit = unit_at(code, wanted)
        report, version = as_begun(schedule, unit.unit_id, wanted, at=clock.now())
        yield code, report_workbook(report, version, plain_names=not for_excel, is_illustrative=bool(notice))


def submit(files: list[Path], username: str, *, explain: str, only_draft: bool) -> list[Result]:
    """Take workbooks in and bring each report as far as the user may. One refused workbook leaves the others alone.

    Many are taken in on every core at once; the answers come in the order of the files.
    """
    actor = actor_named(username)
    return list(on_every_core(lambda file: _submit(file, actor, explain, only_draft=only_draft), files))


def _submit(file: Path, actor: Actor, explain: str, *, only_draft: bool) -> Result:
    try:
        content = file.read_bytes()
    except OSError as problem:
        return _refused(file, f"không đọc được tệp ({problem.strerror})")
    try:
        taken = submit_workbook(
            content=content, explanation=explain, only_draft=only_draft, actor=actor, at=clock.now()
        )
    except WorkbookNotTaken as refusal:
        return _refused(file, str(refusal), refusal.findings, _marked(file, refusal.marked))
    except NotReady as problem:
        return _refused(file, str(problem), problem.findings)
    except (NotPermitted, WrongStep, NotAsked) as problem:
        return _refused(file, str(problem))
    report, warnings = taken.report, [_line(finding) for finding in taken.warnings]
    return {
        "ok": True,
        "name": file.name,
        "unit": report.unit_name,
        "status": report.status,
        "message": f"{report.unit_name}: {STATES[report.status]}",
        "findings": warnings,
    }


def receive(form: str, period: str, unit: str | None, username: str) -> list[Result]:
    """Receive what waits for the user's office: one unit's report; or of every one that was sent, those that do wait.

    A report that waits for the office and is refused is told with the reason; one that waits for others is not its concern.
    """
    actor = actor_named(username)
    if unit is not None:
        return [
            _told(one)
            for one in receive_each(report_ids=[asked(form, period, unit).report().pk], actor=actor, at=clock.now())
        ]
    kind, wanted = form_and_period(form, period)
    waiting = SectionState.objects.filter(
        status=SectionState.Status.WAITING,
        version__report__status=Report.Status.SENT,
        version__report__schedule__form=kind,
        version__report__period=str(wanted),
    )
    recipients: dict[int, set[int | None]] = defaultdict(set)
    for report_id, recipient_id in waiting.values_list("version__report_id", "recipient_id"):
        recipients[report_id].add(recipient_id)
    reports = list(Report.objects.filter(pk__in=recipients).order_by("sort_key").values_list("pk", flat=True))
    parts = [reports[first : first + AT_ONCE] for first in range(0, len(reports), AT_ONCE)]
    outcomes = chain.from_iterable(
        on_every_core(lambda part: receive_each(report_ids=part, actor=actor, at=clock.now()), parts, fewest=2)
    )
    mine = [_told(one) for one in outcomes if not one.why_not or recipients[one.report_id] & party(actor)]
    return mine or [_nothing_waits(wanted)]


def _told(outcome: Outcome) -> Result:
    if outcome.why_not:
        return {"ok": False, "name": outcome.name, "message": f"không tiếp nhận. {outcome.why_not}"}
    message = f"đã tiếp nhận {outcome.sections} phần"
    return {"ok": True, "name": outcome.name, "message": message, "sections": outcome.sections}


def _nothing_waits(period: Period) -> Result:
    message = "không có phần nào đang chờ vị trí này tiếp nhận"
    return {"ok": True, "name": period.label(), "message": message, "sections": 0}


def _refused(file: Path, message: str, findings: list[Finding] | None = None, marked: Path | None = None) -> Result:
    lines = [_line(finding) for finding in findings or [] if finding.is_error]
    more = f" Tệp có ghi chú tại ô: {marked}" if marked else ""
    return {
        "ok": False,
        "name": file.name,
        "message": f"không nhận, chưa thay đổi gì. {message}{more}",
        "findings": lines,
    }


def _marked(file: Path, content: bytes | None) -> Path | None:
    """Write the workbook with its sentences beside the one that was sent."""
    if content is None:
        return None
    marked = file.with_name(f"{file.stem}-loi.xlsx")
    marked.write_bytes(content)
    return marked


def _line(finding: Finding) -> str:
    return f"{finding.cell or 'tệp'}: {finding.message}"


def outline(form_code: str, period_text: str, kind: str) -> bytes:
    """The outline of a form for a period as `docx` or `pdf`. Raises `NotFound`."""
    form, period = form_and_period(form_code, period_text)
    try:
        paper = outline_paper(outline_of(form, period), notices_of_instance())
    except NoVersion as problem:
        raise NotFound(str(problem)) from problem
    return render_docx(paper) if kind == "docx" else render_pdf(paper)
