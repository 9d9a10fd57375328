"""What the papers of meetings and of visits share: tables, sentences, how a meeting is called."""

from collections.abc import Iterable, Sequence

from diaban.foundation.documents.content import Block, Bullets, Column, Heading, Paragraph, Row, Table
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Attendee, Conclusion
from diaban.work.meetings.queries.things import Concluded, MeetingPage

KINDS = (
    (Conclusion.Kind.REMARK, "Đánh giá chung"),
    (Conclusion.Kind.DIRECTIVE, "Nhiệm vụ, đề nghị"),
    (Conclusion.Kind.ANSWER, "Trả lời kiến nghị"),
)


def standing(conclusions: Iterable[Concluded]) -> list[Conclusion]:
    """Those that were not withdrawn."""
    return [one.conclusion for one in conclusions if one.conclusion.withdrawn_at is None]


def tasks_among(conclusions: Iterable[Conclusion]) -> list[Conclusion]:
    return [one for one in conclusions if one.kind == Conclusion.Kind.DIRECTIVE]


def concluded_by_kind(conclusions: Sequence[Conclusion], level: int) -> Iterable[Block]:
    """What was concluded, each kind under its heading."""
    for kind, title in KINDS:
        found = [one for one in conclusions if one.kind == kind]
        if found:
            yield Heading(level, title)
            yield Bullets(tuple(conclusion_said(one) for one in found))


def conclusion_said(one: Conclusion) -> str:
    """A conclusion with whom it is for and by when."""
    who = ", ".join(receiver.name for receiver in one.receivers.all())
    parts = [f"Về kiến nghị “{one.proposal}”: {one.text}" if one.proposal else one.text]
    if who:
        parts.append(f"Thực hiện: {who}")
    if one.due_on:
        parts.append(f"Hạn: {format_date(one.due_on)}")
    return ". ".join(part.rstrip(". ") for part in parts) + "."


def task_table(tasks: Sequence[Conclusion]) -> Table:
    return Table(
        columns=(
            Column("TT", 0.5, align="center"), Column("Nội dung", 3.6), Column("Thực hiện", 3),
            Column("Sản phẩm", 1.8), Column("Hạn", 1.2, align="center"),
        ),
        rows=tuple(
            Row((str(place), one.text, ", ".join(who.name for who in one.receivers.all()), one.product,
                 format_date(one.due_on) if one.due_on else ""))
            for place, one in enumerate(tasks, 1)
        ),
    )  # fmt: skip


def called(title: str) -> str:
    """A meeting's name inside a sentence: “buổi làm việc với huyện …”."""
    words = title[:1].lower() + title[1:]
    return f"buổi {words}" if words.startswith("làm việc") else words


def who_said(one: Attendee) -> str:
    """A name with the title, or the office."""
    return ", ".join(part for part in (one.name, one.title or one.office) if part) if one.name else one.office


def chair_said(page: MeetingPage) -> str:
    """“Giám đốc Sở Nguyễn Văn A”: the title before the name, as conclusions name who drew them."""
    chair = next((one for one in page.attendees if one.capacity == "chair"), None)
    if chair is None:
        return ""
    return " ".join(part for part in (chair.title.partition(",")[0], chair.name) if part) or chair.office


def paragraphs(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def nonempty(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
