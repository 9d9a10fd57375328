"""The year's programme of work and of checks: its rows, what carries them out, its papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.documents.paper_files import paper_file
from diaban.foundation.documents.wide_xlsx import wide_xlsx
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import party
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.ui.exporting import XLSX, attachment
from diaban.work.meetings import services
from diaban.work.meetings.choosing import fields, own_offices
from diaban.work.meetings.forms import ItemForm, ProgrammeForm, written_item
from diaban.work.meetings.models import Item, Programme
from diaban.work.meetings.permissions import PLAN, PROGRAMME_APPROVE, visible_items, visible_programmes
from diaban.work.meetings.programme_paper import programme_paper as paper_of
from diaban.work.meetings.programme_paper import programme_table
from diaban.work.meetings.queries.programmes import counts_of, programmes_of, rows_of, to_tie
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.views.common import number_of, told, valid


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes in sight, newest year first."""
    actor = actor_of(request)
    may_plan = actor.may(PLAN) is not None
    context = {
        "lines": programmes_of(actor),
        "form": ProgrammeForm(initial={"year": actor.today.year}) if may_plan else None,
    }
    return render(request, "meetings/programmes.html", context)


@require_POST
@told("meetings:programmes")
def draft_programme(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    one = services.draft_programme(**valid(ProgrammeForm(request.POST)), actor=actor, at=now())
    return redirect("meetings:programme", one.uid)


@require_safe
def programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A programme with how each row stands."""
    actor = actor_of(request)
    one = programme_or_404(actor, uid)
    rows = rows_of(actor, one, actor.today)
    context = {
        "one": one,
        "office": names_of([one.organisation_id], actor.today).get(one.organisation_id, ""),
        "rows": rows,
        "counts": counts_of(rows),
        "may_plan": _may(actor, PLAN, one),
        "may_approve": one.approved_at is None and bool(rows) and _may(actor, PROGRAMME_APPROVE, one),
        "timeline": timeline(actor, one),
    }
    return render(request, "meetings/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a row."""
    actor = actor_of(request)
    one = programme_or_404(actor, uid)
    _require_plan(actor, one)
    form = _item_form(request, actor, one, {})
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            services.add_item(programme_id=one.pk, plan=form.plan, reason=reason, actor=actor, at=now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã thêm nội dung vào chương trình."))
            return redirect("meetings:programme", one.uid)
    return render(request, "meetings/form.html", {"form": form, "heading": _("Thêm nội dung: %(one)s") % {"one": one}})


@require_safe
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A row with what carries it out."""
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    may_plan = one.struck_at is None and _may(actor, PLAN, one.programme)
    [row] = rows_of(actor, one.programme, actor.today, only=one)
    context = {
        "one": one,
        "row": row,
        "may_plan": may_plan,
        "to_tie": to_tie(actor, one.programme) if may_plan else [],
        "timeline": timeline(actor, one),
    }
    return render(request, "meetings/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a row anew."""
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    _require_plan(actor, one.programme)
    form = _item_form(request, actor, one.programme, written_item(one))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            services.change_item(
                item_id=one.pk,
                plan=form.plan,
                reason=reason,
                expected_revision=revision_of(request),
                actor=actor,
                at=now(),
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("meetings:item", uid)
    context = {"form": form, "heading": _("Sửa nội dung chương trình"), "revision": one.revision}
    return render(request, "meetings/form.html", context)


@require_POST
@told("meetings:item")
def strike_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    services.strike_item(item_id=one.pk, reason=request.POST.get("reason", ""), actor=actor, at=now())
    messages.success(request, _("Đã đưa nội dung ra khỏi chương trình."))
    return redirect("meetings:programme", one.programme.uid)


@require_POST
@told("meetings:item")
def carry_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tie what carries the row out, among what the page offered."""
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    chosen = request.POST.get("viec", "")
    offered = {key for _name, several in to_tie(actor, one.programme) for key, _label in several}
    if chosen not in offered:
        raise NotPossible(_("Chọn cuộc họp, đoàn công tác hoặc văn bản."))
    kind, _sign, pk = chosen.partition(":")
    services.carry_out(item_id=one.pk, by=Subject(kind, int(pk)), actor=actor, at=now())
    return redirect("meetings:item", uid)


@require_POST
@told("meetings:item")
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    services.let_go(item_id=one.pk, link_id=number_of(request, "lien-ket"), actor=actor, at=now())
    return redirect("meetings:item", uid)


@require_POST
@told("meetings:item")
def give_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Draft a directive of the row, to be looked over and issued there."""
    actor = actor_of(request)
    one = item_or_404(actor, uid)
    directive = services.give_out(item_id=one.pk, actor=actor, at=now())
    messages.success(request, _("Đã soạn văn bản giao việc từ chương trình; xem lại rồi ban hành."))
    return redirect("directives:directive", directive.uid)


@require_POST
@told("meetings:programme")
def approve_programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    actor = actor_of(request)
    one = programme_or_404(actor, uid)
    services.approve_programme(
        programme_id=one.pk, basis=request.POST.get("basis", ""), expected_revision=revision_of(request), actor=actor, at=now()
    )  # fmt: skip
    messages.success(request, _("Đã duyệt chương trình."))
    return redirect("meetings:programme", uid)


@require_safe
def programme_paper(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The paper to be signed as DOCX and PDF; how it stands as XLSX."""
    actor = actor_of(request)
    one = programme_or_404(actor, uid)
    rows, name = rows_of(actor, one, actor.today), f"chuong-trinh-{one.year}"
    if kind == "xlsx":
        content = wide_xlsx([(str(one.get_kind_display())[:31], programme_table(one, rows))])
        return attachment(content, XLSX, f"{name}.xlsx")
    return paper_file(paper_of(one, rows), kind, name)


def programme_or_404(actor: Actor, uid: UUID) -> Programme:
    return get_object_or_404(visible_programmes(actor), uid=uid)


def item_or_404(actor: Actor, uid: UUID) -> Item:
    return get_object_or_404(visible_items(actor), uid=uid)


def _may(actor: Actor, act: str, one: Programme) -> bool:
    return actor.may(act) is not None and one.organisation_id in party(actor)


def _require_plan(actor: Actor, one: Programme) -> None:
    actor.require(PLAN)
    if one.organisation_id not in party(actor):
        raise Http404


def _item_form(request: HttpRequest, actor: Actor, one: Programme, initial: dict[str, Any]) -> ItemForm:
    return ItemForm(
        request.POST or None, initial=initial, fields=fields(), offices=own_offices(actor, actor.today),
        is_approved=one.approved_at is not None,
    )  # fmt: skip
