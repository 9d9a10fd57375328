"""Asking: the list, a draft, sending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import fields_for
from diaban.foundation.ui.paging import page_of
from diaban.work.requests import services
from diaban.work.requests.choosing import Candidates, candidates
from diaban.work.requests.forms import Draft, countable
from diaban.work.requests.models import Audience, Request
from diaban.work.requests.permissions import ASK, require_manage
from diaban.work.requests.queries.lists import found_requests, lines_of
from diaban.work.requests.views.common import request_or_404, told


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Requests in sight, newest first."""
    actor = actor_of(request)
    text = request.GET.get("q", "")[:100]
    page = page_of(request, found_requests(actor, text))
    context = {
        "page": page,
        "lines": lines_of(actor, list(page), now()),
        "text": text,
        "may_ask": bool(actor.reaches(ASK)),
    }
    return render(request, "requests/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a request down."""
    actor = actor_of(request)
    draft = _draft(request, actor, None)
    if request.method == "POST" and draft.is_valid():
        made = services.draft_request(content=draft.content, actor=actor, at=now())
        return redirect("requests:request", made.uid)
    return _page(request, draft, None)


@require_http_methods(["GET", "HEAD", "POST"])
@told
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    require_manage(actor, one)
    if not one.is_draft:
        raise services.NotPossible(_("Yêu cầu đã gửi; nội dung không sửa được nữa."))
    draft = _draft(request, actor, one)
    if request.method == "POST" and draft.is_valid():
        services.rewrite_draft(
            request_id=one.pk, content=draft.content, expected_revision=revision_of(request), actor=actor, at=now()
        )
        return redirect("requests:request", uid)
    return _page(request, draft, one)


def _draft(request: HttpRequest, actor: Actor, one: Request | None) -> Draft:
    ground = one.unit_id if one else seat_of(actor)
    fields = fields_for(actor, ASK, ground) if ground else []
    if not fields or ground is None:
        raise NotPermitted(str(act_kind(ASK).label))
    return Draft(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        fields=fields,
        everybody=_everybody(actor, ground),
        request=one,
        at=now(),
    )


def _everybody(actor: Actor, ground_id: int) -> dict[str, Candidates]:
    found = {audience.value: candidates(audience, ground_id, actor.today) for audience in Audience}
    return {audience: every for audience, every in found.items() if every.groups}


def _page(request: HttpRequest, draft: Draft, one: Request | None) -> HttpResponse:
    context = {
        "draft": draft,
        "request_of": one,
        "lines": draft.lines[: draft.shown_lines],
        "more_lines": draft.lines[draft.shown_lines :],
        "indicators": countable().only("code", "name", "name_en", "unit_name"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "requests/draft.html", context, status=status)


@require_POST
@told
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a draft to everybody chosen."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    services.send_request(request_id=one.pk, expected_revision=revision_of(request), actor=actor, at=now())
    messages.success(request, _("Đã gửi. Chép tin nhắn và liên kết để báo cho các đơn vị."))
    return redirect("requests:messages", uid)


@require_POST
@told
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete an own draft."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    services.discard_draft(request_id=one.pk, actor=actor, at=now())
    messages.success(request, _("Đã xóa bản nháp."))
    return redirect("requests:requests")
