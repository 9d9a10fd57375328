"""Reads of published figures: their parts, and how two differ in report versions."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.lib.periods import Period
from diaban.work.reporting.models import (
    Report,
    ReportVersion,
    SectionState,
    Snapshot,
    SnapshotPart,
    SourceChoice,
)
from diaban.work.reporting.permissions import visible_reports, visible_snapshots


@dataclass(frozen=True)
class Pin:
    """A report version that speaks for some sections of a unit's report."""

    unit_id: int
    version_id: int
    sections: tuple[int, ...]


def pins_at(form_id: int, period: Period, unit_ids: Collection[int], until: datetime) -> list[Pin]:
    """The versions whose figures stood before a moment: of each section, the newest that was received. One query."""
    rows = (
        SectionState.objects.filter(
            status=SectionState.Status.RECEIVED,
            at__lt=until,
            version__data_sent_at__lt=until,  # a correction carries over when its unchanged sections were received
            version__report__schedule__form=form_id,
            version__report__period=str(period),
            version__report__unit__in=unit_ids,
        )
        .order_by("version__number")
        .values_list("version__report__unit_id", "version__report_id", "section__number", "version_id")
    )
    newest = {(report, section): (unit, version) for unit, report, section, version in rows}
    sections: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (_report, section), place in newest.items():
        sections[place].append(section)
    return [Pin(unit, version, tuple(sorted(found))) for (unit, version), found in sorted(sections.items())]


def snapshots_of(actor: Actor, form_id: int, unit_id: int) -> QuerySet[Snapshot]:
    """The published figures of an area by a form, newest first."""
    return visible_snapshots(actor).filter(form=form_id, unit=unit_id).order_by("-number")


@dataclass(frozen=True)
class PartLine:
    """A report version in a snapshot; `url_of` its report where the reader may open it."""

    version: ReportVersion
    sections: tuple[int, ...]
    report: Report | None

    @property
    def unit_name(self) -> str:
        return self.version.report.unit_name


def parts_of(actor: Actor, snapshot: Snapshot) -> list[PartLine]:
    """Its report versions in the order of the units' names. Two queries."""
    parts = list(snapshot.parts.select_related("version__report").order_by("version__report__sort_key", "version_id"))
    seen = visible_reports(actor).in_bulk([part.version.report_id for part in parts])
    return [PartLine(part.version, tuple(part.sections), seen.get(part.version.report_id)) for part in parts]


@dataclass(frozen=True)
class Moved:
    """A unit whose figures come from other versions now: versions' numbers before and after, by section."""

    unit_id: int
    unit_name: str
    before: Mapping[int, int]
    after: Mapping[int, int]

    @property
    def sections(self) -> list[tuple[int, int | None, int | None]]:
        """The sections that changed, with the version before and after; None where there was none."""
        numbers = sorted(self.before.keys() | self.after.keys())
        return [
            (number, self.before.get(number), self.after.get(number))
            for number in numbers
            if self.before.get(number) != self.after.get(number)
        ]


def moved_between(first: Snapshot, second: Snapshot) -> list[Moved]:
    """The units with other report versions in the second, in the order of their names. Two queries."""
    sides = [_versions(one) for one in (first, second)]
    names = {unit: name for side in sides for unit, (name, _key, _versions) in side.items()}
    keys = {unit: key for side in sides for unit, (_name, key, _versions) in side.items()}
    found = []
    for unit in sorted(names, key=lambda unit: (keys[unit], unit)):
        before, after = (side[unit][2] if unit in side else {} for side in sides)
        moved = Moved(unit, names[unit], before, after)
        if moved.sections:
            found.append(moved)
    return found


def chosen_between(first: Snapshot, second: Snapshot) -> list[SourceChoice]:
    """The decisions by which another source's figure was taken after one of them and by the time of the other. One query."""
    begin, end = sorted((first.taken_at, second.taken_at))
    reports = ReportVersion.objects.filter(
        pk__in=SnapshotPart.objects.filter(snapshot__in=(first, second)).values("version")
    )
    rows = SourceChoice.objects.filter(
        report__in=reports.values("report"), outcome=SourceChoice.Outcome.CORRECTED, at__gt=begin, at__lte=end
    )
    return list(rows.select_related("report").order_by("report__sort_key", "at", "pk"))


def _versions(snapshot: Snapshot) -> dict[int, tuple[str, str, dict[int, int]]]:
    """By unit: its name, its sort key, and the number of the version that speaks for each section."""
    found: dict[int, tuple[str, str, dict[int, int]]] = {}
    for part in snapshot.parts.select_related("version__report"):
        report = part.version.report
        versions = found.setdefault(report.unit_id, (report.unit_name, report.sort_key, {}))[2]
        versions.update(dict.fromkeys(part.sections, part.version.number))
    return found
