"""A visit: its plan, who travels, where it stops."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.lib.vietnamese import format_date
from diaban.work.meetings import services
from diaban.work.meetings.choosing import fields, offices, people, places
from diaban.work.meetings.forms import (
    MeetingForm,
    MemberForm,
    ReasonForm,
    SignedForm,
    VisitForm,
    written_members,
    written_visit,
)
from diaban.work.meetings.models import Member, Visit
from diaban.work.meetings.permissions import CONVENE, PLAN, RECORD, can
from diaban.work.meetings.queries.things import stops_of
from diaban.work.meetings.services import NotPossible, Someone
from diaban.work.meetings.views.common import item_asked, told, valid, visit_or_404


@require_safe
def visit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A visit with its itinerary and members."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    may_plan = one.cancelled_at is None and can(actor, PLAN, one)
    may_print = can(actor, RECORD, one)
    stops = stops_of(actor, one)
    planned = [stop.meeting for stop in stops if stop.meeting.stage.value == "planned"]
    may_convene = bool(planned) and one.cancelled_at is None and can(actor, CONVENE, one)
    context = {
        "one": one,
        "stops": stops,
        "planned": len(planned) if may_convene else 0,
        "invite_by": services.invite_by(planned[0]) if may_convene else None,
        "members": one.members.all(),
        "may_plan": may_plan,
        "may_print": may_print,
        "may_report": may_print and any(stop.meeting.closed_at for stop in stops),
        "carried": one.carried.select_related("file"),
        "signed_form": SignedForm() if may_print and one.cancelled_at is None else None,
        "member_form": MemberForm(people=people(actor, actor.today), initial=written_members(one))
        if may_plan
        else None,
        "related": related(actor, subject_of(one)),
        "timeline": timeline(actor, one),
    }
    return render(request, "meetings/visit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit; `chuong-trinh` names the row of the year's programme that it carries out."""
    actor = actor_of(request)
    actor.require(PLAN)
    item = item_asked(request, actor)
    initial = (
        {"title": item.content[:300], "field_code": item.field_code, "basis": str(item.programme)} if item else None
    )
    form = VisitForm(request.POST or None, initial=initial, fields=fields())
    if request.method == "POST" and form.is_valid():
        try:
            if item is not None:
                one = services.plan_visit_for(item_id=item.pk, plan=form.plan, actor=actor, at=now())
            else:
                one = services.plan_visit(plan=form.plan, actor=actor, at=now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã lập đoàn. Ghi thành phần đoàn, rồi thêm từng buổi làm việc."))
            return redirect("meetings:visit", one.uid)
    return render(request, "meetings/form.html", {"form": form, "heading": _("Lập đoàn công tác")})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_visit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the plan anew."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    if not can(actor, PLAN, one):
        raise NotPermitted(str(act_kind(PLAN).label))
    form = VisitForm(request.POST or None, initial=written_visit(one), fields=fields())
    if request.method == "POST" and form.is_valid():
        try:
            services.change_visit(
                visit_id=one.pk, plan=form.plan, expected_revision=revision_of(request), actor=actor, at=now()
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("meetings:visit", uid)
    context = {"form": form, "heading": _("Sửa kế hoạch đoàn công tác"), "revision": one.revision}
    return render(request, "meetings/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a stop to the itinerary."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    if not can(actor, PLAN, one):
        raise NotPermitted(str(act_kind(PLAN).label))
    form = MeetingForm(
        request.POST or None,
        initial={"held_on": _next_day(one), "field_code": one.field_code},
        fields=fields(),
        units=places(actor, one.starts_on),
        hosts=offices(actor, one.starts_on),
        is_stop=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            stop = services.plan_stop(
                visit_id=one.pk, plan=form.plan, host_ids=form.cleaned_data["host_ids"], actor=actor, at=now()
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            said = _("Đã thêm buổi %(title)s ngày %(day)s.")
            messages.success(request, said % {"title": stop.title, "day": format_date(stop.held_on)})
            return redirect("meetings:new_stop" if "them" in request.POST else "meetings:visit", uid)
    context = {"form": form, "heading": _("Thêm buổi làm việc"), "more": _("Lưu, thêm buổi nữa"), "under": one}
    return render(request, "meetings/form.html", context)


def _next_day(visit: Visit) -> date:
    """The day of the last stop so far, where another may follow."""
    last = visit.stops.filter(cancelled_at=None).order_by("-held_on").values_list("held_on", flat=True).first()
    return last or visit.starts_on


@require_POST
@told("meetings:visit")
def convene_stops(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the invitations of every stop still prepared."""
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    sent = services.convene_stops(
        visit_id=one.pk, urgent_reason=request.POST.get("urgent_reason", ""), actor=actor, at=now()
    )
    messages.success(request, _("Đã gửi giấy mời của %(n)s buổi làm việc.") % {"n": len(sent)})
    return redirect("meetings:visit", uid)


@require_POST
@told("meetings:visit")
def set_members(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    typed = valid(MemberForm(request.POST, people=people(actor, actor.today)))
    chosen = {typed["leader"]: Member.Role.LEADER.value}
    if typed["secretary"]:
        chosen.setdefault(typed["secretary"], Member.Role.SECRETARY.value)
    for person in typed["members"]:
        chosen.setdefault(person, Member.Role.MEMBER.value)
    known = [Someone(person_id=person, role=role) for person, role in chosen.items()]
    others = [_other(line) for line in typed["others"].splitlines() if line.strip()]
    services.set_members(
        visit_id=one.pk, members=[*known, *others], expected_revision=revision_of(request), actor=actor, at=now()
    )
    messages.success(request, _("Đã ghi thành phần đoàn; các buổi chưa họp theo thành phần mới."))
    return redirect("meetings:visit", uid)


@require_POST
@told("meetings:visit")
def cancel_visit(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = visit_or_404(actor, uid)
    typed = valid(ReasonForm(request.POST))
    services.cancel_visit(visit_id=one.pk, reason=typed["reason"], actor=actor, at=now())
    messages.success(request, _("Đã hủy đoàn công tác; người được mời đã được báo."))
    return redirect("meetings:visit", uid)


def _other(line: str) -> Someone:
    name, _sign, title = line.partition(";")
    return Someone(name=name.strip(), title=title.strip(), role=Member.Role.MEMBER.value)
