"""Papers about tasks: slip, letter that urges, report to the superior, annex of tasks, a receiver's extract, the week."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import override

from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    SignOff,
    Table,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.ui.status import look_of
from diaban.lib.vietnamese import format_date
from diaban.work.directives.export import counts_said
from diaban.work.directives.models import Part
from diaban.work.directives.queries.lists import TaskLine
from diaban.work.directives.queries.things import Thing
from diaban.work.directives.queries.weeks import Some, Week
from diaban.work.directives.rules import FourWay, Mode

LATE = frozenset({"overdue", "no_reply"})
MOST_LEADS = 5
SHORT = 90


def slip(thing: Thing, on: date) -> Paper:
    """Phiếu giao việc: one text, who leads and helps, the product, the day, and where the receiver signs."""
    one = thing.directive
    issuer = issuer_for(one.organisation_id, "PC", on)
    return Paper(
        type_code="PC",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=f"{TITLES[one.how]}: {one.title}",
        body=(
            Table(
                columns=(Column("Mục", 1.2), Column("Nội dung", 4.2)),
                rows=tuple(Row(cells) for cells in _slip_rows(thing)),
                sign_off=(SignOff("Đơn vị nhận việc" if one.how.is_order else "Nơi nhận"),),
            ),
        ),
        signer=issuer.signer,
        expected_on=on,
        recipients=(*(line.task.name for line in thing.lines[:20]), "Lưu: VT"),
        notices=notices_of_instance(),
    )


TITLES = {
    Mode.ASSIGN: "Phiếu giao việc", Mode.GUIDE: "Phiếu hướng dẫn nghiệp vụ", Mode.REQUEST: "Phiếu đề nghị thực hiện",
    Mode.REQUIRE: "Phiếu yêu cầu theo quy định", Mode.COORDINATE: "Phiếu đề nghị phối hợp",
    Mode.PROPOSE: "Phiếu trình kiến nghị",
}  # fmt: skip


def _slip_rows(thing: Thing) -> Iterable[tuple[str, str]]:
    one = thing.directive
    parts = {part: [line.task.name for line in thing.lines if line.task.part == part] for part in Part}
    yield "Nội dung", one.text
    if one.source:
        item = f", {one.source_item}" if one.source_item else ""
        yield "Văn bản nguồn", f"{one.source}{item}"
    if one.article:
        yield "Căn cứ", one.article
    is_order = one.how.is_order
    yield (
        "Chủ trì, thực hiện" if is_order else "Nơi nhận",
        "; ".join(parts[Part.LEADS] + parts[Part.EACH]) or "chưa giao đơn vị",
    )
    if parts[Part.COORDINATES]:
        yield "Phối hợp", "; ".join(parts[Part.COORDINATES])
    yield "Sản phẩm, kết quả", one.product or ("báo cáo kết quả" if is_order else "trả lời")
    yield (
        "Hạn hoàn thành" if is_order else "Đề nghị trả lời trước",
        format_date(one.due_on) if one.due_on else one.recurring or "không đặt hạn",
    )
    if one.indicator and one.target is not None:
        yield "Đo hiệu quả", f"{one.indicator.name}: cần đạt {one.target.normalize():f} {one.indicator.unit_name}"
    yield "Ý kiến, bút phê", ""


def reminder(thing: Thing, on: date) -> Paper:
    """Dự thảo công văn đôn đốc, to whoever is late; to those who were only asked it asks for a reply, in those words."""
    one = thing.directive
    late = [line for line in thing.lines if line.state in LATE]
    issuer = issuer_for(one.organisation_id, "CV", on)
    verb = "đôn đốc thực hiện" if one.how.is_order else "đề nghị sớm trả lời việc"
    asked = (
        "Yêu cầu các đơn vị khẩn trương hoàn thành, báo cáo kết quả và nêu rõ nguyên nhân chậm."
        if one.how.is_order
        else "Trân trọng đề nghị quý cơ quan quan tâm, cho ý kiến trả lời để tổng hợp."
    )
    source = f" theo {one.source}" if one.source else ""
    return Paper(
        type_code="CV",
        agency=issuer.agency,
        symbol=f"{issuer.symbol.removeprefix('CV-')}-VP",
        subject=f"{verb} “{_cut(one.title)}”",
        addressees=tuple(line.holder if line.is_moved else line.task.name for line in late),
        body=(
            Paragraph(
                f"Ngày {format_date(one.issued_on or on)}, {thing.issuer} đã {MODE_VERBS[one.how]}{source}: {one.text}"
            ),
            Paragraph(
                f"Đến ngày {format_date(on)}, {len(late)}/{len(thing.lines)} cơ quan chưa có kết quả hoặc chưa trả lời "
                "(danh sách kèm theo)."
            ),
            Paragraph(asked),
        ),
        signer=issuer.signer,
        expected_on=on,
        recipients=("Như trên", "Lưu: VT"),
        notices=notices_of_instance(),
        annexes=(annex_of(late, "Danh sách việc chưa có kết quả", on),),
    )


MODE_VERBS = {
    Mode.ASSIGN: "giao nhiệm vụ", Mode.GUIDE: "hướng dẫn nghiệp vụ", Mode.REQUEST: "đề nghị",
    Mode.REQUIRE: "yêu cầu theo quy định", Mode.COORDINATE: "đề nghị phối hợp", Mode.PROPOSE: "kiến nghị",
}  # fmt: skip


def report_up(thing: Thing, on: date) -> Paper:
    """Dự thảo báo cáo cấp trên of the issuer, for its own leader to sign: nobody is reported by the system itself."""
    one = thing.directive
    issuer = issuer_for(one.organisation_id, "BC", on)
    late = [line for line in thing.lines if line.state in LATE]
    return Paper(
        type_code="BC",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=f"Tình hình thực hiện: {_cut(one.title)}",
        addressees=issuer.addressees,
        body=(
            Paragraph(f"{thing.issuer} báo cáo tình hình thực hiện: {one.text}"),
            Paragraph(_counted(thing.counts)),
            Paragraph(
                "Các cơ quan chưa có kết quả, chưa trả lời: "
                + ("; ".join(x.task.name for x in late) or "không có")
                + "."
            ),
            Paragraph("Kính đề nghị xem xét, cho ý kiến chỉ đạo."),
        ),
        signer=issuer.signer,
        expected_on=on,
        recipients=("Như trên", "Lưu: VT"),
        notices=notices_of_instance(),
        annexes=(annex_of(thing.lines, "Tình hình thực hiện của từng đơn vị", on),),
    )


def annex_of(lines: Sequence[TaskLine], title: str, on: date) -> Annex:
    """Phụ lục phân công nhiệm vụ: a row a task; what a notice of conclusions carries. `directive` and its source are read beside."""
    return Annex(title, (tasks_table(lines, on),), landscape=True)


def tasks_table(lines: Sequence[TaskLine], on: date) -> Table:
    """Tasks with who does them, the day and the state on that day."""
    return Table(
        columns=(
            Column("STT", 0.5, align="center"), Column("Nội dung", 3.6), Column("Cơ quan thực hiện", 1.9),
            Column("Vai trò", 0.9), Column("Sản phẩm", 1.6), Column("Hạn", 1.0, align="center"), Column("Tình trạng", 1.3),
        ),
        rows=tuple(
            Row((
                str(number),
                line.task.directive.text,
                f"{line.task.name} (nay: {line.holder})" if line.is_moved else line.task.name,
                str(line.task.get_part_display()),
                line.task.directive.product,
                _due(line),
                str(look_of(line.state).label),
            ))
            for number, line in enumerate(lines, 1)
        ),
    )  # fmt: skip


def extract_of(lines: Sequence[TaskLine], organisation_id: int, on: date) -> Annex | None:
    """Trích phụ lục: only what one receiver has, under its name; None where it has nothing."""
    own = [line for line in lines if line.task.organisation_id == organisation_id]
    return annex_of(own, f"Trích nhiệm vụ của {own[0].task.name}", on) if own else None


def week_paper(week: Week, organisation_id: int) -> Paper:
    """The summary of a week on one page."""
    issuer = issuer_for(organisation_id, "BC", week.on)
    return Paper(
        type_code="BC",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=f"Tóm tắt thực hiện nhiệm vụ tuần từ {format_date(week.first)} đến {format_date(week.last)}",
        body=tuple(_week(week)),
        signer=issuer.signer,
        expected_on=week.on,
        recipients=("Lãnh đạo cơ quan", "Lưu: VT"),
        notices=notices_of_instance(),
    )


def _counted(found: FourWay) -> str:
    """A paper is in Vietnamese, whoever prints it."""
    with override("vi"):
        return counts_said(found)


def _week(week: Week) -> Iterable[Block]:
    yield Paragraph(
        f"{_counted(week.board.total)} Chưa giao đơn vị {week.board.no_receiver}; giao việc không đặt hạn "
        f"{week.no_date}. Trong tuần ban hành mới {week.issued}, hoàn thành {week.done.number}."
    )
    late = [row for row in week.board.rows if row.counts.open_overdue or row.counts.no_reply][:MOST_LEADS]
    if late:
        yield Heading(1, "Cơ quan còn việc quá hạn, chưa trả lời")
        yield Table(
            columns=(
                Column("Cơ quan", 3.0), Column("Quá hạn", 0.8, kind="number"), Column("Chưa trả lời", 0.8, kind="number"),
                Column("Tổng số có hạn", 1.0, kind="number"),
            ),
            rows=tuple(
                Row((row.label, str(row.counts.open_overdue), str(row.counts.no_reply), str(row.counts.total)))
                for row in late
            ),
        )  # fmt: skip
    for title, some in (
        ("Quá hạn", week.late), ("Chưa có trả lời", week.unanswered), ("Hoàn thành trong tuần", week.done),
        ("Đến hạn tuần này và tuần sau", week.coming),
    ):  # fmt: skip
        if some.lines:
            yield Heading(1, f"{title} ({some.number})")
            yield Bullets(tuple(_told(some)))


def _told(some: Some) -> Iterable[str]:
    for one in some.lines:
        others = f" và {one.others} cơ quan khác" if one.others else ""
        due = f" (hạn {format_date(one.due_on)})" if one.due_on else ""
        yield f"{_cut(one.directive.title)}{due}: {one.names}{others}"
    if some.more:
        yield f"và {some.more} việc khác"


def _due(line: TaskLine) -> str:
    owed = line.task.obligation
    if owed is None or owed.due_on is None:
        return line.task.directive.recurring
    first = f" (hạn ban đầu {format_date(owed.original_due_on)})" if owed.is_extended and owed.original_due_on else ""
    return f"{format_date(owed.due_on)}{first}"


def _cut(text: str, longest: int = SHORT) -> str:
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]}…"
