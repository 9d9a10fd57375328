"""Several sources' figures of one cell, side by side: the locality's, those supplied to it, those of other collections.

None is chosen here. Sources of another calendar's period are set beside with their days, and never put in its place by
themselves: that is a specialist's decision (`services.choosing`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.models import CollectionKind, Fact
from diaban.foundation.facts.reading import tidy
from diaban.foundation.organisations.queries import names_of
from diaban.lib.periods import BadPeriod, Calendar, Period
from diaban.work.reporting.cells import Cell, Kind, cells_of
from diaban.work.reporting.flowing import cells_of_facts
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, Schedule, Snapshot, SnapshotPart, SourceChoice
from diaban.work.reporting.permissions import visible_reports
from diaban.work.reporting.queries.figures import entry_of, figures_of
from diaban.work.reporting.queries.layouts import layouts_of

THRESHOLD = Decimal(5)  # percent of the larger figure
HUNDRED = Decimal(100)
LOCALITY, SUPPLIED = "report", "supplied"
CHOICE_KIND = "reporting.choice"


@dataclass(frozen=True, slots=True)
class Source:
    """One figure and whose it is. `days` are told where they are not the report's; `note` is what the locality objects."""

    key: str
    label: str
    value: Decimal | None
    is_estimated: bool = False
    days: str = ""
    note: str = ""


@dataclass(frozen=True)
class Compared:
    """One cell of one report with its sources, the locality's first. `standing` is the figure that a consolidation reads
    now, None before reception; `choice` the newest decision, which `is_overtaken` where a later figure took its place."""

    report: Report
    version: ReportVersion
    cell: Cell
    sources: Sequence[Source]
    standing: Decimal | None = None
    choice: SourceChoice | None = None
    is_overtaken: bool = False
    can_take: bool = True

    @property
    def values(self) -> list[Decimal]:
        return [one.value for one in self.sources if one.value is not None]

    @property
    def difference(self) -> Decimal:
        return max(self.values) - min(self.values) if self.values else Decimal(0)

    @property
    def percent(self) -> Decimal:
        """The difference in percent of the largest figure by amount."""
        most = max((abs(value) for value in self.values), default=Decimal(0))
        return self.difference * HUNDRED / most if most else Decimal(0)

    @property
    def is_settled(self) -> bool:
        return self.choice is not None and not self.is_overtaken

    def source(self, key: str) -> Source | None:
        return next((one for one in self.sources if one.key == key), None)


@dataclass(frozen=True, slots=True)
class _Other:
    """A fact outside the reports' own lineage."""

    unit_id: int
    place: tuple[str, str]
    collection_id: int
    collection_name: str
    contributor_id: int | None
    period_code: str
    value: Decimal | None
    is_estimated: bool


def sources_of_period(actor: Actor, schedule: Schedule, period: Period) -> list[Compared]:
    """Every cell of the sent reports in sight for which somebody else gave a figure too; the largest difference first,
    undecided before decided. Six queries."""
    reports = list(
        visible_reports(actor).filter(schedule=schedule, period=str(period), status=Report.Status.SENT).order_by("pk")
    )
    return compared(reports)


def sources_of_cell(report: Report, cell: str) -> Compared | None:
    """The cell of the newest sent version with its sources; None where there is no such cell with a figure."""
    return next((one for one in compared([report], with_single=cell) if one.cell.name == cell), None)


