"""What a report and its outline have in common on paper: parts, subject, basis, tables of rows, the annex of figures."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from diaban.foundation.documents.content import Annex, Column, HeadGroup, Table, rows_of
from diaban.work.reporting.display import LEGEND
from diaban.work.reporting.layout import Heading
from diaban.work.reporting.paper_tables import HAND
from diaban.work.reporting.papers import topic_of
from diaban.work.reporting.queries.outlines import Outline
from diaban.work.reporting.sheet import SheetLine, SheetSection

PARTS: Final = {
    "I": "Kết quả thực hiện",
    "II": "Đánh giá chung",
    "III": "Phương hướng, nhiệm vụ {next}",
    "IV": "Đề xuất, kiến nghị",
}
REFERENCE: Final = "(Kèm theo báo cáo)"


def subject_of(outline: Outline) -> str:
    """What the report is about, as it stands below the word “báo cáo”."""
    period = outline.period
    this, following = period.label(inside=True), period.next().label(inside=True)
    return f"Kết quả {topic_of(outline.form.name)} {this}, phương hướng, nhiệm vụ {following}"


def basis_of(outline: Outline) -> str:
    """The first words of the report: the law that asks for it, unless that is only assumed."""
    schedule = outline.schedule
    return f"Thực hiện {schedule.basis}, " if schedule and schedule.basis and not schedule.is_assumed else ""


def parts_of(outline: Outline) -> Iterable[tuple[str, str]]:
    """Each part and its title in this period."""
    following = outline.period.next().label(inside=True)
    return ((part, title.format(next=following)) for part, title in PARTS.items())


def table_under(heading: Heading, rows: Iterable[Sequence[str]]) -> Table:
    """The rows of a heading, numbered."""
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            *(Column(label, 3.0 if code == "content" else 1.4) for code, label in heading.columns),
        ),
        rows=rows_of([(str(place), *row) for place, row in enumerate(rows, 1)]),
    )


def rows_annex(heading: Heading, rows: Iterable[Sequence[str]]) -> Annex:
    """The rows of a heading that stands behind the report."""
    return Annex(heading.heading, (table_under(heading, rows),), reference=REFERENCE)


def figures_annex(
    outline: Outline,
    sections: Sequence[SheetSection],
    *,
    columns: Sequence[Column],
    done: HeadGroup,
    row: Callable[[SheetLine], tuple[str, ...]],
) -> Iterable[Annex]:
    """The form's lines section by section, its legend and the hands that sign below the last; none where nothing is asked.

    `columns` come after number, name and unit of a line, as `row` fills them; `done` heads those of what was carried out.
    """
    asked = [section for section in sections if section.lines]
    if not asked:
        return
    first = (Column("STT", 0.5, align="center"), Column("Chỉ tiêu", 4.0), Column("Đơn vị tính", 1.1, align="center"))
    tables = [
        Table(
            columns=(*first, *columns),
            head_groups=(done,),
            rows=rows_of([(*_named(line), *row(line)) for line in section.lines]),
            caption=section.block.title,
            notes=(LEGEND,) if section is asked[-1] else (),
            sign_off=HAND if section is asked[-1] else (),
        )
        for section in asked
    ]
    number = f"Biểu số {outline.form.number}: " if outline.form.number else ""
    title = f"{number}Số liệu {topic_of(outline.form.name)} {outline.period.label(inside=True)}"
    yield Annex(title, tuple(tables), landscape=True, reference=REFERENCE)


def _named(line: SheetLine) -> tuple[str, str, str]:
    cell = line.cell
    unit = cell.unit_name if cell.is_total or cell.member in {"num", "den"} else ""
    return line.number, line.label if cell.is_total else f"  - {line.label}", unit
