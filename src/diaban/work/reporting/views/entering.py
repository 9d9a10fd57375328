"""The entry page: a report as the paper looks, kept while it is typed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.ui.language import period_name
from diaban.work.reporting import services
from diaban.work.reporting.cells import TEXT, Cell, cells_of
from diaban.work.reporting.checking import findings_of, with_base
from diaban.work.reporting.entered import filling_from
from diaban.work.reporting.filling import Filling, filled
from diaban.work.reporting.grid import lines_told, others_told
from diaban.work.reporting.models import ReportVersion
from diaban.work.reporting.quality.queries import doubts_of_draft
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.queries.pages import OneReport, doable
from diaban.work.reporting.services import NotReady, WrongStep
from diaban.work.reporting.services.saving import contents_of
from diaban.work.reporting.validation import REASONS, Finding, progress_of, unexplained
from diaban.work.reporting.views.common import one_or_404, sheet_for


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report as the paper looks, to be filled. Saving never fails because of what was typed; checks only tell."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    if "edit" not in doable(actor, one):
        if not one.is_own:
            raise NotPermitted(_("Báo cáo này của cơ quan khác."))
        messages.info(request, _("Báo cáo không còn ở bước soạn; muốn sửa phải chuyển lại hoặc lập bản điều chỉnh."))
        return redirect("reporting:report", uid)
    if request.method != "POST":
        return _entry_page(request, actor, one)
    filling = _filling(request, one)
    try:
        services.save_draft(
            report_id=one.report.pk,
            filling=filling,
            expected_revision=revision_of(request),
            actor=actor,
            at=now(),
        )
    except StaleRevision:
        return _conflict(request, actor, one, filling)
    return _saved(request, actor, one_or_404(actor, uid))


def _saved(request: HttpRequest, actor: Actor, one: OneReport) -> HttpResponse:
    if request.POST.get("act") == "check":
        return redirect(f"{request.path}?kiem-tra=1")
    if request.POST.get("act") != "submit":
        messages.success(request, _("Đã lưu."))
        return redirect(f"{request.path}#tien-do")
    try:
        services.submit_for_check(report_id=one.report.pk, actor=actor, at=now())
    except NotReady:
        messages.error(request, _("Chưa trình được: %(what)s.") % {"what": _left(_progress(one, _findings(one)))})
        return _entry_page(request, actor, one, status=422, tells_missing=True)
    messages.success(request, _("Đã trình kiểm tra."))
    return redirect("reporting:report", one.report.uid)


@require_POST
def cells(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cells as they are typed, for the page's script: kept, and answered with how every line stands now.

    The answer: `revision`, `bar` (the bar's HTML), `lines` (see `lines_told`), `others` (see `others_told`).
    """
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    known = revision_of(request) or one.report.revision
    try:
        saved = services.save_cells(
            report_id=one.report.pk,
            filling=_filling(request, one, groups=request.POST.getlist("GROUP")),
            known_revision=known,
            actor=actor,
            at=now(),
        )
    except WrongStep as problem:
        return JsonResponse({"detail": str(problem)}, status=409)
    one.report.revision, one = saved.revision, replace(one, version=saved.version)
    findings = _findings(one)
    sheet = sheet_for(one, findings)
    sent = set(request.POST.getlist("GROUP"))
    own = {cell.name for cell in _cells(one) if sent & {cell.name, cell.indicator}} - saved.conflicts
    return JsonResponse(
        {
            "revision": saved.revision,
            "bar": render_to_string("reporting/entry.html#progress", _progress(one, findings), request),
            "lines": lines_told(sheet),
            "others": others_told(sheet, saved.version.edits, since=known, own=own, conflicts=saved.conflicts),
        }
    )


def _findings(one: OneReport) -> list[Finding]:
    with_base(one.report, one.version, one.layout)
    found = findings_of(one.report, one.version, layout=one.layout, earlier=one.earlier)
    told = {finding.cell for finding in found if not finding.is_missing}
    doubts = doubts_of_draft(one.report, one.version, one.layout, one.earlier.previous)
    return found + [doubt for doubt in doubts if doubt.cell not in told]


def _progress(one: OneReport, findings: list[Finding]) -> dict[str, Any]:
    found = entry_of(one.version)
    progress = progress_of(_cells(one), found)
    waiting = unexplained(findings, found.explanations)
    return {
        "one": one,
        "report": one.report,
        "version": one.version,
        "progress": progress,
        "percent": 100 * progress.filled // progress.asked if progress.asked else 100,
        "errors": [finding for finding in findings if finding.is_error and not finding.is_missing],
        "missing": [finding for finding in findings if finding.is_missing],
        "words_left": sum(finding.is_missing and finding.cell.startswith(TEXT) for finding in findings),
        "open_warnings": waiting,
        "explained": sum(finding.needs_explanation for finding in findings) - len(waiting),
    }


def _left(progress: dict[str, Any]) -> str:
    """ "2 lỗi, 1 mục bắt buộc chưa viết": what keeps the report from going on."""
    words = progress["words_left"]
    found = (
        (len(progress["errors"]), _("%(number)s lỗi")),
        (len(progress["missing"]) - words, _("%(number)s ô bắt buộc chưa điền")),
        (words, _("%(number)s mục bắt buộc chưa viết")),
        (len(progress["open_warnings"]), _("%(number)s cảnh báo chưa giải thích")),
    )
    return ", ".join(said % {"number": number} for number, said in found if number)


def _entry_page(
    request: HttpRequest,
    actor: Actor,
    one: OneReport,
    *,
    status: int = 200,
    tells_missing: bool = False,
    **more: Any,
) -> HttpResponse:
    """The page; cells still empty are told as errors only where somebody has asked for a check or tried to submit."""
    findings = _findings(one)
    tells_missing = tells_missing or "kiem-tra" in request.GET
    context = {
        **_progress(one, findings),
        "sheet": sheet_for(one, findings, tells_missing=tells_missing),
        "tells_missing": tells_missing,
        "reasons": {code: words for code, words in REASONS.items() if code != "none_occurred"},
        "period_label": period_name(one.report.period),
        "doable": doable(actor, one),
        "revision": one.report.revision,
        **more,
    }
    return render(request, "reporting/entry.html", context, status=status)


def _conflict(request: HttpRequest, actor: Actor, one: OneReport, filling: Filling) -> HttpResponse:
    """Somebody else saved since the page was opened: what was typed here stays on the page, what differs is listed."""
    mine = ReportVersion(report=one.report, form_version_id=one.version.form_version_id, number=one.version.number)
    result = filled(contents_of(one.version), _cells(one), filling, supplied=one.version.supplied.keys())
    for name, value in {**result.contents, "supplied": one.version.supplied, "saved_at": one.version.saved_at}.items():
        setattr(mine, name, value)
    differing = [
        (cell, one.version.values.get(cell.name, ""), mine.values.get(cell.name, ""))
        for cell in _cells(one)
        if one.version.values.get(cell.name, "") != mine.values.get(cell.name, "")
    ]
    typed = OneReport(**{**one.__dict__, "version": mine})
    return _entry_page(request, actor, typed, status=409, differing=differing)


def _cells(one: OneReport) -> tuple[Cell, ...]:
    return cells_of(one.layout, one.report.period_last_day)


def _filling(request: HttpRequest, one: OneReport, *, groups: list[str] | None = None) -> Filling:
    return filling_from(request.POST.dict(), _cells(one), one.earlier.previous, groups=groups)
