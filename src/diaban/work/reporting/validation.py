"""What is wrong, or needs a word, in a report: values in, findings out. No database, request or clock."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from diaban.lib.expressions import Expression, Values, parse
from diaban.lib.vietnamese import BadNumber, format_number, parse_number
from diaban.work.reporting.cells import ESTIMATED, NAME, Cell, Figures, Kind, Lock, cells_of, compute, parts_on
from diaban.work.reporting.layout import Layout, Line, Rule

EARLIER = re.compile(r"\b(?:prev|lastyear)\(")
ERROR, WARNING = "error", "warning"
MISSING = frozenset({"required", "reason_needed"})
REASONS = {
    "none_occurred": "Không phát sinh",
    "not_collected": "Chưa thu thập được",
    "refused": "Doanh nghiệp không cung cấp",
    "not_yet": "Chưa đến kỳ",
    "not_applicable": "Không áp dụng",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What was put into a report. `unread` holds what was typed where a number belongs and is none.

    `reasons` and `explanations` go by cell; one at an indicator's total counts for its parts too. `texts` maps `TEXT__…` to
    words or to a list of rows, `NAME__…` to words.
    """

    values: Mapping[str, Decimal] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: the cell, how bad, a stable code, and the sentence for whoever typed.

    An error stops the report; a warning asks for an explanation at its cell where `needs_explanation`.
    """

    cell: str
    kind: str
    code: str
    message: str
    needs_explanation: bool = False

    @property
    def is_error(self) -> bool:
        return self.kind == ERROR

    @property
    def is_missing(self) -> bool:
        """Whether it only says that nothing has been put in yet: no mistake while the report is being filled."""
        return self.code in MISSING


def check_values(
    layout: Layout,
    on: date,
    entry: Entry,
    previous: Mapping[str, Decimal] | None = None,
    last_year: Mapping[str, Decimal] | None = None,
    *,
    with_words: bool = True,
    taken_over: str = "",
) -> list[Finding]:
    """Everything there is to say about an entry, in the order of the paper, errors of a cell before its warnings.

    `previous` and `last_year` are the figures of the period before and of a year ago; checks that need what is missing are
    left out. `with_words=False` leaves the narratives alone (an upload that brings figures only). `taken_over` says whose
    the earlier figures are, where they are not the unit's own; it is told with each finding that compares with them.
    """
    cells = cells_of(layout, on)
    checking = _Checking(layout, on, cells, entry, compute(layout, on, entry.values, entry.reasons))
    findings = [*checking.of_cells(with_words=with_words), *checking.of_sums()]
    by_rules = list(checking.of_rules(previous or {}, last_year or {}, taken_over))
    ruled = {finding.cell for finding in by_rules if finding.is_error}
    findings = [item for item in findings if not (item.code in {"split", "ofwhich", "ratio"} and item.cell in ruled)]
    findings += by_rules + list(checking.of_ranges())
    order = {cell.name: number for number, cell in enumerate(cells)}
    return sorted(findings, key=lambda item: (order.get(item.cell, len(order)), not item.is_error, item.code))


def unexplained(findings: Sequence[Finding], explanations: Mapping[str, str]) -> list[Finding]:
    """The warnings that still want a word at their cell."""
    return [item for item in findings if item.needs_explanation and not explanations.get(item.cell, "").strip()]


def is_ready(findings: Sequence[Finding], explanations: Mapping[str, str]) -> bool:
    """Whether the report may go on: no error, no warning without its explanation."""
    return not any(item.is_error for item in findings) and not unexplained(findings, explanations)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an entry is: cells the locality types, and how many of them have a value or a reason."""

    filled: int
    asked: int

    @property
    def left(self) -> int:
        return self.asked - self.filled


def progress_of(cells: Sequence[Cell], entry: Entry) -> Progress:
    """A list of entities counts as one cell; supplied figures are not the locality's to fill."""
    units: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.indicator and cell.is_typed and cell.lock is Lock.OPEN and cell.kind is not Kind.TEXT:
            units.setdefault(cell.indicator if cell.kind is Kind.TICK else cell.name, []).append(cell)
    filled = sum(any(_is_filled(cell, entry) for cell in group) for group in units.values())
    return Progress(filled, len(units))


def _is_filled(cell: Cell, entry: Entry) -> bool:
    return cell.name in entry.values or bool(entry.reasons.get(cell.name) or entry.reasons.get(cell.indicator))


