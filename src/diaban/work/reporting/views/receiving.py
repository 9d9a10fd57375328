"""Receiving: figures closed section by section, or returned with remarks at their cells; typing for a unit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.ui.language import period_name
from diaban.work.reporting import services
from diaban.work.reporting.forms import ReturnForm, remarks_from
from diaban.work.reporting.queries.pages import OneReport
from diaban.work.reporting.services import WrongStep
from diaban.work.reporting.views.common import one_or_404, sheet_for, told


@require_POST
@told
def receive_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every waiting section that is the reader's to receive."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    received = services.receive_report(
        report_id=one.report.pk, expected_revision=revision_of(request), actor=actor, at=now()
    )
    messages.success(request, _("Đã tiếp nhận, chốt số liệu %(count)d phần.") % {"count": len(received)})
    return redirect("reporting:report", uid)


@require_POST
@told
def receive_section(request: HttpRequest, uid: UUID, section: int) -> HttpResponse:
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    state = services.receive_section(
        report_id=one.report.pk,
        section=section,
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã tiếp nhận, chốt số liệu: %(section)s.") % {"section": state.section.called})
    return redirect("reporting:report", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def return_section(request: HttpRequest, uid: UUID, section: int) -> HttpResponse:
    """Đề nghị bổ sung, hoàn chỉnh: the section with a line for a remark at each cell."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    part = next((part for part in one.parts if part.state.section.number == section), None)
    if part is None or not part.can_receive:
        raise Http404
    form = ReturnForm(request.POST or None)
    remarks = remarks_from(request.POST.dict())
    if request.method == "POST" and form.is_valid():
        try:
            services.return_section(
                report_id=one.report.pk,
                section=section,
                reason=form.cleaned_data["reason"],
                remarks=remarks,
                due_on=form.cleaned_data["due_on"],
                expected_revision=revision_of(request),
                actor=actor,
                at=now(),
            )
        except WrongStep as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã gửi đề nghị bổ sung, hoàn chỉnh."))
            return redirect("reporting:report", uid)
    return render(
        request,
        "reporting/return.html",
        _return_context(one, section, form, remarks),
        status=422 if form.errors else 200,
    )


def _return_context(one: OneReport, section: int, form: ReturnForm, remarks: dict[str, str]) -> dict[str, Any]:
    shown = next(part for part in sheet_for(one).sections if part.block.number == section)
    return {
        "one": one,
        "report": one.report,
        "section": shown,
        "lines": [(line, remarks.get(line.cell.name, "")) for line in shown.lines if not line.not_asked],
        "form": form,
        "period_label": period_name(one.report.period),
    }
