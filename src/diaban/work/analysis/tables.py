"""The table as it is written: on the page, in a workbook, as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from diaban.foundation.ui.exporting import table_file
from diaban.lib.vietnamese import format_date, format_number
from diaban.lib.workbooks import Column, csv_lines
from diaban.work.analysis.pivot import Head, Pivot, Slot
from diaban.work.analysis.rules import Axis
from diaban.work.reporting.display import LEGEND, figure
from diaban.work.reporting.wording import REASONS

AXES = {Axis.UNITS: "Đơn vị", Axis.CELLS: "Chỉ tiêu", Axis.PERIODS: "Kỳ"}
ESTIMATED = "ước"
NOT_COUNTED = frozenset({"not_additive", "not_aggregated", "not_recastable", "not_computable", "nothing_to_divide"})


@dataclass(frozen=True)
class Cell:
    """A figure as it is written, and what must be known beside it."""

    shown: str
    said: str
    href: str
    is_estimated: bool
    coverage: str
    is_total: bool


@dataclass(frozen=True)
class Row:
    head: Head
    cells: tuple[Cell, ...]


def rows_of(pivot: Pivot) -> list[Row]:
    """The rows of the page."""
    columns = pivot.columns
    return [Row(row, tuple(_cell(pivot.slot(row, one), row, one) for one in columns)) for row in pivot.rows]


def _cell(slot: Slot, row: Head, column: Head) -> Cell:
    return Cell(
        shown=shown(slot),
        said=said(slot),
        href=slot.href,
        is_estimated=slot.total.estimated and slot.value is not None,
        coverage=_below(slot),
        is_total=row.is_total or column.is_total,
    )


def _below(slot: Slot) -> str:
    """How much is in it; of a figure that must not be added, why, or between what it lies."""
    if slot.value is not None:
        return slot.coverage
    total = slot.total
    if total.least is not None and total.most is not None:
        return f"{format_number(total.least, slot.digits)} – {format_number(total.most, slot.digits)}"
    return REASONS[slot.reason] if slot.reason in NOT_COUNTED else ""


def shown(slot: Slot) -> str:
    """The number, or the sign for why there is none."""
    return figure(slot.value, slot.digits, slot.reason)


def said(slot: Slot) -> str:
    """What must be known of a figure, in words."""
    parts = [REASONS.get(slot.reason, "")]
    if slot.value is not None:
        parts += [ESTIMATED] if slot.total.estimated else []
        parts += [_("%(coverage)s đơn vị") % {"coverage": slot.coverage}] if slot.coverage else []
        parts += [_("số lịch sử, chưa đối chiếu")] if slot.is_past else []
    return "; ".join(filter(None, parts))


def title_of(pivot: Pivot) -> str:
    """ "Phân tích: Huyện Đồng Văn, Quý I/2026 - Quý II/2026"."""
    first, last = pivot.choice.periods[0], pivot.choice.periods[-1]
    span = last.label() if first == last else f"{first.label()} - {last.label()}"
    return f"{pivot.choice.unit.full_name}: {span}"


def context_said(pivot: Pivot) -> list[str]:
    """What the whole table is of: form, what is turned over to, day of knowledge, map, breaks."""
    choice, third = pivot.choice, pivot.choice.axes[2]
    lines = [choice.form.called]
    if len(pivot.layers) > 1 or third is not Axis.UNITS:
        lines.append(f"{AXES[third]}: {pivot.layer.label}")
    if choice.base.snapshot is not None:
        lines.append(_("Theo %(snapshot)s") % {"snapshot": choice.base.snapshot})
    elif choice.as_of:
        lines.append(_("Số liệu tiếp nhận đến hết ngày %(day)s") % {"day": format_date(choice.as_of)})
    if choice.map_on:
        lines.append(_("Tính lại theo địa giới ngày %(day)s") % {"day": format_date(choice.map_on)})
    return [*lines, *(f"{one.period.label()}: {one.words}" for one in pivot.breaks)]


def workbook(pivot: Pivot, name: str, notices: Sequence[str] = ()) -> HttpResponse:
    """The table as it stands, numbers as numbers; what is estimated or incomplete is said in a column of its own."""
    rows, columns = pivot.rows, pivot.columns
    digits = max(head.measure.digits for head in pivot.choice.cells)
    unit = f" ({pivot.layer.note})" if pivot.choice.axes[2] is Axis.CELLS else ""
    heads = [Column(AXES[pivot.choice.axes[0]], width=36)]
    heads += [Column(one.label + (f" ({one.note})" if one.note else unit), "decimal", digits=digits) for one in columns]
    return table_file(
        name,
        title=title_of(pivot),
        columns=[*heads, Column(_("Ghi chú"), width=40)],
        rows=(_written(pivot, row, columns) for row in rows),
        notes=[*context_said(pivot), LEGEND, *notices],
    )


def _written(pivot: Pivot, row: Head, columns: Sequence[Head]) -> list[object]:
    slots = [pivot.slot(row, one) for one in columns]
    notes = (f"{one.label}: {said(slot)}" for one, slot in zip(columns, slots, strict=True) if said(slot))
    label = f"{row.label} ({row.note})" if row.note else row.label
    return [label, *(shown(slot) if slot.value is None else slot.value for slot in slots), "; ".join(notes)]


def as_csv(pivot: Pivot) -> bytes:
    """One figure a line, with everything known of it: exact, with a decimal point."""
    heads = [
        "row", "column", "layer", "unit_of_measure", "value", "reason", "estimated", "expected", "reported", "complete",
    ]  # fmt: skip
    return b"".join(csv_lines(heads, _lines(pivot)))


def _lines(pivot: Pivot) -> Iterable[list[object]]:
    for row in pivot.rows:
        for column in pivot.columns:
            slot = pivot.slot(row, column)
            total = slot.total
            value = "" if slot.value is None else format(slot.value, "f")
            yield [
                row.label, column.label, pivot.layer.label, slot.unit_name, value, slot.reason,
                "x" if total.estimated else "", total.expected, total.reported,
                "x" if total.complete else "",
            ]  # fmt: skip
