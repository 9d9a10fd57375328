"""Periodic briefings: who has held that of a period, and who holds them (clusters, within a meeting of one's own)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.obligations.models import Duty
from diaban.foundation.ui.responses import back_to
from diaban.lib.periods import Period
from diaban.work.meetings import services
from diaban.work.meetings.choosing import fields
from diaban.work.meetings.forms import ClusterForm, DeclareForm, ReasonForm, RegimeForm, UpdateLinesForm
from diaban.work.meetings.forms.planning import written_lines
from diaban.work.meetings.models import Holder
from diaban.work.meetings.permissions import (
    COMBINE,
    GROUP,
    PLAN,
    SET_FORM,
    can_group,
    may_declare,
    visible_holders,
    visible_lines,
)
from diaban.work.meetings.queries.holders import (
    Grouping,
    board_of,
    briefing_duties,
    grouping_of,
    periods_of,
    reminder_of,
)
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import valid


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """How far the briefings of a period are: `che-do` names the duty, `ky` the period; the newest, unless asked."""
    actor = actor_of(request)
    duties = briefing_duties(actor)
    duty = next((one for one in duties if one.code == request.GET.get("che-do")), duties[0] if duties else None)
    periods = periods_of(duty) if duty else []
    period = request.GET.get("ky", "")
    period = period if period in periods else (periods[0] if periods else "")
    shown = board_of(actor, duty, period, actor.today) if duty and period else None
    label = Period.parse(period).label() if period else ""
    is_keeper = duty is not None and can_group(actor, duty)
    context = {
        "duties": duties,
        "duty": duty,
        "periods": [(one, Period.parse(one).label()) for one in periods],
        "period": period,
        "label": label,
        "board": shown,
        "may_plan": actor.may(PLAN) is not None,
        "may_declare": bool(_fields_to_declare(actor)),
        "reminder": reminder_of(shown, duty.title, label.lower(), request.build_absolute_uri(reverse("meetings:briefings")))
        if shown and duty and is_keeper
        else None,
    }  # fmt: skip
    return render(request, "meetings/briefings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_regime(request: HttpRequest) -> HttpResponse:
    """Set up the duty to hold briefings."""
    actor = actor_of(request)
    choices = _fields_to_declare(actor)
    if not choices:
        raise NotPermitted(str(act_kind(GROUP).label))
    form = RegimeForm(request.POST or None, fields=choices, initial={"starts_on": actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            duty = services.declare_briefings(regime=form.regime, actor=actor, at=now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã đặt chế độ giao ban. Xem lại các cụm, cụm trưởng."))
            return redirect("meetings:holders", duty.code)
    return render(request, "meetings/form.html", {"form": form, "heading": _("Đặt chế độ giao ban định kỳ")})


@require_safe
def holders(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds the briefings of a duty today, or on its first day where that is to come."""
    actor = actor_of(request)
    duty = duty_or_404(actor, code)
    grouping = grouping_of(duty, max(actor.today, duty.valid.lower))
    is_keeper = can_group(actor, duty)
    choices = _units_to_declare(actor, grouping, is_keeper=is_keeper)
    may_declare = bool(choices) and (is_keeper or actor.may(COMBINE) is not None)
    context = {
        "duty": duty,
        "grouping": grouping,
        "is_keeper": is_keeper,
        "declare_form": DeclareForm(units=choices) if may_declare else None,
        "own_seat": seat_of(actor),
        "may_combine": actor.may(COMBINE) is not None,
    }
    return render(request, "meetings/holders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Form a cluster."""
    actor = actor_of(request)
    duty = duty_or_404(actor, code)
    actor.require(GROUP, duty.field_code or None, duty.unit_id)
    grouping = grouping_of(duty, actor.today)
    form = ClusterForm(request.POST or None, units=_every_unit(grouping))
    if request.method == "POST" and form.is_valid():
        try:
            services.form_cluster(duty_id=duty.pk, **form.cleaned_data, actor=actor, at=now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã lập cụm giao ban."))
            return redirect("meetings:holders", duty.code)
    return render(request, "meetings/form.html", {"form": form, "heading": _("Lập cụm giao ban")})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_cluster(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a cluster anew."""
    actor = actor_of(request)
    one = get_object_or_404(visible_holders(actor).filter(is_cluster=True), uid=uid)
    duty = one.duty
    actor.require(GROUP, duty.field_code or None, duty.unit_id)
    grouping = grouping_of(duty, actor.today)
    members = next((each.members for each in grouping.clusters if each.holder.pk == one.pk), ())
    written: dict[str, Any] = {
        "name": one.name,
        "unit_ids": [unit.unit_id for unit, _is_head in members],
        "head_id": next((unit.unit_id for unit, is_head in members if is_head), None),
    }
    form = ClusterForm(request.POST or None, initial=written, units=_own_first(grouping, written["unit_ids"]))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_cluster(
                holder_id=one.pk, **form.cleaned_data, expected_revision=revision_of(request), actor=actor, at=now()
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã sửa cụm giao ban; áp dụng từ hôm nay."))
            return redirect("meetings:holders", duty.code)
    context = {"form": form, "heading": _("Sửa cụm giao ban: %(name)s") % {"name": one.name}, "revision": one.revision}
    return render(request, "meetings/form.html", context)


@require_POST
def group_units(request: HttpRequest, code: str) -> HttpResponse:
    """Form the default clusters of the units that are in none."""
    actor = actor_of(request)
    duty = duty_or_404(actor, code)
    try:
        formed = services.group_by_old_district(duty_id=duty.pk, actor=actor, at=now())
    except NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Đã lập %(n)d cụm theo huyện cũ.") % {"n": len(formed)})
    return redirect("meetings:holders", duty.code)


@require_POST
def declare_combined(request: HttpRequest, code: str) -> HttpResponse:
    """Name the own meeting that the briefing is held within."""
    actor = actor_of(request)
    duty = duty_or_404(actor, code)
    grouping = grouping_of(duty, actor.today)
    units = _units_to_declare(actor, grouping, is_keeper=can_group(actor, duty))
    form = DeclareForm(request.POST, units=units)
    try:
        services.declare_combined(duty_id=duty.pk, **valid(form), actor=actor, at=now())
    except NotPossible as problem:
        form.add_error(None, str(problem))
        context = {"form": form, "heading": _("Đăng ký giao ban lồng ghép")}
        return render(request, "meetings/form.html", context)
    messages.success(request, _("Đã đăng ký giao ban lồng ghép. Sau cuộc họp, nạp biên bản để hoàn thành kỳ giao ban."))
    return redirect("meetings:holders", duty.code)


@require_POST
def withdraw_combined(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the declaration back, with the reason."""
    actor = actor_of(request)
    one: Holder = get_object_or_404(visible_holders(actor), uid=uid)
    page = reverse("meetings:holders", args=[one.duty.code])
    try:
        reason = valid(ReasonForm(request.POST))["reason"]
        services.withdraw_combined(
            holder_id=one.pk, reason=reason, expected_revision=revision_of(request), actor=actor, at=now()
        )
    except NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Đã rút đăng ký lồng ghép."))
    return back_to(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def update_form(request: HttpRequest) -> HttpResponse:
    """The form of the short reports before meetings: read by everybody, set by who keeps the registers."""
    actor = actor_of(request)
    asked = list(visible_lines(actor).filter(valid__contains=actor.today))
    may_set = actor.may(SET_FORM) is not None
    form = UpdateLinesForm(request.POST or None, initial={"lines": written_lines(asked)}) if may_set else None
    if request.method == "POST":
        actor.require(SET_FORM)
        if form is not None and form.is_valid():
            try:
                services.set_update_form(lines=form.rows, actor=actor, at=now())
            except NotPossible as problem:
                form.add_error("lines", str(problem))
            else:
                messages.success(request, _("Đã đặt mẫu báo cáo nhanh; áp dụng cho cuộc họp từ hôm nay."))
                return redirect("meetings:update_form")
    return render(request, "meetings/update_form.html", {"asked": asked, "form": form})


def duty_or_404(actor: Actor, code: str) -> Duty:
    """The duty of that code, where it is in sight."""
    found = next((one for one in briefing_duties(actor) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def _fields_to_declare(actor: Actor) -> list[tuple[str, str]]:
    """The fields that the own body manages over its seat."""
    return [one for one in fields() if may_declare(actor, one[0])]


def _every_unit(grouping: Grouping) -> list[tuple[int, str]]:
    """Every unit with where it is today, cluster by cluster."""
    groups = [*grouping.clusters, *grouping.alone]
    found = [
        (unit.unit_id, f"{unit.full_name} · {_where(each.holder)}") for each in groups for unit, _head in each.members
    ]
    return found + [(unit.unit_id, unit.full_name) for unit in grouping.rest]


def _own_first(grouping: Grouping, own: Collection[int]) -> list[tuple[int, str]]:
    return sorted(_every_unit(grouping), key=lambda one: one[0] not in own)


def _where(holder: Holder) -> str:
    if holder.is_cluster:
        return holder.name
    return _("lồng ghép") if holder.combined_with else _("tự giao ban")


def _units_to_declare(actor: Actor, grouping: Grouping, *, is_keeper: bool) -> list[tuple[int, str]]:
    """The units that may be declared to brief within a meeting of their own: the own seat; for the keeper every one."""
    declared = {unit.unit_id for each in grouping.alone if each.holder.combined_with for unit, _head in each.members}
    seat = seat_of(actor)
    return [one for one in _every_unit(grouping) if one[0] not in declared and (is_keeper or one[0] == seat)]
