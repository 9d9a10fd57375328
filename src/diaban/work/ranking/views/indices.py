"""Indices of others: the list, one index with its source, bringing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import fields_for
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.paging import page_of
from diaban.work.ranking import services
from diaban.work.ranking.choosing import candidates
from diaban.work.ranking.forms import IndexForm, IndexValueForm
from diaban.work.ranking.permissions import BRING_INDEX, visible_indices


@require_safe
def index_list(request: HttpRequest) -> HttpResponse:
    """Indices, newest first."""
    actor = actor_of(request)
    page = page_of(request, visible_indices(actor))
    context = {"page": page, "may_bring": bool(actor.reaches(BRING_INDEX))}
    return render(request, "ranking/indices.html", context)


@require_safe
def index(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One index, in its published order."""
    actor = actor_of(request)
    one = get_object_or_404(visible_indices(actor), uid=uid)
    values = sorted(one.values.all(), key=lambda value: (value.rank or 10**6, -(value.value or 0)))
    names = nearest_versions([value.unit_id for value in values], actor.today)
    context = {"index": one, "values": [(names[value.unit_id], value) for value in values if value.unit_id in names]}
    return render(request, "ranking/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Type an index in, unit by unit, with its source."""
    actor = actor_of(request)
    ground = seat_of(actor)
    fields = fields_for(actor, BRING_INDEX, ground) if ground else []
    if not fields or ground is None:
        raise NotPermitted(str(act_kind(BRING_INDEX).label))
    units = {each.member.unit_id: each for each in candidates(ground, actor.today) if each.member.unit_id != ground}
    head = IndexForm(request.POST or None, fields=fields)
    lines = [(each, IndexValueForm(request.POST or None, prefix=each.key)) for each in units.values()]
    if request.method == "POST" and head.is_valid() and all([form.is_valid() for _each, form in lines]):  # noqa: C419 (every line shows its own error)
        found = [form.value(each.member.unit_id, len(lines)) for each, form in lines]
        typed = head.cleaned_data
        try:
            made = services.bring_index(
                name=typed["ten"],
                year=typed["nam"],
                source=typed["nguon"],
                note=typed["ghi_chu"],
                values=[value for value in found if value is not None],
                unit_id=ground,
                field_code=typed["linh_vuc"],
                actor=actor,
                at=now(),
            )
            return redirect("ranking:index", made.uid)
        except services.NotPossible as problem:
            messages.error(request, str(problem))
    context = {"head": head, "lines": lines}
    return render(request, "ranking/bring_index.html", context, status=422 if request.method == "POST" else 200)
