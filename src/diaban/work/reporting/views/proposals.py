"""Kiến nghị của địa phương: the proposals of one report with the answers given to them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.remarks.services import EmptyRemark
from diaban.work.reporting import services
from diaban.work.reporting.labels import period_label
from diaban.work.reporting.permissions import may_answer
from diaban.work.reporting.proposals import proposals_of
from diaban.work.reporting.queries.pages import report_for
from diaban.work.reporting.services import WrongStep


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every proposal with what was said to it; a form at each for whoever receives the report."""
    actor = actor_of(request)
    report = report_for(actor, uid)
    if report is None:
        raise Http404
    if request.method == "POST":
        try:
            services.answer_proposal(
                report_id=report.pk,
                cell=request.POST.get("kien-nghi", ""),
                text=request.POST.get("tra-loi", ""),
                is_final="xong" in request.POST,
                actor=actor,
                at=now(),
            )
        except (WrongStep, EmptyRemark) as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("Đã ghi trả lời kiến nghị."))
        return redirect("reporting:proposals", uid)
    context = {
        "report": report,
        "proposals": proposals_of([report]),
        "may_answer": may_answer(actor, report),
        "period_label": period_label(report.period),
    }
    return render(request, "reporting/proposals.html", context)
