"""The official papers of a meeting and a visit: invitation, minutes, conclusion notice with annex and
extracts, report and plan of a visit. Composing tells by itself where a paper of an
earlier day is drawn in today's form."""

from collections.abc import Iterable, Sequence

from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signer,
    Table,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Attendee, Capacity, Conclusion, Meeting, Presence, Visit
from diaban.work.meetings.queries.things import Concluded, MeetingPage, Stop


def invitation(page: MeetingPage) -> Paper:
    """Giấy mời: chair, those asked, content, time, place, what to prepare."""
    meeting = page.meeting
    items = tuple(item.title for item in page.items)
    body: list[Block] = [
        Paragraph(f"{page.office} trân trọng kính mời các đại biểu dự: {meeting.title}."),
        Paragraph(_when(meeting), bold_lead="Thời gian:"),
        Paragraph(f"{meeting.place}.", bold_lead="Địa điểm:"),
    ]
    if page.chair:
        body.append(Paragraph(f"{page.chair}.", bold_lead="Chủ trì:"))
    if items:
        body += [Paragraph("", bold_lead="Nội dung:"), Bullets(items)]
    if meeting.requirements:
        body.append(Paragraph(meeting.requirements, bold_lead="Chuẩn bị:"))
    body.append(
        Paragraph("Đề nghị các đại biểu dự đúng thành phần, thời gian; vắng hoặc cử người dự thay xin báo trước.")
    )
    return _paper(
        meeting,
        "GM",
        meeting.title,
        body,
        addressees=tuple(_labels(page.attendees)),
        recipients=("Như trên", "Lưu: VT"),
    )


def minutes(page: MeetingPage) -> Paper:
    """Biên bản: who was there, what was said against the agenda, what was concluded; signed by secretary and chair."""
    return _paper(
        page.meeting,
        "BB",
        page.meeting.title,
        list(_minutes_body(page)),
        signer=Signer("Chủ tọa", page.chair),
        secretary=Signer("Thư ký", page.secretary),
        recipients=("Các đơn vị dự họp", "Lưu: VT"),
    )


def notice(page: MeetingPage) -> Paper:
    """Thông báo kết luận, with the annex of assigned tasks."""
    meeting = page.meeting
    standing = _standing(page.conclusions)
    tasks = [one for one in standing if one.kind == Conclusion.Kind.DIRECTIVE]
    annexes = (Annex("Phân công nhiệm vụ", (_task_table(tasks),), landscape=True),) if tasks else ()
    return _paper(
        meeting,
        "TB",
        f"Kết luận tại {_lower(meeting.title)}",
        list(_notice_body(page, standing)),
        recipients=(*dict.fromkeys(who.name for one in tasks for who in one.receivers.all()), "Lưu: VT"),
        annexes=annexes,
    )


def extract(page: MeetingPage, organisation_id: int) -> Paper | None:
    """What the conclusion notice says to one receiver; None where it says him nothing."""
    mine = [
        one
        for one in _standing(page.conclusions)
        if any(who.organisation_id == organisation_id for who in one.receivers.all())
    ]
    if not mine:
        return None
    name = next(who.name for one in mine for who in one.receivers.all() if who.organisation_id == organisation_id)
    body: list[Block] = [
        Paragraph(
            f"Trích thông báo kết luận tại {_lower(page.meeting.title)} ngày {format_date(page.meeting.held_on)}, phần việc của {name}:"
        ),
        _task_table(mine),
    ]
    return _paper(
        page.meeting,
        "TB",
        f"Trích kết luận tại {_lower(page.meeting.title)}",
        body,
        recipients=(name, "Lưu: VT"),
    )


