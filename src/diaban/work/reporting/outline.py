"""The outline of a report (đề cương báo cáo) as a paper with blanks: what to write under each heading, the tables to fill."""

from collections.abc import Iterable, Sequence
from typing import Final

from diaban.foundation.documents.content import (
    Agency,
    Annex,
    Block,
    Column,
    HeadGroup,
    Heading,
    Paper,
    Paragraph,
    Signer,
    Table,
    rows_of,
)
from diaban.lib.vietnamese import format_date
from diaban.work.reporting import layout as form_layout
from diaban.work.reporting.display import LEGEND
from diaban.work.reporting.paper_tables import HAND
from diaban.work.reporting.papers import topic_of
from diaban.work.reporting.queries.outlines import Outline
from diaban.work.reporting.queries.words import FIELDS_OF_HEADINGS
from diaban.work.reporting.sheet import Beside, SheetLine, SheetSection, sheet_of
from diaban.work.reporting.validation import Entry

BLANK: Final = "………………"
LINE: Final = "……………………………………………………………………………………………"
BLANK_ROWS: Final = 4
UNITS: Final = {"commune": "xã, phường", "district": "huyện, thị xã, thành phố", "province": "tỉnh, thành phố"}
PARTS: Final = {
    "I": "Kết quả thực hiện",
    "II": "Đánh giá chung",
    "III": "Phương hướng, nhiệm vụ {next}",
    "IV": "Đề xuất, kiến nghị",
}
GUIDES: Final = {
    "I": (
        "Nêu việc đã làm, kết quả chính, so với kỳ trước và cùng kỳ, nguyên nhân tăng giảm; số liệu chi tiết ghi ở biểu. "
        "Không ghi nội dung thuộc bí mật nhà nước."
    ),
    "II": "Nêu ngắn gọn, sát tình hình địa phương; việc nào kéo dài từ kỳ trước thì ghi rõ.",
    "III": "Nêu việc chính của kỳ sau, thời hạn, người phụ trách.",
    "IV": "Mỗi kiến nghị một dòng, ghi rõ cơ quan nhận; kiến nghị được theo dõi đến khi có trả lời.",
}
ROWS_GUIDE: Final = "Mỗi nội dung một dòng; không có thì ghi “Không”."


def outline_paper(outline: Outline, notices: Sequence[str] = ()) -> Paper:
    """The blank report: everything that whoever reports fills is dots; its first table says by when and to whom."""
    topic, period = topic_of(outline.form.name), outline.period
    units = UNITS.get(outline.form.level, "đơn vị")
    return Paper(
        type_code="BC",
        agency=Agency(f"Ủy ban nhân dân {units} {BLANK}", place=BLANK),
        symbol="BC-UBND",
        subject=(
            f"Kết quả {topic} {period.label(inside=True)}, phương hướng, nhiệm vụ {period.next().label(inside=True)}"
        ),
        body=tuple(_body(outline, topic)),
        signer=Signer("Chủ tịch", on_behalf_of=("TM. ỦY BAN NHÂN DÂN",)),
        expected_on=outline.due_on,
        addressees=tuple(name for name, _titles in outline.receivers),
        recipients=(*(("Như trên",) if outline.receivers else ()), "Lưu: VT"),
        notices=(*notices, "Đề cương báo cáo và biểu để trống"),
        annexes=tuple(_annexes(outline, topic)),
    )


def _body(outline: Outline, topic: str) -> Iterable[Block]:
    yield Heading(4, "Hướng dẫn lập báo cáo (bỏ bảng này khi trình ký)")
    yield _guide(outline)
    schedule = outline.schedule
    basis = f"Thực hiện {schedule.basis}, " if schedule and schedule.basis and not schedule.is_assumed else ""
    yield Paragraph(
        f"{basis}Ủy ban nhân dân {BLANK} báo cáo kết quả {topic} {outline.period.label(inside=True)} như sau:"
    )
    for part, title in PARTS.items():
        yield Heading(1, title.format(next=outline.period.next().label(inside=True)))
        yield from _part(part, outline)


def _guide(outline: Outline) -> Table:
    period, schedule = outline.period, outline.schedule
    lines = [("Kỳ báo cáo", f"{period.label()} ({format_date(period.start)} - {format_date(period.last_day)})")]
    if outline.closes_on:
        lines.append(("Chốt số liệu", f"hết ngày {format_date(outline.closes_on)}"))
    if outline.due_on:
        lines.append(("Thời hạn gửi", f"chậm nhất hết ngày {format_date(outline.due_on)}"))
    lines += [("Nơi nhận", f"{name}: {'; '.join(titles)}") for name, titles in outline.receivers]
    if schedule:
        lines += [
            (words, str(schedule.items[key]))
            for key, words in (("method", "Cách gửi"), ("content", "Nội dung yêu cầu"))
            if schedule.items.get(key)
        ]
        lines += [("Căn cứ", schedule.basis)] if schedule.basis else []
    lines.append(("Cách ghi số liệu", LEGEND.removeprefix("Ghi chú: ")))
    return Table(columns=(Column("Nội dung", 1), Column("Quy định", 3.4)), rows=rows_of(lines))


