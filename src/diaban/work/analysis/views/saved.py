"""Saved views: the list, opening one, keeping, changing, putting away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.foundation.acts.revisions import StaleRevision
from diaban.work.analysis import services
from diaban.work.analysis.forms import ViewForm
from diaban.work.analysis.models import SavedView
from diaban.work.analysis.permissions import KEEP, visible_views
from diaban.work.analysis.queries import views_of


def _view(actor: Actor, uid: UUID) -> SavedView:
    view = visible_views(actor).filter(uid=uid).first()
    if view is None:
        raise Http404
    return view


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The own ones, then those shared in the office."""
    actor = actor_of(request)
    context = {
        "lines": [(view, view.position_id == actor.position_id) for view in views_of(actor)],
        "may_keep": actor.may(KEEP) is not None,
    }
    return render(request, "analysis/views.html", context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the table that is open."""
    form = ViewForm(request.POST)
    query = request.POST.get("duong_dan", "")[:8000]
    if not form.is_valid():
        messages.error(request, _("Hãy đặt tên cho bảng."))
        return redirect(f"{reverse('analysis:table')}?{query}")
    given = form.cleaned_data
    try:
        view = services.save_view(
            name=given["ten"], query=query, is_shared=given["chia_se"], actor=actor_of(request), at=now()
        )
    except services.NotSaved as problem:
        messages.error(request, str(problem))
        return redirect(f"{reverse('analysis:table')}?{query}")
    messages.success(request, _("Đã lưu bảng “%(name)s”. Mở lại ở Bảng đã lưu.") % {"name": view.name})
    return redirect("analysis:view", view.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open its table, with what the reader's own position may see; a POST changes the view."""
    actor = actor_of(request)
    one = _view(actor, uid)
    if request.method != "POST":
        return redirect(f"{reverse('analysis:table')}?{one.query}&bang={one.uid}")
    form = ViewForm(request.POST)
    if form.is_valid():
        _change(request, actor, one, form)
    else:
        messages.error(request, _("Hãy đặt tên cho bảng."))
    return redirect("analysis:view", uid) if form.cleaned_data.get("duong_dan") else redirect("analysis:views")


def _change(request: HttpRequest, actor: Actor, one: SavedView, form: ViewForm) -> None:
    given = form.cleaned_data
    try:
        services.change_view(
            view_id=one.pk,
            name=given["ten"],
            is_shared=given["chia_se"],
            query=given["duong_dan"] or None,
            expected_revision=revision_of(request),
            actor=actor,
            at=now(),
        )
        messages.success(request, _("Đã sửa bảng “%(name)s”.") % {"name": given["ten"]})
    except services.NotSaved as problem:
        messages.error(request, str(problem))
    except StaleRevision:
        messages.error(request, _("Bảng này vừa được sửa ở cửa sổ khác; hãy xem lại rồi sửa."))


@require_POST
def put_away(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an own view off the list."""
    actor = actor_of(request)
    one = _view(actor, uid)
    try:
        services.put_view_away(
            view_id=one.pk,
            expected_revision=revision_of(request),
            actor=actor,
            at=now(),
        )
    except StaleRevision:
        messages.error(request, _("Bảng này vừa được sửa ở cửa sổ khác; hãy xem lại rồi bỏ."))
        return redirect("analysis:views")
    messages.success(request, _("Đã bỏ bảng “%(name)s” khỏi danh sách.") % {"name": one.name})
    return redirect("analysis:views")