def compared(reports: Sequence[Report], *, with_single: str = "") -> list[Compared]:
    """As `sources_of_period`. The cell `with_single` is told even where the locality is the only source."""
    versions = {
        one.report_id: one
        for one in ReportVersion.objects.filter(report__in=reports, data_sent_at__isnull=False)
        .select_related("report__schedule__form")
        .order_by("number")
    }
    if not versions:
        return []
    layouts = layouts_of(one.form_version_id for one in versions.values())
    sheets = [_Sheet(one, layouts[one.form_version_id]) for one in versions.values()]
    others = _others(sheets)
    choices = _choices(versions)
    standing = _standing(sheets)
    found = []
    for sheet in sheets:
        for cell in sheet.cells.values():
            own = sheet.own(cell)
            beside = others.get((sheet.report.unit_id, sheet.places.get(cell.name, ("", ""))), ())
            sources = [*own, *beside]
            if len([one for one in sources if one.value is not None]) < 2 and cell.name != with_single:
                continue
            found.append(_told(sheet, cell, sources, standing, choices.get((sheet.report.pk, cell.name))))
    return sorted(found, key=lambda one: (one.is_settled, -one.percent, one.report.sort_key, one.cell.row))


class _Sheet:
    """One sent version with its figures and the places that its cells are facts of."""

    def __init__(self, version: ReportVersion, layout: Layout) -> None:
        self.version, self.report = version, version.report
        day = self.report.period_last_day
        self.places = {cell: place for place, cell in cells_of_facts(layout, day).items()}
        self.cells = {
            cell.name: cell
            for cell in cells_of(layout, day)
            if cell.kind is Kind.NUMBER and cell.name in self.places and not cell.not_asked
        }
        self.values = figures_of(version, layout, day).values
        self.estimated = entry_of(version).estimated
        self.period = Period.parse(self.report.period)

    def own(self, cell: Cell) -> list[Source]:
        value = self.values.get(cell.name)
        given = self.version.supplied.get(cell.name)
        if given is not None and given.get("value") is not None:
            by = given.get("by") or _("đơn vị cung cấp")
            label = _("%(by)s (đưa vào báo cáo)") % {"by": by}
            return [Source(SUPPLIED, label, value, note=self.version.objections.get(cell.name, ""))]
        is_estimated = bool({cell.name, cell.indicator} & self.estimated)
        return [Source(LOCALITY, self.report.organisation_name, value, is_estimated)]


def _others(sheets: Sequence[_Sheet]) -> dict[tuple[int, tuple[str, str]], list[Source]]:
    """What others gave for the units, by unit and place. Two queries."""
    places = {place for sheet in sheets for place in sheet.places.values()}
    period = sheets[0].period
    form = sheets[0].report.schedule.form.collection_id
    facts = (
        Fact.objects.filter(
            unit__in=[sheet.report.unit_id for sheet in sheets],
            indicator__code__in={code for code, _key in places},
            period__code__in=_codes_of(period),
            superseded_at=None,
        )
        .exclude(collection__kind=CollectionKind.BASE)
        .exclude(collection=form, contributor=None)
        .order_by("collection", "contributor", "period__code")
        .values_list(
            "unit_id", "indicator__code", "category__key", "collection_id", "collection__name", "contributor_id",
            "period__code", "value", "is_estimated",
        )
    )  # fmt: skip
    rows = [
        _Other(unit, (code, key), collection, name, contributor, when, value, is_estimated)
        for unit, code, key, collection, name, contributor, when, value, is_estimated in facts
        if (code, key) in places
    ]
    names = names_of({one.contributor_id for one in rows if one.contributor_id}, period.last_day)
    found: dict[tuple[int, tuple[str, str]], list[Source]] = defaultdict(list)
    for one in rows:
        if one.value is not None:
            found[one.unit_id, one.place].append(_source(one, period, names))
    return found


def _source(one: _Other, period: Period, names: Mapping[int, str]) -> Source:
    label = names.get(one.contributor_id or 0, "")
    label = f"{label} ({one.collection_name})" if label else one.collection_name
    days = "" if one.period_code == str(period) else Period.parse(one.period_code).span_label()
    key = f"fact:{one.collection_id}:{one.contributor_id or 0}:{one.period_code}"
    return Source(key, label, tidy(one.value), one.is_estimated, days)


