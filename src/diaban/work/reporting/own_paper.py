"""A unit's own report as the official paper that it signs: the words under their headings, the figures as annexes."""

from collections.abc import Iterable, Sequence

from diaban.foundation.documents.content import (
    Annex,
    Block,
    Column,
    HeadGroup,
    Heading,
    Paper,
    Paragraph,
    Table,
    rows_of,
)
from diaban.foundation.documents.issuing import Issuer
from diaban.work.reporting.display import LEGEND
from diaban.work.reporting.models import ReportVersion
from diaban.work.reporting.outline import PARTS
from diaban.work.reporting.paper_tables import HAND, estimated
from diaban.work.reporting.papers import topic_of
from diaban.work.reporting.queries.outlines import Outline
from diaban.work.reporting.sheet import Sheet, SheetLine, SheetSection, SheetText

NOTHING = "Không có nội dung phát sinh."
UNFILLED = "(chưa ghi)"


def own_paper(outline: Outline, sheet: Sheet, version: ReportVersion, issuer: Issuer, notices: Sequence[str]) -> Paper:
    """The report of one version. Its number and day stand on it once the clerk has given them; until then they are blank."""
    topic, period = topic_of(outline.form.name), outline.period
    return Paper(
        type_code="BC",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=(
            f"Kết quả {topic} {period.label(inside=True)}, phương hướng, nhiệm vụ {period.next().label(inside=True)}"
        ),
        body=tuple(_body(outline, sheet, version, issuer, topic)),
        signer=issuer.signer,
        number=version.document_number or None,
        issued_on=version.signed_on,
        expected_on=outline.due_on,
        addressees=tuple(name for name, _titles in outline.receivers),
        recipients=(*(("Như trên",) if outline.receivers else ()), "Lưu: VT"),
        notices=tuple(notices),
        annexes=tuple(_annexes(outline, sheet, topic)),
    )


def _body(outline: Outline, sheet: Sheet, version: ReportVersion, issuer: Issuer, topic: str) -> Iterable[Block]:
    schedule, period = outline.schedule, outline.period.label(inside=True)
    basis = f"Thực hiện {schedule.basis}, " if schedule and schedule.basis and not schedule.is_assumed else ""
    yield Paragraph(f"{basis}{issuer.agency.name} báo cáo kết quả {topic} {period} như sau:")
    for part, title in PARTS.items():
        yield Heading(1, title.format(next=outline.period.next().label(inside=True)))
        yield from _part([one for one in sheet.texts if one.heading.part == part], is_draft=version.is_draft)
    yield Paragraph(f"Trên đây là báo cáo kết quả {topic} {period}, {issuer.agency.name} trân trọng báo cáo.")


def _part(texts: Sequence[SheetText], *, is_draft: bool) -> Iterable[Block]:
    """What was written, and which headings must still be; the others say nothing."""
    said = [one for one in texts if one.text or one.rows or (one.heading.required and is_draft)]
    for one in said:
        yield Heading(2, one.heading.heading)
        if one.rows:
            yield _table(one)
        else:
            yield from (Paragraph(line) for line in (one.text or UNFILLED).splitlines() if line.strip())
    if not said:
        yield Paragraph(NOTHING)


def _table(one: SheetText) -> Table:
    columns = one.heading.columns
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            *(Column(label, 3.0 if code == "content" else 1.4) for code, label in columns),
        ),
        rows=rows_of([(str(place), *row) for place, row in enumerate(one.rows, 1)]),
    )


def _annexes(outline: Outline, sheet: Sheet, topic: str) -> Iterable[Annex]:
    reference = "(Kèm theo báo cáo)"
    sections = [section for section in sheet.sections if section.lines]
    if sections:
        number = f"Biểu số {outline.form.number}: " if outline.form.number else ""
        tables = tuple(_section(section, is_last=section is sections[-1]) for section in sections)
        title = f"{number}Số liệu {topic} {outline.period.label(inside=True)}"
        yield Annex(title, tables, landscape=True, reference=reference)
    for one in sheet.texts:
        if one.heading.part == "PL" and one.rows:
            yield Annex(one.heading.heading, (_table(one),), reference=reference)


def _section(section: SheetSection, *, is_last: bool) -> Table:
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            Column("Chỉ tiêu", 4.0),
            Column("Đơn vị tính", 1.1, align="center"),
            Column("Kế hoạch năm", 1.0, kind="number"),
            Column("Kỳ trước", 1.0, kind="number"),
            Column("Kỳ báo cáo", 1.2, kind="number"),
            Column("Cùng kỳ năm trước", 1.0, kind="number"),
            Column("Ghi chú", 2.6),
        ),
        head_groups=(HeadGroup("Thực hiện", 4, 6),),
        rows=rows_of([_line(line) for line in section.lines]),
        caption=section.block.title,
        notes=(LEGEND,) if is_last else (),
        sign_off=HAND if is_last else (),
    )


def _line(line: SheetLine) -> tuple[str, ...]:
    cell = line.cell
    unit = cell.unit_name if cell.is_total or cell.member in {"num", "den"} else ""
    label = line.label if cell.is_total else f"  - {line.label}"
    said = "; ".join(filter(None, [line.reason_said, line.objection, line.note]))
    shown = estimated(line.shown, line.is_estimated)
    return (line.number, label, unit, line.plan, line.previous, shown, line.last_year, said)
