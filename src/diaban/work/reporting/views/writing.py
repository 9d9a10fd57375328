"""A report's way through its unit: begun from the worklist, checked, brought to signature, sent, corrected."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.language import period_name
from diaban.work.reporting import services
from diaban.work.reporting.forms import PaperForm, ReasonForm
from diaban.work.reporting.models import Report
from diaban.work.reporting.permissions import visible_schedules
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.queries.pages import doable
from diaban.work.reporting.services import NotAsked
from diaban.work.reporting.views.common import one_or_404, period_or_404, told

EARLY = timedelta(days=30)  # so long before it is due, a report is more likely opened by mistake for the one before it


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, schedule_uid: UUID, unit_uid: UUID, period: str) -> HttpResponse:
    """Where the work on a due report starts: what is asked, and the button that begins it; a begun one opens at once."""
    actor = actor_of(request)
    schedule = get_object_or_404(visible_schedules(actor).select_related("form"), uid=schedule_uid, is_on=True)
    unit = get_object_or_404(Unit, uid=unit_uid)
    asked = period_or_404(period)
    if request.method == "POST":
        try:
            report = services.open_report(schedule_id=schedule.pk, unit_id=unit.pk, period=asked, actor=actor, at=now())
        except (NotAsked, NoVersion) as problem:
            messages.error(request, str(problem))
            return redirect(request.path)
        return redirect("reporting:entry", report.uid)
    begun = Report.objects.of_period(schedule.pk, str(asked)).filter(unit=unit).order_by("-id").first()
    if begun is not None:
        return redirect("reporting:report" if begun.status != Report.Status.DRAFT else "reporting:entry", begun.uid)
    owed = Obligation.objects.filter(duty=schedule.duty, period=str(asked), unit=unit)
    due_on = owed.values_list("due_on", flat=True).first()
    context = {
        "schedule": schedule,
        "unit": nearest_versions([unit.pk], asked.last_day)[unit.pk],
        "period": asked,
        "due_on": due_on,
        "is_early": due_on is not None and due_on - actor.today > EARLY,
    }
    return render(request, "reporting/start.html", context)


@require_POST
@told
def submit_for_check(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _step(request, uid, services.submit_for_check, _("Đã trình kiểm tra."))


@require_POST
@told
def submit_for_signature(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _step(request, uid, services.submit_for_signature, _("Đã trình ký."))


def _step(request: HttpRequest, uid: UUID, act: Any, said: str) -> HttpResponse:
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    act(report_id=one.report.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, said)
    return redirect("reporting:report", uid)


@require_POST
@told
def send_back_inside(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Back to whoever drafts, with the reason."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    services.send_back_inside(
        report_id=one.report.pk,
        reason=_reason(request),
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã chuyển lại để hoàn chỉnh."))
    return redirect("reporting:report", uid)


@require_POST
@told
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new version of what was sent."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    services.correct_report(
        report_id=one.report.pk,
        reason=_reason(request),
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã mở bản điều chỉnh; bản đã gửi vẫn giữ nguyên."))
    return redirect("reporting:entry", uid)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


@require_http_methods(["GET", "HEAD", "POST"])
@told
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Gửi báo cáo: number, day and signed file; or the figures first."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    acts = doable(actor, one)
    if "send" not in acts and "bring_paper" not in acts:
        raise NotPermitted(_("Báo cáo chưa ở bước gửi, hoặc vị trí đang làm việc không gửi báo cáo."))
    form = PaperForm(request.POST or None, request.FILES or None, may_go_without="send" in acts)
    if request.method == "POST" and form.is_valid():
        try:
            services.send_report(
                report_id=one.report.pk,
                paper=form.paper,
                expected_revision=revision_of(request),
                actor=actor,
                at=now(),
            )
        except NotAccepted as problem:
            form.add_error("file", str(problem))
        else:
            is_paper = not form.cleaned_data.get("data_only")
            messages.success(request, _("Đã gửi báo cáo.") if is_paper else _("Đã gửi số liệu, chờ văn bản."))
            return redirect("reporting:report", uid)
    context = {"one": one, "report": one.report, "form": form, "period_label": period_name(one.report.period)}
    return render(request, "reporting/send.html", context, status=422 if form.errors else 200)


@require_POST
@told
def confirm_typing(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The unit agrees with what was typed for it."""
    return _step(request, uid, services.confirm_typing, _("Đã xác nhận số liệu được nhập thay."))