def _part(part: str, outline: Outline) -> Iterable[Block]:
    """A part with its guide, told once, and its headings with room to write."""
    yield Heading(4, f"({GUIDES[part]})")
    here = [heading for heading in outline.layout.headings if heading.part == part]
    for heading in here:
        yield Heading(2, f"{heading.heading}{' (bắt buộc)' if heading.required else ''}")
        if heading.kind == "rows":
            yield Heading(4, f"({ROWS_GUIDE})")
            yield _blank_table(heading)
            continue
        if said := _sections_of(heading, outline.layout):
            yield Heading(4, f"({said})")
        yield Paragraph(LINE)
    if not here:
        yield Paragraph(LINE)


def _sections_of(heading: form_layout.Heading, layout: form_layout.Layout) -> str:
    """Which sections of the tables belong to a heading, in words."""
    fields = FIELDS_OF_HEADINGS.get(heading.code, ())
    titles = [block.title for block in layout.blocks if block.field_code in fields]
    return f"Số liệu ở biểu, {', '.join(f'mục “{title}”' for title in titles)}" if titles else ""


def _blank_table(heading: form_layout.Heading) -> Table:
    columns = heading.columns
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            *(Column(label, 3.0 if code == "content" else 1.4) for code, label in columns),
        ),
        rows=rows_of([(str(place), *[""] * len(columns)) for place in range(1, BLANK_ROWS + 1)]),
    )


def _annexes(outline: Outline, topic: str) -> Iterable[Annex]:
    sheet = sheet_of(outline.layout, outline.period.last_day, Entry(), Beside())
    number = f"Biểu số {outline.form.number}: " if outline.form.number else ""
    sections = [section for section in sheet.sections if section.lines]
    tables = [_section(section, is_last=section is sections[-1]) for section in sections]
    reference = "(Kèm theo báo cáo)"
    title = f"{number}Số liệu {topic} {outline.period.label(inside=True)}"
    if tables:
        yield Annex(title, tuple(tables), landscape=True, reference=reference)
    for heading in outline.layout.headings:
        if heading.part == "PL":
            yield Annex(heading.heading, (_blank_table(heading),), reference=reference)


def _section(section: SheetSection, *, is_last: bool) -> Table:
    return Table(
        columns=(
            Column("STT", 0.5, align="center"),
            Column("Chỉ tiêu", 4.0),
            Column("Đơn vị tính", 1.1, align="center"),
            Column("Kế hoạch năm", 1.0, kind="number"),
            Column("Kỳ trước", 1.0, kind="number"),
            Column("Kỳ báo cáo", 1.2, kind="number"),
            Column("Lũy kế", 1.0, kind="number"),
            Column("Cùng kỳ năm trước", 1.0, kind="number"),
            Column("Cách điền, ghi chú", 2.6),
        ),
        head_groups=(HeadGroup("Thực hiện", 4, 7),),
        rows=rows_of([_line(line) for line in section.lines]),
        caption=section.block.title,
        notes=(LEGEND,) if is_last else (),
        sign_off=HAND if is_last else (),
    )


def _line(line: SheetLine) -> tuple[str, ...]:
    """A line with its blanks: “x” where the period does not ask it, a box where something is ticked."""
    cell = line.cell
    unit = cell.unit_name if cell.is_total or cell.member in {"num", "den"} else ""
    mark = "x" if cell.not_asked else "☐" if line.is_tick else ""
    said = [_how(line)]
    said.append(line.hint)
    label = line.label if cell.is_total else f"  - {line.label}"
    return (line.number, label, unit, "", "", mark, "", "", "; ".join(filter(None, said)))


def _how(line: SheetLine) -> str:
    """Who fills a line, or why nobody does now."""
    cell = line.cell
    if cell.not_asked:
        return line.not_asked or "kỳ này không thu thập"
    if cell.lock == "auto":
        return "tự tính từ các dòng khác"
    if cell.lock == "base":
        return "thông tin nền, cơ quan tổng hợp điền"
    if cell.provider != "locality":
        return line.provided_by
    return "bắt buộc" if cell.is_total and cell.required == "yes" else ""
