"""Published figures: the list of an area with the form to publish, one publication, two side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.ui.language import period_name
from diaban.foundation.ui.paging import page_of
from diaban.work.reporting.asking import NothingInSight, choices
from diaban.work.reporting.consolidated import NothingToConsolidate, OutOfSight
from diaban.work.reporting.forms import SnapshotForm
from diaban.work.reporting.models import Snapshot
from diaban.work.reporting.permissions import TAKE_SNAPSHOT, visible_snapshots
from diaban.work.reporting.queries.snapshots import parts_of, snapshots_of
from diaban.work.reporting.services import WrongStep, take_snapshot
from diaban.work.reporting.snapshots import NotComparable, compared, is_whole, read_again
from diaban.work.reporting.views.consolidation import Page, about_figures


def _snapshot(actor: Actor, uid: UUID) -> Snapshot:
    found = visible_snapshots(actor).filter(uid=uid).select_related("form", "form__collection").first()
    if found is None:
        raise Http404
    return found


@about_figures
def snapshots(request: HttpRequest, page: Page) -> HttpResponse:
    """What was published of an area by a form, newest first; the form to publish what stands now."""
    one, actor = page.one, page.actor
    fields = [block.field_code for block in one.layout.blocks]
    form = SnapshotForm(initial={"ten": _title(page), "ngay_ky": actor.today})
    context = {
        **page.context,
        "page": page_of(request, snapshots_of(actor, one.form.pk, one.unit.unit_id)),
        "may_take": any(actor.may(TAKE_SNAPSHOT, field, one.unit.unit_id) for field in fields)
        and one.as_of is None
        and one.map_on is None,
        "form": form,
    }
    return render(request, "reporting/snapshots.html", context)


def _title(page: Page) -> str:
    return _("Số liệu %(period)s của %(unit)s") % {
        "period": period_name(page.one.period, inside=True),
        "unit": page.one.unit.full_name,
    }


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Publish what stands now."""
    actor = actor_of(request)
    asked = {name: request.POST.get(name, "") for name in ("bieu", "ky", "dia_ban")}
    try:
        chosen = choices(actor, asked)
    except NothingInSight:
        raise Http404 from None
    query = f"bieu={chosen.schedule.form.code}&ky={chosen.period}&dia_ban={chosen.unit.code}"
    back = f"{reverse('reporting:snapshots')}?{query}"
    form = SnapshotForm(request.POST)
    if chosen.problems or not form.is_valid():
        messages.error(request, " ".join(chosen.problems) or _("Hãy ghi tên, người ký và ngày ký (ngày/tháng/năm)."))
        return redirect(back)
    given = form.cleaned_data
    try:
        snapshot = take_snapshot(
            form_code=chosen.schedule.form.code,
            unit=chosen.unit,
            period=chosen.period,
            title=given["ten"],
            signed_by=given["nguoi_ky"],
            signed_on=given["ngay_ky"],
            document_number=given["so_van_ban"],
            note=given["ghi_chu"],
            actor=actor,
            at=now(),
        )
    except (WrongStep, NothingToConsolidate) as problem:
        messages.error(request, str(problem))
        return redirect(back)
    except OutOfSight:
        raise Http404 from None
    messages.success(request, _("Đã chốt: %(snapshot)s.") % {"snapshot": snapshot})
    return redirect("reporting:snapshot", snapshot.uid)


@require_safe
def snapshot(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One publication: who signed, from which report versions; others to compare it with."""
    actor = actor_of(request)
    found = _snapshot(actor, uid)
    try:
        one = read_again(found, actor)
    except OutOfSight:
        raise Http404 from None
    context = {
        "snapshot": found,
        "one": one,
        "page": page_of(request, parts_of(actor, found)),
        "is_whole": is_whole(found, one),
        "others": snapshots_of(actor, found.form_id, found.unit_id).filter(period=found.period).exclude(pk=found.pk),
    }
    return render(request, "reporting/snapshot.html", context)


@require_safe
def compare_snapshots(request: HttpRequest, uid: UUID, other: UUID) -> HttpResponse:
    """What changed from one publication to another, the earlier first."""
    actor = actor_of(request)
    first, second = sorted((_snapshot(actor, uid), _snapshot(actor, other)), key=lambda one: one.number)
    try:
        found = compared(first, second, actor)
    except (OutOfSight, NotComparable):
        raise Http404 from None
    context = {"found": found, "page": page_of(request, found.by_unit)}
    return render(request, "reporting/snapshots_compared.html", context)
