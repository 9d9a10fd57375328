"""What of a report becomes facts, section by section. Pure: figures in, rows out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diaban.work.reporting.cells import Figures, not_asked_on, parts_on
from diaban.work.reporting.layout import Layout, Line

NOT_GIVEN = "not_collected"  # the reason where a cell was left without value and without a word


@dataclass(frozen=True, slots=True)
class Flow:
    """One fact to be: an indicator's code, a category's key ("" is the total), a value or the reason for none."""

    indicator: str
    category: str
    value: Decimal | None
    reason: str
    is_estimated: bool


def facts_of_sections(
    layout: Layout, on: date, figures: Figures, sections: Collection[int], estimated: Collection[str]
) -> list[Flow]:
    """The facts of some sections, each key once.

    The parts of a ratio go under their own indicators; percentages and formulas are never stored, and base figures have
    their own collection.
    """
    flowing = _Flowing(layout, on, figures, frozenset(estimated))
    found: dict[tuple[str, str], Flow] = {}
    for line in layout.lines:
        if line.section in sections and line.provider != "department":
            for flow in flowing.of_line(line):
                found.setdefault((flow.indicator, flow.category), flow)
    return list(found.values())


def places_of(layout: Layout, line: Line, on: date) -> Iterator[tuple[str, str, str]]:
    """What a line's cells are facts of: (indicator, category key, cell); nothing of lines that are computed."""
    measure = layout.measures[line.indicator]
    if line.required == "auto" or (measure.is_derived and line.mode != "ratio"):
        return
    if line.mode == "ratio":
        for part, code in (("num", measure.numerator), ("den", measure.denominator)):
            if not _is_base(layout, code) and not layout.measures[code].is_derived:
                yield code, "", f"{line.indicator}__{part}"
        return
    yield line.indicator, "", line.indicator
    if not not_asked_on(line, measure, on):
        for part_of in parts_on(line, on):
            yield line.indicator, f"{line.dimension}={part_of.code}", f"{line.indicator}__{part_of.code}"


def cells_of_facts(layout: Layout, on: date) -> dict[tuple[str, str], str]:
    """The cell that each fact of a report comes from, by indicator and category key."""
    found: dict[tuple[str, str], str] = {}
    for line in layout.lines:
        if line.provider != "department":
            for code, category, cell in places_of(layout, line, on):
                found.setdefault((code, category), cell)
    return found


def _is_base(layout: Layout, code: str) -> bool:
    return any(line.indicator == code and line.provider == "department" for line in layout.lines)


@dataclass(frozen=True, slots=True)
class _Flowing:
    layout: Layout
    on: date
    figures: Figures
    estimated: frozenset[str]

    def of_line(self, line: Line) -> Iterator[Flow]:
        for code, category, cell in places_of(self.layout, line, self.on):
            yield self._flow(code, category, cell, line)

    def _flow(self, indicator: str, category: str, cell: str, line: Line) -> Flow:
        value = self.figures.values.get(cell)
        reason = self.figures.reasons.get(cell) or self.figures.reasons.get(line.indicator, "")
        is_estimated = bool({cell, line.indicator} & self.estimated)
        if value is not None:
            return Flow(
                indicator,
                category,
                value,
                "none_occurred" if reason == "none_occurred" and value == 0 else "",
                is_estimated,
            )
        if reason == "none_occurred":
            return Flow(indicator, category, Decimal(0), reason, is_estimated)
        why = not_asked_on(line, self.layout.measures[line.indicator], self.on) or reason or NOT_GIVEN
        return Flow(indicator, category, None, why, is_estimated)
