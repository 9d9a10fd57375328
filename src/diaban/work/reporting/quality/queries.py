"""Doubts about reports: of one draft beside its unit's past, of a period's reports beside one another; who sent when."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Fact
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Cell, Kind, cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, Schedule, SectionState
from diaban.work.reporting.permissions import can_receive, visible_reports
from diaban.work.reporting.quality.rules import (
    SMALL,
    Doubt,
    Figure,
    against_history,
    against_peers,
    copied,
    outside_hundred,
)
from diaban.work.reporting.queries.figures import figures_of
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.validation import WARNING, Finding

PAST = 8  # periods looked back on
POPULATION = "DB01"
THOUSAND = Decimal(1000)
AS_BEFORE = "như kỳ trước"


def doubts_of_draft(
    report: Report, version: ReportVersion, layout: Layout, previous: Mapping[str, Decimal]
) -> list[Finding]:
    """What the unit's own past says of a draft, as warnings that never stop a report. Two queries at most, one where nothing is doubted.

    A cell explained in an earlier report shows that explanation and asks to confirm it.
    """
    past = past_of(report.schedule.form.collection_id, [report.unit_id], Period.parse(report.period), layout.indicators)
    own = past.series.get(report.unit_id, {})
    if not own and not previous:
        return []
    values = figures_of(version, layout, report.period_last_day).values
    cells = cells_of(layout, report.period_last_day)
    found = _beside_own(cells, values, past.kinds, own, previous)
    explained = _explained(report) if found else {}
    return [_warning(cell.name, doubt, explained.get(cell.name, "")) for cell, doubt in found]


def _warning(cell: str, doubt: Doubt, before: str) -> Finding:
    asks = (
        f" Lần trước đã giải thích: “{before}”; nếu vẫn đúng, ghi “{AS_BEFORE}”."
        if before
        else " Kiểm tra lại; nếu đúng thì ghi lý do."
    )
    return Finding(cell, WARNING, f"quality_{doubt.code}", doubt.message + asks, needs_explanation=True)


def _explained(report: Report) -> dict[str, str]:
    """The last words given at each cell in sent reports of earlier periods. One query."""
    rows = ReportVersion.objects.filter(
        report__schedule__form=report.schedule.form_id,
        report__unit=report.unit_id,
        report__period_last_day__lt=report.period_last_day,
        data_sent_at__isnull=False,
    ).order_by("-report__period_last_day", "-number")
    found: dict[str, str] = {}
    for words in rows.values_list("explanations", flat=True)[:PAST]:
        for cell, said in words.items():
            if said.strip() and said.strip().lower().rstrip(".") != AS_BEFORE:
                found.setdefault(cell, said.strip())
    return found


@dataclass(frozen=True, slots=True)
class Past:
    """Received totals by unit and indicator, oldest first; the kind of each indicator that has any."""

    series: Mapping[int, Mapping[str, Sequence[Decimal]]]
    kinds: Mapping[str, str]


def past_of(collection_id: int | None, units: Collection[int], period: Period, codes: Collection[str]) -> Past:
    """The last eight periods of the same kind before `period`. One query."""
    since = period
    for _step in range(PAST):
        since = since.previous()
    rows = (
        Fact.objects.filter(
            collection=collection_id,
            unit__in=units,
            indicator__code__in=codes,
            category__key="",
            contributor=None,
            superseded_at=None,
            value__isnull=False,
            period__calendar=period.calendar,
            period__kind=period.kind,
            period__starts_on__gte=since.start,
            period__ends_on__lte=period.start,
        )
        .order_by("period__starts_on")
        .values_list("unit_id", "indicator__code", "indicator__kind", "value")
    )
    series: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, str] = {}
    for unit, code, kind, value in rows:
        kinds[code] = kind
        if value is not None:
            series[unit][code].append(value)
    return Past(series, kinds)


def _beside_own(
    cells: Sequence[Cell],
    values: Mapping[str, Decimal],
    kinds: Mapping[str, str],
    own: Mapping[str, Sequence[Decimal]],
    previous: Mapping[str, Decimal],
) -> list[tuple[Cell, Doubt]]:
    """A report beside its unit's past, in the order of the paper."""
    found: list[tuple[Cell, Doubt]] = []
    flows = []
    for cell in _totals(cells):
        value = values.get(cell.name)
        if value is None:
            continue
        figure = _figure(cell, kinds)
        if figure.kind == "flow" and cell.is_typed:
            flows.append(cell)
        doubts = outside_hundred(figure, value) or against_history(figure, value, own.get(cell.name, ()))
        found += [(cell, doubt) for doubt in doubts]
    before, now = ({cell.name: of[cell.name] for cell in flows if cell.name in of} for of in (previous, values))
    found += [(flows[0], doubt) for doubt in copied(before, now)]
    return found


def _totals(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.is_total and cell.kind is Kind.NUMBER and not cell.not_asked]


def _figure(cell: Cell, kinds: Mapping[str, str]) -> Figure:
    kind = kinds.get(cell.name, "")
    return Figure(
        f"{cell.indicator} {cell.label}",
        cell.unit_name,
        "flow" if kind == "flow" else "stock" if kind == "stock" else "derived",
        cell.digits,
    )


