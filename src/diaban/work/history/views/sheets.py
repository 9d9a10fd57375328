"""Pages of past figures: the sheets that were brought, and one of them matched, looked at and taken in."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.revisions import StaleRevision, revision_typed
from diaban.foundation.files.queries import content_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import grounds
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.ui.paging import page_of
from diaban.lib.workbooks import WorkbookRefused
from diaban.work.history import forms, queries, services
from diaban.work.history.models import HistorySheet
from diaban.work.history.permissions import IMPORT, may_import, visible_sheets
from diaban.work.history.rules.tables import NoTable

REFUSALS = (WorkbookRefused, NotAccepted, NoTable)


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets in sight, and where a new one is brought."""
    actor = actor_of(request)
    places = _grounds(actor)
    page = page_of(request, visible_sheets(actor))
    if not places and not page.object_list and not actor.reaches("history.see"):
        raise NotPermitted(str(act_kind(IMPORT).label))
    form = forms.UploadForm(grounds=places) if places else None
    return render(request, "history/sheets.html", {"page": page, "form": form})


def _grounds(actor: Actor) -> list[UnitVersion]:
    return grounds(actor, IMPORT, seat_of(actor) or 0, actor.today)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Keep a file and go on to match it."""
    actor = actor_of(request)
    places = _grounds(actor)
    if not places:
        raise NotPermitted(str(act_kind(IMPORT).label))
    form = forms.UploadForm(request.POST, request.FILES, grounds=places)
    if not form.is_valid():
        return render(
            request, "history/sheets.html", {"page": page_of(request, visible_sheets(actor)), "form": form}, status=422
        )
    sent, chosen = form.cleaned_data["workbook"], form.cleaned_data
    ground = next(one for one in places if str(one.unit.uid) == chosen["dia_ban"])
    try:
        if sent.size > settings.UPLOAD_LIMIT:
            raise NotAccepted(_("Tệp quá lớn."))
        brought = services.bring_sheet(
            content=sent.read(),
            file_name=sent.name,
            unit_id=ground.unit_id,
            title=chosen["ten"],
            note=chosen["ghi_chu"],
            calendar=chosen["lich"],
            actor=actor,
            at=clock.now(),
        )
    except REFUSALS as refusal:
        form.add_error("workbook", str(refusal))
        return render(
            request, "history/sheets.html", {"page": page_of(request, visible_sheets(actor)), "form": form}, status=422
        )
    if brought.is_known:
        messages.info(request, _("Tệp này đã được đưa lên trước đây; đây là bảng đó."))
    return redirect("history:sheet", brought.sheet.uid)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One sheet: columns and rows matched, what taking it in would do."""
    actor = actor_of(request)
    one = _sheet_or_404(actor, uid)
    if request.method == "POST":
        return _match(request, actor, one)
    opened = queries.opened(one)
    dry = opened.dry()
    context = {
        "one": one,
        "opened": opened,
        "dry": dry,
        "whole": forms.WholeForm(initial=forms.whole_of(opened.matching)),
        "columns": queries.column_lines(opened, dry),
        "preview": queries.preview(opened, dry),
        "indicators": queries.cells_offered(),
        "questions": queries.question_lines(opened, dry),
        "units": opened.names.on(queries.day_of(opened, actor.today), opened.matching.level),
        "roles": forms.ROLES,
        "scales": forms.SCALES,
        "may_import": may_import(actor, one),
        "timeline": timeline(actor, one),
    }
    return render(request, "history/sheet.html", context)


def _match(request: HttpRequest, actor: Actor, one: HistorySheet) -> HttpResponse:
    opened = queries.opened(one)
    typed = request.POST.dict()
    matching = forms.matching_of(typed, opened.matching, queries.row_texts(opened.rows, opened.table))
    try:
        services.match_sheet(
            sheet_id=one.pk, matching=matching, expected_revision=_revision(typed), actor=actor, at=clock.now()
        )
    except StaleRevision:
        messages.error(request, _("Người khác vừa sửa bảng này. Xem lại rồi lưu lần nữa."))
    return redirect("history:sheet", one.uid)


@require_POST
def take_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the sheet in, whole or not at all."""
    actor = actor_of(request)
    one = _sheet_or_404(actor, uid)
    try:
        found = services.take_in(
            sheet_id=one.pk, expected_revision=_revision(request.POST.dict()), actor=actor, at=clock.now()
        )
    except (services.NotTaken, StaleRevision) as refusal:
        messages.error(request, str(refusal) or _("Người khác vừa sửa bảng này."))
        return redirect("history:sheet", one.uid)
    taken = len(found.to_take)
    if taken:
        said = ngettext("Đã nhập %(n)d số lịch sử.", "Đã nhập %(n)d số lịch sử.", taken) % {"n": taken}
        messages.success(request, said)
    else:
        messages.info(request, _("Mọi số trong bảng đều đã có, không thay đổi gì."))
    return redirect("history:sheet", one.uid)


@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was taken in."""
    actor = actor_of(request)
    one = _sheet_or_404(actor, uid)
    typed = request.POST.dict()
    try:
        found = services.withdraw_sheet(
            sheet_id=one.pk,
            reason=typed.get("reason", ""),
            expected_revision=_revision(typed),
            actor=actor,
            at=clock.now(),
        )
    except (services.NotWithdrawn, StaleRevision) as refusal:
        is_stale = isinstance(refusal, StaleRevision)
        messages.error(request, _("Người khác vừa sửa bảng này.") if is_stale else str(refusal))
        return redirect("history:sheet", one.uid)
    told = {"gone": found.gone, "restored": found.restored}
    if found.restored:
        said = _("Đã thu hồi %(gone)d số; %(restored)d ô trở lại số đã nhập trước đó.")
    else:
        said = _("Đã thu hồi %(gone)d số lịch sử.")
    messages.success(request, said % told)
    return redirect("history:sheet", one.uid)


@require_POST
def other_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Go on with another sheet of the same file."""
    actor = actor_of(request)
    one = _sheet_or_404(actor, uid)
    opened = queries.opened(one)
    try:
        brought = services.bring_sheet(
            content=content_of(opened.file),
            file_name=opened.file.title,
            unit_id=one.unit_id,
            sheet_name=request.POST.get("trang", ""),
            title=f"{one.title} · {request.POST.get('trang', '')}",
            note=one.note,
            calendar=opened.matching.calendar,
            actor=actor,
            at=clock.now(),
        )
    except NoTable as refusal:
        messages.error(request, str(refusal))
        return redirect("history:sheet", one.uid)
    return redirect("history:sheet", brought.sheet.uid)


def _sheet_or_404(actor: Actor, uid: UUID) -> HistorySheet:
    return get_object_or_404(visible_sheets(actor), uid=uid)


def _revision(typed: dict[str, str]) -> int | None:
    text = typed.get("revision", "")
    revision = revision_typed(text)
    if text and revision is None:
        raise Http404
    return revision
