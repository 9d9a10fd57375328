"""The cells of a form on a period's last day, and what the computed ones among them hold.

A cell is named as the workbook, the API and the checks name it: `BC07` the total, `BC07__level_1` a part, `VT24__num` and
`VT24__den` the parts of a ratio. Beside a cell stand `REASON__…`, `EST__…` and `NOTE__…`; words are `TEXT__…`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from diaban.lib.expressions import Values, parse
from diaban.work.reporting.layout import Heading, Layout, Line, Measure, Part

REASON, ESTIMATED, NOTE, TEXT, NAME = "REASON__", "EST__", "NOTE__", "TEXT__", "NAME__"
OTHER = "other"  # the member of an entity list that needs a typed name


class Kind(StrEnum):
    """What is put into a cell."""

    NUMBER = "number"
    TICK = "tick"
    TEXT = "text"
    ROWS = "rows"


class Lock(StrEnum):
    """Why a cell is not typed by the locality."""

    OPEN = ""
    AUTO = "auto"  # computed from other cells
    BASE = "base"  # the department's base data
    SUPPLIED = "supplied"  # given by an enterprise or a register; the locality confirms or objects


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `not_asked` is the code of the reason why this period does not ask it; blank where it does.

    `row` is the position of its line, 0 for words; `least` and `most` are hard bounds.
    """

    name: str
    kind: Kind
    label: str
    section: int = 0
    row: int = 0
    indicator: str = ""
    member: str = ""
    mode: str = ""
    unit_name: str = ""
    is_whole: bool = False
    digits: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    lock: Lock = Lock.OPEN
    required: str = "no"
    provider: str = "locality"
    not_asked: str = ""
    prefill_last: bool = False
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def is_total(self) -> bool:
        return bool(self.indicator) and not self.member

    @property
    def is_typed(self) -> bool:
        """Whether somebody types it: asked now, and neither computed nor base data."""
        return not self.not_asked and self.lock in {Lock.OPEN, Lock.SUPPLIED}


@lru_cache(maxsize=64)
def cells_of(layout: Layout, on: date) -> tuple[Cell, ...]:
    """Every cell of the form on a period's last day, in the order of the paper; words come last."""
    found: dict[str, Cell] = {}
    by_indicator: dict[str, list[Line]] = {}
    for line in layout.lines:
        by_indicator.setdefault(line.indicator, []).append(line)
    for indicator, lines in by_indicator.items():
        measure = layout.measures[indicator]
        for cell in _cells_of_indicator(layout, measure, lines, on):
            found.setdefault(cell.name, cell)
    for heading in layout.headings:
        found[heading.code] = _words(heading)
    return tuple(found.values())


def not_asked_on(line: Line, measure: Measure, on: date) -> str:
    """Why the line is not asked for a period that ends on `on`: `not_applicable`, `not_yet`, or nothing."""
    if on not in measure.valid:
        return "not_applicable"
    asked = {"H": on.month in {6, 12}, "Q4": on.month == 12}.get(line.frequency, True)
    return "" if asked else "not_yet"


def parts_on(line: Line, on: date) -> tuple[Part, ...]:
    """The members of the line's dimension that may be reported on that day."""
    return tuple(part for part in line.parts if on in part.valid)


def _cells_of_indicator(layout: Layout, measure: Measure, lines: Sequence[Line], on: date) -> Iterator[Cell]:
    computed = any(line.mode in {"split", "list", "ratio"} or line.required == "auto" for line in lines)
    yield _cell(lines[0], measure, on, lock=Lock.AUTO if computed else _lock_of(lines[0]))
    for line in lines:
        if line.mode == "ratio":
            yield from _ratio_cells(layout, measure, line, on)
        for part in parts_on(line, on):
            yield _cell(line, measure, on, member=part.code, label=part.label, lock=_lock_of(line))
            if line.mode == "list" and part.code == OTHER:
                yield _name_cell(line, measure, part, on)


def _lock_of(line: Line) -> Lock:
    if line.required == "auto":
        return Lock.AUTO
    if line.required != "prefill":
        return Lock.OPEN
    return Lock.BASE if line.provider == "department" else Lock.SUPPLIED


def _cell(
    line: Line,
    measure: Measure,
    on: date,
    *,
    lock: Lock,
    member: str = "",
    label: str = "",
    shown: Measure | None = None,
) -> Cell:
    """A cell of `measure`'s line; `shown` is the indicator whose unit and bounds it has, where that is another."""
    shown = shown or measure
    is_tick = line.mode == "list" and bool(member)
    return Cell(
        name=f"{measure.code}__{member}" if member else measure.code,
        kind=Kind.TICK if is_tick else Kind.NUMBER,
        label=label or shown.name,
        section=line.section,
        row=line.position,
        indicator=measure.code,
        member=member,
        mode=line.mode,
        unit_name=shown.unit_name,
        is_whole=shown.is_whole,
        digits=shown.digits,
        least=shown.least,
        most=shown.most,
        lock=lock,
        required="auto" if lock is Lock.AUTO else line.required,
        provider=line.provider,
        not_asked=not_asked_on(line, measure, on),
        prefill_last=line.prefill_last,
    )


def _ratio_cells(layout: Layout, measure: Measure, line: Line, on: date) -> Iterator[Cell]:
    numerator, denominator = layout.measures[measure.numerator], layout.measures[measure.denominator]
    copied = denominator.code in layout.indicators
    yield _cell(line, measure, on, member="num", lock=_lock_of(line), shown=numerator)
    yield _cell(line, measure, on, member="den", lock=Lock.AUTO if copied else _lock_of(line), shown=denominator)


