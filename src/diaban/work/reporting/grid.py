"""What the entry page is told after a saving: how every line stands, and what others typed meanwhile. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from diaban.work.reporting.cells import ESTIMATED, NAME, NOTE, REASON
from diaban.work.reporting.sheet import TICKED, Sheet, SheetLine, SheetText
from diaban.work.reporting.validation import REASONS


def lines_told(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """By cell: `state`, `findings`, `asks` for an explanation, and `shown` where nobody types. Quiet lines are left out."""
    told = {line.cell.name: _line_told(line) for line in _lines(sheet)}
    told |= {text.heading.code: _told(text) for text in sheet.texts}
    return {name: said for name, said in told.items() if said}


def others_told(
    sheet: Sheet, edits: Mapping[str, Sequence[Any]], *, since: int, own: Collection[str], conflicts: Collection[str]
) -> dict[str, dict[str, Any]]:
    """By cell, what others put in after revision `since`: `who`, what is `said`, the `fields` as typed, and whether it is a
    `conflict` with what was sent. `own` are the cells that were sent and taken."""
    asked = {name for name, (revision, _who) in edits.items() if revision > since and name not in own} | set(conflicts)
    found: dict[str, dict[str, Any]] = {}
    for line in _lines(sheet):
        if line.cell.name in asked:
            found[line.cell.name] = {"said": _said(line), "fields": _fields(line)}
    for text in sheet.texts:
        if text.heading.code in asked:
            found[text.heading.code] = {"said": _words_said(text), "fields": _text_fields(text)}
    return {name: {**one, "who": str(edits[name][1]), "conflict": name in conflicts} for name, one in found.items()}


def _lines(sheet: Sheet) -> Iterator[SheetLine]:
    for section in sheet.sections:
        yield from section.lines


def _line_told(line: SheetLine) -> dict[str, Any]:
    told = _told(line)
    if line.asks_for_note:
        told["asks"] = True
    if not line.is_open:
        told["shown"] = line.shown
    return told


def _told(one: SheetLine | SheetText) -> dict[str, Any]:
    told: dict[str, Any] = {"state": one.state} if one.state else {}
    if one.findings:
        told["findings"] = [{"kind": finding.kind, "message": finding.message} for finding in one.findings]
    return told


def _said(line: SheetLine) -> str:
    if line.is_tick:
        return TICKED if line.typed else "–"
    return line.typed or REASONS.get(line.reason, "").lower() or "–"


def _words_said(text: SheetText) -> str:
    """The beginning of what was written; of a table its rows, one after the other."""
    rows = "; ".join(", ".join(word for word in row if word) for row in text.rows)
    return (text.text or rows)[:80]


def _fields(line: SheetLine) -> dict[str, Any]:
    name = line.cell.name
    fields: dict[str, Any] = {name: bool(line.typed) if line.is_tick else line.typed, f"{NOTE}{name}": line.note}
    if line.is_total:
        fields |= {f"{REASON}{name}": line.reason, f"{ESTIMATED}{name}": line.is_estimated}
    if line.name_typed:
        fields[f"{NAME}{name}"] = line.name_typed
    return fields


def _text_fields(text: SheetText) -> dict[str, Any]:
    if text.heading.kind != "rows":
        return {text.heading.code: text.text}
    return {name: written for row in text.input_rows for name, written, _code in row}
