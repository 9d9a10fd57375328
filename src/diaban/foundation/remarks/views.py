"""Posting remarks from the page of any subject."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diaban.foundation.acts import clock
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import Subject, UnknownKind, subject_kind, visible_thing
from diaban.foundation.remarks import services
from diaban.foundation.remarks.models import Thread


@require_POST
def open_thread(request: HttpRequest, kind: str, thing_id: int) -> HttpResponse:
    """Raise a matter on a subject."""
    subject = Subject(kind, thing_id)
    page = _page_of(request, subject)
    try:
        services.open_thread(
            subject=subject,
            text=request.POST.get("text", ""),
            cell=request.POST.get("cell", "")[:60],
            actor=actor_of(request),
            at=clock.now(),
        )
    except services.EmptyRemark as problem:
        messages.error(request, str(problem))
    return redirect(page)


@require_POST
def answer(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Answer in a thread, or settle it."""
    thread = get_object_or_404(Thread, pk=thread_id)
    page = _page_of(request, Subject(thread.subject_kind, thread.subject_id))
    if "settle" in request.POST:
        services.settle_thread(thread_id=thread.pk, actor=actor_of(request), at=clock.now())
        messages.success(request, _("Đã đánh dấu là đã xử lý xong."))
        return redirect(page)
    try:
        services.add_remark(thread=thread, text=request.POST.get("text", ""), actor=actor_of(request), at=clock.now())
    except services.EmptyRemark as problem:
        messages.error(request, str(problem))
    return redirect(page)


def _page_of(request: HttpRequest, subject: Subject) -> str:
    """The subject's own page. Raises Http404 where the reader may not see it."""
    try:
        thing = visible_thing(actor_of(request), subject)
    except UnknownKind:
        thing = None
    if thing is None:
        raise Http404
    return subject_kind(subject.kind).url(thing) or "/"
