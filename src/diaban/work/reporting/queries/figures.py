"""What reports say, as figures: of a version, of the period before, of a year ago, and what others supply."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from diaban.foundation.facts.consolidation.tables import by_unit
from diaban.foundation.facts.models import Fact, Indicator, Plan
from diaban.foundation.territory.models import Coverage, UnitVersion
from diaban.foundation.territory.queries import versions_of
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Cell, Figures, Lock, cells_of, compute
from diaban.work.reporting.flowing import cells_of_facts
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Form, Report, ReportVersion
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.validation import Entry, estimated_cells


def entry_of(version: ReportVersion) -> Entry:
    """What stands in a version: supplied figures first, then what the locality typed."""
    supplied = {name: given for name, given in version.supplied.items() if given.get("value") is not None}
    values = {name: Decimal(given["value"]) for name, given in supplied.items()}
    values |= {name: Decimal(text) for name, text in version.values.items() if name not in supplied}
    reasons = {name: given["reason"] for name, given in version.supplied.items() if given.get("reason")}
    return Entry(
        values=values,
        unread=version.unread,
        reasons={**reasons, **version.reasons},
        texts=version.texts,
        explanations=version.explanations,
        estimated=estimated_cells(version.estimated),
    )


def figures_of(version: ReportVersion, layout: Layout, last_day: date) -> Figures:
    """The figures of a version, computed ones included."""
    entry = entry_of(version)
    return compute(layout, last_day, entry.values, entry.reasons)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures to set beside a report: of the period before and of the same period a year ago; empty where there are none.

    `taken_over` says, of figures that are not of the unit's own reports, whose they are: of the units that a reform ended and
    it took over from, or brought from before there were reports here; in Vietnamese.
    """

    previous: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal]
    taken_over: str = ""


def earlier_figures(report: Report, layout: Layout) -> Earlier:
    """As `earlier_of`, for a report."""
    return earlier_of(report.schedule.form_id, report.unit_id, Period.parse(report.period), layout)


def earlier_of(form_id: int, unit_id: int, period: Period, layout: Layout) -> Earlier:
    """From the newest sent versions of the unit's reports on the same form; for a period without one, from what was taken in
    for the unit from elsewhere; for a period before the unit was made, from the received figures of the units it came from,
    recast onto its ground where all of them gave theirs.

    One query, and a layout's where it differs; two more for periods without report, one where figures were brought, and
    those of a recasting.
    """
    wanted = {str(period.previous()): "previous", str(period.same_last_year()): "last_year"}
    versions = (
        ReportVersion.objects.filter(
            report__schedule__form_id=form_id,
            report__unit_id=unit_id,
            report__period__in=wanted,
            data_sent_at__isnull=False,
        )
        .select_related("report")
        .order_by("number")
    )
    newest = {wanted[version.report.period]: version for version in versions}
    found: dict[str, Mapping[str, Decimal]] = {}
    for name, version in newest.items():
        own = layout if version.form_version_id == layout.version_id else layout_of(version.form_version_id)
        found[name] = figures_of(version, own, version.report.period_last_day).values
    asked = {Period.parse(code): name for code, name in wanted.items() if name not in found}
    brought = brought_figures(form_id, unit_id, asked, layout)
    found |= {asked.pop(before): figures for before, figures in brought.items()}
    said = [f"{before.label()} là số đã nhập từ nguồn khác, không phải từ báo cáo trong hệ thống" for before in brought]
    for before, units in origins_of(unit_id, asked).items():
        inherited = inherited_figures(form_id, unit_id, units, before, period.last_day, layout)
        found[asked[before]] = inherited.values
        said += [inherited.said] if inherited.values else []
    return Earlier(found.get("previous", {}), found.get("last_year", {}), "; ".join(said))


