"""Pages of the catalogue, all indicators and one; and the grids where figures of a year are entered."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts import entering, entry_workbook, queries, services
from diaban.foundation.facts.forms import BasisForm, CatalogueForm, GridForm
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.periods import base_period
from diaban.foundation.facts.permissions import ENTER_BASE, SET_PLAN, visible_indicators
from diaban.foundation.journal.queries import timeline
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import grounds
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.paging import page_of
from diaban.lib.workbooks import Column


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The catalogue (danh mục chỉ tiêu) with its filters."""
    form, found = _found(request, actor_of(request))
    page = page_of(request, found)
    context = {"form": form, "page": page, "lines": queries.lines_of(list(page.object_list))}
    return render(request, "facts/indicators.html", context)


@require_safe
def indicators_file(request: HttpRequest) -> HttpResponse:
    """The catalogue as a workbook, with the same filters."""
    _form, found = _found(request, actor_of(request))
    columns = [
        Column(_("Mã"), width=12),
        Column(_("Chỉ tiêu"), width=60),
        Column(_("Đơn vị tính"), width=16),
        Column(_("Lĩnh vực"), width=28),
        Column(_("Loại"), width=20),
        Column(_("Tổng hợp theo địa bàn"), width=26),
        Column(_("Kỳ"), width=20),
    ]
    rows = (
        (
            line.indicator.code,
            line.indicator.called,
            line.indicator.unit_name,
            line.field,
            line.indicator.get_kind_display(),
            line.indicator.get_over_units_display(),
            line.frequencies,
        )
        for line in queries.lines_of(list(found))
    )
    return table_file("danh-muc-chi-tieu", title=_("Danh mục chỉ tiêu"), columns=columns, rows=rows)


def _found(request: HttpRequest, actor: Actor) -> tuple[CatalogueForm, QuerySet[Indicator]]:
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
    return form, found


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: definition, how it is computed and aggregated, where it is asked for."""
    actor = actor_of(request)
    found = get_object_or_404(visible_indicators(actor), code=code)
    context = {"shown": queries.shown_indicator(actor, found, actor.today), "timeline": timeline(actor, found)}
    return render(request, "facts/indicator.html", context)


@require_http_methods(["GET", "POST"])
def base_figures(request: HttpRequest) -> HttpResponse:
    """The base figures of a year (thông tin nền), typed or brought by workbook."""
    return _grid_page(request, is_plan=False)


@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """What each unit is to reach in a year (kế hoạch giao), typed or brought by workbook."""
    return _grid_page(request, is_plan=True)


@require_safe
def base_workbook(request: HttpRequest) -> HttpResponse:
    """The grid as a workbook to fill."""
    return _workbook(_asked(request, is_plan=False))


@require_safe
def plans_workbook(request: HttpRequest) -> HttpResponse:
    """The grid as a workbook to fill."""
    return _workbook(_asked(request, is_plan=True))


@dataclass(frozen=True)
class _Asked:
    """The grid that the address asks for, what stands in it, and who asks."""

    actor: Actor
    form: GridForm
    grid: entering.Grid


def _asked(request: HttpRequest, *, is_plan: bool) -> _Asked:
    actor, act = actor_of(request), SET_PLAN if is_plan else ENTER_BASE
    places = grounds(actor, act, seat_of(actor) or 0, actor.today)
    if not places:
        raise NotPermitted(str(act_kind(act).label))
    asked = QueryDict(request.GET.urlencode(), mutable=True)
    asked.setdefault("nam", str(actor.today.year))
    form = GridForm(asked, today=actor.today, places=places, is_plan=is_plan)
    form.is_valid()
    year = form.cleaned_data.get("nam") or actor.today.year
    on = base_period(year).last_day
    wanted = form.cleaned_data.get("dia_ban")
    place = next((one for one in places if str(one.unit.uid) == wanted), places[0])
    field = form.cleaned_data.get("linh_vuc") or "post"
    indicators = entering.planned_indicators(field, on) if is_plan else entering.base_indicators(on)
    units = entering.units_of(place, on, is_plan=is_plan)
    return _Asked(actor, form, entering.grid_of(place, units, indicators, year, is_plan=is_plan))


def _workbook(asked: _Asked) -> HttpResponse:
    grid = asked.grid
    return table_file(
        f"{'ke-hoach' if grid.is_plan else 'thong-tin-nen'}-{grid.year}",
        title=entry_workbook.title_of(grid),
        columns=entry_workbook.columns_of(grid),
        rows=entry_workbook.rows_of(grid),
    )


def _grid_page(request: HttpRequest, *, is_plan: bool) -> HttpResponse:
    asked = _asked(request, is_plan=is_plan)
    basis = BasisForm(request.POST or None) if is_plan else None
    if request.method != "POST":
        return _shown_grid(request, asked, asked.grid, basis)
    try:
        typed = _typed(request, asked.grid)
    except entry_workbook.NotAGrid as problem:
        messages.error(request, str(problem))
        return _shown_grid(request, asked, asked.grid, basis, status=422)
    if typed.grid.faults or (basis is not None and not basis.is_valid()):
        return _shown_grid(request, asked, typed.grid, basis, status=422)
    saved = len(typed.figures)
    if basis is not None and saved:
        services.set_plans(
            year=asked.grid.year,
            figures=typed.figures,
            basis=basis.cleaned_data["can_cu"],
            actor=asked.actor,
            at=clock.now(),
        )
    elif saved:
        services.enter_base(year=asked.grid.year, figures=typed.figures, actor=asked.actor, at=clock.now())
    messages.success(request, _("Đã ghi %(count)s số.") % {"count": saved} if saved else _("Không có số nào thay đổi."))
    return redirect(request.get_full_path())


def _typed(request: HttpRequest, grid: entering.Grid) -> entering.Typed:
    sent = request.FILES.get("workbook")
    if "nop_tep" not in request.POST:
        return entering.take(grid, request.POST.dict(), entering.seen_of(request.POST.dict()))
    if sent is None or (sent.size or 0) > settings.UPLOAD_LIMIT:
        raise entry_workbook.NotAGrid(_("Hãy chọn tệp Excel (.xlsx) đã điền."))
    return entering.take(grid, entry_workbook.texts_of(sent.read(), grid))


def _shown_grid(
    request: HttpRequest, asked: _Asked, grid: entering.Grid, basis: BasisForm | None, *, status: int = 200
) -> HttpResponse:
    seen = {cell.name: cell.shown for row in grid.rows for cell in row.cells}
    context = {
        "form": asked.form,
        "grid": grid,
        "title": entry_workbook.title_of(grid),
        "basis": basis,
        "seen": json.dumps(seen),
        "workbook_place": "facts:plans_workbook" if grid.is_plan else "facts:base_workbook",
        "other_place": "facts:base_figures" if grid.is_plan else "facts:plans",
    }
    return render(request, "facts/grid.html", context, status=status)
