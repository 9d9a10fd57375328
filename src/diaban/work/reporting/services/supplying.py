"""Figures that others put into a locality's report: enterprises their own, the department those of registers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.facts.rules.typed import SIGNS, plain
from diaban.foundation.journal.services import record
from diaban.lib.vietnamese import BadNumber, parse_number
from diaban.work.reporting.cells import Cell, Kind, Lock, cells_of
from diaban.work.reporting.models import Report
from diaban.work.reporting.permissions import FILL_BASE, SUPPLY
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.rules import can_step
from diaban.work.reporting.services.steps import WrongStep, newest
from diaban.work.reporting.validation import REASONS


class NotSupplied(ValueError):
    """A cell that is not this party's to supply, or no number. The message is in Vietnamese."""


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

    An enterprise gives those of provider `enterprise`, a department those of registers. The locality then confirms or
    objects; it cannot type over them. None takes a figure back. Raises `NotSupplied`, `WrongStep` or `NotPermitted`.
    """
    report = Report.lock(report_id, expected_revision=expected_revision)
    version = newest(report)
    layout = layout_of(version.form_version_id)
    fields = {block.number: block.field_code for block in layout.blocks}
    cells = {cell.name: cell for cell in cells_of(layout, report.period_last_day)}
    if can_step("correct", report.status):
        raise WrongStep("Báo cáo đã gửi; số liệu cung cấp thêm được đưa vào bản điều chỉnh.")
    given = {name: _given(cells.get(name), name, value) for name, value in values.items()}
    given |= {name: _excused(cells.get(name), name, reason) for name, reason in (reasons or {}).items()}
    grant = _require(actor, report, [cells[name] for name in given], fields)
    supplied = {name: was for name, was in version.supplied.items() if name not in given}
    supplied |= {name: {**one, "by": actor.label} for name, one in given.items() if one}
    version.supplied = supplied
    version.save(update_fields=["supplied"])
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


def _given(cell: Cell | None, name: str, value: str | Decimal | None) -> dict[str, str]:
    """One supplied figure; empty takes it back."""
    if cell is None or cell.lock is not Lock.SUPPLIED or cell.kind is not Kind.NUMBER:
        raise NotSupplied(f"{name}: không phải ô do đơn vị khác cung cấp.")
    if value is None or value == "":
        return {}
    if isinstance(value, str) and value.strip().lower() in SIGNS:
        return _excused(cell, name, SIGNS[value.strip().lower()])
    try:
        number = parse_number(value, integer=cell.is_whole) if isinstance(value, str) else value
    except BadNumber as problem:
        raise NotSupplied(f"{name}: {problem}") from problem
    return {"value": plain(number)}


def _excused(cell: Cell | None, name: str, reason: str) -> dict[str, str]:
    if cell is None or cell.lock is not Lock.SUPPLIED or reason not in REASONS:
        raise NotSupplied(f"{name}: không phải ô do đơn vị khác cung cấp, hoặc lý do không có trong danh mục.")
    return {"value": "0", "reason": reason} if reason == "none_occurred" else {"reason": reason}


def _require(actor: Actor, report: Report, cells: Collection[Cell], fields: Mapping[int, str]) -> Grant:
    """The ground for every cell; the first one is written down. Raises `NotPermitted`."""
    grants = [
        actor.require(SUPPLY if cell.provider == "enterprise" else FILL_BASE, fields[cell.section], report.unit_id)
        for cell in cells
    ]
    if not grants:
        raise NotPermitted("Chưa có số liệu nào để cung cấp.")
    return grants[0]
