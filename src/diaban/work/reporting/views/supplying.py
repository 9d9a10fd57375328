"""Cung cấp số liệu: an enterprise gives its figures of a period for every locality on one page, or in one workbook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.clock import now
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.entering import seen_of
from diaban.foundation.facts.entry_workbook import NotAGrid, placed_texts
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.language import period_name
from diaban.lib.periods import Period
from diaban.work.reporting import services
from diaban.work.reporting.forms import SupplyForm
from diaban.work.reporting.permissions import SUPPLY
from diaban.work.reporting.queries.reports import newest_of, periods_of
from diaban.work.reporting.services import NotAsked, NotSupplied
from diaban.work.reporting.services.steps import WrongStep
from diaban.work.reporting.supplies import (
    Supplied,
    SupplyGrid,
    columns_of_workbook,
    rows_of_workbook,
    schedules_to_supply,
    supply_grid,
    take_supplies,
)

MOST_PERIODS = 12


@dataclass(frozen=True)
class _Asked:
    """Who asks, the choice, and the grid; None where no period is asked yet."""

    actor: Actor
    form: SupplyForm
    grid: SupplyGrid | None


def _asked(request: HttpRequest) -> _Asked:
    actor = actor_of(request)
    if not actor.reaches(SUPPLY):
        raise NotPermitted(str(act_kind(SUPPLY).label))
    schedules = list(schedules_to_supply(actor))
    wanted = request.GET.get("che_do", "")
    schedule = next((one for one in schedules if str(one.uid) == wanted), next(iter(schedules), None))
    periods = [Period.parse(code) for code in periods_of([schedule])[:MOST_PERIODS]] if schedule else []
    period = next((one for one in periods if str(one) == request.GET.get("ky", "")), None)
    if schedule is not None and period is None and periods:
        period = newest_of(schedule, periods, actor.today)
    form = SupplyForm(
        {"che_do": str(schedule.uid) if schedule else "", "ky": str(period or "")},
        [(str(one.uid), one.title) for one in schedules],
        [(str(one), period_name(str(one))) for one in periods],
    )
    grid = supply_grid(actor, schedule, period) if schedule is not None and period is not None else None
    return _Asked(actor, form, grid)


@require_http_methods(["GET", "POST"])
def supplies(request: HttpRequest) -> HttpResponse:
    """The grid: typed, or brought by workbook. Where a cell is wrong nothing is written, and the page says which."""
    asked = _asked(request)
    if request.method != "POST" or asked.grid is None:
        return _shown(request, asked, asked.grid)
    try:
        taken = _taken(request, asked.grid)
    except NotAGrid as problem:
        messages.error(request, str(problem))
        return _shown(request, asked, asked.grid, status=422)
    if taken.grid.faults:
        return _shown(request, asked, taken.grid, status=422)
    try:
        saved = services.supply_period(
            schedule_id=asked.grid.schedule.pk,
            period=asked.grid.period,
            figures=taken.figures,
            actor=asked.actor,
            at=now(),
        )
    except (NotSupplied, WrongStep, NotAsked) as problem:
        messages.error(request, str(problem))
        return _shown(request, asked, taken.grid, status=422)
    said = _("Đã ghi %(count)s số; địa phương sẽ xác nhận hoặc báo chưa đúng.") % {"count": saved}
    messages.success(request, said if saved else _("Không có số nào thay đổi."))
    return redirect(request.get_full_path())


@require_safe
def supplies_workbook(request: HttpRequest) -> HttpResponse:
    """The grid as a workbook to fill."""
    grid = _asked(request).grid
    if grid is None:
        messages.warning(request, _("Chưa có kỳ báo cáo nào cần cung cấp số liệu."))
        return redirect("reporting:supplies")
    return table_file(
        f"cung-cap-so-lieu-{grid.period.code}",
        title=f"{grid.schedule.title}, {period_name(grid.period)}",
        columns=columns_of_workbook(grid),
        rows=rows_of_workbook(grid),
    )


def _taken(request: HttpRequest, grid: SupplyGrid) -> Supplied:
    """Raises `NotAGrid`."""
    typed: Mapping[str, str] = request.POST.dict()
    if "nop_tep" not in request.POST:
        return take_supplies(grid, typed, seen_of(typed))
    sent = request.FILES.get("workbook")
    if sent is None or (sent.size or 0) > settings.UPLOAD_LIMIT:
        raise NotAGrid(_("Hãy chọn tệp Excel (.xlsx) đã điền."))
    units = {row.unit.code: row.unit.unit.uid for row in grid.rows}
    placed = placed_texts(sent.read(), units, {cell.name for cell in grid.columns})
    return take_supplies(grid, {f"{units[unit]}__{name}": text for (unit, name), text in placed.items()}, None)


def _shown(request: HttpRequest, asked: _Asked, grid: SupplyGrid | None, *, status: int = 200) -> HttpResponse:
    seen = asked.grid.seen if asked.grid else {}
    context = {"form": asked.form, "grid": grid, "seen": json.dumps(seen)}
    return render(request, "reporting/supplies.html", context, status=status)
