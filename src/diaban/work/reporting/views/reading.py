"""Reading: the list, one report."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.ui.paging import page_of
from diaban.work.reporting.forms import FilterForm
from diaban.work.reporting.labels import period_label
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.pages import doable
from diaban.work.reporting.queries.reports import Filter, line_of, periods_of, reports, schedules_in_sight
from diaban.work.reporting.views.common import one_or_404, sheet_for


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports in sight, newest period first."""
    actor = actor_of(request)
    schedules = list(schedules_in_sight(actor))
    by_uid = {str(schedule.uid): schedule for schedule in schedules}
    form = FilterForm(request.GET, [(uid, one.title) for uid, one in by_uid.items()], _periods(schedules))
    typed: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    chosen = by_uid.get(typed.get("che_do", ""))
    wanted = Filter(
        text=typed.get("q", ""),
        schedule_id=chosen.pk if chosen else None,
        period=typed.get("ky", ""),
        status=typed.get("trang_thai", ""),
    )
    page = page_of(request, reports(actor, wanted))
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(report, actor.today) for report in page],
        "schedules": schedules,
        "is_filtered": any(typed.values()),
    }
    return render(request, "reporting/reports.html", context)


def _periods(schedules: list[Schedule]) -> list[tuple[str, str]]:
    return [(period, period_label(period)) for period in periods_of(schedules)[:24]]


@require_safe
def report(request: HttpRequest, uid: UUID, number: int | None = None) -> HttpResponse:
    """One report: how it stands, its figures and words, its sections, its course."""
    actor = actor_of(request)
    one = one_or_404(actor, uid, number)
    context = {
        "one": one,
        "report": one.report,
        "version": one.version,
        "period_label": period_label(one.report.period),
        "sheet": sheet_for(one),
        "doable": doable(actor, one),
        "can_receive": any(part.can_receive for part in one.parts) and not one.version.is_draft,
        "is_newest": one.version == one.versions[0],
        "timeline": timeline(actor, one.report),
    }
    return render(request, "reporting/report.html", context)
