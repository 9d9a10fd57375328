"""Pages of the catalogue: all indicators, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts import queries
from diaban.foundation.facts.forms import CatalogueForm
from diaban.foundation.facts.permissions import visible_indicators
from diaban.foundation.journal.queries import timeline
from diaban.foundation.ui.paging import page_of


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The catalogue (danh mục chỉ tiêu) with its filters."""
    actor = actor_of(request)
    form = CatalogueForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.found_indicators(
        actor,
        text=asked.get("q", ""),
        field=asked.get("linh_vuc", ""),
        kind=asked.get("loai", ""),
        on=None if asked.get("tat_ca") else actor.today,
    )
    page = page_of(request, found)
    context = {"form": form, "page": page, "lines": queries.lines_of(list(page.object_list))}
    return render(request, "facts/indicators.html", context)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: definition, how it is computed and aggregated, where it is asked for."""
    actor = actor_of(request)
    found = get_object_or_404(visible_indicators(actor), code=code)
    context = {"shown": queries.shown_indicator(actor, found, actor.today), "timeline": timeline(actor, found)}
    return render(request, "facts/indicator.html", context)
