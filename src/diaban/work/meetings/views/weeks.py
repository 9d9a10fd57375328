"""The weekly calendar: its table, what is written into it, its approval and publication."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import LEADERS
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.documents.wide_files import wide_file
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import party
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.queries import names_of
from diaban.work.meetings import services
from diaban.work.meetings.choosing import offices, own_offices, people
from diaban.work.meetings.forms import ArrangeForm, EntryForm, NoteForm, written_entry
from diaban.work.meetings.models import Entry, Week
from diaban.work.meetings.permissions import WEEK_APPROVE, WEEK_PUBLISH, WEEK_WRITE, can_week, visible_weeks
from diaban.work.meetings.queries.weeks import (
    body_in,
    changes_of,
    days_of,
    lines_between,
    mine,
    others_published,
    own_person,
    people_in,
)
from diaban.work.meetings.rules import DAY, SUNDAY, WeekStage, monday_of
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import day_typed, meeting_or_404, told, valid
from diaban.work.meetings.week_paper import table_of

KINDS = ("docx", "pdf")
COMING, MOST_COMING = timedelta(days=13), 4  # how far the first page looks ahead, and how many lines it shows


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The calendar of the own body for a week (`?tuan=` any of its days), or only what is one's own (`?cua=toi`)."""
    actor = actor_of(request)
    body = body_in(actor)
    if body is None:
        raise Http404
    starts_on = monday_of(day_asked(request, actor))
    found = Week.objects.filter(organisation=body, starts_on=starts_on).first()
    return _page(request, actor, body, starts_on, found)


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """The next lines of the own body's calendar, for the first page: all of them for a leader, one's own for others."""
    actor = actor_of(request)
    body = body_in(actor)
    lines = lines_between(body, actor.today, actor.today + COMING) if body is not None else []
    if getattr(actor, "role", None) not in LEADERS:
        lines = mine(lines, own_person(actor), actor.organisation_id)
    standing = [line for line in lines if not line.is_struck]
    context = {"lines": standing[:MOST_COMING], "more": len(standing) > MOST_COMING}
    return render(request, "meetings/coming.html", context)


