"""Figures that others put into a locality's report: enterprises their own, the department those of registers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.journal.services import record
from diaban.lib.periods import Period
from diaban.work.reporting.cells import Cell, Kind, Lock, cells_of
from diaban.work.reporting.models import Report, Schedule
from diaban.work.reporting.permissions import FILL_BASE, SUPPLY
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.rules import can_step
from diaban.work.reporting.services.steps import WrongStep, newest
from diaban.work.reporting.services.writing import begin, reporter_of
from diaban.work.reporting.supplies import Given, NotSupplied, excused, put_part, read_given


@transaction.atomic
def supply_figures(
    *,
    report_id: int,
    values: Mapping[str, str | Decimal | None],
    reasons: Mapping[str, str] | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Report:
    """Put figures into the rows whose provider the actor is, while the report is not yet sent.

    An enterprise gives its own part of those of provider `enterprise`, a department those of registers. The locality then
    confirms or objects; it cannot type over them; a new figure waits to be confirmed again. None takes a figure back.
    Raises `NotSupplied`, `WrongStep` or `NotPermitted`.
    """
    report = Report.lock(report_id, expected_revision=expected_revision)
    version = newest(report)
    layout = layout_of(version.form_version_id)
    fields = {block.number: block.field_code for block in layout.blocks}
    cells = {cell.name: cell for cell in cells_of(layout, report.period_last_day)}
    if can_step("correct", report.status):
        raise WrongStep(_("Báo cáo đã gửi; số liệu cung cấp thêm được đưa vào bản điều chỉnh."))
    given = {name: _given(cells.get(name), name, value) for name, value in values.items()}
    given |= {name: _excused(cells.get(name), name, reason) for name, reason in (reasons or {}).items()}
    grant = _require(actor, report.unit_id, [cells[name] for name in given], fields)
    put = {name: _put(cells[name], version.supplied.get(name), one, actor) for name, one in given.items()}
    version.supplied = {name: one for name, one in (version.supplied | put).items() if one}
    version.confirmed = [name for name in version.confirmed if name not in given]  # they were said of other figures
    version.objections = {name: said for name, said in version.objections.items() if name not in given}
    version.save(update_fields=["supplied", "confirmed", "objections"])
    report.save_revision()
    record(
        actor=actor,
        verb="reporting.figures_supplied",
        thing=report,
        at=at,
        grant=grant,
        changes={"cells": ([], sorted(given))},
    )
    return report


@transaction.atomic
def supply_period(
    *, schedule_id: int, period: Period, figures: Mapping[int, Mapping[str, str]], actor: Actor, at: datetime
) -> int:
    """Put an enterprise's figures, by unit and cell, into the reports of a period: all or none. A report that the locality
    has not begun is begun for it. How many cells were put. Raises as `supply_figures`, or `NotAsked`.
    """
    schedule = Schedule.objects.select_related("form").get(pk=schedule_id)
    for unit_id in sorted(figures):
        grant = _require_any(actor, schedule, unit_id, period, figures[unit_id])
        reporter = reporter_of(schedule, unit_id, period)
        report, _draft = begin(schedule, unit_id, period, reporter, actor=actor, at=at, basis=grant.basis)
        supply_figures(report_id=report.pk, values=figures[unit_id], actor=actor, at=at)
    return sum(len(cells) for cells in figures.values())


def _require_any(actor: Actor, schedule: Schedule, unit_id: int, period: Period, names: Collection[str]) -> Grant:
    """The ground on which the actor supplies those cells for a unit. Raises `NotSupplied` or `NotPermitted`."""
    layout = layout_of(version_on(schedule.form_id, period.last_day).pk)
    fields = {block.number: block.field_code for block in layout.blocks}
    cells = {cell.name: cell for cell in cells_of(layout, period.last_day)}
    return _require(actor, unit_id, [_known(cells.get(name), name) for name in names], fields)


def _put(cell: Cell, before: Mapping[str, Any] | None, one: Given, actor: Actor) -> Given:
    if cell.provider == "enterprise":
        return put_part(before, one, str(actor.organisation_id), actor.label)
    return {**one, "by": actor.label} if one else {}


def _known(cell: Cell | None, name: str) -> Cell:
    if cell is None or cell.lock is not Lock.SUPPLIED or cell.kind is not Kind.NUMBER:
        raise NotSupplied(_("%(cell)s: không phải ô do đơn vị khác cung cấp.") % {"cell": name})
    return cell


def _given(cell: Cell | None, name: str, value: str | Decimal | None) -> Given:
    """One supplied figure; empty takes it back."""
    known = _known(cell, name)
    try:
        return read_given(known, value)
    except NotSupplied as problem:
        raise NotSupplied(f"{name}: {problem}") from problem


def _excused(cell: Cell | None, name: str, reason: str) -> Given:
    _known(cell, name)
    return excused(reason)


def _require(actor: Actor, unit_id: int, cells: Collection[Cell], fields: Mapping[int, str]) -> Grant:
    """The ground for every cell; the first one is written down. Raises `NotPermitted`."""
    grants = [
        actor.require(SUPPLY if cell.provider == "enterprise" else FILL_BASE, fields[cell.section], unit_id)
        for cell in cells
    ]
    if not grants:
        raise NotPermitted(_("Chưa có số liệu nào để cung cấp."))
    return grants[0]
