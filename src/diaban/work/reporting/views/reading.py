"""Reading: the list, one report."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.paging import page_of
from diaban.foundation.ui.status import look_of
from diaban.lib.messages import ReadyText
from diaban.lib.workbooks import Column
from diaban.work.reporting.forms import FilterForm
from diaban.work.reporting.models import OfficialPlace, Schedule
from diaban.work.reporting.quality.queries import doubts_of_sent
from diaban.work.reporting.quality.sources import taken_before
from diaban.work.reporting.queries.boards import completion_of
from diaban.work.reporting.queries.pages import OneReport, doable
from diaban.work.reporting.queries.reports import Filter, line_of, periods_of, reports, schedules_in_sight
from diaban.work.reporting.views.common import one_or_404, sheet_for


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports in sight, newest period first."""
    actor = actor_of(request)
    schedules = list(schedules_in_sight(actor))
    form, wanted = _filtered(request, schedules)
    page = page_of(request, reports(actor, wanted))
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(report, actor.today) for report in page],
        "schedules": schedules,
        "is_filtered": wanted != Filter(),
    }
    return render(request, "reporting/reports.html", context)


@require_safe
def reports_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, with the same filters."""
    actor = actor_of(request)
    _form, wanted = _filtered(request, list(schedules_in_sight(actor)))
    return table_file("bao-cao", title=_("Danh sách báo cáo"), columns=_columns(), rows=_lines(actor, wanted))


def _columns() -> list[Column]:
    return [
        Column(_("Cơ quan báo cáo"), width=44),
        Column(_("Báo cáo"), width=44),
        Column(_("Kỳ"), width=16),
        Column(_("Trạng thái"), width=28),
        Column(_("Hạn gửi"), "date"),
        Column(_("Đúng hạn"), width=18),
        Column(_("Nhập thay"), width=12),
    ]


def _lines(actor: Actor, wanted: Filter) -> Iterator[list[object]]:
    found = reports(actor, wanted).select_related("schedule__form")
    for line in (line_of(report, actor.today) for report in found.iterator(2000)):
        yield [
            line.report.organisation_name,
            line.report.schedule.form.called,
            period_name(line.report.period),
            str(look_of(line.state).label),
            line.due_on,
            str(look_of(line.punctual).label) if line.punctual else "",
            _("có") if line.is_typed_for else "",
        ]


def _filtered(request: HttpRequest, schedules: Sequence[Schedule]) -> tuple[FilterForm, Filter]:
    by_uid = {str(schedule.uid): schedule for schedule in schedules}
    form = FilterForm(request.GET, [(uid, one.title) for uid, one in by_uid.items()], _periods(schedules))
    typed: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    chosen = by_uid.get(typed.get("che_do", ""))
    return form, Filter(
        text=typed.get("q", ""),
        schedule_id=chosen.pk if chosen else None,
        period=typed.get("ky", ""),
        status=typed.get("trang_thai", ""),
    )


def _periods(schedules: Sequence[Schedule]) -> list[tuple[str, str]]:
    return [(period, period_name(period)) for period in periods_of(schedules)[:24]]


@require_safe
def report(request: HttpRequest, uid: UUID, number: int | None = None) -> HttpResponse:
    """One report: how it stands, its figures and words, its sections, its course."""
    actor = actor_of(request)
    one = one_or_404(actor, uid, number)
    can_receive = any(part.can_receive for part in one.parts) and not one.version.is_draft
    context = {
        "one": one,
        "report": one.report,
        "version": one.version,
        "period_label": period_name(one.report.period),
        "sheet": sheet_for(one),
        "doable": doable(actor, one),
        "place": OfficialPlace.objects.on(one.report.schedule, one.report.period_last_day),
        "can_receive": can_receive,
        "doubts": doubts_of_sent(one.report, one.version, one.layout, one.earlier.previous) if can_receive else [],
        "choices": taken_before(one.report, one.version) if can_receive else [],
        "completion": _completion(request, one) if not one.is_own else None,
        "is_newest": one.version == one.versions[0],
        "timeline": timeline(actor, one.report),
        "related": related(actor, subject_of(one.report)),
    }
    return render(request, "reporting/report.html", context)


def _completion(request: HttpRequest, one: OneReport) -> ReadyText | None:
    """What is sent to its unit by hand, for whoever sees that sections went back to it."""
    what = f"{one.report.schedule.form.name} {period_name(one.report.period)}"
    sections = [part.state.section.title for part in one.to_complete]
    address = request.build_absolute_uri(request.path)
    return completion_of(one.report.organisation_name, what, sections, one.again_on, address)
