"""The official papers of a meeting: invitation, minutes, conclusion notice with annex and extracts. Composing tells by itself
where a paper of an earlier day is drawn in today's form."""

from collections.abc import Iterable, Sequence
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
    Signer,
    SignOff,
    Table,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Attendee, Capacity, Meeting, Presence, Shape
from diaban.work.meetings.paper_parts import (
    called,
    chair_said,
    concluded_by_kind,
    conclusion_said,
    nonempty,
    paragraphs,
    standing,
    task_table,
    tasks_among,
    who_said,
)
from diaban.work.meetings.queries.things import MeetingPage

SPARE_LINES = 5
SIGN_ROOM = "\n"  # two lines high


def invitation(page: MeetingPage) -> Paper:
    """Giấy mời (Decree 30/2020/NĐ-CP, template 1.7): who is asked to what, who chairs, when, where, what to prepare."""
    meeting = page.meeting
    own = {Capacity.CHAIR, Capacity.SECRETARY, *({Capacity.MEMBER} if meeting.shape == Shape.STOP else ())}
    asked = tuple(who_said(one) for one in page.attendees if one.capacity not in own)
    company = {Capacity.SECRETARY, Capacity.MEMBER}
    travelling = tuple(who_said(one) for one in page.attendees if one.capacity in company)
    body: list[Block] = [Paragraph(f"{page.office} trân trọng kính mời:"), Bullets(asked)]
    body.append(Paragraph(f"{called(meeting.title)}.", bold_lead="Tới dự:"))
    if page.chair:
        body.append(Paragraph(f"{chair_said(page)}.", bold_lead="Chủ trì:"))
    if meeting.shape == Shape.STOP and travelling:
        body.append(Paragraph(f"{'; '.join(travelling)}.", bold_lead="Thành viên đoàn công tác:"))
    body += [
        Paragraph(_when(meeting), bold_lead="Thời gian:"),
        Paragraph(f"{meeting.place}.", bold_lead="Địa điểm:"),
    ]
    items = tuple(item.title for item in page.items)
    if items:
        body += [Paragraph("", bold_lead="Nội dung:"), Bullets(items)]
    if meeting.requirements:
        body.append(Paragraph(meeting.requirements, bold_lead="Chuẩn bị:"))
    body.append(
        Paragraph("Đề nghị các đại biểu dự đúng thành phần, thời gian; vắng hoặc cử người dự thay xin báo trước.")
    )
    sent = localtime(meeting.convened_at or meeting.planned_at).date()
    outline = meeting.visit.outline if meeting.visit is not None else ""
    return _paper(
        meeting,
        "GM",
        meeting.title,
        body,
        recipients=("Như thành phần mời", "Lưu: VT"),
        annexes=(Annex("Đề cương báo cáo", tuple(paragraphs(outline))),) if outline else (),
        on=sent,
    )


def minutes(page: MeetingPage) -> Paper:
    """Biên bản (template 1.9): who was there, what was said against the agenda, what was concluded; signed by secretary and
    chair."""
    return _paper(
        page.meeting,
        "BB",
        page.meeting.title,
        list(_minutes_body(page)),
        signer=Signer("Chủ tọa", page.chair),
        secretary=Signer("Thư ký", page.secretary),
        recipients=("Các đơn vị dự họp", "Lưu: VT, hồ sơ cuộc họp"),
        on=page.meeting.held_on,
    )


def notice(page: MeetingPage) -> Paper:
    """Thông báo kết luận, with the annex of assigned tasks."""
    meeting, found = page.meeting, standing(page.conclusions)
    tasks = tasks_among(found)
    annexes = (Annex("Phân công nhiệm vụ", (task_table(tasks),), landscape=True),) if tasks else ()
    return _paper(
        meeting,
        "TB",
        _of_chair(page, "Kết luận"),
        [
            Paragraph(_opening(page)),
            *concluded_by_kind(found, 1),
            *_parked(page),
            Paragraph(
                f"{page.office} thông báo để các cơ quan, đơn vị biết, thực hiện"
                f"{'; nhiệm vụ của từng cơ quan ghi tại phụ lục kèm theo' if tasks else ''}."
            ),
        ],
        recipients=(*dict.fromkeys(who.name for one in tasks for who in one.receivers.all()), "Lưu: VT"),
        annexes=annexes,
        on=localtime(meeting.concluded_at).date() if meeting.concluded_at else meeting.held_on,
    )


def extract(page: MeetingPage, organisation_id: int) -> Paper | None:
    """What the conclusion notice says to one receiver; None where it says him nothing."""
    meeting = page.meeting
    mine = [
        one
        for one in standing(page.conclusions)
        if any(who.organisation_id == organisation_id for who in one.receivers.all())
    ]
    if not mine:
        return None
    name = next(who.name for one in mine for who in one.receivers.all() if who.organisation_id == organisation_id)
    body: list[Block] = [
        Paragraph(
            f"Trích thông báo kết luận tại {called(meeting.title)} ngày {format_date(meeting.held_on)}, phần việc của {name}:"
        ),
        task_table(mine),
        Paragraph(f"Đề nghị {name} thực hiện, báo cáo kết quả đúng hạn."),
    ]
    on = localtime(meeting.concluded_at).date() if meeting.concluded_at else meeting.held_on
    return _paper(meeting, "TB", _of_chair(page, "Trích kết luận"), body, recipients=(name, "Lưu: VT"), on=on)


