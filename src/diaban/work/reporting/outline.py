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
from diaban.work.reporting.papers import topic_of
from diaban.work.reporting.queries.outlines import Outline
from diaban.work.reporting.queries.words import FIELDS_OF_HEADINGS
from diaban.work.reporting.report_frame import basis_of, figures_annex, parts_of, rows_annex, subject_of, table_under
from diaban.work.reporting.sheet import Beside, SheetLine, sheet_of
from diaban.work.reporting.validation import Entry

BLANK: Final = "………………"
LINE: Final = "…" * 29  # one line of the paper, with its indent
BLANK_ROWS: Final = 4
UNITS: Final = {"commune": "xã, phường", "district": "huyện, thị xã, thành phố", "province": "tỉnh, thành phố"}
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
    units = UNITS.get(outline.form.level, "đơn vị")
    return Paper(
        type_code="BC",
        agency=Agency(f"Ủy ban nhân dân {units} {BLANK}", place=BLANK),
        symbol="BC-UBND",
        subject=subject_of(outline),
        body=tuple(_body(outline)),
        signer=Signer("Chủ tịch", on_behalf_of=("TM. ỦY BAN NHÂN DÂN",)),
        expected_on=outline.due_on,
        addressees=tuple(name for name, _titles in outline.receivers),
        recipients=(*(("Như trên",) if outline.receivers else ()), "Lưu: VT"),
        notices=(*notices, "Đề cương báo cáo và biểu để trống"),
        annexes=tuple(_annexes(outline)),
    )


def _body(outline: Outline) -> Iterable[Block]:
    yield Heading(4, "Hướng dẫn lập báo cáo (bỏ bảng này khi trình ký)")
    yield _guide(outline)
    topic, period = topic_of(outline.form.name), outline.period.label(inside=True)
    yield Paragraph(f"{basis_of(outline)}Ủy ban nhân dân {BLANK} báo cáo kết quả {topic} {period} như sau:")
    for part, title in parts_of(outline):
        yield Heading(1, title)
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
            yield table_under(heading, _blank_rows(heading))
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


def _blank_rows(heading: form_layout.Heading) -> list[list[str]]:
    return [[""] * len(heading.columns)] * BLANK_ROWS


def _annexes(outline: Outline) -> Iterable[Annex]:
    sheet = sheet_of(outline.layout, outline.period.last_day, Entry(), Beside())
    yield from figures_annex(
        outline,
        sheet.sections,
        columns=(
            Column("Kế hoạch năm", 0.8, kind="number"),
            Column("Kỳ trước", 0.8, kind="number"),
            Column("Kỳ báo cáo", 1.1, kind="number"),
            Column("Lũy kế", 0.8, kind="number"),
            Column("Cùng kỳ năm trước", 0.8, kind="number"),
            Column("Cách điền, ghi chú", 5.4),
        ),
        done=HeadGroup("Thực hiện", 4, 7),
        row=_blanks,
    )
    for heading in outline.layout.headings:
        if heading.part == "PL":
            yield rows_annex(heading, _blank_rows(heading))


def _blanks(line: SheetLine) -> tuple[str, ...]:
    """The blanks of a line: “x” where the period does not ask it, a box where something is ticked."""
    mark = "x" if line.cell.not_asked else "☐" if line.is_tick else ""
    return ("", "", mark, "", "", "; ".join(filter(None, [_how(line), line.hint])))


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
