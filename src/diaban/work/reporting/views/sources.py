"""Đối chiếu nguồn số liệu: where sources differ, and the specialist's decision between them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.facts.consolidation import history
from diaban.foundation.facts.models import Indicator
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.paging import page_of
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_number
from diaban.lib.workbooks import Column
from diaban.work.reporting import services
from diaban.work.reporting.flowing import cells_of_facts
from diaban.work.reporting.forms import ChoiceForm
from diaban.work.reporting.models import SourceChoice
from diaban.work.reporting.permissions import CHOOSE
from diaban.work.reporting.quality import sources as comparing
from diaban.work.reporting.quality.sources import THRESHOLD, Compared, sources_of_period
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.queries.pages import report_for
from diaban.work.reporting.queries.reports import newest_of, periods_of, schedules_in_sight
from diaban.work.reporting.services import WrongStep
from diaban.work.reporting.sight import sees_any

THRESHOLDS = (Decimal(0), Decimal(1), THRESHOLD, Decimal(10), Decimal(20))


@require_safe
def sources_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cells told by several sources in a period (`ky`; at first the newest that is over), those that differ by more than
    the threshold (`nguong`, percent); `tai=xlsx` gives the same as a workbook."""
    actor = actor_of(request)
    schedule = get_object_or_404(schedules_in_sight(actor).select_related("unit"), uid=uid)
    if not sees_any(actor, schedule.unit_id):
        raise Http404
    periods = [(code, period_name(code)) for code in periods_of([schedule])[:24]]
    known = [Period.parse(code) for code, _words in periods]
    period = next((one for one in known if str(one) == request.GET.get("ky", "")), None)
    if period is None and known:
        period = newest_of(schedule, known, actor.today)
    threshold = next((one for one in THRESHOLDS if str(one) == request.GET.get("nguong", "")), THRESHOLD)
    found = sources_of_period(actor, schedule, period) if period else []
    rows = [one for one in found if one.difference and one.percent >= threshold]
    if "tai" in request.GET:
        return _download(f"{schedule.title}, {dict(periods).get(str(period), '')}", rows)
    context = {
        "schedule": schedule,
        "periods": periods,
        "period": str(period or ""),
        "period_label": dict(periods).get(str(period), ""),
        "found": found,
        "page": page_of(request, rows),
        "count": len(rows),
        "agreed": len(found) - len(rows),
        "decided": sum(one.is_settled for one in rows),
        "threshold": threshold,
        "thresholds": THRESHOLDS,
    }
    return render(request, "reporting/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sources_of_cell(request: HttpRequest, uid: UUID, cell: str) -> HttpResponse:
    """One cell with its sources, every figure that stood in the consolidation, the decisions; and the decision to take."""
    actor = actor_of(request)
    report = report_for(actor, uid)
    found = comparing.sources_of_cell(report, cell) if report is not None else None
    if report is None or found is None or not (found.choice or sees_any(actor, report.schedule.unit_id)):
        raise Http404
    field = next(
        block.field_code
        for block in layout_of(found.version.form_version_id).blocks
        if block.number == found.cell.section
    )
    may_choose = actor.may(CHOOSE, field, report.unit_id) is not None
    form = ChoiceForm(request.POST or None, sources=[one for one in found.sources if one.value is not None])
    if request.method == "POST" and form.is_valid():
        try:
            choice = services.choose_source(
                report_id=report.pk,
                cell=cell,
                source=form.cleaned_data["source"],
                reason=form.cleaned_data["reason"],
                expected_revision=revision_of(request),
                actor=actor,
                at=now(),
            )
        except WrongStep as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã ghi quyết định: %(outcome)s.") % {"outcome": choice.get_outcome_display()})
            return redirect(request.path)
    context = {
        "report": report,
        "one": found,
        "form": form,
        "may_choose": may_choose,
        "choices": list(SourceChoice.objects.filter(report=report, cell=cell)),
        "versions": _versions(found),
        "period_label": period_name(report.period),
    }
    return render(request, "reporting/source.html", context, status=422 if form.errors else 200)


def _versions(one: Compared) -> Sequence[object]:
    """Every figure of the cell that a consolidation has read, the newest first."""
    layout = layout_of(one.version.form_version_id)
    places = {cell: place for place, cell in cells_of_facts(layout, one.report.period_last_day).items()}
    code, category = places[one.cell.name]
    return history(
        collection_id=one.report.schedule.form.collection_id or 0,
        indicator=Indicator.objects.get(code=code),
        category=category,
        period=Period.parse(one.report.period),
        unit_id=one.report.unit_id,
    )


def _download(title: str, rows: Sequence[Compared]) -> HttpResponse:
    columns = [
        Column(_("Đơn vị"), width=30),
        Column(_("Chỉ tiêu"), width=50),
        Column(_("Đơn vị tính"), width=14),
        Column(_("Các nguồn"), width=80),
        Column(_("Chênh lệch"), "decimal", digits=2),
        Column(_("Chênh lệch (%)"), "percent", digits=1),
        Column(_("Số đang tổng hợp"), "decimal", digits=2),
        Column(_("Quyết định"), width=40),
        Column(_("Lý do"), width=60),
    ]
    heading = _("Đối chiếu nguồn số liệu: %(title)s") % {"title": title}
    return table_file("doi-chieu-nguon-so-lieu", title=heading, columns=columns, rows=_lines(rows))


def _lines(rows: Sequence[Compared]) -> Iterator[list[object]]:
    for one in rows:
        said = "; ".join(
            f"{source.label}: {format_number(source.value)}{f' ({source.days})' if source.days else ''}"
            for source in one.sources
            if source.value is not None
        )
        choice = one.choice if one.is_settled else None
        yield [
            one.report.unit_name,
            f"{one.cell.indicator} {one.cell.label}",
            one.cell.unit_name,
            said,
            one.difference,
            one.percent,
            one.standing,
            choice.source_label if choice else "",
            choice.reason if choice else "",
        ]
