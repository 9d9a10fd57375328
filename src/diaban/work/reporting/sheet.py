"""The form as the paper looks: sections of lines, each with what stands in it now and what stood there before. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from diaban.lib.vietnamese import format_number
from diaban.work.reporting.cells import NAME, Cell, Figures, Kind, cells_of, compute
from diaban.work.reporting.layout import Block, Heading, Layout
from diaban.work.reporting.validation import REASONS, Entry, Finding

BLANK_ROWS = 2
TICKED = "✓"
SHOWN_SIGNS = {"none_occurred": "-", "not_collected": "…", "refused": "…", "not_applicable": "x", "not_yet": ""}
TYPED_SIGNS = {"none_occurred": "-", "not_collected": "…", "refused": "KCC", "not_applicable": "x"}
PROVIDERS = {"enterprise": "Doanh nghiệp điền", "register": "Lấy từ sổ, hệ thống khác", "department": "Sở điền"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the table. `typed` is what an input holds, `shown` what is read; both as written in Vietnamese.

    `offered` is last period's figure that waits to be confirmed; of a list, ticked last period and not yet looked through.
    """

    cell: Cell
    number: str
    label: str
    hint: str
    typed: str
    shown: str
    previous: str
    last_year: str
    plan: str
    reason: str
    offered: str = ""
    is_estimated: bool = False
    is_supplied: bool = False
    supplied_by: str = ""
    is_confirmed: bool = False
    objection: str = ""
    note: str = ""
    name_typed: str = ""
    edited_by: str = ""
    is_missing: bool = False
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the locality types here now."""
        return self.cell.is_typed and not self.is_supplied

    @property
    def is_total(self) -> bool:
        return self.cell.is_total

    @property
    def is_tick(self) -> bool:
        return self.cell.kind is Kind.TICK

    @property
    def has_error(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    @property
    def state(self) -> str:
        """How the line stands: `error`, `warning`, `explained` (a warning with its word), `missing`, or nothing."""
        if self.findings:
            return "error" if self.has_error else "explained" if self.is_explained else "warning"
        return "missing" if self.is_missing else ""

    @property
    def is_explained(self) -> bool:
        return self.asks_for_note and bool(self.note.strip())

    @property
    def asks_for_note(self) -> bool:
        return any(finding.needs_explanation for finding in self.findings)

    @property
    def reason_said(self) -> str:
        return REASONS.get(self.reason, "")

    @property
    def provided_by(self) -> str:
        return PROVIDERS.get(self.cell.provider, "")

    @property
    def not_asked(self) -> str:
        return REASONS.get(self.cell.not_asked, "").lower()


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section with its lines."""

    block: Block
    lines: tuple[SheetLine, ...]

    @property
    def errors(self) -> int:
        return sum(finding.is_error for line in self.lines for finding in line.findings)