def delegates(page: MeetingPage) -> Sheet:
    """Danh sách đại biểu: who is asked, by capacity, with room to sign; lines left for who comes unasked."""
    meeting = page.meeting
    agency = issuer_for(meeting.organisation_id, "GM", meeting.held_on).agency
    asked = [
        (who.name, nonempty(who.title, who.office), str(who.get_capacity_display()), SIGN_ROOM)
        for who in page.attendees
    ]
    table = Table(
        columns=(
            Column("TT", 0.5, align="center"), Column("Họ và tên", 2.2), Column("Chức vụ, cơ quan", 3.2),
            Column("Tư cách", 1.4), Column("Ký tên", 1.5),
        ),
        rows=tuple(
            Row((str(number), *cells)) for number, cells in enumerate([*asked, *[("", "", "", SIGN_ROOM)] * SPARE_LINES], 1)
        ),
        sign_off=(SignOff("Người lập danh sách"), SignOff("Thư ký", name=page.secretary)),
    )  # fmt: skip
    body: tuple[Block, ...] = (
        Paragraph(_when(meeting), bold_lead="Thời gian:"),
        Paragraph(f"{meeting.place}.", bold_lead="Địa điểm:"),
        table,
    )
    return Sheet("Danh sách đại biểu", meeting.title, agency, meeting.held_on, body, notices_of_instance())


def _minutes_body(page: MeetingPage) -> Iterable[Block]:
    meeting = page.meeting
    yield Paragraph(
        f"{meeting.starts_at:%H} giờ {meeting.starts_at:%M}, ngày {format_date(meeting.held_on)}.",
        bold_lead="Thời gian bắt đầu:",
    )
    yield Paragraph(f"{meeting.place}.", bold_lead="Địa điểm:")
    if page.chair:
        yield Paragraph(f"{chair_said(page)}.", bold_lead="Chủ trì:")
    if page.secretary:
        yield Paragraph(f"{page.secretary}.", bold_lead="Thư ký:")
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
    found = standing(page.conclusions)
    yield Bullets(tuple(conclusion_said(one) for one in found)) if found else Paragraph("Không có kết luận.")
    if meeting.closed_at is not None:
        yield Paragraph(f"Cuộc họp kết thúc {_end_said(meeting)} sau khi thông qua biên bản.")


def _end_said(meeting: Meeting) -> str:
    """The hour at which it was closed, where that was written down on its day; else blanks to fill in."""
    closed = localtime(meeting.closed_at)
    if closed.date() != meeting.held_on:
        return f"vào {_BLANK} giờ {_BLANK}, ngày {format_date(meeting.held_on)}"
    return f"vào {closed:%H} giờ {closed:%M}, ngày {format_date(meeting.held_on)}"


_BLANK = "....."


def _opening(page: MeetingPage) -> str:
    meeting = page.meeting
    chair = f", do {chair_said(page)} chủ trì" if page.chair else ""
    return (
        f"Ngày {format_date(meeting.held_on)}, tại {meeting.place}, {page.office} tổ chức {called(meeting.title)}{chair}. "
        f"Dự họp có {page.present} đại biểu. Sau khi nghe báo cáo và ý kiến thảo luận, chủ tọa kết luận:"
    )


def _of_chair(page: MeetingPage, what: str) -> str:
    chair = chair_said(page)
    return f"{what}{f' của {chair}' if chair else ''} tại {called(page.meeting.title)}"


def _parked(page: MeetingPage) -> Iterable[Block]:
    if page.parked:
        yield Heading(1, "Nội dung để lại")
        yield Bullets(tuple(f"{one.title}: {one.parked_note}" for one in page.parked))


def _attendance(attendees: Sequence[Attendee]) -> Table:
    return Table(
        columns=(
            Column("TT", 0.5, align="center"), Column("Họ và tên", 2), Column("Chức vụ, cơ quan", 3.4),
            Column("Tư cách", 1.2), Column("Dự họp", 2),
        ),
        rows=tuple(
            Row((str(place), one.name, nonempty(one.title, one.office), str(one.get_capacity_display()), _there(one)))
            for place, one in enumerate(attendees, 1)
        ),
    )  # fmt: skip


def _there(one: Attendee) -> str:
    if one.presence == Presence.SUBSTITUTE:
        return f"Dự thay: {one.substitute}"
    if one.presence == Presence.ABSENT:
        return f"Vắng: {one.reason}" if one.reason else "Vắng không lý do"
    return "Có mặt" if one.presence else ""


def _paper(
    meeting: Meeting, type_code: str, subject: str, body: Sequence[Block], *, on: date, signer: Signer | None = None,
    secretary: Signer | None = None, recipients: tuple[str, ...] = (), annexes: tuple[Annex, ...] = (),
) -> Paper:  # fmt: skip
    issuer = issuer_for(meeting.organisation_id, type_code, on)
    return Paper(
        type_code=type_code,
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=subject,
        body=tuple(body),
        signer=signer or issuer.signer,
        secretary=secretary,
        expected_on=on,
        recipients=recipients,
        notices=notices_of_instance(),
        annexes=annexes,
    )


def _when(meeting: Meeting) -> str:
    return f"từ {meeting.starts_at:%H:%M} đến {meeting.ends_at:%H:%M} ngày {format_date(meeting.held_on)}."
