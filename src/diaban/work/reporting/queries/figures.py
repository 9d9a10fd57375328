"""What reports say, as figures: of a version, of the period before, of a year ago, and what others supply."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diaban.foundation.facts.models import Fact, Plan
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Cell, Figures, Lock, compute
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion
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
    """Figures to set beside a report: of the period before and of the same period a year ago; empty where there are none."""

    previous: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal]


def earlier_figures(report: Report, layout: Layout) -> Earlier:
    """As `earlier_of`, for a report."""
    return earlier_of(report.schedule.form_id, report.unit_id, Period.parse(report.period), layout)


def earlier_of(form_id: int, unit_id: int, period: Period, layout: Layout) -> Earlier:
    """From the newest sent versions of the unit's reports on the same form. One query, and a layout's where it differs."""
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
    return Earlier(found.get("previous", {}), found.get("last_year", {}))


def planned_figures(unit_id: int, codes: Collection[str], year: int) -> dict[str, Decimal]:
    """What the unit is to reach in the year, by indicator. One query."""
    plans = Plan.objects.filter(unit_id=unit_id, year=year, indicator__code__in=codes, category__key="")
    return dict(plans.values_list("indicator__code", "value"))


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
