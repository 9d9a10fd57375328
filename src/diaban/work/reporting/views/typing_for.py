"""Nhập thay: the receiver types what a unit sent on paper, with the paper beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Period
from diaban.work.reporting import services
from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.entered import filling_from
from diaban.work.reporting.filling import Filling, filled
from diaban.work.reporting.forms import PaperForm
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import ReportVersion, Schedule
from diaban.work.reporting.permissions import FIELD, TYPE_FOR, visible_schedules
from diaban.work.reporting.queries.figures import Earlier, earlier_of, entry_of
from diaban.work.reporting.queries.layouts import NoVersion, layout_of, version_on
from diaban.work.reporting.services import NotAsked, NotReady, WrongStep
from diaban.work.reporting.services.saving import contents_of
from diaban.work.reporting.sheet import Beside, sheet_of
from diaban.work.reporting.validation import REASONS, Finding
from diaban.work.reporting.views.common import period_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def type_for(request: HttpRequest, schedule_uid: UUID, unit_uid: UUID, period: str) -> HttpResponse:
    """The whole report and its signed paper in one page; nothing is kept before both are in order."""
    actor = actor_of(request)
    schedule = get_object_or_404(visible_schedules(actor).select_related("form"), uid=schedule_uid, is_on=True)
    unit, asked = get_object_or_404(Unit, uid=unit_uid), period_or_404(period)
    actor.require(TYPE_FOR, FIELD, unit.pk)
    page = _Page(schedule, unit, asked)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return page.render(request, form)
    filling = filling_from(request.POST.dict(), cells_of(page.layout, asked.last_day), page.earlier.previous)
    if not form.is_valid() or form.paper is None:
        return page.render(request, form, filling)
    try:
        report = services.type_for_unit(
            schedule_id=schedule.pk,
            unit_id=unit.pk,
            period=asked,
            filling=filling,
            paper=form.paper,
            actor=actor,
            at=now(),
        )
    except NotReady as problem:
        return page.render(request, form, filling, problem.findings)
    except NotAccepted as problem:
        form.add_error("file", str(problem))
        return page.render(request, form, filling)
    except (WrongStep, NotAsked) as problem:
        messages.error(request, str(problem))
        return redirect("reporting:reports")
    messages.success(request, _("Đã nhập thay; đơn vị sẽ xác nhận lại số liệu."))
    return redirect("reporting:report", report.uid)


class _Page:
    """What the page shows before there is a report."""

    def __init__(self, schedule: Schedule, unit: Unit, period: Period) -> None:
        try:
            self.form_version = version_on(schedule.form_id, period.last_day)
        except NoVersion:
            raise Http404 from None
        self.schedule, self.unit, self.period = schedule, unit, period
        self.layout: Layout = layout_of(self.form_version.pk)
        self.earlier: Earlier = earlier_of(schedule.form_id, unit.pk, period, self.layout)

    def render(
        self,
        request: HttpRequest,
        form: PaperForm,
        filling: Filling | None = None,
        findings: list[Finding] | None = None,
    ) -> HttpResponse:
        draft = ReportVersion(form_version=self.form_version)
        if filling is not None:
            contents = filled(contents_of(draft), cells_of(self.layout, self.period.last_day), filling).contents
            for name, value in contents.items():
                setattr(draft, name, value)
        beside = Beside(self.earlier.previous, self.earlier.last_year, findings=findings or ())
        context: dict[str, Any] = {
            "schedule": self.schedule,
            "unit": nearest_versions([self.unit.pk], self.period.last_day)[self.unit.pk],
            "period": self.period,
            "form": form,
            "sheet": sheet_of(self.layout, self.period.last_day, entry_of(draft), beside),
            "errors": [finding for finding in findings or () if finding.is_error],
            "reasons": {code: words for code, words in REASONS.items() if code != "none_occurred"},
        }
        return render(request, "reporting/type_for.html", context, status=422 if filling is not None else 200)
