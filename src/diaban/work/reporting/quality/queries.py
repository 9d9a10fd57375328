"""Doubts about reports: of one draft beside its unit's past, of a period's reports beside one another; who sent when."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import Fact
from diaban.foundation.territory.queries import versions_of
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Cell, cells_of
from diaban.work.reporting.flowing import cells_of_facts
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, Schedule, SectionState
from diaban.work.reporting.permissions import can_receive, visible_reports
from diaban.work.reporting.quality.doubting import Beside, doubts_beside, figure_of, peers_of
from diaban.work.reporting.quality.rules import Doubt, Figure, still_holds
from diaban.work.reporting.queries.figures import figures_of
from diaban.work.reporting.queries.layouts import layouts_of
from diaban.work.reporting.validation import WARNING, Finding

PAST = 8  # periods looked back on
POPULATION = "DB01"
AS_BEFORE = "như kỳ trước"


def doubts_of_draft(
    report: Report, version: ReportVersion, layout: Layout, previous: Mapping[str, Decimal]
) -> list[Finding]:
    """What the unit's own past says of a draft, as warnings that never stop a report. Two queries at most, one where nothing is doubted.

    A cell explained in an earlier report asks nothing again while its figure stays near the one that was explained; else
    that explanation is shown and may be confirmed.
    """
    day = report.period_last_day
    past = past_of(report.schedule.form.collection_id, [report.unit_id], Period.parse(report.period), layout, day)
    own = past.series.get(report.unit_id, {})
    if not own and not previous:
        return []
    values = figures_of(version, layout, day).values
    found = doubts_beside(cells_of(layout, day), values, Beside(own, previous, past.kinds))
    said = explained_before([report]).get(report.pk, {}) if found else {}
    return [_warning(cell, doubt, values, said.get(cell.name), past.kinds) for cell, doubt in found]


def _warning(
    cell: Cell, doubt: Doubt, values: Mapping[str, Decimal], before: "Explained | None", kinds: Mapping[str, str]
) -> Finding:
    if before is not None and before.holds_for(figure_of(cell, kinds), values.get(cell.name)):
        return Finding(cell.name, WARNING, f"quality_{doubt.code}", f"{doubt.message} {before.told}")
    asks = (
        f" Lần trước đã giải thích: “{before.words}”; nếu vẫn đúng, ghi “{AS_BEFORE}”."
        if before
        else " Kiểm tra lại; nếu đúng thì ghi lý do."
    )
    return Finding(cell.name, WARNING, f"quality_{doubt.code}", doubt.message + asks, needs_explanation=True)


@dataclass(frozen=True, slots=True)
class Explained:
    """What a unit said of a cell in an earlier report, and the figure it said it of."""

    words: str
    period: str
    value: Decimal | None

    @property
    def told(self) -> str:
        return f"Đã giải thích ở {Period.parse(self.period).label(inside=True)}: “{self.words}”."

    def holds_for(self, figure: Figure, value: Decimal | None) -> bool:
        """Whether the circumstances hold: the figure is near the one that was explained."""
        return value is not None and self.value is not None and still_holds(figure, value, self.value)


def explained_before(reports: Sequence[Report]) -> dict[int, dict[str, Explained]]:
    """By report and cell, the last words given in sent reports of earlier periods on the same form. One query, and layouts'.

    Words that only confirm what was said before stand for those, of the newer figure.
    """
    if not reports:
        return {}
    rows = (
        ReportVersion.objects.filter(
            report__schedule__form=reports[0].schedule.form_id,
            report__unit__in=[one.unit_id for one in reports],
            report__period_last_day__lt=reports[0].period_last_day,
            data_sent_at__isnull=False,
        )
        .exclude(explanations={})
        .select_related("report")
        .order_by("report__period_last_day", "number")
    )
    layouts = layouts_of(one.form_version_id for one in rows)
    by_unit: dict[int, dict[str, Explained]] = defaultdict(dict)
    for version in rows:
        report, own = version.report, by_unit[version.report.unit_id]
        values = _values(version, layouts)
        for cell, said in version.explanations.items():
            words = said.strip()
            if words.lower().rstrip(".") == AS_BEFORE:
                words = own[cell].words if cell in own else ""
            if words:
                own[cell] = Explained(words, report.period, values.get(cell))
    return {report.pk: by_unit[report.unit_id] for report in reports if report.unit_id in by_unit}


@dataclass(frozen=True, slots=True)
class Past:
    """Received figures by unit and cell, oldest first; the kind of each cell that has any."""

    series: Mapping[int, Mapping[str, Sequence[Decimal]]]
    kinds: Mapping[str, str]


def past_of(collection_id: int | None, units: Collection[int], period: Period, layout: Layout, on: date) -> Past:
    """The last eight periods of the same kind before `period`, of every cell of the form as it is on that day. One query."""
    since = period
    for _step in range(PAST):
        since = since.previous()
    places = cells_of_facts(layout, on)
    rows = (
        Fact.objects.filter(
            collection=collection_id,
            unit__in=units,
            indicator__code__in={code for code, _key in places},
            contributor=None,
            superseded_at=None,
            value__isnull=False,
            period__calendar=period.calendar,
            period__kind=period.kind,
            period__starts_on__gte=since.start,
            period__ends_on__lte=period.start,
        )
        .order_by()
        .values_list("unit_id", "indicator__code", "category__key", "indicator__kind")
        .annotate(figures=ArrayAgg("value", order_by="period__starts_on"))
    )
    series: dict[int, dict[str, list[Decimal]]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for unit, code, key, kind, figures in rows:
        cell = places.get((code, key))
        if cell is not None:
            series[unit][cell], kinds[cell] = figures, kind
    return Past(series, kinds)


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
    explained. Nine queries and those of the layouts, whatever the number of reports."""
    reports = list(
        visible_reports(actor).filter(schedule=schedule, period=str(period), status=Report.Status.SENT).order_by("pk")
    )
    sent = _sent(reports)
    if not sent:
        return []
    units = [one.unit_id for one in reports]
    earlier = _sent(
        list(
            visible_reports(actor).filter(
                schedule__form=schedule.form_id,
                period=str(period.previous()),
                unit__in=units,
                status=Report.Status.SENT,
            )
        )
    )
    layouts = layouts_of(one.form_version_id for one in [*sent.values(), *earlier.values()])
    layout = layouts[max(one.form_version_id for one in sent.values())]
    previous = {one.report.unit_id: _values(one, layouts) for one in earlier.values()}
    values = {version.report.unit_id: _values(version, layouts) for version in sent.values()}
    past = past_of(schedule.form.collection_id, units, period, layout, period.last_day)
    people, kinds = _inhabitants(units, period), {one.unit_id: kind_said(one) for one in reports}
    said, open_to = explained_before(reports), _returnable(actor, sent)
    found = []
    for version in sent.values():
        report, unit = version.report, version.report.unit_id
        cells = cells_of(layouts[version.form_version_id], report.period_last_day)
        totals = [cell for cell in cells if cell.is_total]
        beside = Beside(
            past.series.get(unit, {}),
            previous.get(unit, {}),
            past.kinds,
            peers_of(totals, unit, values, people, kinds),
            people.get(unit),
        )
        for cell, doubt in doubts_beside(cells, values[unit], beside):
            before = said.get(report.pk, {}).get(cell.name)
            words = version.explanations.get(cell.name, "").strip()
            if before and (not words or words.lower().rstrip(".") == AS_BEFORE):
                words = (
                    before.told if before.holds_for(figure_of(cell, past.kinds), values[unit].get(cell.name)) else words
                )
            found.append(Doubted(report, version, cell, doubt, words, (version.pk, cell.section) in open_to))
    return sorted(found, key=lambda one: (bool(one.explained), -one.doubt.weight, one.report.sort_key, one.cell.row))


