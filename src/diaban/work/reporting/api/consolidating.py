"""Consolidated figures: of an area as its file, and of each unit in it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.programs import Paged, Paging, Problem, paged
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.consolidation.tables import UnitFigure
from diaban.foundation.territory.models import Unit, UnitVersion
from diaban.work.reporting.api.finding import period_of
from diaban.work.reporting.api.router import router
from diaban.work.reporting.consolidated import Consolidated, NothingToConsolidate, OutOfSight, consolidated, exact
from diaban.work.reporting.outputs import TYPES, as_file
from diaban.work.reporting.permissions import visible_forms


class AreaAsked(Schema):
    """The area; as known at the end of a day (`as_of`), on the map of another (`map`)."""

    unit: UUID
    as_of: date | None = None
    map: date | None = None


class FiguresAsked(AreaAsked, Paging):
    """Which indicators: their codes, joined by commas; all of the form where none is given."""

    indicators: str = ""


class FigureOut(Schema):
    """One unit's own figure in a cell: an exact decimal, or the code of the reason for none."""

    cell: str
    value: str | None
    reason: str | None
    estimated: bool


class UnitFiguresOut(Schema):
    """The figures of one unit."""

    unit: UUID
    code: str
    name: str
    figures: list[FigureOut]


@router.get(
    "/consolidations/{form}/{period}",
    operation_id="get_consolidation",
    url_name="consolidation",
    openapi_extra={
        "responses": {200: {"description": "JSON", "content": {"application/json": {"schema": {"type": "object"}}}}}
    },
)
def consolidation(request: HttpRequest, form: str, period: str, asked: Query[AreaAsked]) -> HttpResponse:
    """The consolidated report of an area, byte for byte as `diaban consolidate --format json` writes it."""
    actor = actor_of(request)
    one = _one(actor, form, period, asked)
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(as_file(one, "json", actor=actor), content_type=TYPES["json"], headers=headers)


@router.get(
    "/consolidations/{form}/{period}/units",
    response=Paged[UnitFiguresOut],
    operation_id="list_unit_figures",
    url_name="unit_figures",
)
def unit_figures(request: HttpRequest, form: str, period: str, asked: Query[FiguresAsked]) -> Paged[UnitFiguresOut]:
    """The figures of each unit that is expected to report, parts included, in order of names."""
    one = _one(actor_of(request), form, period, asked)
    codes = [code for code in asked.indicators.split(",") if code] or None
    unknown = sorted(set(codes or ()) - set(one.layout.indicators))
    if unknown:
        raise Problem(422, f"Biểu này không có, hoặc vị trí này không xem chỉ tiêu {', '.join(unknown)}.")
    table = one.by_unit(codes, with_parts=True)

    def shaped(units: list[UnitVersion]) -> list[UnitFiguresOut]:
        return [
            UnitFiguresOut(
                unit=unit.unit.uid,
                code=unit.code,
                name=unit.full_name,
                figures=[_figure(cell, by_unit, unit.unit_id) for cell, by_unit in table.figures.items()],
            )
            for unit in units
        ]

    return paged(request, one.units_of(table), asked, shaped)


def _one(actor: Actor, form_code: str, period: str, asked: AreaAsked) -> Consolidated:
    form = get_object_or_404(visible_forms(actor), code=form_code)
    unit = get_object_or_404(Unit, uid=asked.unit)
    try:
        return consolidated(
            form_code=form_code,
            period=period_of(period, form),
            unit_id=unit.pk,
            as_of=asked.as_of,
            map_on=asked.map,
            actor=actor,
        )
    except OutOfSight:
        raise Http404 from None
    except NothingToConsolidate as problem:
        raise Problem(404, str(problem)) from None


def _figure(cell: str, by_unit: Mapping[int, UnitFigure], unit_id: int) -> FigureOut:
    found = by_unit[unit_id]
    return FigureOut(cell=cell, value=exact(found.value), reason=found.reason or None, estimated=found.estimated)
