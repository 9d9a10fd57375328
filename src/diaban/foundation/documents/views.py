"""Pages of documents: the list, one of them, a signed paper brought and registered, numbers of the own series."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.acts.subjects import show, subject_of
from diaban.foundation.documents import queries, services
from diaban.foundation.documents.forms import BringForm, FilterForm, IssueForm, RegisterForm, SeriesForm
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.numbering import BadNumber
from diaban.foundation.documents.permissions import (
    OPEN_SERIES,
    RECORD_ISSUE,
    REGISTER,
    visible_documents,
    visible_series,
)
from diaban.foundation.documents.reading import Proposal, propose
from diaban.foundation.files.queries import content_of, files_of
from diaban.foundation.files.sniffing import NotAccepted
from diaban.foundation.journal.queries import timeline
from diaban.foundation.links.queries import related
from diaban.foundation.organisations.queries import body_of, names_of
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.lib.workbooks import Column

REFUSALS = (services.NotPossible, BadNumber, NotAccepted)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that the own body issues, keeps or drafted, newest first."""
    actor = actor_of(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": queries.lines_of(page.object_list, actor.today),
        "may_register": actor.may(REGISTER),
        "may_open": actor.may(OPEN_SERIES),
    }
    return render(request, "documents/documents.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, with the same filters."""
    actor = actor_of(request)
    _form, found = _found(request, actor)
    columns = [
        Column(_("Số, ký hiệu"), width=22),
        Column(_("Ngày ban hành"), "date"),
        Column(_("Loại văn bản"), width=18),
        Column(_("Trích yếu"), width=60),
        Column(_("Cơ quan ban hành"), width=32),
        Column(_("Người ký"), width=22),
        Column(_("Trạng thái"), width=16),
    ]
    rows = (
        (one.number, one.issued_on, one.type_name, one.title, issuer, one.signer, one.get_status_display())
        for one, issuer in queries.every_line(found, actor.today)
    )
    return table_file("van-ban", title=_("Danh sách văn bản"), columns=columns, rows=rows)


@require_safe
def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One document: what the register says, its files, what it is tied to, its course."""
    actor = actor_of(request)
    one = _one(actor, uid)
    return _shown(request, actor, one)


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take in a signed paper; its own text then proposes what the register asks."""
    actor = actor_of(request)
    actor.require(REGISTER)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["tep"]
        try:
            if sent.size > settings.UPLOAD_LIMIT:
                raise NotAccepted(_("Tệp quá lớn. Hãy nén hoặc chia nhỏ rồi gửi lại."))
            brought = services.bring_paper(
                content=sent.read(), title=sent.name, organisation_id=_body(actor), actor=actor, at=clock.now()
            )
        except NotAccepted as problem:
            form.add_error("tep", str(problem))
        else:
            return redirect("documents:register", brought.uid)
    return render(request, "documents/bring.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Look over what the paper's text proposes, and register it."""
    actor = actor_of(request)
    one = get_object_or_404(_brought(actor), uid=uid)
    actor.require(REGISTER)
    file = files_of(subject_of(one)).first()
    found = propose(content_of(file)) if file and request.method != "POST" else Proposal()
    form = RegisterForm(request.POST or None, initial=_proposed(one, found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.register_paper(
                document_id=one.pk,
                number=typed["so"],
                issued_on=typed["ngay"],
                type_code=typed["loai"],
                title=typed["trich_yeu"],
                issuer=typed["co_quan"],
                signer=typed["nguoi_ky"],
                expected_revision=typed["revision"],
                actor=actor,
                at=clock.now(),
            )
        except REFUSALS as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã đăng ký văn bản."))
            return redirect("documents:document", uid)
    context = {"form": form, "document": one, "file": file, "found": found}
    return render(request, "documents/register.html", context, status=422 if form.errors else 200)


@require_POST
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Issue a draft with the next number of the series."""
    actor = actor_of(request)
    one = _one(actor, uid)
    form = IssueForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, actor, one, form=form, status=422)
    typed = form.cleaned_data
    try:
        issued = services.issue_in_series(
            document_id=one.pk,
            issued_on=typed["ngay"],
            signer=typed["nguoi_ky"],
            signed_pdf=typed["tep"].read() if typed["tep"] else None,
            expected_revision=typed["revision"],
            actor=actor,
            at=clock.now(),
        )
    except REFUSALS as problem:
        form.add_error(None, str(problem))
        return _shown(request, actor, one, form=form, status=422)
    messages.success(request, _("Đã cấp số %(number)s.") % {"number": issued.number})
    return redirect("documents:document", uid)


@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Drop a draft."""
    actor = actor_of(request)
    one = _one(actor, uid)
    try:
        services.discard_draft(document_id=one.pk, expected_revision=one.revision, actor=actor, at=clock.now())
    except services.NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("documents:document", uid)
    messages.success(request, _("Đã bỏ dự thảo."))
    return redirect("documents:documents")


@require_http_methods(["GET", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """The series that the system numbers for the own body; more can be opened."""
    actor = actor_of(request)
    actor.require(OPEN_SERIES)
    form = SeriesForm(request.POST or None, initial={"nam": actor.today.year})
    if request.method == "POST" and form.is_valid():
        opened = services.open_series(
            organisation_id=_body(actor),
            type_code=form.cleaned_data["loai"],
            year=form.cleaned_data["nam"],
            actor=actor,
            at=clock.now(),
        )
        messages.success(
            request, _("Đã mở sổ cấp số. Số tiếp theo là %(number)s.") % {"number": f"{opened.last + 1:02d}"}
        )
        return redirect("documents:series")
    rows = visible_series(actor).order_by("-year", "type_code")
    return render(request, "documents/series.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


def _found(request: HttpRequest, actor: Actor) -> tuple[FilterForm, QuerySet[Document]]:
    visible = visible_documents(actor)
    form = FilterForm(request.GET, years=queries.years_of(visible))
    form.is_valid()
    typed = form.cleaned_data
    return form, queries.found_documents(
        visible,
        text=typed.get("q", ""),
        type_code=typed.get("loai", ""),
        status=typed.get("trang_thai", ""),
        year=int(typed.get("nam") or 0),
    )


def _one(actor: Actor, uid: UUID) -> Document:
    return get_object_or_404(visible_documents(actor).select_related("issued_file"), uid=uid)


def _brought(actor: Actor) -> QuerySet[Document]:
    return visible_documents(actor).filter(content={}, status=Document.Status.DRAFT)


def _body(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise NotPermitted(str(act_kind(REGISTER).label))
    return body_of(actor.organisation_id, actor.today)


def _proposed(one: Document, found: Proposal) -> dict[str, Any]:
    return {
        "so": found.number,
        "ngay": found.issued_on,
        "loai": one.type_code,
        "trich_yeu": one.title,
        "co_quan": one.issuer,
        "revision": one.revision,
    }


def _shown(
    request: HttpRequest, actor: Actor, one: Document, *, form: IssueForm | None = None, status: int = 200
) -> HttpResponse:
    subject = subject_of(one)
    is_draft = one.status == Document.Status.DRAFT
    following = queries.following_number(one, actor.today.year) if is_draft and actor.may(RECORD_ISSUE) else None
    about = show(actor, [one.subject])
    context = {
        "document": one,
        "issuer": one.issuer or names_of([one.organisation_id], one.issued_on or actor.today)[one.organisation_id],
        "files": files_of(subject),
        "about": about.get(one.subject),
        "ties": related(actor, subject),
        "timeline": timeline(actor, one),
        "is_draft": is_draft,
        "may_register": is_draft and one.is_brought and actor.may(REGISTER),
        "following": following,
        "form": form or IssueForm(initial={"ngay": actor.today, "revision": one.revision}),
    }
    return render(request, "documents/document.html", context, status=status)
