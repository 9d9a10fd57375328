"""Following: the request, its live table, messages, exports; what ends, reopens and extends it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.queries import files_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.ui.exporting import table_file
from diaban.lib.workbooks import Column, csv_lines
from diaban.work.requests import services
from diaban.work.requests.display import body_of
from diaban.work.requests.export import columns_of_export, head_of_export, notes_of_export, rows_of_export
from diaban.work.requests.forms import ExtendForm, usual_due
from diaban.work.requests.models import Request
from diaban.work.requests.permissions import may_manage, receivers_of, require_manage, tables_in_sight
from diaban.work.requests.queries.answers import stamp_of, table_of
from diaban.work.requests.queries.lists import asked_elsewhere, burden_of, state_of
from diaban.work.requests.rules import time_left
from diaban.work.requests.services.sending import faults_of
from diaban.work.requests.views.common import (
    asker_of,
    link_address,
    receiver_or_404,
    request_or_404,
    table_or_404,
    told,
)
from diaban.work.requests.wording import Message, messages_of, reminder, to_group

POLL_SECONDS = 4


@require_safe
def request_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A request: a draft with what it costs, or the table of what was answered; whoever is only asked goes to the answer."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    if one.is_draft:
        return _draft_page(request, one)
    if not tables_in_sight(actor).filter(pk=one.pk).exists():
        own = receivers_of(actor).filter(request=one).first()
        if own is None:
            raise Http404
        return redirect("requests:answer", own.uid)
    context = {
        **_live(one, stamp_of(one)),
        "asker": asker_of(one),
        "files": files_of(subject_of(one)),
        "may_manage": may_manage(actor, one) is not None,
        "own": receivers_of(actor).filter(request=one).first(),
        "timeline": timeline(actor, one),
    }
    return render(request, "requests/request.html", context)


def _draft_page(request: HttpRequest, one: Request) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "one": one,
        "columns": one.columns.select_related("indicator"),
        "receivers": one.receivers.all(),
        "faults": faults_of(one, now()),
        "burden": burden_of(one, actor.today.year),
        "elsewhere": asked_elsewhere(actor, one),
        "files": files_of(subject_of(one)),
        "may_manage": may_manage(actor, one) is not None,
        "asker": asker_of(one),
    }
    return render(request, "requests/preview.html", context)


@require_safe
def table_part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The live part alone; nothing (204) where it is as the page has it (`v`)."""
    one = table_or_404(actor_of(request), uid)
    if one.is_draft:
        raise Http404
    stamp = stamp_of(one)
    if request.GET.get("v") == stamp:
        return HttpResponse(status=204)
    return render(request, "requests/request.html#live", _live(one, stamp))


def _live(one: Request, stamp: str) -> dict[str, object]:
    at, table = now(), table_of(one)
    return {
        "one": one,
        "stamp": stamp
        or stamp_of(one),  # asked before the table: an answer between the two is shown again, never missed
        "table": table,
        "body": body_of(table),
        "state": state_of(one, at),
        "left": time_left(one.due_at, at),
        "seconds": POLL_SECONDS,
        "at": at,
    }


@require_safe
def export(request: HttpRequest, uid: UUID, kind: str) -> HttpResponseBase:
    """The table as a workbook or as text for programs."""
    if kind not in {"xlsx", "csv"}:
        raise Http404
    one = table_or_404(actor_of(request), uid)
    table = table_of(one)
    if kind == "xlsx":
        return table_file(
            "thu-thap-so-lieu",
            title=one.title,
            columns=columns_of_export(table),
            rows=rows_of_export(table),
            notes=notes_of_export(table, now()),
        )
    response = StreamingHttpResponse(
        csv_lines(head_of_export(table), rows_of_export(table)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="thu-thap-so-lieu.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def message_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Texts to send by message: for the group, for each unit with its link, and who is missing."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    require_manage(actor, one)
    if one.is_draft:
        raise Http404
    table, asker = table_of(one), asker_of(one)
    page = request.build_absolute_uri(reverse("requests:request", args=[uid]))
    only_missing = request.GET.get("chua") == "1"
    every = messages_of(table, asker, link_address(request))
    shown = [message for message in every if not (only_missing and message.has_answered)]
    if request.GET.get("tai") == "xlsx":
        return _messages_file(one, shown)
    context = {
        "one": one,
        "table": table,
        "group": to_group(one, asker, table.asked, page),
        "reminder": reminder(table, asker),
        "messages_of": shown,
        "only_missing": only_missing,
    }
    return render(request, "requests/messages.html", context)


def _messages_file(one: Request, shown: Sequence[Message]) -> HttpResponse:
    """For whoever sends messages from a list: each unit's own text in a row of its own."""
    response = table_file(
        "tin-nhan-tung-don-vi",
        title=_("Tin nhắn riêng từng đơn vị: %(title)s") % {"title": one.title},
        columns=[
            Column(_("Đơn vị"), width=30),
            Column(_("Tin nhắn"), width=90),
            Column(_("Liên kết"), width=60),
            Column(_("Đã trả lời"), width=12),
        ],
        rows=(
            [message.receiver.name, message.ready.text, message.link, _("có") if message.has_answered else ""]
            for message in shown
        ),
        notes=[
            _(
                "Ai có liên kết của đơn vị nào thì trả lời được cho đơn vị đó: chỉ gửi dòng của đơn vị nào cho đơn vị ấy."
            )
        ],
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@told
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act(request, uid, services.close_request, _("Đã chốt số liệu; không nhận thêm câu trả lời."))


@require_POST
@told
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _act(request, uid, services.reopen_request, _("Đã mở lại; các đơn vị trả lời tiếp được."))


def _act(request: HttpRequest, uid: UUID, act: Callable[..., Request], done: str) -> HttpResponse:
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    act(request_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, done)
    return redirect("requests:request", uid)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def extend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give everybody more time."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    require_manage(actor, one)
    due = timezone.localtime(max(usual_due(now()), one.due_at))
    form = ExtendForm(request.POST or None, initial={"due_on": due.date(), "due_time": due.time()})
    if form.is_valid():
        services.extend_hour(
            request_id=one.pk,
            due_at=form.due_at,
            reason=form.cleaned_data["reason"],
            expected_revision=revision_of(request),
            actor=actor,
            at=now(),
        )
        messages.success(request, _("Đã gia hạn. Báo cho các đơn vị bằng tin nhắn."))
        return redirect("requests:request", uid)
    return render(request, "requests/extend.html", {"one": one, "form": form}, status=422 if form.errors else 200)


@require_POST
def renew_link(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new link for one receiver, or none."""
    actor = actor_of(request)
    receiver = receiver_or_404(actor, uid)
    get_object_or_404(tables_in_sight(actor), pk=receiver.request_id)
    act = services.revoke_link if request.POST.get("act") == "revoke" else services.renew_link
    try:
        act(receiver_id=receiver.pk, actor=actor, at=now())
    except services.NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Liên kết cũ của %(unit)s không còn dùng được.") % {"unit": receiver.name})
    return redirect("requests:messages", receiver.request.uid)
