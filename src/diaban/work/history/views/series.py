"""How an indicator of a place went over the periods: table, picture, workbook; the old districts of a province side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.requests import actor_of
from diaban.foundation.facts.models import Indicator
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.mandates.queries import places
from diaban.foundation.territory.models import Coverage, Level, UnitVersion
from diaban.foundation.territory.queries import old_districts
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.models import Instance
from diaban.lib.charts import line_chart, small_multiples
from diaban.lib.periods import Calendar, Kind
from diaban.lib.workbooks import Column
from diaban.work.history import lines
from diaban.work.history.forms import SeriesForm
from diaban.work.history.permissions import may_see_series
from diaban.work.history.queries import longest_course
from diaban.work.history.series import Area, Series, Way, many_series, series_of

SVG = "image/svg+xml"


@dataclass(frozen=True)
class _Asked:
    """What the address asks for. `unit` is called as on `on`: today, or its last day."""

    actor: Actor
    form: SeriesForm
    indicator: Indicator
    unit: UnitVersion
    on: date
    way: Way

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.form.cleaned_data.get("lich") or Calendar.ND09)

    @property
    def kind(self) -> Kind:
        return Kind(self.form.cleaned_data.get("loai") or Kind.QUARTER)

    def series(self) -> Series:
        on_map = self.actor.today if self.way is Way.MAP else None
        return series_of(
            indicator=self.indicator,
            unit=self.unit,
            on=self.on,
            calendar=self.calendar,
            kind=self.kind,
            way=self.way,
            on_map=on_map,
        )


def _asked(request: HttpRequest) -> _Asked:
    """Raises Http404 for what is out of sight."""
    actor = actor_of(request)
    units = _units(actor)
    indicators = list(Indicator.objects.valid_on(actor.today).exclude(field_code="base"))
    typed = request.GET.copy()
    course = longest_course([one for one in indicators if one.code == typed.get("chi_tieu")] or indicators)
    for name, value in (("chi_tieu", course.indicator.code), ("lich", course.calendar), ("loai", course.kind)):
        if not typed.get(name):
            typed[name] = value
    form = SeriesForm(typed, units=units, indicators=indicators)
    form.is_valid()
    chosen = form.cleaned_data
    indicator = next((one for one in indicators if one.code == chosen.get("chi_tieu")), None) or indicators[0]
    unit = next((one for one in units if str(one.unit.uid) == chosen.get("dia_ban")), None) or units[0]
    if not may_see_series(actor, indicator.field_code, unit.unit_id) and request.GET:
        raise Http404
    on = min(actor.today, unit.last_day or actor.today)
    return _Asked(actor, form, indicator, unit, on, Way(chosen.get("cach") or Way.GROUP))


def _units(actor: Actor) -> list[UnitVersion]:
    """The places one may choose, then the districts of the past that they descend from. Raises Http404 where none is."""
    listed = places(seat_of(actor) or 0, actor.today)
    covered = Coverage.objects.filter(unit=seat_of(actor) or 0, covered__level=Level.DISTRICT).values("covered")
    ended = UnitVersion.objects.filter(unit__in=covered, valid__upper_inf=False).select_related("unit").in_order()
    last = {one.unit_id: one for one in ended.order_by("valid")}
    known = {one.unit_id for one in listed}
    found = [*listed, *(one for one in last.values() if one.unit_id not in known)]
    if not found:
        raise Http404
    return found


@require_safe
def series(request: HttpRequest) -> HttpResponse:
    """The figures of one place."""
    asked = _asked(request)
    is_seen = may_see_series(asked.actor, asked.indicator.field_code, asked.unit.unit_id)
    found = asked.series() if is_seen else None
    before, after = lines.members_said(found) if found else ([], [])
    context = {
        "form": asked.form,
        "found": found,
        "rows": lines.shown(found) if found else [],
        "indicator": asked.indicator,
        "unit": asked.unit,
        "stands": lines.STANDS.get(asked.indicator.kind, ""),
        "before": before,
        "after": after,
        "query": request.GET.urlencode(),
        "has_districts": is_seen and asked.unit.unit.level == Level.PROVINCE,
        "is_recast": asked.way is Way.MAP,
    }
    return render(request, "history/series.html", context)


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The line."""
    asked = _asked(request)
    found = asked.series()
    if not any(point.value is not None for point in found.points):
        raise Http404
    svg = line_chart(
        [lines.line_of(found)],
        title=f"{asked.indicator.called}, {found.area.name}",
        unit=asked.indicator.unit_name,
        digits=asked.indicator.digits,
    )
    return _picture(svg)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The table as a workbook."""
    asked = _asked(request)
    found = asked.series()
    digits = asked.indicator.digits
    return table_file(
        f"chuoi-{asked.indicator.code}-{asked.unit.code}",
        title=f"{asked.indicator.called} ({asked.indicator.unit_name}), {found.area.name}",
        columns=[
            Column(_("Kỳ"), width=18),
            Column(_("Từ ngày"), "date"),
            Column(_("Đến ngày"), "date"),
            Column(_("Giá trị"), "decimal", digits=digits),
            Column(_("Ghi chú"), width=40),
            Column(_("Nguồn"), width=40),
        ],
        rows=[
            (
                one.label,
                one.point.period.start,
                one.point.period.last_day,
                one.point.value,
                "; ".join(map(str, filter(None, (one.why, *one.marks, *one.breaks)))),
                one.source,
            )
            for one in lines.shown(found)
        ],
        notes=list(filter(None, Instance.objects.values_list("notice", flat=True))),
    )


def _districts(asked: _Asked) -> Sequence[Series]:
    """Each old district's land as the communes of today that mostly descend from it, recast onto today's map."""
    if asked.unit.unit.level != Level.PROVINCE:
        raise Http404
    areas = [
        Area(one.district.full_name, frozenset(commune.unit_id for commune in one.communes))
        for one in old_districts(asked.unit.unit_id, asked.on)
        if one.district is not None
    ]
    today = asked.actor.today
    return many_series(
        indicator=asked.indicator,
        areas=areas,
        on=today,
        calendar=asked.calendar,
        kind=asked.kind,
        way=Way.MAP,
        on_map=today,
    )


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The old districts of a province as a table, a small picture of each beside it."""
    asked = _asked(request)
    if not may_see_series(asked.actor, asked.indicator.field_code, asked.unit.unit_id):
        raise Http404
    found = _districts(asked)
    periods = list(dict.fromkeys(point.period for one in found for point in one.points))
    periods.sort()
    rows = [(one, [next((p for p in one.points if p.period == period), None) for period in periods]) for one in found]
    context = {
        "form": asked.form,
        "rows": rows,
        "periods": periods,
        "indicator": asked.indicator,
        "unit": asked.unit,
        "query": request.GET.urlencode(),
    }
    return render(request, "history/districts.html", context)


@require_safe
def districts_chart(request: HttpRequest) -> HttpResponse:
    """One small line for each old district."""
    asked = _asked(request)
    found = [one for one in _districts(asked) if any(point.value is not None for point in one.points)]
    if not found:
        raise Http404
    svg = small_multiples(
        [lines.line_of(one) for one in found],
        title=f"{asked.indicator.called}, {asked.unit.full_name}, {_('theo huyện cũ')}",
        unit=asked.indicator.unit_name,
        digits=asked.indicator.digits,
    )
    return _picture(svg)


def _picture(svg: str) -> HttpResponse:
    return HttpResponse(svg, content_type=SVG, headers={"Cache-Control": "private, no-store"})
