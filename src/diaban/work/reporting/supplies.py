"""What an enterprise supplies for many localities of one period: units down, its cells across."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.facts.rules.typed import SIGNS, plain
from diaban.foundation.mandates.permissions import visible_filter
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Period
from diaban.lib.vietnamese import BadNumber, format_number, parse_number
from diaban.lib.workbooks import Column
from diaban.work.reporting.cells import NOUGHT, Cell, Kind, Lock, cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion, Row, Schedule
from diaban.work.reporting.permissions import SUPPLY
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.queries.reporters import in_order
from diaban.work.reporting.queries.reports import newest_of, periods_of
from diaban.work.reporting.validation import REASONS

SIGN_OF = {"none_occurred": "-", "not_collected": "…", "not_applicable": "x", "refused": "kcc"}
Given = dict[str, Any]


class NotSupplied(ValueError):
    """A cell that is not this party's to supply, or no number. The message is in Vietnamese."""


def read_given(cell: Cell, text: str | Decimal | None) -> Given:
    """One figure as it is kept; nothing where it is taken back. Raises `NotSupplied`."""
    if text is None or text == "":
        return {}
    if isinstance(text, str) and text.strip().lower() in SIGNS:
        return excused(SIGNS[text.strip().lower()])
    try:
        number = parse_number(text, integer=cell.is_whole) if isinstance(text, str) else text
    except BadNumber as problem:
        raise NotSupplied(str(problem)) from problem
    least = Decimal(0) if cell.least is None else cell.least
    if number < least:
        raise NotSupplied(_("Không được nhỏ hơn %(least)s.") % {"least": format_number(least)})
    if cell.most is not None and number > cell.most:
        raise NotSupplied(_("Không được lớn hơn %(most)s.") % {"most": format_number(cell.most)})
    return {"value": plain(number)}


def excused(reason: str) -> Given:
    """Why there is no figure, as it is kept. Raises `NotSupplied` for a word that is no reason."""
    if reason not in REASONS:
        raise NotSupplied(_("Lý do không có trong danh mục."))
    return {"value": "0", "reason": reason} if reason == "none_occurred" else {"reason": reason}


def put_part(before: Mapping[str, Any] | None, part: Given, party: str, by: str) -> Given:
    """A cell that several enterprises supply: each its own part, the cell their sum.

    A part without figure leaves the whole without one, for its reason; what did not occur or does not apply is nought.
    """
    parts = {**(before or {}).get("parts", {})}
    parts.pop(party, None)
    if part:
        parts[party] = {**part, "by": by}
    if not parts:
        return {}
    reasons = [one["reason"] for one in parts.values() if one.get("reason")]
    missing = next((reason for reason in reasons if reason not in NOUGHT), "")
    values = [Decimal(one["value"]) for one in parts.values() if one.get("value") is not None]
    whole: Given = {"by": "; ".join(_named(one) for one in parts.values()), "parts": parts}
    if missing or not values:
        return {**whole, "reason": missing or "not_applicable"}
    if all(one.get("reason") for one in parts.values()):
        return {**whole, "value": "0", "reason": "none_occurred"}
    return {**whole, "value": plain(sum(values, Decimal(0)))}


def _named(part: Mapping[str, Any]) -> str:
    return f"{part['by']}: {written(part)}"


def written(part: Mapping[str, Any]) -> str:
    """A part as people type it."""
    if part.get("reason"):
        return SIGN_OF.get(part["reason"], "…")
    return format_number(Decimal(part["value"])) if part.get("value") is not None else ""


@dataclass(frozen=True)
class SupplyCell:
    """One place of the grid. `shown` is what the enterprise gave, `whole` what all gave where others did too; `state` is what
    the locality said of it: confirmed, objected or nothing."""

    name: str
    column: str
    shown: str = ""
    typed: str = ""
    fault: str = ""
    whole: str = ""
    state: str = ""
    objection: str = ""


@dataclass(frozen=True)
class SupplyRow:
    unit: UnitVersion
    is_sent: bool
    cells: tuple[SupplyCell, ...]