@dataclass(frozen=True, slots=True)
class Doubted:
    """One doubt of a report that was sent. `explained` is what its unit wrote at the cell."""

    report: Report
    version: ReportVersion
    cell: Cell
    doubt: Doubt
    explained: str
    can_return: bool


def doubts_of_period(actor: Actor, schedule: Schedule, period: Period) -> list[Doubted]:
    """What may be doubted in the reports sent for a period that the reader may see, the worst first, unexplained before
    explained. Seven queries and a layout's, whatever the number of reports."""
    reports = list(
        visible_reports(actor).filter(schedule=schedule, period=str(period), status=Report.Status.SENT).order_by("pk")
    )
    sent = _sent(reports)
    layouts = {one.form_version_id: layout_of(one.form_version_id) for one in sent.values()}
    before = _sent(
        list(
            visible_reports(actor).filter(
                schedule__form=schedule.form_id,
                period=str(period.previous()),
                unit__in=[one.unit_id for one in reports],
                status=Report.Status.SENT,
            )
        )
    )
    earlier = {
        one.report.unit_id: figures_of(one, layout_of(one.form_version_id), one.report.period_last_day).values
        for one in before.values()
    }
    values = {
        report.pk: figures_of(sent[report.pk], layouts[sent[report.pk].form_version_id], report.period_last_day).values
        for report in reports
        if report.pk in sent
    }
    codes = {code for layout in layouts.values() for code in layout.indicators}
    past = past_of(schedule.form.collection_id, [one.unit_id for one in reports], period, codes)
    people = _inhabitants([one.unit_id for one in reports], period)
    open_to = _returnable(actor, sent)
    found = []
    for report in reports:
        if report.pk not in sent:
            continue
        version = sent[report.pk]
        cells = cells_of(layouts[version.form_version_id], report.period_last_day)
        own = past.series.get(report.unit_id, {})
        said = _beside_own(cells, values[report.pk], past.kinds, own, earlier.get(report.unit_id, {}))
        told = {cell.name for cell, _doubt in said}
        said += _beside_peers(
            report, [cell for cell in _totals(cells) if cell.name not in told], values, reports, people
        )
        found += [
            Doubted(
                report,
                version,
                cell,
                doubt,
                version.explanations.get(cell.name, ""),
                (version.pk, cell.section) in open_to,
            )
            for cell, doubt in said
        ]
    return sorted(found, key=lambda one: (bool(one.explained), -one.doubt.weight, one.report.sort_key, one.cell.row))


def _sent(reports: Sequence[Report]) -> dict[int, ReportVersion]:
    """The newest sent versions by report. One query."""
    versions = ReportVersion.objects.filter(report__in=reports, data_sent_at__isnull=False).order_by("number")
    return {one.report_id: one for one in versions.select_related("report")}


def _returnable(actor: Actor, sent: Mapping[int, ReportVersion]) -> set[tuple[int, int]]:
    """Versions and the numbers of their sections that the reader may ask to complete now. One query."""
    states = SectionState.objects.filter(
        version__in=[one.pk for one in sent.values()], status=SectionState.Status.WAITING
    ).select_related("section", "version")
    return {
        (state.version_id, state.section.number)
        for state in states
        if can_receive(actor, state, sent[state.version.report_id].report)
    }


def _beside_peers(
    report: Report,
    cells: Sequence[Cell],
    values: Mapping[int, Mapping[str, Decimal]],
    reports: Sequence[Report],
    people: Mapping[int, Decimal],
) -> list[tuple[Cell, Doubt]]:
    """By a thousand inhabitants where the population of the unit is known; only peers of known population then."""
    found = []
    others = [one for one in reports if one.unit_id != report.unit_id and one.pk in values]
    for cell in cells:
        value = values[report.pk].get(cell.name)
        if value is None or cell.lock.value == "base":
            continue
        figure = Figure(f"{cell.indicator} {cell.label}", cell.unit_name, "derived", cell.digits)
        per = cell.is_whole and report.unit_id in people
        beside = [
            values[one.pk][cell.name] * (THOUSAND / people[one.unit_id] if per else 1)
            for one in others
            if cell.name in values[one.pk] and (not per or one.unit_id in people)
        ]
        if per:
            figure = Figure(figure.name, figure.unit_name, "derived", 1)
            if value < SMALL:
                continue
            value = value * THOUSAND / people[report.unit_id]
        found += [(cell, doubt) for doubt in against_peers(figure, value, beside, per="trên 1.000 dân" if per else "")]
    return found


def _inhabitants(units: Collection[int], period: Period) -> dict[int, Decimal]:
    """The newest population of each unit by the period's end. One query."""
    facts = Fact.objects.filter(
        collection__kind="base",
        unit__in=units,
        indicator__code=POPULATION,
        category__key="",
        superseded_at=None,
        value__gt=0,
        period__starts_on__lte=period.last_day,
    ).order_by("period__starts_on")
    return {unit: value for unit, value in facts.values_list("unit_id", "value") if value is not None}
