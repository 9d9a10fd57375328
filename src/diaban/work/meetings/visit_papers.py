"""The official papers of a visit: its plan, the report of what came of it, and the sheet that is stamped on the way."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.timezone import localtime

from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Sheet,
    SignOff,
    Table,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Conclusion, Visit
from diaban.work.meetings.paper_parts import conclusion_said, paragraphs, standing, task_table, tasks_among
from diaban.work.meetings.queries.things import MeetingPage, Stop

STAMP_ROOM = "\n" * 4  # lines high enough for a stamp and a signature


def visit_plan(visit: Visit, stops: Sequence[Stop]) -> Paper:
    """Kế hoạch đoàn công tác: the pack's first paper, with the outline sent ahead as its annex. What is to be asked is for the
    delegation alone and stands elsewhere."""
    body: list[Block] = [Paragraph(visit.basis.rstrip(". ") + ".", bold_lead="Căn cứ:")]
    if visit.objectives:
        body += [Heading(1, "Mục đích, yêu cầu"), *paragraphs(visit.objectives)]
    body += [Heading(1, "Lịch trình"), _itinerary(stops), Heading(1, "Thành phần đoàn"), _members(visit)]
    outline = " theo đề cương kèm theo" if visit.outline else ""
    body += [
        Heading(1, "Tổ chức thực hiện"),
        Paragraph(
            f"Đơn vị tiếp đoàn chuẩn bị báo cáo{outline}, gửi trước ngày làm việc; bố trí thành phần và địa điểm."
        ),
        Paragraph("Thành viên đoàn chuẩn bị nội dung thuộc lĩnh vực phụ trách, chấp hành lịch trình của đoàn."),
    ]
    annexes = (Annex("Đề cương báo cáo gửi trước", tuple(paragraphs(visit.outline))),) if visit.outline else ()
    hosts = dict.fromkeys(stop.hosts for stop in stops if stop.hosts and stop.meeting.cancelled_at is None)
    receivers = (*hosts, "Thành viên đoàn")
    return _paper(visit, "KH", visit.title, body, receivers, localtime(visit.planned_at).date(), annexes)


def visit_report(visit: Visit, stops: Sequence[Stop], pages: Sequence[MeetingPage]) -> Paper:
    """Báo cáo kết quả đoàn công tác: stop by stop what was heard, seen and concluded."""
    basis = visit.basis[:1].lower() + visit.basis[1:] if visit.basis.startswith("Kế hoạch") else visit.basis
    body: list[Block] = [
        Paragraph(
            f"Thực hiện {basis}, từ ngày {format_date(visit.starts_on)} đến ngày {format_date(visit.ends_on)} đoàn công tác đã "
            f"làm việc tại {len(stops)} nơi. Kết quả như sau:"
        ),
        Heading(1, "Thành phần đoàn"),
        _members(visit),
        Heading(1, "Kết quả làm việc"),
    ]
    for stop, page in zip(stops, pages, strict=True):
        body.append(Heading(2, f"{stop.place}, ngày {format_date(page.meeting.held_on)}"))
        body += list(_stop(page))
    body.append(Heading(1, "Kết luận, giao việc"))
    tasks = tasks_among(one for page in pages for one in standing(page.conclusions))
    body.append(task_table(tasks) if tasks else Paragraph("Chưa giao việc, đề nghị nào."))
    body.append(Paragraph("Trên đây là báo cáo kết quả của đoàn công tác."))
    title = visit.title[:1].lower() + visit.title[1:]
    receivers = ("Lãnh đạo cơ quan", "Thành viên đoàn", "Các đơn vị liên quan")
    return _paper(visit, "BC", f"Kết quả {title}", body, receivers, visit.ends_on)


def travel_sheet(visit: Visit, stops: Sequence[Stop], on: date) -> Sheet:
    """Giấy đi đường: who travels, where and when by the plan, with room for the day and hour of coming and going and for the
    stamp of each place. The office's own sheet: no authoritative form was found, so it bears no form's number."""
    agency = issuer_for(visit.organisation_id, "KH", on).agency
    places = [stop for stop in stops if stop.meeting.cancelled_at is None]
    body: list[Block] = [
        Paragraph(f"{visit.basis.rstrip('. ')}.", bold_lead="Căn cứ:"),
        Paragraph(
            f"từ ngày {format_date(visit.starts_on)} đến ngày {format_date(visit.ends_on)}.", bold_lead="Thời gian công tác:"
        ),
        Heading(1, "Người đi công tác"),
        _members(visit),
        Heading(1, "Nơi đi, nơi đến"),
        Table(
            columns=(
                Column("TT", 0.5, align="center"), Column("Nơi đến", 2.6), Column("Theo lịch trình", 1.6, align="center"),
                Column("Đến (giờ, ngày)", 1.5, align="center"), Column("Đi (giờ, ngày)", 1.5, align="center"),
                Column("Xác nhận của nơi đến (ký, đóng dấu)", 2.8, align="center"),
            ),
            rows=tuple(_journey(agency.place, places)),
            notes=("Giấy do cơ quan tự lập để xác nhận việc đi, đến; không theo mẫu có số hiệu.",),
            sign_off=(SignOff("Trưởng đoàn"), SignOff("Thủ trưởng cơ quan", hint="(Ký, ghi rõ họ tên, đóng dấu)")),
        ),
    ]  # fmt: skip
    return Sheet("Giấy đi đường", visit.title, agency, on, tuple(body), notices_of_instance())


def _journey(home: str, places: Sequence[Stop]) -> Iterator[Row]:
    """The own seat first and last, between them every place in order; next to each its hours by the plan."""
    yield Row(("", f"Nơi đi: {home}", "", "", "", STAMP_ROOM))
    for number, stop in enumerate(places, 1):
        one = stop.meeting
        hours = f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}\n{format_date(one.held_on)}"
        yield Row((str(number), f"{stop.place}\n({one.place})", hours, "", "", STAMP_ROOM))
    yield Row(("", f"Nơi về: {home}", "", "", "", STAMP_ROOM))


def _stop(page: MeetingPage) -> Iterable[Block]:
    said = [one for one in standing(page.conclusions) if one.kind != Conclusion.Kind.DIRECTIVE]
    yield from _brought(page)
    yield from (Paragraph(one.text, bold_lead=f"{one.speaker}:") for one in page.statements)
    if page.raised:
        yield Paragraph("", bold_lead="Khó khăn, kiến nghị:")
        yield Bullets(tuple(one.content for one in page.raised))
    if said:
        yield Paragraph("", bold_lead="Trưởng đoàn kết luận:")
        yield Bullets(tuple(conclusion_said(one) for one in said))
    if not (page.statements or page.meeting.findings or page.raised or said):
        yield Paragraph("Chưa ghi nội dung làm việc.")


def _brought(page: MeetingPage) -> Iterable[Block]:
    """The reports, or why there are none; what was found, and the photographs of it."""
    reports = [one.file.title for one in page.brought if one.kind == "report"]
    if reports:
        yield Paragraph(f"{'; '.join(reports)}.", bold_lead="Báo cáo:")
    elif page.meeting.no_report_reason:
        yield Paragraph(page.meeting.no_report_reason.rstrip(". ") + ".", bold_lead="Không có báo cáo:")
    if page.meeting.findings:
        yield Paragraph(page.meeting.findings, bold_lead="Kết quả khảo sát:")
    if page.photos:
        yield Paragraph(f"{len(page.photos)} ảnh, lưu trong hồ sơ buổi làm việc.", bold_lead="Ảnh:")


def _itinerary(stops: Sequence[Stop]) -> Table:
    return Table(
        columns=(Column("Ngày", 1.1), Column("Giờ", 1.2), Column("Nơi làm việc", 3), Column("Đơn vị tiếp", 3)),
        rows=tuple(
            Row((format_date(one.meeting.held_on), f"{one.meeting.starts_at:%H:%M}-{one.meeting.ends_at:%H:%M}",
                 f"{one.place} ({one.meeting.place})", one.hosts))
            for one in stops if one.meeting.cancelled_at is None
        ),
    )  # fmt: skip


def _members(visit: Visit) -> Table:
    return Table(
        columns=(Column("TT", 0.5, align="center"), Column("Họ và tên", 2.4), Column("Chức vụ", 3), Column("Vai trò", 1.6)),
        rows=tuple(
            Row((str(place), one.name, one.title, str(one.get_role_display())))
            for place, one in enumerate(visit.members.all(), 1)
        ),
    )  # fmt: skip


def _paper(
    visit: Visit, type_code: str, subject: str, body: Sequence[Block], receivers: tuple[str, ...], on: date,
    annexes: tuple[Annex, ...] = (),
) -> Paper:  # fmt: skip
    issuer = issuer_for(visit.organisation_id, type_code, on)
    return Paper(
        type_code=type_code,
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=subject,
        body=tuple(body),
        signer=issuer.signer,
        expected_on=on,
        recipients=(*receivers, "Lưu: VT"),
        notices=notices_of_instance(),
        annexes=annexes,
    )