def _codes_of(period: Period) -> list[str]:
    """The period as each calendar has it."""
    found = {str(period)}
    for calendar in Calendar:
        try:
            found.add(str(Period.of(period.year, period.kind, period.number, calendar=calendar)))
        except BadPeriod:
            continue
    return sorted(found)


def _standing(sheets: Sequence[_Sheet]) -> dict[tuple[int, str, str], Decimal | None]:
    """The current facts of the reports' own lineage, by unit and place. One query."""
    facts = Fact.objects.filter(
        collection=sheets[0].report.schedule.form.collection_id,
        unit__in=[sheet.report.unit_id for sheet in sheets],
        period__code=str(sheets[0].period),
        contributor=None,
        superseded_at=None,
    ).values_list("unit_id", "indicator__code", "category__key", "value")
    return {(unit, code, key): tidy(value) for unit, code, key, value in facts}


def _choices(reports: Collection[int]) -> dict[tuple[int, str], SourceChoice]:
    """The newest decision about each cell. One query."""
    rows = SourceChoice.objects.filter(report__in=reports).order_by("at", "pk")
    return {(one.report_id, one.cell): one for one in rows}


def _told(
    sheet: _Sheet,
    cell: Cell,
    sources: Sequence[Source],
    standing: Mapping[tuple[int, str, str], Decimal | None],
    choice: SourceChoice | None,
) -> Compared:
    code, key = sheet.places[cell.name]
    now = standing.get((sheet.report.unit_id, code, key))
    return Compared(
        sheet.report,
        sheet.version,
        cell,
        sources,
        standing=now,
        choice=choice,
        is_overtaken=choice is not None and is_overtaken(choice, sheet.version, now),
        can_take=cell.is_typed,
    )


def resting_on(
    collection_id: int, places: Collection[tuple[int, str, str]]
) -> list[tuple[SourceChoice, Snapshot | None]]:
    """The decisions that took a figure of another collection, at (unit, period's code, indicator), and that still stand or
    stand in published figures, with the first publication. Three queries at most.
    """
    taken = (
        SourceChoice.objects.filter(outcome=SourceChoice.Outcome.CORRECTED, source__startswith=f"fact:{collection_id}:")
        .select_related("report")
        .order_by("at", "pk")
    )
    there = [
        one for one in taken if (one.report.unit_id, one.source.split(":", 3)[3], one.cell.partition("__")[0]) in places
    ]
    if not there:
        return []
    standing = set(
        Fact.objects.filter(
            delivery__source_kind=CHOICE_KIND, delivery__source_id__in=[one.pk for one in there], superseded_at=None
        ).values_list("delivery__source_id", flat=True)
    )
    published: dict[int, list[Snapshot]] = defaultdict(list)
    parts = SnapshotPart.objects.filter(version__report__in=[one.report_id for one in there])
    for part in parts.select_related("snapshot", "version").order_by("snapshot__taken_at"):
        published[part.version.report_id].append(part.snapshot)
    found = []
    for one in there:
        snapshot = next((each for each in published[one.report_id] if each.taken_at >= one.at), None)
        if snapshot is not None or one.pk in standing:
            found.append((one, snapshot))
    return found


def is_overtaken(choice: SourceChoice, version: ReportVersion, standing: Decimal | None) -> bool:
    """Whether a decision no longer holds: the unit has sent another version since, or another figure stands now."""
    if choice.version_id != version.pk:
        return choice.outcome == SourceChoice.Outcome.RETURNED or standing is None or standing != choice.value
    return choice.outcome == SourceChoice.Outcome.CORRECTED and standing != choice.value


def taken_before(report: Report, version: ReportVersion) -> list[SourceChoice]:
    """Decisions by which another source's figure stands for an earlier version: receiving this one takes their place. One
    query."""
    rows = SourceChoice.objects.filter(report=report, version__number__lt=version.number).order_by("at", "pk")
    newest = {one.cell: one for one in rows}
    return [one for one in newest.values() if one.outcome == SourceChoice.Outcome.CORRECTED]
