"""The one vocabulary of statuses: words, tone and shape. Rooms decide which status holds; how it looks is here."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tone(StrEnum):
    """What a status asks of the reader; each has a colour, and each status its own shape besides."""

    QUIET = "quiet"  # nothing to do now
    ACTIVE = "active"  # in someone's hands
    SOON = "soon"  # act soon
    LATE = "late"  # act at once
    GOOD = "good"  # done as it should be
    MIXED = "mixed"  # done, but late or only in part


@dataclass(frozen=True)
class Look:
    """How one status is shown."""

    label: Promise | str
    tone: Tone
    icon: str


class UnknownStatus(LookupError):
    """A status that the vocabulary does not know."""


LOOKS: dict[str, Look] = {
    # obligations
    "not_due": Look(_("Chưa đến hạn"), Tone.QUIET, "clock"),
    "due_soon": Look(_("Sắp đến hạn"), Tone.SOON, "clock-hour-9"),
    "due_today": Look(_("Đến hạn hôm nay"), Tone.SOON, "bell"),
    "overdue": Look(_("Quá hạn"), Tone.LATE, "alert-triangle"),
    "no_reply": Look(_("Chưa có trả lời"), Tone.SOON, "message-circle-question"),
    "done_on_time": Look(_("Hoàn thành đúng hạn"), Tone.GOOD, "circle-check"),
    "done_late": Look(_("Hoàn thành quá hạn"), Tone.MIXED, "clock-check"),
    "sent_on_time": Look(_("Đã gửi đúng hạn"), Tone.GOOD, "circle-check"),
    "sent_late": Look(_("Đã gửi chậm"), Tone.MIXED, "clock-check"),
    "no_deadline": Look(_("Nhiệm vụ thường xuyên"), Tone.QUIET, "infinity"),
    "unassigned": Look(_("Chưa phân công"), Tone.SOON, "user-question"),
    "extended": Look(_("Đã gia hạn"), Tone.ACTIVE, "calendar-plus"),
    "waived": Look(_("Được miễn"), Tone.QUIET, "circle-minus"),
    "closed": Look(_("Đã kết thúc"), Tone.QUIET, "circle-minus"),
    "awaiting_confirmation": Look(_("Chờ xác nhận hoàn thành"), Tone.ACTIVE, "hourglass"),
    "sent_back": Look(_("Trả lại, yêu cầu bổ sung kết quả"), Tone.LATE, "arrow-back-up"),
    "withdrawn": Look(_("Thu hồi"), Tone.QUIET, "ban"),
    # directives
    "merged": Look(_("Đã gộp"), Tone.QUIET, "arrows-join"),
    "no_receiver": Look(_("Chưa giao đơn vị"), Tone.SOON, "user-question"),
    "no_date": Look(_("Không đặt hạn"), Tone.QUIET, "calendar-off"),
    "party_told": Look(_("Đã gửi cấp ủy"), Tone.QUIET, "send"),
    "effect_reached": Look(_("Đạt mục tiêu"), Tone.GOOD, "target-arrow"),
    "effect_moved": Look(_("Có chuyển biến, chưa đạt"), Tone.SOON, "trending-up"),
    "effect_none": Look(_("Chưa có hiệu quả"), Tone.LATE, "equal"),
    "effect_worse": Look(_("Kém đi so với ban đầu"), Tone.LATE, "trending-down"),
    "effect_unknown": Look(_("Chưa đo được hiệu quả"), Tone.QUIET, "circle-dashed"),
    # reports
    "not_reported": Look(_("Chưa báo cáo"), Tone.QUIET, "circle-dashed"),
    "draft": Look(_("Đang soạn"), Tone.ACTIVE, "pencil"),
    "to_check": Look(_("Chờ kiểm tra"), Tone.ACTIVE, "eye"),
    "to_sign": Look(_("Chờ ký duyệt"), Tone.ACTIVE, "signature"),
    "sent": Look(_("Đã gửi"), Tone.GOOD, "send"),
    "to_be_sent": Look(_("Đang chờ gửi"), Tone.ACTIVE, "hourglass"),
    "not_sent": Look(_("Không gửi được"), Tone.LATE, "mail-x"),
    "data_sent": Look(_("Đã gửi số liệu, chờ văn bản"), Tone.SOON, "file-time"),
    "waiting": Look(_("Chờ tiếp nhận"), Tone.ACTIVE, "inbox"),
    "received": Look(_("Đã tiếp nhận, chốt số liệu"), Tone.GOOD, "lock-check"),
    "returned": Look(_("Đề nghị bổ sung, hoàn chỉnh"), Tone.LATE, "arrow-back-up"),
    "superseded": Look(_("Đã có bản điều chỉnh thay thế"), Tone.QUIET, "replace"),
    "typed_for": Look(_("Nhập thay"), Tone.SOON, "keyboard"),
    # quick requests
    "answered": Look(_("Đã trả lời"), Tone.GOOD, "circle-check"),
    "answered_late": Look(_("Trả lời chậm"), Tone.MIXED, "clock-check"),
    "not_answered": Look(_("Chưa trả lời"), Tone.QUIET, "circle-dashed"),
    "collecting": Look(_("Đang nhận trả lời"), Tone.ACTIVE, "inbox"),
    "past_hour": Look(_("Đã quá giờ, còn nhận"), Tone.SOON, "clock-hour-9"),
    "settled": Look(_("Đã chốt số liệu"), Tone.GOOD, "lock-check"),
    # plans of a year
    "plan_reached": Look(_("Đạt kế hoạch"), Tone.GOOD, "circle-check"),
    "plan_on_course": Look(_("Đúng tiến độ"), Tone.GOOD, "trending-up"),
    "plan_behind": Look(_("Chậm tiến độ"), Tone.SOON, "clock-hour-9"),
    "plan_likely_missed": Look(_("Khó đạt kế hoạch"), Tone.LATE, "alert-triangle"),
    "plan_missed": Look(_("Không đạt kế hoạch"), Tone.LATE, "circle-x"),
    "plan_not_judged": Look(_("Chưa đánh giá được"), Tone.QUIET, "circle-dashed"),
    # rankings
    "scoring": Look(_("Đang chấm điểm"), Tone.ACTIVE, "pencil"),
    "announced": Look(_("Dự kiến, đang nhận kiến nghị"), Tone.ACTIVE, "message-circle-question"),
    "signed": Look(_("Đã ký duyệt, chờ công bố"), Tone.SOON, "signature"),
    "published": Look(_("Đã công bố"), Tone.GOOD, "rosette"),
    "scheme_draft": Look(_("Dự thảo"), Tone.QUIET, "pencil"),
    "appeal_open": Look(_("Chờ trả lời kiến nghị"), Tone.SOON, "message-circle-question"),
    "appeal_accepted": Look(_("Chấp nhận kiến nghị"), Tone.GOOD, "circle-check"),
    "appeal_refused": Look(_("Giữ nguyên điểm"), Tone.MIXED, "circle-minus"),
    # meetings
    "meeting_planned": Look(_("Đang chuẩn bị"), Tone.ACTIVE, "pencil"),
    "meeting_convened": Look(_("Đã mời"), Tone.ACTIVE, "send"),
    "meeting_running": Look(_("Đang họp"), Tone.SOON, "users"),
    "meeting_held": Look(_("Chờ thông báo kết luận"), Tone.SOON, "file-time"),
    "meeting_concluded": Look(_("Đã thông báo kết luận"), Tone.GOOD, "circle-check"),
    "meeting_cancelled": Look(_("Đã hủy"), Tone.QUIET, "ban"),
    "week_drafted": Look(_("Dự thảo, chờ duyệt"), Tone.ACTIVE, "pencil"),
    "week_sent_back": Look(_("Chuyển lại để sửa"), Tone.SOON, "arrow-back-up"),
    "week_approved": Look(_("Đã duyệt, chờ công bố"), Tone.SOON, "signature"),
    "programme_drafted": Look(_("Dự thảo chương trình"), Tone.ACTIVE, "pencil"),
    "programme_approved": Look(_("Đã duyệt chương trình"), Tone.GOOD, "rosette"),
    # difficulties
    "petition_received": Look(_("Đã tiếp nhận"), Tone.ACTIVE, "inbox"),
    "petition_forwarded": Look(_("Đã chuyển xử lý"), Tone.ACTIVE, "arrow-forward-up"),
    "petition_resolving": Look(_("Đang giải quyết"), Tone.ACTIVE, "progress"),
    "petition_will_resolve": Look(_("Sẽ giải quyết"), Tone.ACTIVE, "calendar-plus"),
    "petition_resolved": Look(_("Đã giải quyết xong"), Tone.GOOD, "circle-check"),
    "petition_explained": Look(_("Giải trình, cung cấp thông tin"), Tone.GOOD, "message-circle"),
    "petition_sent_up": Look(_("Chuyển cấp trên xem xét"), Tone.ACTIVE, "arrow-up"),
    "petition_contested": Look(_("Chưa đồng ý, đề nghị xem xét lại"), Tone.LATE, "message-circle-question"),
    "petition_joined": Look(_("Đã gộp vào kiến nghị khác"), Tone.QUIET, "arrows-join"),
    "petition_withdrawn": Look(_("Đã rút"), Tone.QUIET, "ban"),
    # documents
    "issued": Look(_("Đã ban hành"), Tone.GOOD, "rosette"),
    "replaced": Look(_("Đã thay thế"), Tone.QUIET, "replace"),
    "corrected": Look(_("Đã đính chính"), Tone.MIXED, "edit"),
    "recalled": Look(_("Đã thu hồi"), Tone.QUIET, "ban"),
    # jobs, plans, reforms, registers
    "planned": Look(_("Dự kiến"), Tone.QUIET, "calendar"),
    "queued": Look(_("Chờ chạy"), Tone.QUIET, "hourglass"),
    "running": Look(_("Đang chạy"), Tone.ACTIVE, "loader"),
    "done": Look(_("Đã xong"), Tone.GOOD, "circle-check"),
    "failed": Look(_("Bị lỗi"), Tone.LATE, "alert-triangle"),
    "active": Look(_("Đang hiệu lực"), Tone.GOOD, "circle-check"),
    "ended": Look(_("Hết hiệu lực"), Tone.QUIET, "circle-minus"),
    "waiting_answer": Look(_("Đang chờ trả lời"), Tone.ACTIVE, "hourglass"),
    "granted": Look(_("Đồng ý"), Tone.GOOD, "circle-check"),
    "denied": Look(_("Không đồng ý"), Tone.LATE, "circle-x"),
    "gap": Look(_("Chưa có cơ quan chủ trì"), Tone.LATE, "user-question"),
    "conflict": Look(_("Trùng cơ quan chủ trì"), Tone.LATE, "users"),
}


def look_of(status: object) -> Look:
    """The look of a status, given as its code, as an enum member with that value, or as a `Look` itself.

    Raises `UnknownStatus`.
    """
    if isinstance(status, Look):
        return status
    code = code_of(status)
    try:
        return LOOKS[code]
    except KeyError:
        raise UnknownStatus(code) from None


def code_of(status: object) -> str:
    """The code of a status given as its code or as an enum member with that value."""
    return str(status.value if isinstance(status, Enum) else status)
