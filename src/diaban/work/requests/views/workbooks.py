"""A request by workbook: downloaded, filled, sent back; whole or not at all."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.exporting import XLSX, attachment
from diaban.lib.workbooks import WorkbookRefused
from diaban.work.requests import services
from diaban.work.requests.models import Answer, Request
from diaban.work.requests.permissions import is_asker, receivers_of
from diaban.work.requests.queries.answers import columns_of, latest_answers
from diaban.work.requests.services import Answerer, WorkbookNotTaken
from diaban.work.requests.views.common import asker_of, request_or_404, told
from diaban.work.requests.workbook import Fault, annotated, make_workbook


@require_safe
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The workbook: every unit for the asking office, the own row for whoever is asked."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    rows = one.receivers.all() if is_asker(actor, one) else receivers_of(actor).filter(request=one)
    if one.is_draft or not rows:
        raise Http404
    content = make_workbook(one, columns_of(one), list(rows), latest_answers(one), asker_of(one))
    return attachment(content, XLSX, "tra-loi.xlsx")


@require_POST
@told
def upload(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a filled workbook in whole, or say at which cells it is wrong."""
    actor = actor_of(request)
    one = request_or_404(actor, uid)
    sent = request.FILES.get("workbook")
    if sent is None or (sent.size or 0) > settings.UPLOAD_LIMIT:
        messages.error(request, _("Hãy chọn tệp Excel (.xlsx) đã điền."))
        return redirect("requests:request", uid)
    content = sent.read()
    via = Answer.Via.TYPED_FOR if is_asker(actor, one) else Answer.Via.WORKBOOK
    try:
        taken = services.take_workbook(
            request=one, content=content, by=Answerer(actor.label, via), actor=actor, at=now()
        )
    except WorkbookRefused as refusal:
        return _refused(request, one, [Fault(0, 0, str(refusal))], sent.name or "")
    except WorkbookNotTaken as refusal:
        if "give_back" in request.POST and any(fault.row for fault in refusal.faults):
            return attachment(annotated(content, refusal.faults), XLSX, "tra-loi-loi.xlsx")
        return _refused(request, one, refusal.faults, sent.name or "")
    if taken:
        said = ngettext("Đã nhận %(n)d câu trả lời từ tệp.", "Đã nhận %(n)d câu trả lời từ tệp.", taken) % {"n": taken}
        messages.success(request, said)
    else:
        messages.info(request, _("Tệp không có gì khác với những gì đã trả lời."))
    return redirect("requests:request", uid)


def _refused(request: HttpRequest, one: Request, faults: list[Fault], name: str) -> HttpResponse:
    context = {"one": one, "faults": faults, "name": name}
    return render(request, "requests/workbook_refused.html", context, status=422)
