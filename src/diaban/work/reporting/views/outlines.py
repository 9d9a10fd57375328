"""Papers that go out around a report: the outline that asks for it, the report itself to be signed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.paper_files import paper_file
from diaban.lib.periods import BadPeriod, Period
from diaban.work.reporting.models import Form, Schedule
from diaban.work.reporting.outline import outline_paper
from diaban.work.reporting.own_paper import own_paper as paper_of
from diaban.work.reporting.permissions import visible_forms, visible_schedules
from diaban.work.reporting.queries.layouts import NoVersion
from diaban.work.reporting.queries.outlines import outline_of, period_asked
from diaban.work.reporting.views.common import one_or_404, sheet_for


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


@require_safe
def own_paper(request: HttpRequest, uid: UUID, number: int, kind: str) -> HttpResponse:
    """A version of a unit's report as the paper that its body signs."""
    one = one_or_404(actor_of(request), uid, number)
    schedule, period = one.report.schedule, Period.parse(one.report.period)
    issuer = issuer_for(one.report.organisation_id, "BC", one.report.period_last_day)
    paper = paper_of(
        outline_of(schedule.form, period, schedule), sheet_for(one), one.version, issuer, notices_of_instance()
    )
    return paper_file(paper, kind, f"bao-cao-{schedule.form.code}-{period.code}")


def _sent(request: HttpRequest, form: Form, schedule: Schedule | None, kind: str) -> HttpResponse | None:
    """The file; None, having said why, where the form asks nothing of the period."""
    try:
        period = period_asked(request.GET.get("ky", ""), form, schedule, actor_of(request).today)
        paper = outline_paper(outline_of(form, period, schedule), notices_of_instance())
    except (BadPeriod, NoVersion) as problem:
        messages.warning(request, str(problem))
        return None
    return paper_file(paper, kind, f"de-cuong-{form.code}-{period.code}")