def visit_report(visit: Visit, stops: Sequence[Stop], pages: Sequence[MeetingPage]) -> Paper:
    """Báo cáo kết quả đoàn công tác: stop by stop what was heard, seen and concluded."""
    body: list[Block] = [
        Paragraph(
            f"Thực hiện {visit.basis}, từ ngày {format_date(visit.starts_on)} đến ngày {format_date(visit.ends_on)} đoàn công tác đã "
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
    tasks = [one for page in pages for one in _standing(page.conclusions)]
    body.append(_task_table(tasks) if tasks else Paragraph("Chưa có kết luận."))
    return _visit_paper(visit, "BC", f"Kết quả {_lower(visit.title)}", body)


def visit_plan(visit: Visit, stops: Sequence[Stop]) -> Paper:
    """Kế hoạch đoàn công tác: the pack's first paper, with itinerary, members, outline and suggested questions as annexes."""
    body: list[Block] = [Paragraph(visit.basis + ".", bold_lead="Căn cứ:")]
    if visit.objectives:
        body += [Heading(1, "Mục đích, yêu cầu"), *_paragraphs(visit.objectives)]
    body += [Heading(1, "Lịch trình"), _itinerary(stops), Heading(1, "Thành phần đoàn"), _members(visit)]
    annexes = [Annex("Đề cương báo cáo gửi trước", tuple(_paragraphs(visit.outline)))] if visit.outline else []
    if visit.questions:
        annexes.append(Annex("Câu hỏi gợi ý", (Bullets(tuple(visit.questions.splitlines())),)))
    return _visit_paper(visit, "KH", visit.title, body, tuple(annexes))


def _minutes_body(page: MeetingPage) -> Iterable[Block]:
    meeting = page.meeting
    yield Paragraph(_when(meeting), bold_lead="Thời gian:")
    yield Paragraph(f"{meeting.place}.", bold_lead="Địa điểm:")
    yield Heading(1, "Thành phần")
    yield _attendance(page.attendees)
    yield Heading(1, "Nội dung")
    for item in page.items:
        yield Heading(2, item.title)
        said = [one for one in page.statements if one.item_id == item.pk]
        yield from (Paragraph(one.text, bold_lead=f"{one.speaker}:") for one in said)
        if item.parked_note:
            yield Paragraph(item.parked_note, bold_lead="Để lại:")
        elif not said:
            yield Paragraph("Không có ý kiến.")
    rest = [one for one in page.statements if one.item_id is None]
    if rest:
        yield Heading(2, "Ý kiến khác")
        yield from (Paragraph(one.text, bold_lead=f"{one.speaker}:") for one in rest)
    yield Heading(1, "Kết luận của chủ tọa")
    standing = _standing(page.conclusions)
    yield Bullets(tuple(_sentence(one) for one in standing)) if standing else Paragraph("Không có kết luận.")
    if meeting.closed_at is not None:
        yield Paragraph("Cuộc họp kết thúc sau khi thông qua biên bản.")


def _notice_body(page: MeetingPage, standing: Sequence[Conclusion]) -> Iterable[Block]:
    meeting = page.meeting
    chair = f", do {page.chair} chủ trì" if page.chair else ""
    yield Paragraph(
        f"Ngày {format_date(meeting.held_on)}, tại {meeting.place}, {page.office} tổ chức {_lower(meeting.title)}{chair}. "
        f"Dự họp có {page.present} đại biểu. Sau khi nghe báo cáo và ý kiến thảo luận, chủ tọa kết luận:"
    )
    kinds = (
        (Conclusion.Kind.REMARK, "Đánh giá chung"),
        (Conclusion.Kind.DIRECTIVE, "Nhiệm vụ, đề nghị"),
        (Conclusion.Kind.ANSWER, "Trả lời kiến nghị"),
    )
    for kind, title in kinds:
        found = [one for one in standing if one.kind == kind]
        if found:
            yield Heading(1, title)
            yield Bullets(tuple(_sentence(one) for one in found))
    if page.parked:
        yield Heading(1, "Nội dung để lại")
        yield Bullets(tuple(f"{one.title}: {one.parked_note}" for one in page.parked))


def _stop(page: MeetingPage) -> Iterable[Block]:
    reports = [one.file.title for one in page.brought if one.kind == "report"]
    if reports:
        yield Paragraph(f"{'; '.join(reports)}.", bold_lead="Báo cáo:")
    elif page.meeting.no_report_reason:
        yield Paragraph(page.meeting.no_report_reason, bold_lead="Không có báo cáo:")
    if page.meeting.findings:
        yield Paragraph(page.meeting.findings, bold_lead="Kết quả khảo sát:")
    for one in page.statements:
        yield Paragraph(one.text, bold_lead=f"{one.speaker}:")
    if not page.statements and not page.meeting.findings:
        yield Paragraph("Chưa ghi nội dung làm việc.")


def _sentence(one: Conclusion) -> str:
    who = ", ".join(receiver.name for receiver in one.receivers.all())
    parts = [f"Về kiến nghị “{one.proposal}”: {one.text}" if one.proposal else one.text]
    if who:
        parts.append(f"Thực hiện: {who}")
    if one.due_on:
        parts.append(f"Hạn: {format_date(one.due_on)}")
    return ". ".join(part.rstrip(". ") for part in parts)


def _task_table(tasks: Sequence[Conclusion]) -> Table:
    return Table(
        columns=(
            Column("STT", 0.5, align="center"), Column("Nội dung", 4), Column("Thực hiện", 2.4),
            Column("Sản phẩm", 1.8), Column("Hạn", 1.1, align="center"),
        ),
        rows=tuple(
            Row((str(place), one.text, ", ".join(who.name for who in one.receivers.all()), one.product,
                 format_date(one.due_on) if one.due_on else ""))
            for place, one in enumerate(tasks, 1)
        ),
    )  # fmt: skip


def _attendance(attendees: Sequence[Attendee]) -> Table:
    return Table(
        columns=(
            Column("STT", 0.5, align="center"), Column("Họ và tên", 2), Column("Chức vụ, cơ quan", 3.4),
            Column("Tư cách", 1.2), Column("Dự họp", 2),
        ),
        rows=tuple(
            Row((str(place), one.name, ", ".join(part for part in (one.title, one.office) if part),
                 str(one.get_capacity_display()), _there(one)))
            for place, one in enumerate(attendees, 1)
        ),
    )  # fmt: skip


def _there(one: Attendee) -> str:
    if one.presence == Presence.SUBSTITUTE:
        return f"Dự thay: {one.substitute}"
    if one.presence == Presence.ABSENT:
        return f"Vắng: {one.reason}" if one.reason else "Vắng không lý do"
    return "Có mặt" if one.presence else ""


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
        columns=(Column("STT", 0.5, align="center"), Column("Họ và tên", 2.4), Column("Chức vụ", 3), Column("Vai trò", 1.6)),
        rows=tuple(
            Row((str(place), one.name, one.title, str(one.get_role_display())))
            for place, one in enumerate(visit.members.all(), 1)
        ),
    )  # fmt: skip


def _paper(
    meeting: Meeting, type_code: str, subject: str, body: Sequence[Block], *, signer: Signer | None = None,
    secretary: Signer | None = None, addressees: tuple[str, ...] = (), recipients: tuple[str, ...] = (),
    annexes: tuple[Annex, ...] = (),
) -> Paper:  # fmt: skip
    issuer = issuer_for(meeting.organisation_id, type_code, meeting.held_on)
    return Paper(
        type_code=type_code,
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=subject,
        body=tuple(body),
        signer=signer or issuer.signer,
        secretary=secretary,
        expected_on=meeting.held_on,
        addressees=addressees,
        recipients=recipients,
        notices=notices_of_instance(),
        annexes=annexes,
    )


def _visit_paper(
    visit: Visit, type_code: str, subject: str, body: Sequence[Block], annexes: tuple[Annex, ...] = ()
) -> Paper:
    issuer = issuer_for(visit.organisation_id, type_code, visit.starts_on)
    return Paper(
        type_code=type_code,
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=subject,
        body=tuple(body),
        signer=issuer.signer,
        expected_on=visit.starts_on if type_code == "KH" else visit.ends_on,
        recipients=("Các đơn vị liên quan", "Lưu: VT"),
        notices=notices_of_instance(),
        annexes=annexes,
    )


def _standing(conclusions: Iterable[Concluded]) -> list[Conclusion]:
    return [one.conclusion for one in conclusions if one.conclusion.withdrawn_at is None]


def _labels(attendees: Sequence[Attendee]) -> Iterable[str]:
    for one in attendees:
        if one.capacity not in {Capacity.CHAIR, Capacity.SECRETARY}:
            yield f"{one.name}, {one.title or one.office}" if one.name else one.office


def _when(meeting: Meeting) -> str:
    return f"từ {meeting.starts_at:%H:%M} đến {meeting.ends_at:%H:%M} ngày {format_date(meeting.held_on)}."


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
