"""Tình hình gửi báo cáo: the board of a period, and what is done with many of its reports at once."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.jobs.services import start_job
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.status import look_of
from diaban.lib.periods import Period
from diaban.lib.workbooks import Column
from diaban.work.reporting.forms import ReturnForm
from diaban.work.reporting.jobs import RECEIVE_MANY, RETURN_MANY
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.permissions import FIELD, RECEIVE, TYPE_FOR, visible_reports
from diaban.work.reporting.queries.boards import BoardGroup, by_charge, by_old_district, completion, reminder
from diaban.work.reporting.queries.reports import Expected, board, newest_of, periods_of, schedules_in_sight
from diaban.work.reporting.sight import sees_any

MANY = 500  # reports in one act


@require_safe
def board_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every unit that owes a report of the period (`ky`; at first the newest that is over), narrowed by `trang_thai`,
    by old district with `nhom=huyen-cu`, by who is in charge of them in the receiving office with `nhom=phu-trach`; `tai=xlsx` gives the same as a workbook."""
    actor = actor_of(request)
    schedule = _schedule(request, uid)
    periods = [(period, period_name(period)) for period in periods_of([schedule])[:24]]
    period = _period(request, schedule, periods)
    shown = board(actor, schedule, period, actor.today) if period else None
    state = request.GET.get("trang_thai", "")
    rows = [row for row in shown.rows if state in ("", row.state, row.punctual)] if shown else []
    if "tai" in request.GET:
        return _download(schedule, period, rows)
    grouping = request.GET.get("nhom", "huyen-cu")
    groups = _grouped(grouping, schedule, rows, period, actor.today)
    address = request.build_absolute_uri(reverse("reporting:reports"))
    words = dict(periods).get(period, "")
    context = {
        "schedule": schedule,
        "periods": periods,
        "period": period,
        "period_label": words,
        "board": shown,
        "counts": shown.counts.most_common() if shown else [],
        "punctual": shown.punctual.most_common() if shown else [],
        "state": state,
        "rows": rows,
        "groups": groups,
        "grouping": grouping,
        "reminder": reminder(schedule.title, words, rows, address),
        "completion": completion(schedule.title, words, rows, address),
        "may_type_for": actor.may(TYPE_FOR, FIELD, schedule.unit_id) is not None,
        "sees_sources": sees_any(actor, schedule.unit_id),
        "may_receive": bool(actor.reaches(RECEIVE)),
        "form": ReturnForm(),
    }
    return render(request, "reporting/board.html", context)


def _grouped(grouping: str, schedule: Schedule, rows: list[Expected], period: str, on: date) -> list[BoardGroup]:
    match grouping:
        case "huyen-cu":
            return by_old_district(schedule, rows, on)
        case "phu-trach" if rows:
            return by_charge(schedule, rows, period, on)
        case _:
            return [BoardGroup("", rows)]


def _schedule(request: HttpRequest, uid: UUID) -> Schedule:
    found: Schedule = get_object_or_404(schedules_in_sight(actor_of(request)).select_related("unit"), uid=uid)
    return found


def _period(request: HttpRequest, schedule: Schedule, periods: list[tuple[str, str]]) -> str:
    """The period asked for, else the newest that is over; blank for one that is not known, which is told."""
    asked = request.GET.get("ky", "")
    if asked in dict(periods):
        return asked
    if asked:
        messages.warning(request, _("Không có kỳ “%(period)s” ở chế độ báo cáo này; hãy chọn kỳ.") % {"period": asked})
    if asked or not periods:
        return ""
    return str(newest_of(schedule, [Period.parse(code) for code, _words in periods], actor_of(request).today))


def _download(schedule: Schedule, period: str, rows: list[Expected]) -> HttpResponse:
    columns = [
        Column(_("Đơn vị"), width=32),
        Column(_("Trạng thái"), width=28),
        Column(_("Hạn gửi"), "date", width=12),
        Column(_("Gửi ngày"), "date", width=12),
        Column(_("Đúng hạn"), width=18),
        Column(_("Phần đã tiếp nhận"), width=18),
    ]
    lines = (
        [
            row.unit_name,
            str(look_of(row.state).label),
            row.due_on,
            row.sent_on,
            str(look_of(row.punctual).label) if row.punctual else "",
            f"{row.received}/{row.sections}" if row.sections else "",
        ]
        for row in rows
    )
    title = _("Tình hình gửi báo cáo: %(title)s, %(period)s") % {
        "title": schedule.title,
        "period": period_name(period) if period else "",
    }
    return table_file("tinh-hinh-gui-bao-cao", title=title, columns=columns, rows=lines)


@require_POST
def act_on_many(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Receive (`viec=tiep-nhan`) or ask to complete (`viec=bo-sung`) the reports that are ticked (`bao-cao`): a job."""
    actor = actor_of(request)
    schedule = _schedule(request, uid)
    period = request.POST.get("ky", "")
    back = f"{reverse('reporting:board', args=[uid])}?ky={period}"
    ticked = [int(pk) for pk in request.POST.getlist("bao-cao")[:MANY] if pk.isdecimal() and len(pk) < 19]
    reports = list(
        visible_reports(actor).filter(pk__in=ticked, schedule=schedule, period=period).values_list("pk", flat=True)
    )
    if not reports:
        messages.warning(request, _("Chưa chọn báo cáo nào."))
        return redirect(back)
    arguments = {"reports": reports, "schedule": str(schedule.uid), "period": period}
    if request.POST.get("viec") != "bo-sung":
        kind, title = RECEIVE_MANY, _("Tiếp nhận, chốt số liệu %(count)d báo cáo")
    else:
        kind, title = RETURN_MANY, _("Đề nghị bổ sung, hoàn chỉnh %(count)d báo cáo")
        form = ReturnForm(request.POST)
        if not form.is_valid() or not form.cleaned_data["reason"].strip():
            messages.error(request, _("Ghi rõ nội dung đề nghị bổ sung, hoàn chỉnh và hạn gửi lại (nếu có)."))
            return redirect(back)
        due_on = form.cleaned_data["due_on"]
        arguments |= {"reason": form.cleaned_data["reason"], "due_on": due_on.isoformat() if due_on else ""}
    started = start_job(kind=kind, title=title % {"count": len(reports)}, arguments=arguments, actor=actor, at=now())
    return redirect("jobs:job", started.uid)
