"""Pages of the territory: the tree of a day, one unit with its past and future, old districts, search."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.journal.queries import timeline
from diaban.foundation.territory import queries, services
from diaban.foundation.territory.dossier import pages_of_unit
from diaban.foundation.territory.forms import DayForm, SearchForm, WeightForm
from diaban.foundation.territory.models import Level, Succession, Unit, UnitVersion
from diaban.foundation.territory.permissions import can_correct_weights, visible_units
from diaban.lib.vietnamese import format_number


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The units below one (`thuoc`, a uid) on a day (`ngay`); at first below the country."""
    on, form = _day(request)
    parent = _parent(request, on)
    context = {
        "form": form,
        "on": on,
        "parent": parent,
        "path": queries.ancestors(parent.unit_id, on)[::-1] if parent else [],
        "branches": queries.tree(on, parent.unit_id if parent else None),
        "reform_days": queries.reform_days(),
        "has_old_districts": parent is not None and parent.unit.level == Level.PROVINCE,
    }
    return render(request, "territory/tree.html", context)


@require_safe
def unit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One unit: what it was called, where it lay, what it came from and what became of it."""
    return _unit_page(request, get_object_or_404(visible_units(actor_of(request)), uid=uid))


@require_safe
def old_districts(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The communes of a province by the old districts they mostly descend from."""
    on, form = _day(request)
    province = get_object_or_404(visible_units(actor_of(request)), uid=uid, level=Level.PROVINCE)
    context = {
        "form": form,
        "on": on,
        "province": queries.nearest_versions([province.pk], on)[province.pk],
        "districts": queries.old_districts(province.pk, on),
    }
    return render(request, "territory/old_districts.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Units by name or code, of a day or of all times."""
    form = SearchForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    found = queries.search(typed.get("q", ""), typed.get("ngay"), limit=50, today=_today(request))
    return render(request, "territory/search.html", {"form": form, "text": typed.get("q", ""), "found": found})


@require_POST
def correct_weight(request: HttpRequest, predecessor: uuid.UUID, successor: uuid.UUID) -> HttpResponse:
    """Put a count in place of the assumed weight of one part."""
    actor = actor_of(request)
    row = get_object_or_404(
        Succession.objects.select_related("predecessor"), predecessor__uid=predecessor, successor__uid=successor
    )
    form = WeightForm(request.POST, prefix=str(successor))
    if not form.is_valid():
        return _unit_page(request, row.predecessor, {row.successor_id: form}, status=422)
    services.correct_weight(
        succession_id=row.pk,
        weight=form.cleaned_data["weight"],
        basis=form.cleaned_data["basis"],
        actor=actor,
        at=clock.now(),
        expected_revision=form.cleaned_data["revision"],
    )
    messages.success(request, _("Đã ghi số dân chuyển sang. Số liệu quy đổi về sau dùng tỷ lệ mới."))
    return redirect("territory:unit", uid=predecessor)


def _today(request: HttpRequest) -> date:
    return actor_of(request).today


def _day(request: HttpRequest) -> tuple[date, DayForm]:
    """The day that the page is about, and the form to choose another; today where none or no day was typed."""
    form = DayForm(request.GET)
    chosen: date | None = form.cleaned_data.get("ngay") if form.is_valid() else None
    return chosen or _today(request), form


def _parent(request: HttpRequest, on: date) -> UnitVersion | None:
    """The unit whose children are asked for, or the only unit at the top."""
    uid = request.GET.get("thuoc", "")
    if uid:
        found = get_object_or_404(visible_units(actor_of(request)), uid=_uuid(uid))
        return queries.nearest_versions([found.pk], on)[found.pk]
    top = queries.tree(on)
    return top[0].version if len(top) == 1 else None


def _unit_page(
    request: HttpRequest, found: Unit, forms: dict[int, WeightForm] | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    on, _form = _day(request)
    lineage = queries.past_and_future(found.pk)
    version = queries.nearest_versions([found.pk], on)[found.pk]
    shown_on = min(max(on, version.first_day or on), version.last_day or date.max)
    may_correct = can_correct_weights(actor, found.pk) and sum(step.depth == 1 for step in lineage.future) > 1
    context: dict[str, Any] = {
        "unit": found,
        "version": version,
        "shown_on": shown_on,
        "path": queries.ancestors(found.pk, shown_on),
        "lineage": lineage,
        "weights": _weight_forms(lineage, forms or {}) if may_correct else [],
        "timeline": timeline(actor, found),
        "pages": [page_of(found.uid) for page_of in pages_of_unit()],
    }
    return render(request, "territory/unit.html", context, status=status)


def _weight_forms(lineage: queries.Lineage, bound: dict[int, WeightForm]) -> list[tuple[queries.Step, WeightForm]]:
    """A form for each part of a divided unit: the one sent back with its errors, the others as they are."""
    return [
        (step, bound.get(step.successor.unit_id) or _weight_form(step)) for step in lineage.future if step.depth == 1
    ]


def _weight_form(step: queries.Step) -> WeightForm:
    row = step.succession
    initial = {
        "weight": "" if row.assumed else format_number(row.weight),
        "basis": "" if row.assumed else row.basis,
        "revision": row.revision,
    }
    return WeightForm(prefix=str(step.successor.unit.uid), initial=initial)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404(text) from None
