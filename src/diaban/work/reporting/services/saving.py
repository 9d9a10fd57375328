"""Keeping what is typed into a draft: a whole page at once, or cell by cell while several people type."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.work.reporting.cells import Cell, cells_of
from diaban.work.reporting.filling import Filling, differing, filled, merged
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.permissions import require_draft
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.services.steps import lock_own, newest, require_step

CONTENTS = ("values", "unread", "reasons", "texts", "explanations", "estimated", "confirmed", "objections")
DRAFTED = (*CONTENTS, "supplied", "edits", "saved_at")


@dataclass(frozen=True)
class Saved:
    """What a saving left: the report's revision, the cells that could not be taken, how the draft stands.

    `conflicts` are cells that somebody else had changed to something else meanwhile: theirs stayed.
    """

    revision: int
    ignored: tuple[str, ...]
    version: ReportVersion = field(repr=False)
    conflicts: frozenset[str] = frozenset()


@transaction.atomic
def save_draft(
    *, report_id: int, filling: Filling, expected_revision: int | None = None, actor: Actor, at: datetime
) -> Saved:
    """Keep what was typed, cell by cell; what is not named stays. Not an act: nothing is journaled.

    What is no number is kept as typed and shown as an error. Computed, base and unknown cells are left out and named in
    `ignored`. Raises `WrongStep`, `StaleRevision` or `NotPermitted`.
    """
    report, version = _open_draft(report_id, actor, expected_revision)
    ignored = put(version, _cells(report, version), filling, at, edit=(report.revision + 1, actor.label))
    report.save_revision()
    return Saved(report.revision, ignored, version)


@transaction.atomic
def save_cells(*, report_id: int, filling: Filling, known_revision: int, actor: Actor, at: datetime) -> Saved:
    """Keep cells typed on a page that knows the report as of `known_revision`, beside what others typed since.

    Cells that nobody else changed since are kept; where somebody did, theirs stays and the cell is named in `conflicts`
    for the person to choose. A filling that changes nothing leaves the revision. Raises `WrongStep` or `NotPermitted`.
    """
    report, version = _open_draft(report_id, actor, None)
    before = contents_of(version)
    after = filled(before, _cells(report, version), filling, supplied=version.supplied.keys())
    since = {name for name, (revision, _who) in version.edits.items() if revision > known_revision}
    conflicts = differing(before, after.contents) & since
    contents = merged(before, after.contents, theirs=conflicts)
    if contents != before:
        _change(version, contents, at, edit=(report.revision + 1, actor.label))
        version.save(update_fields=DRAFTED)
        report.save_revision()
    return Saved(report.revision, after.ignored, version, frozenset(conflicts))


def put(
    version: ReportVersion, cells: Collection[Cell], filling: Filling, at: datetime, *, edit: tuple[int, str]
) -> tuple[str, ...]:
    """Write a filling into a draft as the `edit` (revision, who); the names that were left out."""
    ignored = fill(version, cells, filling, at, edit=edit)
    version.save(update_fields=DRAFTED)
    return ignored


def fill(
    version: ReportVersion, cells: Collection[Cell], filling: Filling, at: datetime, *, edit: tuple[int, str]
) -> tuple[str, ...]:
    """As `put`, but not saved: the caller has more to say of the version."""
    result = filled(contents_of(version), cells, filling, supplied=version.supplied.keys())
    _change(version, result.contents, at, edit=edit)
    return result.ignored


def contents_of(version: ReportVersion) -> dict[str, Any]:
    """What was put into a version, as `filled` takes it."""
    return {name: getattr(version, name) for name in CONTENTS}


def _open_draft(report_id: int, actor: Actor, expected_revision: int | None) -> tuple[Report, ReportVersion]:
    report = lock_own(report_id, actor, expected_revision)
    require_draft(actor, report.unit_id)
    require_step("edit", report)
    return report, newest(report)


def _cells(report: Report, version: ReportVersion) -> tuple[Cell, ...]:
    return cells_of(layout_of(version.form_version_id), report.period_last_day)


def _change(version: ReportVersion, contents: dict[str, Any], at: datetime, *, edit: tuple[int, str]) -> None:
    touched = differing(contents_of(version), contents)
    version.edits = {**version.edits, **{name: list(edit) for name in touched}}
    for name, value in contents.items():
        setattr(version, name, value)
    version.saved_at = at
