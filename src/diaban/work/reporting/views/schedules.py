"""Schedules: what they stand on, what they cost a unit in a year, switched on and ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.ui.paging import page_of
from diaban.work.reporting import services
from diaban.work.reporting.permissions import FIELD, SET_SCHEDULE, visible_schedules
from diaban.work.reporting.queries.schedules import burden_of
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import NotLawful
from diaban.work.reporting.services.schedules import faults_of
from diaban.work.reporting.views.common import revision_of


@require_safe
def schedule_list(request: HttpRequest) -> HttpResponse:
    """Every schedule, those in force first."""
    rows = visible_schedules(actor_of(request)).select_related("form").order_by("-is_on", "title", "id")
    return render(request, "reporting/schedules.html", {"page": page_of(request, rows)})


@require_safe
def schedule(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One schedule with its ground, its deadlines and the burden of a year."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schedules(actor).select_related("form"), uid=uid)
    context = {
        "schedule": one,
        "deadlines": one.deadlines.all(),
        "items": [(words, one.items.get(code, "")) for code, words in ARTICLE_7.items()],
        "burden": burden_of(one, actor.today),
        "faults": [] if one.is_on else faults_of(one),
        "can_set": actor.may(SET_SCHEDULE, FIELD, one.unit_id) is not None,
        "timeline": timeline(actor, one),
    }
    return render(request, "reporting/schedule.html", context)


@require_POST
def switch_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = get_object_or_404(visible_schedules(actor), uid=uid)
    try:
        services.switch_on(schedule_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    except NotLawful as problem:
        messages.error(request, _("Chưa áp dụng được: %(why)s") % {"why": "; ".join(problem.faults)})
    else:
        messages.success(request, _("Đã áp dụng chế độ báo cáo."))
    return redirect("reporting:schedule", uid)