@dataclass(frozen=True, slots=True)
class SheetText:
    """A heading of the words with what was written: `text`, or `rows` of cells in the order of the heading's columns."""

    heading: Heading
    text: str
    rows: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...] = ()
    is_missing: bool = False

    @property
    def state(self) -> str:
        """As of a line."""
        if self.findings:
            return "error" if any(finding.is_error for finding in self.findings) else "warning"
        return "missing" if self.is_missing else ""

    @property
    def input_rows(self) -> list[list[tuple[str, str, str]]]:
        """The rows to be typed, with blank ones at the end: (input's name, text, column's code) each."""
        codes = [code for code, _label in self.heading.columns]
        rows = [*self.rows, *[("",) * len(codes)] * BLANK_ROWS]
        return [
            [(f"{self.heading.code}:{number}:{code}", text, code) for code, text in zip(codes, row, strict=True)]
            for number, row in enumerate(rows)
        ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole report as it is read or filled."""

    sections: tuple[SheetSection, ...]
    texts: tuple[SheetText, ...]
    has_plans: bool = False

    @property
    def remarked(self) -> list[SheetLine]:
        """Lines with something said about their figure that is not settled."""
        return [line for section in self.sections for line in section.lines if line.remarks]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures of a report. Cells that are still empty are told as findings where `tells_missing`."""

    previous: Mapping[str, Decimal] = field(default_factory=dict)
    last_year: Mapping[str, Decimal] = field(default_factory=dict)
    plan: Mapping[str, Decimal] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    supplied: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    confirmed: Collection[str] = ()
    objections: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    tells_missing: bool = False


def sheet_of(layout: Layout, on: date, entry: Entry, beside: Beside) -> Sheet:
    """The sheet of an entry on a period's last day."""
    making = _Making(layout, entry, compute(layout, on, entry.values, entry.reasons), beside)
    lines: dict[int, list[SheetLine]] = {block.number: [] for block in layout.blocks}
    numbers: dict[int, dict[str, int]] = {}
    for cell in cells_of(layout, on):
        if cell.indicator and not cell.name.startswith(NAME):
            order = numbers.setdefault(cell.section, {})
            place = order.setdefault(cell.indicator, len(order) + 1)
            lines[cell.section].append(making.line(cell, str(place) if cell.is_total else ""))
    return Sheet(
        sections=tuple(SheetSection(block, tuple(lines[block.number])) for block in layout.blocks),
        texts=tuple(making.words(heading) for heading in layout.headings),
        has_plans=bool(beside.plan),
    )


@dataclass(slots=True)
class _Making:
    layout: Layout
    entry: Entry
    figures: Figures
    beside: Beside
    found: dict[str, list[Finding]] = field(default_factory=dict)
    hints: dict[int, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for finding in self.beside.findings:
            name = finding.cell.removeprefix(NAME)
            if finding.is_missing and not self.beside.tells_missing:
                self.missing.add(name)
            else:
                self.found.setdefault(name, []).append(finding)
        self.hints = {line.position: line.note for line in self.layout.lines}

    def line(self, cell: Cell, number: str) -> SheetLine:
        name = cell.name
        value = self.figures.values.get(name)
        reason = self.entry.reasons.get(name, "")
        shown = (
            cell.not_asked or reason or self.entry.reasons.get(cell.indicator, "") or self.figures.reasons.get(name, "")
        )
        is_list = cell.is_total and cell.mode == "list"  # ticked by others' lines, kept as a whole
        is_offered = (
            cell.prefill_last
            and (cell.is_typed or is_list)
            and value is None
            and not (reason or cell.not_asked)
            and name not in self.entry.unread
        )
        return SheetLine(
            cell=cell,
            number=number,
            label=self._label(cell),
            hint=self.hints.get(cell.row, "") if cell.is_total else "",
            typed=self._typed(cell, value, reason),
            shown=self._shown(cell, value, shown),
            previous=_known(cell, self.beside.previous.get(name)),
            last_year=_known(cell, self.beside.last_year.get(name)),
            plan=_written(self.beside.plan.get(name), cell.digits),
            reason=reason if cell.is_total and reason != "none_occurred" else "",
            offered=self._offered(cell) if is_offered else "",
            is_estimated=name in self.entry.estimated,
            is_supplied=name in self.beside.supplied,
            supplied_by=str(self.beside.supplied.get(name, {}).get("by", "")),
            is_confirmed=name in self.beside.confirmed,
            objection=self.beside.objections.get(name, ""),
            note=self.entry.explanations.get(name, ""),
            name_typed=str(self.entry.texts.get(f"{NAME}{name}", "")),
            edited_by=str(self.beside.edits[name][1]) if name in self.beside.edits else "",
            is_missing=name in self.missing,
            findings=tuple(self.found.get(name, ())),
            remarks=tuple(self.beside.remarks.get(name, ())),
        )

    def _offered(self, cell: Cell) -> str:
        value = self.beside.previous.get(cell.name)
        return (
            _written(value)
            if value or (cell.kind is Kind.NUMBER and not (cell.is_total and cell.mode == "list"))
            else ""
        )

    def words(self, heading: Heading) -> SheetText:
        written: Any = self.entry.texts.get(heading.code, "")
        rows = written if isinstance(written, list) else []
        return SheetText(
            heading=heading,
            text=written if isinstance(written, str) else "",
            rows=tuple(tuple(str(row.get(code, "")) for code, _label in heading.columns) for row in rows),
            findings=tuple(self.found.get(heading.code, ())),
            is_missing=heading.code in self.missing,
        )

    def _label(self, cell: Cell) -> str:
        if cell.is_total:
            return self.layout.measures[cell.indicator].name
        return {"num": f"Tử số: {cell.label}", "den": f"Mẫu số: {cell.label}"}.get(cell.member, cell.label)

    def _typed(self, cell: Cell, value: Decimal | None, reason: str) -> str:
        if cell.name in self.entry.unread:
            return self.entry.unread[cell.name]
        if cell.kind is Kind.TICK:
            return "1" if value else ""
        if reason == "none_occurred" or (reason in TYPED_SIGNS and not cell.is_total):
            return TYPED_SIGNS[reason]
        return _written(value)

    def _shown(self, cell: Cell, value: Decimal | None, reason: str) -> str:
        if cell.kind is Kind.TICK:
            return TICKED if value else ""
        if reason == "none_occurred" and not value:
            return "-"
        return SHOWN_SIGNS.get(reason, "") if value is None else format_number(value, cell.digits)


def _known(cell: Cell, value: Decimal | None) -> str:
    """An earlier figure as it is read: a ticked box as a tick."""
    if cell.kind is Kind.TICK:
        return TICKED if value else ""
    return _written(value, cell.digits)


def _written(value: Decimal | None, digits: int | None = None) -> str:
    return "" if value is None else format_number(value, digits)
