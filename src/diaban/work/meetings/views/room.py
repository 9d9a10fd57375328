"""The day itself: the run sheet, attendance, statements that save themselves, the board for the room."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.organisations.queries import names_of
from diaban.lib.vietnamese import sort_key
from diaban.work.meetings import services
from diaban.work.meetings.choosing import fields
from diaban.work.meetings.forms import DifficultyForm, MarkForm, StatementForm
from diaban.work.meetings.permissions import RECORD, can
from diaban.work.meetings.queries.things import meeting_page, updates_missing
from diaban.work.meetings.rules import may_now
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import meeting_or_404, number_of, told, valid


@require_safe
def run_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Kịch bản điều hành: last conclusions with their state, who is there, the agenda with what is said."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    if not can(actor, RECORD, one):
        raise NotPermitted(str(act_kind(RECORD).label))
    page = meeting_page(actor, one, actor.today)
    by_item = [(item, [said for said in page.statements if said.item_id == item.pk]) for item in page.items]
    rest = [said for said in page.statements if said.item_id is None]
    context = {
        "one": one,
        "page": page,
        "by_item": by_item,
        "rest": rest,
        "is_running": one.stage.value == "running",
        "may_record": may_now("record", one.stage),
        "missing": updates_missing(one),
    }
    return render(request, "meetings/run_sheet.html", context)


@require_safe
def board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Trình chiếu: what everybody in the room reads from the wall."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    return render(request, "meetings/board.html", {"one": one, "page": meeting_page(actor, one, actor.today)})


@require_safe
def delegates(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Danh sách đại biểu, to print and sign."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    return render(request, "meetings/delegates.html", {"one": one, "page": meeting_page(actor, one, actor.today)})


@require_POST
@told("meetings:meeting")
def open_meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.open_meeting(meeting_id=meeting_or_404(actor, uid).pk, actor=actor, at=now())
    return redirect("meetings:run_sheet", uid)


@require_POST
@told("meetings:run_sheet")
def mark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark one attendee, or whoever says this code."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    if request.POST.get("ma", "").strip():
        attendee = services.mark_by_code(meeting_id=one.pk, code=request.POST["ma"], actor=actor, at=now())
        messages.success(request, _("Có mặt: %(who)s") % {"who": attendee})
        return redirect("meetings:run_sheet", uid)
    if request.POST.get("presence") == "rest":
        marked = services.mark_rest_present(meeting_id=one.pk, actor=actor, at=now())
        messages.success(request, _("Đã ghi có mặt cho %(n)s đại biểu chưa điểm danh.") % {"n": marked})
        return redirect("meetings:run_sheet", uid)
    typed = valid(MarkForm(request.POST))
    attendee = get_object_or_404(one.attendees, pk=number_of(request, "nguoi"))
    services.mark_presence(
        attendee_id=attendee.pk, presence=typed["presence"], substitute=typed["note"], reason=typed["note"],
        actor=actor, at=now(),
    )  # fmt: skip
    return redirect("meetings:run_sheet", uid)


@require_POST
@told("meetings:run_sheet")
def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a statement down; a program of the page saves while one types, and is shown both texts where another was first."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    form = StatementForm(request.POST)
    is_quiet = getattr(request, "htmx", False)
    try:
        typed = valid(form)
        said = services.write_statement(
            meeting_id=one.pk, speaker=typed["speaker"], text=typed["text"], item_id=typed["item"],
            statement_id=typed["statement"], expected_revision=typed["revision"], actor=actor, at=now(),
        )  # fmt: skip
    except StaleRevision as stale:
        context = {"one": one, "said": stale.current, "mine": form.cleaned_data["text"], "may_record": True}
        return render(request, "meetings/statement_conflict.html", context, status=200 if is_quiet else 409)
    except NotPossible:
        if is_quiet:
            return HttpResponse(status=204)
        raise
    if is_quiet:
        return render(
            request,
            "meetings/statement.html",
            {"one": one, "said": said, "is_saved": True, "is_new": typed["statement"] is None, "may_record": True},
        )
    return redirect("meetings:run_sheet", uid)


@require_http_methods(["GET", "HEAD", "POST"])
def write_difficulty(request: HttpRequest, uid: UUID, statement_id: int) -> HttpResponse:
    """Write a statement down as a difficulty of the office that spoke."""
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    said = get_object_or_404(one.statements, pk=statement_id)
    if not can(actor, RECORD, one):
        raise NotPermitted(str(act_kind(RECORD).label))
    names = names_of(services.raisers_at(one), one.held_on)
    form = DifficultyForm(
        request.POST or None,
        initial={"content": said.text, "field_code": said.item.field_code if said.item else one.field_code},
        offices=sorted(names.items(), key=lambda office: sort_key(office[1])),
        fields=fields(),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = services.write_difficulty(
                statement_id=said.pk, organisation_id=typed["organisation"], field_code=typed["field_code"],
                content=typed["content"], gravity=typed["gravity"], actor=actor, at=now(),
            )  # fmt: skip
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã ghi kiến nghị “%(title)s”; cơ quan nêu được báo.") % {"title": made.title})
            return redirect("meetings:run_sheet", uid)
    context = {"form": form, "heading": _("Ghi kiến nghị nêu tại cuộc họp"), "said": said}
    return render(request, "meetings/form.html", context)


@require_POST
@told("meetings:run_sheet")
def park(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    item = get_object_or_404(one.items, pk=number_of(request, "muc"))
    services.park_item(item_id=item.pk, note=request.POST.get("note", ""), actor=actor, at=now())
    return redirect("meetings:run_sheet", uid)


@require_POST
@told("meetings:run_sheet")
def findings(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    services.write_findings(
        meeting_id=one.pk,
        text=request.POST.get("text", ""),
        expected_revision=revision_of(request),
        actor=actor,
        at=now(),
    )
    messages.success(request, _("Đã lưu kết quả khảo sát."))
    return redirect("meetings:run_sheet", uid)


@require_POST
@told("meetings:run_sheet")
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = meeting_or_404(actor, uid)
    services.close_meeting(
        meeting_id=one.pk, no_report_reason=request.POST.get("no_report_reason", ""), actor=actor, at=now()
    )
    messages.success(request, _("Đã kết thúc cuộc họp. Ghi kết luận, lập biên bản và thông báo kết luận."))
    return redirect("meetings:meeting", uid)
