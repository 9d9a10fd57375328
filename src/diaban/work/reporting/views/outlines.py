"""The outline of a form or schedule as a file to send out with the letter that asks for reports."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.docx import render_docx
from diaban.foundation.documents.issuing import notices_of_instance
from diaban.foundation.documents.pdf import render_pdf
from diaban.lib.periods import BadPeriod
from diaban.work.reporting.models import Form, Schedule
from diaban.work.reporting.outline import outline_paper
from diaban.work.reporting.outputs import TYPES
from diaban.work.reporting.permissions import visible_forms, visible_schedules
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.queries.outlines import outline_of, period_asked

MAKERS: Final = {"docx": render_docx, "pdf": render_pdf}


@require_safe
def form_outline(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The outline of a form for `ky`, or the period under way."""
    form = get_object_or_404(visible_forms(actor_of(request)), code=code)
    return _sent(request, form, None, kind) or redirect("reporting:form", code)


@require_safe
def schedule_outline(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The outline of what a schedule asks, with its deadline and receivers; of a draft too."""
    schedules = visible_schedules(actor_of(request)).select_related("form", "unit")
    schedule: Schedule = get_object_or_404(schedules, uid=uid)
    return _sent(request, schedule.form, schedule, kind) or redirect("reporting:schedule", uid)


def _sent(request: HttpRequest, form: Form, schedule: Schedule | None, kind: str) -> HttpResponse | None:
    """The file; None, having said why, where the form asks nothing of the period."""
    if kind not in MAKERS:
        raise Http404
    try:
        period = period_asked(request.GET.get("ky", ""), form, schedule, actor_of(request).today)
        paper = outline_paper(outline_of(form, period, schedule), notices_of_instance())
    except (BadPeriod, NoVersion) as problem:
        messages.warning(request, str(problem))
        return None
    response = HttpResponse(MAKERS[kind](paper), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="de-cuong-{form.code}-{period.code}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
