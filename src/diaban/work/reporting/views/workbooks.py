"""A report by workbook: the form downloaded, filled at the desk, sent back."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.files.sniffing import XLSX
from diaban.foundation.ui.exporting import attachment
from diaban.foundation.ui.models import Instance
from diaban.work.reporting.services import WorkbookNotTaken, take_workbook
from diaban.work.reporting.views.common import one_or_404, told
from diaban.work.reporting.workbook import report_workbook


@require_safe
def download(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report's form as a workbook, with what is filled already and last period beside."""
    one = one_or_404(actor_of(request), uid)
    notice = Instance.objects.values_list("notice", flat=True).first()
    content = report_workbook(
        one.report, one.version, layout=one.layout, earlier=one.earlier, is_illustrative=bool(notice)
    )
    return attachment(content, XLSX, f"bieu-mau-{one.report.period.replace(':', '-')}.xlsx")


@require_POST
@told
def upload(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a filled workbook in whole, or say at which cells it is wrong and give it back with the sentences in it."""
    actor = actor_of(request)
    one = one_or_404(actor, uid)
    sent = request.FILES.get("workbook")
    if sent is None or (sent.size or 0) > settings.UPLOAD_LIMIT:
        messages.error(request, _("Hãy chọn tệp biểu mẫu Excel (.xlsx) đã điền."))
        return redirect("reporting:entry", uid)
    content = sent.read()
    try:
        taken = take_workbook(content=content, expected=one.report, actor=actor, at=now())
    except WorkbookNotTaken as refusal:
        marked = "give_back" in request.POST and refusal.marked
        if marked:
            return attachment(marked, XLSX, "bieu-mau-loi.xlsx")
        context = {
            "report": one.report,
            "findings": refusal.findings,
            "name": sent.name,
            "has_marks": bool(refusal.marked),
        }
        return render(request, "reporting/workbook_refused.html", context, status=422)
    if taken.warnings:
        messages.warning(
            request, _("Đã nhận tệp. Còn cảnh báo cần giải thích trước khi trình: xem các dòng được đánh dấu.")
        )
    else:
        messages.success(request, _("Đã nhận toàn bộ số liệu trong tệp. Kiểm tra lại rồi trình."))
    return redirect("reporting:entry", uid)