@dataclass(frozen=True, slots=True)
class _Checking:
    """One run: the form on the day, what was entered, and what follows from it."""

    layout: Layout
    on: date
    cells: Sequence[Cell]
    entry: Entry
    figures: Figures

    # --- single cells

    def of_cells(self, *, with_words: bool) -> Iterator[Finding]:
        ticked = {cell.indicator for cell in self.cells if cell.kind is Kind.TICK and cell.name in self.entry.values}
        for cell in self.cells:
            if cell.kind is Kind.NUMBER and cell.is_typed:
                yield from self._number(cell)
            elif cell.kind is Kind.TICK and cell.is_typed and cell.indicator not in ticked:
                ticked.add(cell.indicator)  # one finding for the whole list
                yield from self._missing(cell)
            elif cell.name.startswith(NAME):
                yield from self._name(cell)
            elif cell.lock is Lock.BASE and cell.name not in self.figures.values:
                message = (
                    f"{self._called(cell)} chưa có; các tỷ lệ tính theo số này để trống. Đề nghị Sở điền thông tin nền."
                )
                yield Finding(cell.name, WARNING, "base", message)
            elif with_words and not cell.indicator and cell.required == "yes" and not self.entry.texts.get(cell.name):
                yield Finding(cell.name, ERROR, "required", f"Phần lời “{cell.label}” bắt buộc phải có nội dung.")

    def _number(self, cell: Cell) -> Iterator[Finding]:
        if typed := self.entry.unread.get(cell.name):
            yield Finding(cell.name, ERROR, "unread", f"{self._called(cell)}: {_why_unread(typed, cell)}")
            return
        value = self.entry.values.get(cell.name)
        if value is None:
            yield from self._missing(cell)
            return
        if cell.is_whole and value != value.to_integral_value():
            yield Finding(
                cell.name,
                ERROR,
                "whole",
                f"{self._called(cell)} phải là số nguyên; đã nhập {format_number(value)}.",
            )
        yield from self._bounds(cell, value)

    def _bounds(self, cell: Cell, value: Decimal) -> Iterator[Finding]:
        called = self._called(cell)
        if cell.least is not None and value < cell.least:
            said = "không được âm" if cell.least == 0 else f"không được nhỏ hơn {format_number(cell.least)}"
            yield Finding(cell.name, ERROR, "least", f"{called} {said}.")
        if cell.most is not None and value > cell.most:
            yield Finding(cell.name, ERROR, "most", f"{called} không được lớn hơn {format_number(cell.most)}.")

    def _missing(self, cell: Cell) -> Iterator[Finding]:
        """A cell without a value: what that means depends on whose it is and whether there is a reason."""
        reason = self.entry.reasons.get(cell.name) or self.entry.reasons.get(cell.indicator, "")
        if cell.lock is Lock.SUPPLIED or self._has_nothing_to_count(cell):
            return
        if reason and reason not in REASONS:
            yield Finding(
                cell.name, ERROR, "reason", f"{self._called(cell)}: lý do “{reason}” không có trong danh mục."
            )
        elif not reason and cell.kind is Kind.TICK:
            called = f"{cell.indicator} {self.layout.measures[cell.indicator].name}"
            said = "chưa đánh dấu dòng nào. Không có dòng nào thì mở “Lý do, ước tính, ghi chú”, đánh dấu “không có đơn vị nào”."
            yield Finding(
                cell.name, ERROR, "required" if cell.required == "yes" else "reason_needed", f"{called}: {said}"
            )
        elif not reason and cell.required == "yes":
            yield Finding(
                cell.name,
                ERROR,
                "required",
                f"{self._called(cell)} chưa có số liệu. Không phát sinh thì ghi 0 hoặc “-”.",
            )
        elif not reason:
            yield Finding(
                cell.name,
                ERROR,
                "reason_needed",
                f"{self._called(cell)} đang để trống. Nhập số hoặc chọn lý do chưa có số liệu.",
            )
        elif cell.required == "yes" and reason not in {"none_occurred", "not_applicable"}:
            said = REASONS[reason].lower()
            yield Finding(
                cell.name,
                WARNING,
                "without_value",
                f"{self._called(cell)} là ô bắt buộc nhưng {said}. Ghi rõ vì sao.",
                True,
            )

    def _has_nothing_to_count(self, cell: Cell) -> bool:
        """A ratio over a denominator of 0 does not apply: nobody has to say so."""
        return cell.member == "num" and self.figures.values.get(f"{cell.indicator}__den") == 0

    def _name(self, cell: Cell) -> Iterator[Finding]:
        ticked = self.entry.values.get(cell.name.removeprefix(NAME))
        if ticked and not str(self.entry.texts.get(cell.name, "")).strip():
            yield Finding(
                cell.name, ERROR, "name", f"{cell.indicator}: đã tích “{cell.label.split(':')[0]}” thì phải ghi tên."
            )

    # --- parts and totals

    def of_sums(self) -> Iterator[Finding]:
        for line in self.layout.lines:
            if line.mode == "split":
                yield from self._second_split(line)
            elif line.mode == "ofwhich":
                yield from self._of_which(line)
            elif line.mode == "ratio":
                yield from self._ratio(line)

    def _second_split(self, line: Line) -> Iterator[Finding]:
        """Two splits of one indicator give the same total; the first one makes it."""
        names = [f"{line.indicator}__{part.code}" for part in parts_on(line, self.on)]
        known = [self.figures.values[name] for name in names if name in self.figures.values]
        total = self.figures.values.get(line.indicator)
        if total is not None and len(known) == len(names) and sum(known) != total:
            message = f"{self._titled(line)}: cộng các dòng được {format_number(Decimal(sum(known)))}, khác tổng {format_number(total)}."
            yield Finding(names[0], ERROR, "split", message)

    def _of_which(self, line: Line) -> Iterator[Finding]:
        total = self.figures.values.get(line.indicator)
        for part in parts_on(line, self.on):
            value = self.figures.values.get(name := f"{line.indicator}__{part.code}")
            if total is not None and value is not None and value > total:
                message = f"{self._titled(line)}: phần “{part.label}” không được lớn hơn tổng ({format_number(total)})."
                yield Finding(name, ERROR, "ofwhich", message)

    def _ratio(self, line: Line) -> Iterator[Finding]:
        values, code = self.figures.values, line.indicator
        num, den = values.get(f"{code}__num"), values.get(f"{code}__den")
        if num is None or den is None or self.layout.measures[code].most is None:
            return
        if num > den:
            message = (
                f"{self._titled(line)}: tử số ({format_number(num)}) không được lớn hơn mẫu số ({format_number(den)})."
            )
            yield Finding(f"{code}__num", ERROR, "ratio", message)

    # --- the form's own checks

    def of_rules(
        self, previous: Mapping[str, Decimal], last_year: Mapping[str, Decimal], taken_over: str
    ) -> Iterator[Finding]:
        rows = {name: len(value) for name, value in self.entry.texts.items() if isinstance(value, list)}
        values = Values(self.figures.values, previous, last_year, rows)
        known = {cell.name: cell for cell in self.cells}
        for rule in self.layout.rules:
            expression = parse(rule.expression)
            if expression.evaluate(values) is False:
                said = f" ({taken_over}.)" if taken_over and EARLIER.search(rule.expression) else ""
                yield self._broken(rule, [known[name] for name in in_order(expression) if name in known], said)

    def _broken(self, rule: Rule, named: Sequence[Cell], said: str) -> Finding:
        """A broken check stands at the first of its cells that somebody can change."""
        figures = [cell for cell in named if cell.indicator] or named
        at = next((cell for cell in figures if cell.is_typed), figures[0])
        mine = any(cell.provider == "locality" for cell in named)
        return Finding(at.name, rule.kind, rule.code, _sentence(rule.message) + said, rule.kind == WARNING and mine)

    def of_ranges(self) -> Iterator[Finding]:
        by_position = {line.position: line for line in self.layout.lines}
        for cell in self.cells:
            value = self.figures.values.get(cell.name)
            line = by_position.get(cell.row)
            if value is None or line is None or not cell.is_total or line.least is None or line.most is None:
                continue
            if not line.least <= value <= line.most:
                span = f"{format_number(line.least)} đến {format_number(line.most)}"
                shown = format_number(value, cell.digits)
                message = f"{self._titled(line)}: {shown} nằm ngoài khoảng thường gặp ({span}). Kiểm tra lại; nếu đúng thì ghi lý do."
                yield Finding(
                    cell.name,
                    WARNING,
                    "plausible",
                    message,
                    cell.provider == "locality",
                )

    # --- words

    def _called(self, cell: Cell) -> str:
        name = self.layout.measures[cell.indicator].name
        return f"{cell.indicator} {name}, {cell.label}" if cell.member else f"{cell.indicator} {name}"

    def _titled(self, line: Line) -> str:
        return f"{line.indicator} {self.layout.measures[line.indicator].name}"


def _why_unread(typed: str, cell: Cell) -> str:
    if typed.strip() == "=":  # the key of the page that keeps last period's figure, where none is offered
        return "Ô này phải gõ số mới: không có số kỳ trước để giữ nguyên."
    try:
        parse_number(typed, integer=cell.is_whole)
    except BadNumber as problem:
        return str(problem)
    return f"“{typed}” không đọc được. Nhập lại."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def in_order(expression: Expression) -> list[str]:
    """The cells and lists an expression names for this period, as they stand in it from left to right."""
    names = expression.names | expression.rows_names
    return sorted(names, key=lambda name: (expression.text.index(name), -len(name)))


def estimated_cells(names: Sequence[str]) -> frozenset[str]:
    """Cells marked as estimates, by their plain names whichever way they came (`EST__BC07` or `BC07`)."""
    return frozenset(name.removeprefix(ESTIMATED) for name in names)