def brought_figures(
    form_id: int, unit_id: int, periods: Collection[Period], layout: Layout
) -> dict[Period, Mapping[str, Decimal]]:
    """What stands for the unit in the form's figures though it sent no report of the period here (brought from its former
    system or books), by cell, computed ones included. One query, one more where there are some."""
    if not periods:
        return {}
    codes = {str(period): period for period in periods}
    rows = Fact.objects.filter(
        collection_id__in=Form.objects.filter(pk=form_id).values("collection_id"),
        unit_id=unit_id,
        period__code__in=codes,
        superseded_at=None,
        value__isnull=False,
    ).values_list("period__code", "indicator__code", "category__key", "value")
    typed: dict[Period, dict[str, Decimal]] = {}
    places = {period: cells_of_facts(layout, period.last_day) for period in periods}
    for code, indicator, category, value in rows:
        cell = places[codes[code]].get((indicator, category))
        if cell and value is not None:
            typed.setdefault(codes[code], {})[cell] = value
    return {period: _with_computed(layout, period, unit_id, values) for period, values in sorted(typed.items())}


def _with_computed(layout: Layout, period: Period, unit_id: int, typed: Mapping[str, Decimal]) -> dict[str, Decimal]:
    on = period.last_day
    base = base_figures(unit_id, base_cells(cells_of(layout, on)), on)
    return {**compute(layout, on, {**base, **typed}, {}).values, **typed}


def origins_of(unit_id: int, periods: Collection[Period]) -> dict[Period, set[int]]:
    """Of periods before the unit was made, the units of its level that it came from, as they were then. One query."""
    days = {period: period.last_day for period in periods}
    if not days:
        return {}
    then = Q()
    for day in days.values():
        then |= Q(covered__versions__valid__contains=day)
    rows = Coverage.objects.filter(then, unit=unit_id, covered__level=F("unit__level"))
    spans = list(rows.values_list("covered_id", "covered__versions__valid"))
    found = {period: {covered for covered, valid in spans if day in valid} for period, day in days.items()}
    return {period: units for period, units in found.items() if units and unit_id not in units}


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a unit took over from those it came from, by cell, and whose it was; in Vietnamese."""

    values: Mapping[str, Decimal]
    said: str = ""


def inherited_figures(
    form_id: int, unit_id: int, old: Collection[int], period: Period, on: date, layout: Layout
) -> Inherited:
    """The received figures of a period from the units that one came from, on the map of a later day; only cells to which
    every one of them gave its part. Empty where nothing was received; one query then."""
    forms = Form.objects.filter(pk=form_id).values("collection_id")
    received = Fact.objects.filter(
        collection_id__in=forms, period__code=str(period), unit__in=old, superseded_at=None
    ).values_list("collection_id", flat=True)
    collection_id = received.first()
    if collection_id is None:
        return Inherited({})
    base = base_cells(cells_of(layout, on))
    table = by_unit(
        collection_id=collection_id,
        indicators=list(Indicator.objects.filter(code__in=layout.indicators).exclude(code__in=base)),
        period=period,
        unit_ids=old,
        with_parts=True,
        map_on=on,
    )
    figures = {cell: units[unit_id] for cell, units in table.figures.items() if unit_id in units}
    values = {cell: one.value for cell, one in figures.items() if one.value is not None and not one.missing}
    names = ", ".join(unit.full_name for unit in sorted(versions_of(old, period.last_day).values(), key=_by_name))
    return Inherited(values, f"{period.label()} là số của {names}, tính theo địa giới hiện nay")


def _by_name(unit: UnitVersion) -> str:
    return unit.sort_key


def planned_figures(unit_id: int, codes: Collection[str], year: int) -> dict[str, Decimal]:
    """What the unit is to reach in the year, by indicator. One query."""
    plans = Plan.objects.filter(unit_id=unit_id, year=year, indicator__code__in=codes, category__key="")
    return {code: value for code, value in plans.values_list("indicator__code", "value") if value is not None}


def base_figures(unit_id: int, codes: Collection[str], last_day: date) -> dict[str, Decimal]:
    """Base figures of a unit for a day: those of its year, else of the latest earlier one. One query."""
    facts = (
        Fact.objects.filter(
            collection__kind="base",
            unit_id=unit_id,
            indicator__code__in=codes,
            category__key="",
            superseded_at=None,
            value__isnull=False,
            period__starts_on__lte=last_day,
        )
        .order_by("period__starts_on")
        .values_list("indicator__code", "value")
    )
    return {code: value for code, value in facts if value is not None}


def base_cells(cells: Collection[Cell]) -> list[str]:
    return [cell.name for cell in cells if cell.lock is Lock.BASE]
