"""The workbook of a report in the database, and of what came back with it."""

from collections.abc import Collection
from decimal import Decimal

from diaban.foundation.facts.models import Fact, Indicator, OverTime, Plan
from diaban.foundation.facts.rules.cells import cell_of
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Period
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.queries.figures import Earlier, earlier_figures, entry_of
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.workbook.given import Comparison, Head
from diaban.work.reporting.workbook.key import Key
from diaban.work.reporting.workbook.making import make_workbook

SIGNERS = ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ")
SIGNERS_OF_A_DISTRICT = ("NGƯỜI LẬP BIỂU", "TRƯỞNG PHÒNG", "THỦ TRƯỞNG ĐƠN VỊ")


def report_key(report: Report, version: ReportVersion) -> Key:
    """What a workbook must carry to be taken for this report."""
    unit = nearest_versions([report.unit_id], report.period_last_day)[report.unit_id]
    return Key(report.schedule.form.code, version.form_version.number, unit.code, report.period)


def report_workbook(
    report: Report,
    version: ReportVersion,
    *,
    layout: Layout | None = None,
    earlier: Earlier | None = None,
    plain_names: bool = False,
    is_illustrative: bool = False,
) -> bytes:
    """The workbook of a version, with everything beside it. Asks no more than what the page already knows is handed in."""
    layout = layout or layout_of(version.form_version_id)
    earlier = earlier or earlier_figures(report, layout)
    beside = Comparison(
        previous=earlier.previous,
        last_year=earlier.last_year,
        plan=_plans(report, layout.indicators),
        so_far=_so_far(report, layout.indicators),
        supplied=version.supplied.keys(),
    )
    head = _head(report, version, is_illustrative=is_illustrative)
    return make_workbook(head, layout, report.period_last_day, entry_of(version), beside, plain_names=plain_names)


def _head(report: Report, version: ReportVersion, *, is_illustrative: bool) -> Head:
    schedule, period = report.schedule, Period.parse(report.period)
    receiver = names_of([schedule.counterpart_id], report.period_last_day)
    return Head(
        key=report_key(report, version),
        title=schedule.form.name,
        form_number=schedule.form.number,
        reporter=report.organisation_name,
        receiver=receiver.get(schedule.counterpart_id, ""),
        period_label=period.label(),
        span_label=period.span_label(),
        basis=schedule.basis,
        signers=SIGNERS_OF_A_DISTRICT if schedule.form.level == Level.DISTRICT else SIGNERS,
        is_illustrative=is_illustrative,
    )


def _plans(report: Report, indicators: Collection[str]) -> dict[str, Decimal]:
    rows = Plan.objects.filter(
        unit_id=report.unit_id, year=Period.parse(report.period).year, indicator__code__in=indicators
    ).values_list("indicator__code", "category__key", "value")
    return {cell_of(code, key): value for code, key, value in rows if value is not None}


def _so_far(report: Report, indicators: Collection[str]) -> dict[str, Decimal | None]:
    """Of figures that add up over the year, what its earlier periods make together; None where one of them is missing.

    What is neither added up nor taken from the last period has no cumulative value that a sheet could show.
    """
    earlier = [str(period) for period in Period.parse(report.period).so_far_this_year()[:-1]]
    found: dict[str, Decimal | None] = {}
    sums: dict[str, list[Decimal]] = {}
    facts = Fact.objects.filter(
        collection_id=report.schedule.form.collection_id,
        unit_id=report.unit_id,
        period__code__in=earlier,
        indicator__code__in=indicators,
        superseded_at=None,
        value__isnull=False,
    ).values_list("indicator__code", "category__key", "value")
    for code, key, value in facts if earlier else ():
        if value is not None:
            sums.setdefault(cell_of(code, key), []).append(value)
    kinds = Indicator.objects.filter(code__in=indicators).exclude(over_time=OverTime.LATEST)
    for indicator, over_time in kinds.values_list("code", "over_time"):
        added = over_time == OverTime.SUM
        found[indicator] = Decimal(0) if added and not earlier else None
        if added:
            mine = {name: given for name, given in sums.items() if name.partition("__")[0] == indicator}
            found |= {name: sum(given, Decimal(0)) for name, given in mine.items() if len(given) == len(earlier)}
    return found
