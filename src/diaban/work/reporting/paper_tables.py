"""Tables and pictures of the official report."""

from collections.abc import Sequence
from typing import Final

from diaban.foundation.documents.content import Column, HeadGroup, Paragraph, Picture, Row, SignOff, Table, rows_of
from diaban.foundation.facts.consolidation import UnitTable
from diaban.lib.charts import Bar, bar_chart
from diaban.work.reporting.consolidated import Consolidated
from diaban.work.reporting.consolidated import Table as Part
from diaban.work.reporting.display import LEGEND, NUMBERS_ROW, UNLIKE_SAID, written
from diaban.work.reporting.queries.words import Voice, Words

HAND: Final = (SignOff("Người lập biểu"), SignOff("Thủ trưởng đơn vị", "(Ký, đóng dấu hoặc ký số)"))
MOST_BARS = 10  # a picture of more takes a page of its own
MOST_TOGETHER = 8
CHART_WIDTH = 560


def estimated(text: str, is_estimated: bool) -> str:
    return f"ước {text}" if is_estimated and text[:1].isdigit() else text


def chart_of(part: Part, units: UnitTable, names: dict[int, str], *, is_titled: bool = False) -> Picture | None:
    """Bars of the section's first count or rate that at least two units have, the longest first, if any.

    The caption is in the picture too where it is to stand alone (`is_titled`).
    """
    for entry in part.totals:
        figures = units.figures[entry.row.cell]
        got = [(name, figures[unit]) for unit, name in names.items() if unit in figures]
        bars = [Bar(name, one.value, estimated=one.estimated) for name, one in got if one.value is not None]
        if len(bars) > 1:
            first = f", {MOST_BARS} đơn vị cao nhất" if len(bars) > MOST_BARS else ""
            caption = f"{entry.label} theo đơn vị ({entry.measure.unit_name}){first}"
            average = entry.row.value if entry.in_points else None
            svg = bar_chart(
                sorted(bars, key=lambda bar: -(bar.value or 0))[:MOST_BARS],
                title=caption,
                unit=entry.measure.unit_name,
                digits=entry.measure.digits,
                reference=None if average is None else ("Chung", average),
                look="paper",
                width=CHART_WIDTH,
                heading=is_titled,
            )
            return Picture(svg, caption)
    return None


def form_table(one: Consolidated) -> Table:
    """The form with its twelve columns, section by section."""
    lines: list[Row] = []
    for part in one.tables:
        lines.append(Row(("", part.block.title.upper(), *[""] * 10), bold=True))
        for entry in part.entries:
            label = f"  - {entry.label}" if entry.is_part else entry.label
            unit_name = "" if entry.is_part else entry.measure.unit_name
            lines.append(Row((entry.number, label, unit_name, *written(entry).columns), bold=False))
    return Table(
        columns=(
            Column("STT", 0.6, align="center"),
            Column("Chỉ tiêu", 3.8),
            Column("Đơn vị tính", 1.0, align="center"),
            Column("Kế hoạch năm", 1.0, kind="number"),
            Column("Kỳ trước", 1.0, kind="number"),
            Column("Ước/ thực hiện kỳ báo cáo", 1.1, kind="number"),
            Column("Lũy kế từ đầu năm", 1.1, kind="number"),
            Column("Cùng kỳ năm trước", 1.0, kind="number"),
            Column("Kế hoạch", 0.9, kind="number"),
            Column("Cùng kỳ", 0.9, kind="number"),
            Column("Kỳ trước", 0.9, kind="number"),
            Column("Ghi chú", 1.6),
        ),
        head_groups=(HeadGroup("Thực hiện", 4, 7), HeadGroup("So sánh (%)", 8, 10)),
        number_row=NUMBERS_ROW,
        rows=tuple(lines),
        notes=(LEGEND, UNLIKE_SAID),
        sign_off=(SignOff("Người lập biểu"), SignOff("Trưởng phòng"), SignOff("Thủ trưởng đơn vị")),
    )


def table_of(words: Words, *, is_together: bool = False) -> Table:
    """Rows that localities listed, each with the name of the unit; `is_together`: what several wrote word for word stands once
    (opinions; never things, which two places may call alike)."""
    columns = words.heading.columns
    lines = [
        (voice.unit_name, tuple(row.get(code, "") for code, _label in columns))
        for voice in words.voices
        for row in voice.rows
    ]
    if is_together:
        said: dict[tuple[str, ...], list[str]] = {}
        for name, row in lines:
            said.setdefault(row, []).append(name)
        lines = [(_together(names), row) for row, names in said.items()]
    numbered = [(str(place), name, *row) for place, (name, row) in enumerate(lines, start=1)]
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            Column("Địa phương", 1.4),
            *(Column(label, 3.0 if code == "content" else 1.4) for code, label in columns),
        ),
        rows=rows_of(numbered),
    )


def said_together(voices: Sequence[Voice]) -> list[Paragraph]:
    """A paragraph for each thing that was said, under the names of those who said it word for word."""
    names: dict[str, list[str]] = {}
    for voice in voices:
        names.setdefault(one_line(voice.text), []).append(voice.unit_name)
    return [Paragraph(text, bold_lead=f"{_together(units)}:") for text, units in names.items()]


def _together(names: Sequence[str]) -> str:
    """ "Xã A, Xã B (02 đơn vị)"; of many the first and how many."""
    if len(names) == 1:
        return names[0]
    shown = ", ".join(names[:MOST_TOGETHER]) + ("…" if len(names) > MOST_TOGETHER else "")
    return f"{shown} ({len(names):02} đơn vị)"


def one_line(text: str) -> str:
    """A locality's words as one paragraph, with a full stop."""
    joined = " ".join(text.split())
    return joined if joined.endswith((".", "!", "?", ";")) else f"{joined}."


def unit_names(one: Consolidated, table: UnitTable) -> dict[int, str]:
    """The units of the table by name, in order; on another map, those of that map."""
    return {unit.unit_id: unit.full_name for unit in one.units_of(table)}
