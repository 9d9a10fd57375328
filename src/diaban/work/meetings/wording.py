"""Texts to be sent by message about a meeting: the invitation, that it was moved, that it was called off. They name offices,
not people: who is asked by name is told by his own invitation."""

from collections.abc import Sequence
from datetime import date, time

from diaban.lib.messages import ReadyText, composed, sentence
from diaban.lib.vietnamese import format_date, weekday_name
from diaban.work.meetings.models import Meeting, Move
from diaban.work.meetings.rules import Stage

ASKED = "cơ quan, đơn vị được mời"


def meeting_text(
    meeting: Meeting, moves: Sequence[Move], office: str, agenda: Sequence[str], address: str
) -> ReadyText | None:
    """What those asked are to know now: called off, moved (`moves` newest first), or asked; None before the invitations went
    out and once the meeting has begun."""
    if meeting.convened_at is None:
        return None
    if meeting.stage == Stage.CANCELLED:
        return ReadyText(ASKED, _cancelled(meeting, office))
    if meeting.stage != Stage.CONVENED:
        return None
    moved = next((one for one in moves if one.at >= meeting.convened_at), None)
    return ReadyText(
        ASKED, _moved(meeting, moved, office, address) if moved else _asked(meeting, office, agenda, address)
    )


def _asked(meeting: Meeting, office: str, agenda: Sequence[str], address: str) -> str:
    return composed(
        f"{office} kính mời dự: {sentence(meeting.title)}.",
        (),
        _when(meeting.held_on, meeting.starts_at, meeting.place),
        composed("Nội dung:", [f"{sentence(item)}." for item in agenda]) if agenda else "",
        f"Chuẩn bị: {sentence(meeting.requirements)}." if meeting.requirements else "",
        _reply(address),
    )


def _moved(meeting: Meeting, before: Move, office: str, address: str) -> str:
    return composed(
        f"{office} thông báo thay đổi cuộc họp: {sentence(meeting.title)}.",
        (),
        f"Lịch cũ: {_moment(before.held_on, before.starts_at)}, {sentence(before.place)} (không áp dụng nữa).",
        f"Lịch mới: {_moment(meeting.held_on, meeting.starts_at)}, {sentence(meeting.place)}.",
        f"Lý do: {sentence(before.reason)}.",
        _reply(address),
    )


def _cancelled(meeting: Meeting, office: str) -> str:
    return composed(
        f"{office} thông báo hủy cuộc họp: {sentence(meeting.title)}.",
        (),
        f"Thời gian đã mời: {_moment(meeting.held_on, meeting.starts_at)}, {sentence(meeting.place)}.",
        f"Lý do: {sentence(meeting.cancelled_reason)}.",
        "Mong quý cơ quan, đơn vị thông cảm.",
    )


def _when(held_on: date, starts_at: time, place: str) -> str:
    return f"Thời gian: {_moment(held_on, starts_at)}.\nĐịa điểm: {sentence(place)}."


def _moment(held_on: date, starts_at: time) -> str:
    return f"{starts_at:%H} giờ {starts_at:%M}, {weekday_name(held_on).lower()} ngày {format_date(held_on)}"


def _reply(address: str) -> str:
    return f"Đề nghị trả lời dự họp tại: {address}"