@dataclass(frozen=True)
class SupplyGrid:
    schedule: Schedule
    period: Period
    columns: tuple[Cell, ...]
    rows: tuple[SupplyRow, ...]
    due_on: date | None = None  # the first day on which one of the reports is due

    @property
    def faults(self) -> list[str]:
        return [cell.fault for row in self.rows for cell in row.cells if cell.fault]

    @property
    def seen(self) -> dict[str, str]:
        """What stands in every cell, by name."""
        return {cell.name: cell.shown for row in self.rows for cell in row.cells}

    def count(self, state: str) -> int:
        return sum(cell.state == state for row in self.rows for cell in row.cells)

    @property
    def given(self) -> int:
        return sum(bool(cell.shown) for row in self.rows for cell in row.cells)

    @property
    def waiting(self) -> int:
        """Cells of reports that are not sent yet which the enterprise has not filled, or whose figure was objected to."""
        return sum(
            not cell.shown or cell.state == "objected" for row in self.rows if not row.is_sent for cell in row.cells
        )

    @property
    def confirmed(self) -> int:
        return self.count("confirmed")

    @property
    def objected(self) -> int:
        return self.count("objected")


@dataclass(frozen=True)
class Supplied:
    """What was typed into a grid: by unit and cell what is new (blank takes back), and the grid as it is shown again."""

    grid: SupplyGrid
    figures: dict[int, dict[str, str]] = field(default_factory=dict)


def schedules_to_supply(actor: Actor) -> QuerySet[Schedule]:
    """Schedules in force whose form asks an enterprise for figures in a field that the actor provides."""
    rows = Row.objects.filter(provider="enterprise")
    fields: set[str] = set()
    for reach in actor.reaches(SUPPLY):
        if reach.every_field:
            return _asking(rows)
        fields |= reach.field_codes
    return _asking(rows.filter(section__field_code__in=fields))


def _asking(rows: QuerySet[Row]) -> QuerySet[Schedule]:
    forms = rows.values("section__version__form")
    return Schedule.objects.filter(is_on=True, form__in=forms).select_related("form").order_by("title", "pk")


def supply_grid(actor: Actor, schedule: Schedule, period: Period) -> SupplyGrid:
    """The units that owe the report on the ground that the actor provides for, and what stands in its cells. Six queries."""
    layout = layout_of(version_on(schedule.form_id, period.last_day).pk)
    owed = Obligation.objects.filter(
        visible_filter(actor, SUPPLY, field=None), duty=schedule.duty_id or 0, period=str(period), closed_at=None
    )
    due = dict(owed.values_list("unit_id", "due_on"))
    units = in_order(nearest_versions(list(due), period.last_day))
    versions = {
        one.report.unit_id: one
        for one in ReportVersion.objects.filter(
            report__schedule=schedule, report__period=str(period), report__unit__in=[unit.unit_id for unit in units]
        )
        .select_related("report")
        .order_by("number")
    }
    columns = tuple(_columns(actor, layout, units, period))
    party = str(actor.organisation_id)
    rows = tuple(_row(unit, versions.get(unit.unit_id), columns, party) for unit in units)
    return SupplyGrid(schedule, period, columns, rows if columns else (), min(filter(None, due.values()), default=None))


def waiting_for(actor: Actor) -> list[SupplyGrid]:
    """Of each schedule that asks the actor for figures, the newest period, where some are still to be given."""
    if not actor.reaches(SUPPLY):
        return []
    newest = ((schedule, newest_period(schedule, actor.today)) for schedule in schedules_to_supply(actor))
    grids = [supply_grid(actor, schedule, period) for schedule, period in newest if period is not None]
    return [grid for grid in grids if grid.waiting]


def newest_period(schedule: Schedule, today: date) -> Period | None:
    """The period that is filled in now; None before any is asked."""
    periods = [Period.parse(code) for code in periods_of([schedule])]
    return newest_of(schedule, periods, today) if periods else None


