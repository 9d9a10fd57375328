"""What is sent to those asked: nothing before the invitation, then what they are to know now."""

from datetime import UTC, date, datetime, time, timedelta

from diaban.work.meetings.models import Meeting, Move
from diaban.work.meetings.wording import meeting_text

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def a_meeting(**changed: object) -> Meeting:
    said: dict[str, object] = {
        "title": "Giao ban quý I.", "held_on": date(2026, 3, 16), "starts_at": time(8, 0), "ends_at": time(11, 0),
        "place": "Phòng họp tầng 2", "convened_at": AT,
    }  # fmt: skip
    return Meeting(**{**said, **changed})


def text_of(meeting: Meeting, *moves: Move) -> str:
    ready = meeting_text(meeting, moves, "Sở TT&TT", ["Kết quả quý I"], "https://diaban/hop/")
    return ready.text if ready else ""


def test_nothing_is_sent_before_the_invitation_or_once_it_began() -> None:
    assert text_of(a_meeting(convened_at=None)) == ""
    assert text_of(a_meeting(opened_at=AT)) == ""


def test_the_invitation_says_when_where_and_what() -> None:
    assert text_of(a_meeting(requirements="Báo cáo ngắn")) == (
        "Sở TT&TT kính mời dự: Giao ban quý I.\n"
        "Thời gian: 08 giờ 00, thứ hai ngày 16/03/2026.\nĐịa điểm: Phòng họp tầng 2.\n"
        "Nội dung:\n1. Kết quả quý I.\nChuẩn bị: Báo cáo ngắn.\nĐề nghị trả lời dự họp tại: https://diaban/hop/"
    )


def test_a_move_counts_only_after_the_invitation() -> None:
    old = {"held_on": date(2026, 3, 12), "starts_at": time(14, 0), "place": "Huyện", "reason": "Lũ."}
    before, after = Move(**old, at=AT - timedelta(days=1)), Move(**old, at=AT + timedelta(days=1))

    assert "kính mời dự" in text_of(a_meeting(), before)
    moved = text_of(a_meeting(), after, before)
    assert "Lịch cũ: 14 giờ 00, thứ năm ngày 12/03/2026, Huyện (không áp dụng nữa)." in moved
    assert "Lịch mới: 08 giờ 00, thứ hai ngày 16/03/2026, Phòng họp tầng 2." in moved
    assert "Lý do: Lũ." in moved


def test_a_cancelled_one_says_why_and_asks_no_answer() -> None:
    said = text_of(a_meeting(cancelled_at=AT, cancelled_reason="Trùng lịch"))

    assert "thông báo hủy cuộc họp: Giao ban quý I." in said
    assert "Lý do: Trùng lịch." in said
    assert "https://" not in said
