"""Schedules: what they stand on, what they cost a unit in a year, switched on and ended."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import grounds
from diaban.foundation.organisations.queries import body_name, search
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.paging import page_of
from diaban.lib.vietnamese import format_date
from diaban.work.reporting import services
from diaban.work.reporting.forms import ITEM, EndForm, PlaceForm, ScheduleForm, said
from diaban.work.reporting.models import OfficialPlace, Schedule
from diaban.work.reporting.permissions import FIELD, SET_SCHEDULE, is_own_draft, visible_forms, visible_schedules
from diaban.work.reporting.queries.owing import owing_of
from diaban.work.reporting.queries.regimes import items_drawn
from diaban.work.reporting.queries.schedules import burden_of
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import NotLawful, Terms
from diaban.work.reporting.services.schedules import faults_of


@require_safe
def schedule_list(request: HttpRequest) -> HttpResponse:
    """Every schedule, those in force first."""
    actor = actor_of(request)
    rows = visible_schedules(actor).select_related("form").order_by("-is_on", "title", "id")
    return render(
        request, "reporting/schedules.html", {"page": page_of(request, rows), "can_set": bool(_grounds(actor))}
    )


@require_safe
def schedule(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One schedule with its ground, its deadlines and the burden of a year."""
    return _shown(request, uid)


@require_POST
def set_place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say where its reports are handed in by law."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schedules(actor), uid=uid)
    actor.require(SET_SCHEDULE, FIELD, one.unit_id)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _shown(request, uid, form)
    chosen = form.cleaned_data
    try:
        services.set_official_place(
            schedule_id=one.pk,
            since=chosen["tu_ngay"],
            system=chosen["he_thong"],
            address=chosen["dia_chi"],
            basis=chosen["can_cu"],
            actor=actor,
            at=now(),
        )
    except services.NotAfterTheLast as refusal:
        form.add_error("tu_ngay", str(refusal))
        return _shown(request, uid, form)
    messages.success(request, _("Đã ghi nơi nộp chính thức."))
    return redirect("reporting:schedule", one.uid)


@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for no more reports from a day on."""
    actor = actor_of(request)
    one = get_object_or_404(visible_schedules(actor), uid=uid)
    actor.require(SET_SCHEDULE, FIELD, one.unit_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, uid, end_form=form)
    on, reason = form.cleaned_data["thoi_tu"], form.cleaned_data["ly_do"]
    try:
        services.end_schedule(
            schedule_id=one.pk, on=on, reason=reason, expected_revision=revision_of(request), actor=actor, at=now()
        )
    except services.NotEndable as refusal:
        form.add_error("thoi_tu", str(refusal))
        return _shown(request, uid, end_form=form)
    messages.success(request, _("Chế độ thôi áp dụng từ ngày %(day)s.") % {"day": format_date(on)})
    return redirect("reporting:schedule", uid)


def _shown(
    request: HttpRequest, uid: UUID, place_form: PlaceForm | None = None, end_form: EndForm | None = None
) -> HttpResponse:
    actor = actor_of(request)
    one = get_object_or_404(visible_schedules(actor).select_related("form"), uid=uid)
    can_set = actor.may(SET_SCHEDULE, FIELD, one.unit_id) is not None
    context = {
        "schedule": one,
        "deadlines": one.deadlines.all(),
        "items": [(words, one.items.get(code, "")) for code, words in ARTICLE_7.items()],
        "burden": burden_of(one, actor.today),
        "owing": None if one.is_on else owing_of(one, actor.today),
        "has_blanks": any(not one.items.get(code) for code in ARTICLE_7),
        "faults": [] if one.is_on else faults_of(one, actor.today),
        "can_set": can_set,
        "can_redraft": can_set and is_own_draft(actor, one),
        "places": OfficialPlace.objects.of(one),
        "place_form": (place_form or PlaceForm(initial={"tu_ngay": actor.today})) if can_set else None,
        "end_form": (end_form or EndForm()) if can_set and _goes_on(one, actor.today) else None,
        "timeline": timeline(actor, one),
    }
    return render(request, "reporting/schedule.html", context, status=422 if place_form or end_form else 200)


def _goes_on(schedule: Schedule, today: date) -> bool:
    return schedule.is_on and (schedule.valid.upper is None or schedule.valid.upper > today)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Write a schedule down. Its page shows who would owe what, before it is switched on there."""
    actor = actor_of(request)
    initial = {
        "tu_ngay": actor.today,
        "bieu": request.GET.get("bieu", ""),
        "noi_nhan": body_name(actor.organisation_id, actor.today),
    }
    return _written(request, initial, lambda terms: services.draft_schedule(actor=actor, at=now(), **terms), None)


@require_http_methods(["GET", "POST"])
def redraft(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a draft of one's own office; with `soan-san` the items that are still blank stand as the draft tells them."""
    actor = actor_of(request)
    one = _own_draft(actor, uid)
    initial = said(one, actor.today)
    if "soan-san" in request.GET:
        drawn = {ITEM + code: words for code, words in items_drawn(one, actor.today).items()}
        initial = drawn | {name: value for name, value in initial.items() if value or name not in drawn}

    def save(terms: Terms) -> Schedule:
        revision = revision_of(request)
        return services.redraft_schedule(schedule_id=one.pk, expected_revision=revision, actor=actor, at=now(), **terms)

    return _written(request, initial, save, one)


@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete a draft of one's own office."""
    actor = actor_of(request)
    one = _own_draft(actor, uid)
    services.discard_schedule(schedule_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã xóa dự thảo “%(title)s”.") % {"title": one.title})
    return redirect("reporting:schedules")


def _own_draft(actor: Actor, uid: UUID) -> Schedule:
    one: Schedule = get_object_or_404(visible_schedules(actor).select_related("form", "unit"), uid=uid)
    if not is_own_draft(actor, one) or actor.may(SET_SCHEDULE, FIELD, one.unit_id) is None:
        raise NotPermitted(_("Chỉ sửa, xóa được dự thảo của cơ quan mình, chưa từng áp dụng."))
    return one


def _written(
    request: HttpRequest, initial: Mapping[str, object], save: Callable[[Terms], Schedule], one: Schedule | None
) -> HttpResponse:
    """The page of a draft, new or `one`: shown, or saved and its schedule opened."""
    actor = actor_of(request)
    places = _grounds(actor)
    if not places:
        raise NotPermitted(str(act_kind(SET_SCHEDULE).label))
    papers = {form.code: form for form in visible_forms(actor).order_by("name")}
    form = ScheduleForm(
        request.POST or None,
        initial=initial,
        papers=[(code, paper.called) for code, paper in papers.items()],
        places=[(str(place.unit.uid), place.full_name) for place in places],
    )
    if request.method == "POST" and form.is_valid():
        ground = next(place for place in places if str(place.unit.uid) == form.cleaned_data["dia_ban"])
        try:
            made = save(form.terms(papers[form.cleaned_data["bieu"]], ground.unit_id))
        except NotLawful as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã lưu dự thảo; xem ai phải báo cáo, hạn nào, rồi áp dụng."))
            return redirect("reporting:schedule", made.uid)
    names = search(actor.today, within=places[0].unit_id).values_list("name", flat=True)
    context = {"form": form, "names": names, "schedule": one}
    return render(request, "reporting/draft_schedule.html", context, status=422 if form.errors else 200)


def _grounds(actor: Actor) -> list[UnitVersion]:
    return grounds(actor, SET_SCHEDULE, seat_of(actor) or 0, actor.today)


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
