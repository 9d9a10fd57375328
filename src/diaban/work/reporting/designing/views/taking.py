"""Forms from files: our own workbook, whole or nothing; an XLSForm as far as it has meaning here."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of, revision_of
from diaban.lib.workbooks import WorkbookRefused
from diaban.work.reporting.designing import services
from diaban.work.reporting.designing.catalogue import Catalogue
from diaban.work.reporting.designing.queries import catalogue_now
from diaban.work.reporting.designing.records import Records
from diaban.work.reporting.designing.views.common import draft_or_404, told
from diaban.work.reporting.designing.workbook import CellFault, FormNotTaken, take_form
from diaban.work.reporting.designing.xlsform import read_xlsform
from diaban.work.reporting.permissions import DESIGN_FORMS


@require_POST
def form_file(request: HttpRequest) -> HttpResponse:
    """A workbook as a new draft: of a new form, or of a next version of the form it names."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)

    def keep(records: Records) -> HttpResponse:
        made = services.draft_form(records=records, origin=_name(request), actor=actor, at=now())
        messages.success(request, _("Đã nhận toàn bộ tệp thành dự thảo."))
        return redirect("reporting:form_draft", made.uid)

    return _taken(request, take_form, keep)


@require_POST
@told
def draft_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A workbook in the place of all that a draft holds."""
    actor = actor_of(request)
    draft = draft_or_404(actor, uid)

    def keep(records: Records) -> HttpResponse:
        services.change_draft(
            draft_id=draft.pk, records=records, expected_revision=revision_of(request), actor=actor, at=now()
        )
        messages.success(request, _("Đã thay toàn bộ dự thảo bằng nội dung tệp."))
        return redirect("reporting:form_draft", uid)

    return _taken(request, take_form, keep)


@require_POST
def xlsform_file(request: HttpRequest) -> HttpResponse:
    """An XLSForm as a draft, with the list of what has no meaning here."""
    actor = actor_of(request)
    actor.require(DESIGN_FORMS)
    left: list[CellFault] = []

    def read(content: bytes, catalogue: Catalogue) -> Records:
        found = read_xlsform(content, catalogue)
        left.extend(found.left)
        return found.records

    def keep(records: Records) -> HttpResponse:
        made = services.draft_form(records=records, origin=f"XLSForm: {_name(request)}", actor=actor, at=now())
        return render(request, "reporting/designing/imported.html", {"draft": made, "left": left})

    return _taken(request, read, keep)


def _name(request: HttpRequest) -> str:
    sent = request.FILES.get("workbook")
    return (sent.name or "") if sent else ""


def _taken(
    request: HttpRequest, read: Callable[[bytes, Catalogue], Records], keep: Callable[[Records], HttpResponse]
) -> HttpResponse:
    sent = request.FILES.get("workbook")
    if sent is None or (sent.size or 0) > settings.UPLOAD_LIMIT:
        messages.error(request, _("Hãy chọn tệp Excel (.xlsx)."))
        return redirect("reporting:forms")
    try:
        records = read(sent.read(), catalogue_now())
    except FormNotTaken as refusal:
        faults = refusal.faults
    except WorkbookRefused as refusal:
        faults = [CellFault("", str(refusal))]
    else:
        return keep(records)
    context = {"faults": faults, "name": sent.name}
    return render(request, "reporting/designing/refused.html", context, status=422)
