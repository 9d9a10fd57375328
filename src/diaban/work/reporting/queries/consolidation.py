"""What the pages of consolidated figures show besides the table of the form."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.consolidation import Part, made_of
from diaban.foundation.obligations.rules import Status
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Level, UnitVersion
from diaban.foundation.territory.queries import old_districts
from diaban.foundation.ui.language import period_name
from diaban.work.reporting.consolidated import Consolidated, Entry
from diaban.work.reporting.display import figure
from diaban.work.reporting.labels import report_url
from diaban.work.reporting.models import Report, SourceChoice
from diaban.work.reporting.permissions import visible_reports
from diaban.work.reporting.queries.reports import NOT_REPORTED, Expected, board

REPORT_KIND, CHOICE_KIND = "reporting.report", "reporting.choice"


@dataclass(frozen=True)
class Group:
    """Units that people still speak of together: the communes of an old district; everything, where there is none."""

    name: str
    units: tuple[UnitVersion, ...]


def grouped(one: Consolidated, units: Sequence[UnitVersion]) -> list[Group]:
    """Communes of a province by (old) district, other units as one group. Three queries at most."""
    if one.form.level != Level.COMMUNE or one.unit.unit.level != Level.PROVINCE:
        return [Group("", tuple(units))]
    shown = {unit.unit_id: unit for unit in units}
    found = []
    day = one.map_on or one.period.last_day
    for old in old_districts(one.unit.unit_id, day, units):
        members = [shown.pop(unit.unit_id) for unit in old.communes if unit.unit_id in shown]
        if members:
            found.append(Group(_called(old.district, day), tuple(members)))
    return found + ([Group("", tuple(shown.values()))] if shown else [])


def _called(district: UnitVersion | None, day: date) -> str:
    """The district's name; "(cũ)" where it is no more."""
    if district is None:
        return ""
    is_past = district.last_day is not None and district.last_day < day
    return f"{district.full_name} (cũ)" if is_past else district.full_name


@dataclass(frozen=True)
class Line:
    """One reported figure inside another, and the page of the report that said so, where the reader may open it."""

    unit_name: str
    cell: str
    label: str
    shown: str
    part: Part
    contributor: str
    url: str
    is_left_out: bool = False
    choice: SourceChoice | None = None

    @property
    def period_label(self) -> str:
        return period_name(self.part.period_code)

    @property
    def source_said(self) -> str:
        """What the figure came from, where there is no page of it to open."""
        return gettext("Báo cáo") if self.part.source.kind == REPORT_KIND else gettext("Sổ, số liệu nền")


@dataclass(frozen=True)
class Made:
    """What a figure is made of, and the units that it waits for; of a quotient, those without one of its parts."""

    lines: tuple[Line, ...]
    silent: tuple[UnitVersion, ...]


def made(one: Consolidated, entry: Entry, actor: Actor) -> Made:
    """The facts behind a line of the consolidated table."""
    parts = made_of(
        collection_id=one.form.collection_id,
        indicator=entry.indicator,
        category=entry.row.category,
        period=one.period,
        unit_ids=one.expected_ids,
        as_of=one.as_of,
    )
    names = {unit.unit_id: unit for unit in one.coverage.expected}
    urls = _urls(actor, (part.source for part in parts))
    choices = _choices(part.source.id for part in parts if part.source.kind == CHOICE_KIND)
    contributors = names_of({part.contributor_id for part in parts if part.contributor_id}, one.period.last_day)
    parts.sort(key=lambda part: (part.cell, names[part.unit_id].sort_key))
    whole = _whole(parts)
    lines = tuple(
        Line(
            unit_name=names[part.unit_id].full_name,
            cell=part.cell,
            label=_label(one, part.cell, entry),
            shown=figure(part.value, _digits(one, part.cell), part.reason),
            part=part,
            contributor=contributors.get(part.contributor_id or 0, ""),
            url=urls.get(part.source, ""),
            is_left_out=part.unit_id not in whole,
            choice=choices.get(part.source.id) if part.source.kind == CHOICE_KIND else None,
        )
        for part in parts
    )
    return Made(lines, tuple(unit for unit in one.coverage.expected if unit.unit_id not in whole))


def _whole(parts: Sequence[Part]) -> set[int]:
    """The units with a value in every indicator that the parts are of."""
    by_indicator: dict[str, set[int]] = {}
    for part in parts:
        units = by_indicator.setdefault(part.cell.split("__")[0], set())
        if part.value is not None:
            units.add(part.unit_id)
    return set.intersection(*by_indicator.values()) if by_indicator else set()


def _label(one: Consolidated, cell: str, entry: Entry) -> str:
    """The name of the indicator a cell belongs to; the part's own where the line is one of a part."""
    code = cell.split("__")[0]
    return entry.label if cell == entry.row.cell else one.layout.measures[code].name


def _digits(one: Consolidated, cell: str) -> int:
    return one.layout.measures[cell.split("__")[0]].digits


def _urls(actor: Actor, sources: Iterable[Subject]) -> dict[Subject, str]:
    """The pages of those sources that are reports in sight. One query."""
    wanted = {source.id for source in sources if source.kind == REPORT_KIND}
    reports: Iterable[Report] = visible_reports(actor).filter(pk__in=wanted)
    return {Subject(REPORT_KIND, report.pk): report_url(report) for report in reports}


def _choices(ids: Iterable[int]) -> dict[int, SourceChoice]:
    """The decisions that figures come from. One query where there are any."""
    wanted = set(ids)
    return SourceChoice.objects.select_related("report").in_bulk(wanted) if wanted else {}


@dataclass(frozen=True)
class SendingGroup:
    """How far the units of an (old) district are."""

    name: str
    rows: tuple[Expected, ...]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def late(self) -> int:
        return sum(row.punctual in {Status.OVERDUE, Status.DONE_LATE} for row in self.rows)

    @property
    def sent(self) -> int:
        return sum(row.state not in {NOT_REPORTED, "draft", "to_check", "to_sign"} for row in self.rows)


def groups_of(one: Consolidated, actor: Actor) -> list[SendingGroup]:
    """The board of the period for the area, by (old) district."""
    rows = {
        row.unit_uid: row
        for schedule in one.schedules
        for row in board(actor, schedule, str(one.period), actor.today).rows
    }
    found = []
    for group in grouped(one, one.coverage.expected):
        here = tuple(rows[unit.unit.uid] for unit in group.units if unit.unit.uid in rows)
        found.append(SendingGroup(group.name, here, Counter(row.state for row in here)))
    return found
