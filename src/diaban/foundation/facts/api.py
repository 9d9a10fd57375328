"""The catalogue of indicators, for programs. Figures are given out by the room whose reports they came with."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from diaban.foundation.acts.programs import Paged, Paging, paged, tell_revision
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.permissions import visible_indicators
from diaban.foundation.facts.queries import found_indicators

router = Router()


class IndicatorOut(Schema):
    """What is measured, in which unit, and how the figure of an area and of a year comes about."""

    code: str
    revision: int
    official_code: str
    name: str
    name_en: str
    field: str
    unit_name: str
    value_type: str
    digits: int
    kind: str
    over_units: str
    over_time: str
    numerator: str | None
    denominator: str | None
    scale: int
    formula: str
    direction: str
    frequencies: list[str]
    first_day: date | None
    last_day: date | None


class IndicatorsAsked(Paging):
    """Those that may be reported on `on`; all where it is not given."""

    text: str = ""
    field: str = ""
    kind: str = ""
    on: date | None = None


@router.get("/indicators", response=Paged[IndicatorOut], operation_id="list_indicators", url_name="indicators")
def indicators(request: HttpRequest, asked: Query[IndicatorsAsked]) -> Paged[IndicatorOut]:
    """The catalogue."""
    found = found_indicators(actor_of(request), text=asked.text, field=asked.field, kind=asked.kind, on=asked.on)
    return paged(request, found, asked, lambda rows: [_shaped(row) for row in rows])


@router.get("/indicators/{code}", response=IndicatorOut, operation_id="get_indicator", url_name="indicator")
def indicator(request: HttpRequest, response: HttpResponse, code: str) -> IndicatorOut:
    """One indicator."""
    found = get_object_or_404(visible_indicators(actor_of(request)), code=code)
    tell_revision(request, response, found.revision)
    return _shaped(found)


def _shaped(row: Indicator) -> IndicatorOut:
    return IndicatorOut(
        code=row.code,
        revision=row.revision,
        official_code=row.official_code,
        name=row.name,
        name_en=row.name_en,
        field=row.field_code,
        unit_name=row.unit_name,
        value_type=row.value_type,
        digits=row.digits,
        kind=row.kind,
        over_units=row.over_units,
        over_time=row.over_time,
        numerator=row.numerator.code if row.numerator else None,
        denominator=row.denominator.code if row.denominator else None,
        scale=row.scale,
        formula=row.formula,
        direction=row.direction,
        frequencies=row.frequencies.split(";"),
        first_day=row.first_day,
        last_day=row.last_day,
    )
