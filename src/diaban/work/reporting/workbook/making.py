"""The workbook of a report: the paper form, its cells named, what was typed so far in them."""

from collections.abc import Collection, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from diaban.work.reporting.cells import NAME, Cell, Kind, cells_of, compute
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.validation import Entry
from diaban.work.reporting.workbook.given import Comparison, Head
from diaban.work.reporting.workbook.key import FIGURES, FIRST_PLACE, FORMAT, HIDDEN, Key, Place, checksum, defined_name
from diaban.work.reporting.workbook.looks import Looks, PlainBook, PlainSheet
from diaban.work.reporting.workbook.table import Table
from diaban.work.reporting.workbook.words import write_words

AS_TYPED = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
KINDS = {Kind.TICK: "tick", Kind.TEXT: "text", Kind.ROWS: "rows"}


def make_workbook(
    head: Head,
    layout: Layout,
    on: date,
    entry: Entry | None = None,
    beside: Comparison | None = None,
    *,
    plain_names: bool = False,
) -> bytes:
    """An .xlsx to be filled for the period that ends on `on`, with what `entry` already holds.

    Every cell to be filled has a defined name: `_BC07`, `BC07__level_1`, `VT24__num`, `REASON__BC07`, `EST__BC07`,
    `NOTE__BC07`, `TEXT__direction`, `TEXT__proposals__1__addressee`. `plain_names=True` writes `BC07` for `_BC07`: for
    programs only, since Excel takes such a name for a cell's address and reports the file as damaged.
    """
    entry, beside = entry or Entry(), beside or Comparison()
    cells = cells_of(layout, on)
    out = BytesIO()
    with PlainBook(out, AS_TYPED) as workbook:
        workbook.set_properties({"title": head.title, "author": head.reporter, "subject": head.period_label})
        looks = Looks(workbook)
        figures = compute(layout, on, entry.values, entry.reasons)
        table = Table(
            workbook.add_worksheet(FIGURES, PlainSheet),
            looks,
            layout,
            on,
            entry,
            beside,
            figures,
            plain_names=plain_names,
        )
        table.write(head, cells)
        words = [cell for cell in cells if not cell.indicator]
        names = {**table.names, **write_words(workbook, looks, layout, words, entry)}
        for name, place in names.items():
            # Not by define_name(): it refuses what `plain_names` asks for.
            workbook.defined_names.append([name if plain_names else defined_name(name), -1, place, False])
        _write_key(workbook, head.key, _places(layout, cells, names, beside))
    return out.getvalue()


def _places(layout: Layout, cells: Collection[Cell], names: Mapping[str, str], beside: Comparison) -> list[Place]:
    found = []
    for cell in cells:
        if cell.name in names:
            kind = "name" if cell.name.startswith(NAME) else KINDS.get(cell.kind) or _number_kind(cell)
            kept = beside.previous.get(cell.name) if cell.prefill_last and cell.kind is Kind.NUMBER else None
            keeps = "" if kept is None else format(kept, "f")
            found.append(
                Place(
                    cell.name, kind, names[cell.name].rpartition("!")[2].replace("$", ""), keeps, called(layout, cell)
                )
            )
    return found


def _number_kind(cell: Cell) -> str:
    return "whole" if cell.is_whole else "number"


def called(layout: Layout, cell: Cell) -> str:
    """How a message calls a cell: "BC07 Số điểm phục vụ bưu chính, Cấp 1"."""
    if not cell.indicator:
        return f"Phần lời “{cell.label}”"
    name = f"{cell.indicator} {layout.measures[cell.indicator].name}"
    return f"{name}, {cell.label}" if cell.member else name


def _write_key(workbook: Any, key: Key, places: list[Place]) -> None:
    sheet = workbook.add_worksheet(HIDDEN)
    sheet.very_hidden()
    lines = {
        "format": FORMAT,
        "form": key.form,
        "version": str(key.version),
        "unit": key.unit,
        "period": key.period,
        "checksum": checksum(key, places),
    }
    for row, (name, value) in enumerate(lines.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for row, place in enumerate(places, FIRST_PLACE - 1):
        sheet.write_string(row, 0, place.line)
    sheet.protect()
