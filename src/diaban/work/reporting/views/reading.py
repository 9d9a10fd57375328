"""Reading: the list, the board of a period, one report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.ui.paging import page_of
from diaban.lib.periods import Period
from diaban.work.reporting.forms import FilterForm
from diaban.work.reporting.labels import period_label
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.permissions import FIELD, TYPE_FOR
from diaban.work.reporting.queries.pages import doable
from diaban.work.reporting.queries.reports import (
    Filter,
    board,
    line_of,
    newest_of,
    periods_of,
    reports,
    schedules_in_sight,
)
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
def board_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tình hình gửi báo cáo: every unit that owes a report of the period (`ky`; at first the newest that is over)."""
    actor = actor_of(request)
    schedule = get_object_or_404(schedules_in_sight(actor), uid=uid)
    periods = _periods([schedule])
    period = request.GET.get("ky", "")
    if period and period not in dict(periods):
        messages.warning(request, _("Không có kỳ “%(period)s” ở chế độ báo cáo này; hãy chọn kỳ.") % {"period": period})
        period = ""
    elif periods and not period:
        period = str(newest_of(schedule, [Period.parse(code) for code, _words in periods], actor.today))
    shown = board(actor, schedule, period, actor.today) if period else None
    state = request.GET.get("trang_thai", "")
    context = {
        "schedule": schedule,
        "periods": periods,
        "period": period,
        "period_label": dict(periods).get(period, ""),
        "board": shown,
        "may_type_for": actor.may(TYPE_FOR, FIELD, schedule.unit_id) is not None,
        "counts": shown.counts.most_common() if shown else [],
        "state": state,
        "rows": [row for row in shown.rows if state in ("", row.state)] if shown else [],
    }
    return render(request, "reporting/board.html", context)


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