def _columns(actor: Actor, layout: Layout, units: Sequence[UnitVersion], period: Period) -> Iterator[Cell]:
    fields = {block.number: block.field_code for block in layout.blocks}
    allowed = {
        number: any(actor.may(SUPPLY, code, unit.unit_id) for unit in units[:1]) for number, code in fields.items()
    }
    for cell in cells_of(layout, period.last_day):
        if is_for_enterprise(cell) and allowed[cell.section]:
            named = layout.measures[cell.indicator].name
            yield replace(cell, label=f"{named}: {cell.label}") if cell.mode == "split" and cell.member else cell


def is_for_enterprise(cell: Cell) -> bool:
    is_open = cell.lock is Lock.SUPPLIED and cell.kind is Kind.NUMBER and not cell.not_asked
    return is_open and cell.provider == "enterprise"


def _row(unit: UnitVersion, version: ReportVersion | None, columns: Iterable[Cell], party: str) -> SupplyRow:
    is_sent = version is not None and version.report.status == Report.Status.SENT
    return SupplyRow(unit, is_sent, tuple(_cell(unit, version, column, party) for column in columns))


def _cell(unit: UnitVersion, version: ReportVersion | None, column: Cell, party: str) -> SupplyCell:
    name = f"{unit.unit.uid}__{column.name}"
    whole = version.supplied.get(column.name) if version else None
    if version is None or whole is None:
        return SupplyCell(name, column.name)
    parts = whole.get("parts", {})
    shown = written(parts.get(party, {}))
    objection = version.objections.get(column.name) or ""
    state = "objected" if objection else "confirmed" if column.name in version.confirmed else ""
    return SupplyCell(
        name,
        column.name,
        shown=shown,
        typed=shown,
        whole=written(whole) if set(parts) - {party} or not parts else "",
        state=state if shown else "",
        objection=objection if shown else "",
    )


def take_supplies(grid: SupplyGrid, typed: Mapping[str, str], seen: Mapping[str, str] | None) -> Supplied:
    """What of the typed texts is new. `seen` is what the page showed: a cell then blanked is taken back, one that somebody
    changed meanwhile is a fault. A workbook (`seen` None) takes nothing back by a blank."""
    figures: dict[int, dict[str, str]] = {}
    rows = []
    for row in grid.rows:
        cells = []
        for cell, column in zip(row.cells, grid.columns, strict=True):
            text = typed.get(cell.name, cell.shown).strip()
            known = cell.shown if seen is None else seen.get(cell.name, "")
            fault = _fault(row, cell, column, text, known, is_page=seen is not None)
            is_new = text not in (known, cell.shown) and bool(text or seen is not None)
            if is_new and not fault:
                figures.setdefault(row.unit.unit_id, {})[column.name] = text
            cells.append(replace(cell, typed=text if is_new else cell.typed, fault=fault))
        rows.append(replace(row, cells=tuple(cells)))
    return Supplied(replace(grid, rows=tuple(rows)), figures)


def _fault(row: SupplyRow, cell: SupplyCell, column: Cell, text: str, known: str, *, is_page: bool) -> str:
    if text in (known, cell.shown) or not (text or is_page):
        return ""
    if row.is_sent:
        return _("Báo cáo của địa phương đã gửi; đề nghị địa phương lập bản điều chỉnh.")
    if known != cell.shown:
        return _("Người khác vừa ghi %(value)s. Xem lại rồi lưu lần nữa.") % {"value": cell.shown or "…"}
    try:
        read_given(column, text)
    except NotSupplied as problem:
        return str(problem)
    return ""


def columns_of_workbook(grid: SupplyGrid) -> list[Column]:
    heads = [Column(f"{cell.name} {cell.label} ({cell.unit_name})", width=18) for cell in grid.columns]
    return [Column("Mã", width=10), Column(_("Đơn vị"), width=28), *heads]


def rows_of_workbook(grid: SupplyGrid) -> Iterator[list[str]]:
    for row in grid.rows:
        yield [row.unit.code, row.unit.full_name, *(cell.shown for cell in row.cells)]