@require_safe
def week_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One calendar by its own address, of another body too."""
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    return _page(request, actor, one.organisation_id, one.starts_on, one)


@require_POST
@told("meetings:week")
def draft_week(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    asked = day_typed(request.POST.get("tuan", "")) or actor.today
    one = services.draft_week(starts_on=asked, actor=actor, at=now())
    messages.success(
        request,
        _("Đã lập lịch tuần; cuộc họp, đoàn công tác trong tuần đã có sẵn. Thêm nội dung khác rồi trình duyệt."),
    )
    return to_week(one)


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a line to a calendar."""
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    _require_write(actor, one)
    asked = day_typed(request.GET.get("ngay", "")) or one.starts_on
    form = _entry_form(request, actor, one, {"on": asked.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_entry(
                week_id=one.pk, plan=form.plan, reason=form.cleaned_data.get("reason", ""), actor=actor, at=now()
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã thêm vào lịch tuần."))
            return to_week(one)
    context = {"form": form, "week": one, "heading": _("Thêm nội dung vào lịch tuần")}
    return render(request, "meetings/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a line anew."""
    actor = actor_of(request)
    entry = entry_or_404(actor, uid)
    _require_write(actor, entry.week)
    form = _entry_form(request, actor, entry.week, written_entry(entry))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_entry(
                entry_id=entry.pk, plan=form.plan, reason=form.cleaned_data.get("reason", ""),
                expected_revision=revision_of(request), actor=actor, at=now(),
            )  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã sửa lịch tuần."))
            return to_week(entry.week)
    context = {"form": form, "week": entry.week, "entry": entry, "heading": _("Sửa nội dung lịch tuần")}
    return render(request, "meetings/entry.html", context)


@require_POST
@told("meetings:edit_entry")
def strike_entry(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    entry = entry_or_404(actor, uid)
    services.strike_entry(entry_id=entry.pk, reason=request.POST.get("reason", ""), actor=actor, at=now())
    messages.success(request, _("Đã bỏ nội dung khỏi lịch tuần."))
    return to_week(entry.week)


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the own office arranges for a meeting: who prepares, which car."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    actor.require(WEEK_WRITE)
    arranged = one.arrangements.filter(organisation=body_in(actor)).first()
    initial = {"preparation": arranged.preparation, "car": arranged.car} if arranged else {}
    form = ArrangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.arrange(meeting_id=one.pk, **form.cleaned_data, actor=actor, at=now())
        messages.success(request, _("Đã ghi việc chuẩn bị, xe vào lịch tuần."))
        return redirect(f"{reverse('meetings:week')}?tuan={one.held_on.isoformat()}")
    return render(
        request, "meetings/form.html", {"form": form, "heading": _("Chuẩn bị, xe: %(title)s") % {"title": one.title}}
    )


@require_POST
@told("meetings:week_of")
def write_note(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    typed = valid(NoteForm(request.POST, is_published=one.published_at is not None))
    services.write_note(
        week_id=one.pk, note=typed["note"], reason=typed.get("reason", ""), expected_revision=revision_of(request),
        actor=actor, at=now(),
    )  # fmt: skip
    return to_week(one)


@require_POST
@told("meetings:week_of")
def approve_week(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    services.approve_week(week_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã duyệt lịch tuần. Công bố để mọi người trong cơ quan nhận được."))
    return to_week(one)


@require_POST
@told("meetings:week_of")
def send_back_week(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    reason = request.POST.get("reason", "")
    services.send_back_week(
        week_id=one.pk, reason=reason, expected_revision=revision_of(request), actor=actor, at=now()
    )
    messages.success(request, _("Đã chuyển lại; người soạn lịch được báo nội dung cần sửa."))
    return to_week(one)


@require_POST
@told("meetings:week_of")
def hand_in_week(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    services.hand_in_week(week_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã trình lại; người đề nghị sửa được báo."))
    return to_week(one)


@require_POST
@told("meetings:week_of")
def publish_week(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    services.publish_week(week_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(
        request, _("Đã công bố lịch tuần; mọi người trong cơ quan và người có tên trong lịch đã được báo.")
    )
    return to_week(one)


@require_safe
def week_paper(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The calendar as the paper that is hung up and sent out."""
    actor = actor_of(request)
    one = week_or_404(actor, uid)
    if kind not in KINDS:
        raise Http404
    table = table_of(one, own=one.organisation_id in party(actor))
    return wide_file(table, kind, f"lich-cong-tac-tuan-{one.starts_on.isoformat()}")


def week_or_404(actor: Actor, uid: UUID) -> Week:
    return get_object_or_404(visible_weeks(actor), uid=uid)


def entry_or_404(actor: Actor, uid: UUID) -> Entry:
    return get_object_or_404(Entry.objects.select_related("week").filter(week__in=visible_weeks(actor)), uid=uid)


def to_week(one: Week) -> HttpResponse:
    return redirect(f"{reverse('meetings:week')}?tuan={one.starts_on.isoformat()}")


def _page(request: HttpRequest, actor: Actor, body: int, starts_on: date, one: Week | None) -> HttpResponse:
    is_own = body in party(actor)
    lines = lines_between(body, starts_on, starts_on + SUNDAY, own=is_own)
    named = people_in(lines)
    whose = _whose(request, actor, named) if is_own else None
    shown = lines if whose is None else mine(lines, *whose)
    may_write = is_own and actor.may(WEEK_WRITE) is not None
    context: dict[str, Any] = {
        "one": one,
        "office": names_of([body], starts_on).get(body, ""),
        "starts_on": starts_on,
        "ends_on": starts_on + SUNDAY,
        "number": starts_on.isocalendar().week,
        "before": starts_on - timedelta(days=7),
        "after": starts_on + timedelta(days=7),
        "days": days_of(shown, starts_on, actor.today),
        "has_lines": bool(shown),
        "warnings": sum(bool(line.warning) for line in shown),
        "whose": request.GET.get("cua", "") if whose is not None else "",
        "named": named,
        "is_own": is_own,
        "may_write": may_write,
        "may_approve": one is not None and one.stage == WeekStage.DRAFTED and can_week(actor, WEEK_APPROVE, one),
        "may_send_back": one is not None
        and one.published_at is None
        and one.sent_back_at is None
        and can_week(actor, WEEK_APPROVE, one),
        "may_hand_in": one is not None and one.sent_back_at is not None and may_write,
        "may_publish": one is not None and one.stage == WeekStage.APPROVED and can_week(actor, WEEK_PUBLISH, one),
        "note_form": _note_form(one) if one is not None and may_write else None,
        "changes": changes_of(one, lines) if one is not None and one.published_at else [],
        "others": others_published(actor, starts_on),
        "timeline": timeline(actor, one) if one is not None else None,
    }
    return render(request, "meetings/week.html", context)


def _whose(request: HttpRequest, actor: Actor, named: list[Person]) -> tuple[int | None, int | None] | None:
    """The person and the room that `?cua=` narrows the week to: oneself (`toi`) or somebody that it names; None for everybody."""
    asked = request.GET.get("cua", "")
    if asked == "toi":
        return own_person(actor), actor.organisation_id
    found = next((one for one in named if str(one.uid) == asked), None)
    return None if found is None else (found.pk, None)


def _note_form(one: Week) -> NoteForm:
    return NoteForm(initial={"note": one.note}, is_published=one.published_at is not None)


def _require_write(actor: Actor, one: Week) -> None:
    actor.require(WEEK_WRITE)
    if one.organisation_id not in party(actor):
        raise Http404


def _entry_form(request: HttpRequest, actor: Actor, one: Week, initial: dict[str, Any]) -> EntryForm:
    days = [one.starts_on + DAY * step for step in range(7)]
    others = [office for office in offices(actor, actor.today) if office[0] != one.organisation_id]
    return EntryForm(
        request.POST or None,
        initial=initial,
        days=[(day.isoformat(), date_format(day, "l, d/m/Y")) for day in days],
        people=people(actor, actor.today),
        offices=[
            (_("Trong cơ quan"), own_offices(actor, actor.today)),
            (_("Cơ quan khác"), others),
        ],
        is_published=one.published_at is not None,
    )


def day_asked(request: HttpRequest, actor: Actor) -> date:
    """The day of `?tuan=`; today for anything that is none."""
    return day_typed(request.GET.get("tuan", "")) or actor.today