def kind_said(report: Report) -> str:
    """ "Xã", "Phường": the first word of the unit's name on the period's last day."""
    return report.unit_name.split(" ", 1)[0]


def doubts_of_sent(
    report: Report, version: ReportVersion, layout: Layout, previous: Mapping[str, Decimal]
) -> list[Finding]:
    """What whoever receives a report is told of it: beside the unit's past, and beside what was received of like units for
    the period; the worst first. Explained is what the unit wrote, now or before. Five queries at most."""
    day, period = report.period_last_day, Period.parse(report.period)
    collection_id, unit = report.schedule.form.collection_id, report.unit_id
    cells, values = cells_of(layout, day), figures_of(version, layout, day).values
    past = past_of(collection_id, [unit], period, layout, day)
    others = _received(collection_id, report, layout)
    people = _inhabitants([unit, *others], period)
    kinds = _kinds_of([unit, *others], day)
    totals = [cell for cell in cells if cell.is_total]
    beside = Beside(
        past.series.get(unit, {}),
        previous,
        past.kinds,
        peers_of(totals, unit, {unit: values, **others}, people, kinds),
        people.get(unit),
    )
    found = doubts_beside(cells, values, beside)
    said = explained_before([report]).get(report.pk, {}) if found else {}
    told = []
    for cell, doubt in sorted(found, key=lambda row: -row[1].weight):
        words = version.explanations.get(cell.name, "").strip()
        before = said.get(cell.name)
        if words:
            told.append(
                Finding(cell.name, WARNING, f"quality_{doubt.code}", f"{doubt.message} Đơn vị giải thích: “{words}”.")
            )
        elif before and before.holds_for(figure_of(cell, past.kinds), values.get(cell.name)):
            told.append(Finding(cell.name, WARNING, f"quality_{doubt.code}", f"{doubt.message} {before.told}"))
        else:
            told.append(Finding(cell.name, WARNING, f"quality_{doubt.code}", doubt.message, needs_explanation=True))
    return sorted(told, key=lambda one: not one.needs_explanation)


def _received(collection_id: int | None, report: Report, layout: Layout) -> dict[int, dict[str, Decimal]]:
    """By unit, the totals received of other units of the level for the period. One query."""
    places = {code: cell for (code, key), cell in cells_of_facts(layout, report.period_last_day).items() if not key}
    rows = Fact.objects.filter(
        collection=collection_id,
        period__code=report.period,
        indicator__code__in=places,
        category__key="",
        contributor=None,
        superseded_at=None,
        value__isnull=False,
    ).exclude(unit=report.unit_id)
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for unit, code, value in rows.values_list("unit_id", "indicator__code", "value"):
        if value is not None:
            found[unit][places[code]] = value
    return found


def _kinds_of(units: Collection[int], day: date) -> dict[int, str]:
    return {unit: version.full_name.split(" ", 1)[0] for unit, version in versions_of(units, day).items()}


def _values(version: ReportVersion, layouts: Mapping[int, Layout]) -> Mapping[str, Decimal]:
    return figures_of(version, layouts[version.form_version_id], version.report.period_last_day).values


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