def _name_cell(line: Line, measure: Measure, part: Part, on: date) -> Cell:
    return Cell(
        name=f"{NAME}{measure.code}__{part.code}",
        kind=Kind.TEXT,
        label=f"{part.label}: ghi tên",
        section=line.section,
        row=line.position,
        indicator=measure.code,
        member=part.code,
        mode=line.mode,
        lock=_lock_of(line),
        provider=line.provider,
        not_asked=not_asked_on(line, measure, on),
    )


def _words(heading: Heading) -> Cell:
    return Cell(
        name=heading.code,
        kind=Kind.ROWS if heading.kind == "rows" else Kind.TEXT,
        label=heading.heading,
        required="yes" if heading.required else "no",
        columns=heading.columns,
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """Values of all cells that have one, typed or computed, and why computed ones have none (code of a reason)."""

    values: Mapping[str, Decimal]
    reasons: Mapping[str, str]


NOUGHT = frozenset({"none_occurred", "not_applicable"})  # reasons that take nothing away from a total


def compute(layout: Layout, on: date, typed: Mapping[str, Decimal], reasons: Mapping[str, str]) -> Figures:
    """Totals of parts, copied denominators, percentages and formulas, beside what was typed.

    A total over parts of which one has no value has none either, and says why; over ratios the same holds.
    Values are exact or carry 28 digits; nothing is rounded here.
    """
    figures = _Figures(layout, on, dict(typed), dict(reasons))
    for code in layout.indicators:
        figures.of(code)
    return Figures(figures.values, figures.reasons)


class _Figures:
    """Computes indicators in whatever order they need one another (the catalogue has no cycles)."""

    def __init__(self, layout: Layout, on: date, values: dict[str, Decimal], reasons: dict[str, str]) -> None:
        self.layout, self.on, self.values, self.reasons = layout, on, values, reasons
        self.done: set[str] = set()
        self.lines: dict[str, list[Line]] = {}
        for line in layout.lines:
            self.lines.setdefault(line.indicator, []).append(line)

    def of(self, code: str) -> Decimal | None:
        """The value of an indicator's total, computed where the form computes it."""
        if code not in self.done:
            self.done.add(code)
            self._compute(self.layout.measures[code], self.lines.get(code, []))
        return self.values.get(code)

    def _compute(self, measure: Measure, lines: Sequence[Line]) -> None:
        why = (
            not_asked_on(lines[0], measure, self.on) if lines else "" if self.on in measure.valid else "not_applicable"
        )
        if why:
            self.values.pop(measure.code, None)
            self.reasons[measure.code] = why
        elif any(line.mode == "ratio" for line in lines):
            self._ratio_from_cells(measure)
        elif first := next((line for line in lines if line.mode in {"split", "list"}), None):
            self._total(measure, first)
        elif not lines or any(line.required == "auto" for line in lines):
            self._automatic(measure)

    def _total(self, measure: Measure, line: Line) -> None:
        names = [f"{measure.code}__{part.code}" for part in parts_on(line, self.on)]
        ticked = line.mode == "list" and any(name in self.values for name in names)
        total = Decimal(0)
        for name in names:
            value = self.values.get(name, Decimal(0) if ticked else None)
            if value is None and self._reason_at(measure.code, name) not in NOUGHT:
                self._none(measure.code, self._reason_at(measure.code, name))
                return
            total += value or 0
        self.values[measure.code] = total
        if ticked:
            self.values.update({name: Decimal(0) for name in names if name not in self.values})

    def _ratio_from_cells(self, measure: Measure) -> None:
        num, den = f"{measure.code}__num", f"{measure.code}__den"
        if measure.denominator in self.lines:
            copied = self.of(measure.denominator)
            self.values.pop(den, None)
            if copied is None:
                self._none(den, self.reasons.get(measure.denominator, ""))
            else:
                self.values[den] = copied
        self._divide(measure, self.values.get(num), self.values.get(den), (num, den))

    def _automatic(self, measure: Measure) -> None:
        if measure.numerator:
            parts = (measure.numerator, measure.denominator)
            self._divide(measure, self.of(parts[0]), self.of(parts[1]), parts)
        elif measure.formula:
            self._formula(measure)

    def _divide(self, measure: Measure, num: Decimal | None, den: Decimal | None, names: tuple[str, str]) -> None:
        if den == 0:
            self._none(measure.code, "not_applicable")
        elif num is None or den is None:
            missing = names[0] if num is None else names[1]
            self._none(measure.code, self._reason_at(measure.code, missing))
        else:
            self.values[measure.code] = num * measure.scale / den

    def _formula(self, measure: Measure) -> None:
        """Terms whose indicator does not hold on the day are left out, never missing."""
        formula = parse(measure.formula)
        gone = {name for name in formula.names if self.on not in self.layout.measures[name.split("__")[0]].valid}
        if gone:
            formula = formula.without(frozenset(gone))
        for name in formula.names:
            code = name.split("__")[0]
            value = self.of(code) if name == code else self.values.get(name)
            if value is None:
                self._none(measure.code, self._reason_at(code, name))
                return
        result = formula.evaluate(Values(self.values))
        if isinstance(result, Decimal):
            self.values[measure.code] = result

    def _reason_at(self, code: str, name: str) -> str:
        return self.reasons.get(name) or self.reasons.get(code, "")

    def _none(self, name: str, reason: str) -> None:
        self.values.pop(name, None)
        if reason:
            self.reasons[name] = reason
