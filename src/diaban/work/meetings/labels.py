"""How visits, meetings and conclusions are named, addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.lib.vietnamese import format_date
from diaban.work.meetings.models import Conclusion, Holder, Item, Meeting, Programme, UpdateLine, Visit, Week
from diaban.work.meetings.models.weeks import HALVES
from diaban.work.meetings.rules import Mark

VISIT_VERBS: dict[str, Promise | str] = {
    "meetings.visit_planned": _("đã lập đoàn công tác"),
    "meetings.visit_changed": _("đã sửa kế hoạch đoàn công tác"),
    "meetings.members_set": _("đã ghi thành phần đoàn"),
    "meetings.visit_cancelled": _("đã hủy đoàn công tác"),
    "meetings.stop_planned": _("đã thêm buổi làm việc"),
    "meetings.signed_brought": _("đã nạp văn bản đã ký của đoàn"),
    "meetings.signed_taken_out": _("đã bỏ văn bản đã ký khỏi tài liệu đoàn"),
    "meetings.report_drafted": _("đã lập dự thảo báo cáo kết quả"),
}
MEETING_VERBS: dict[str, Promise | str] = {
    "meetings.planned": _("đã lập cuộc họp"),
    "meetings.changed": _("đã sửa nội dung cuộc họp"),
    "meetings.asked": _("đã ghi thành phần mời"),
    "meetings.struck": _("đã bỏ khỏi thành phần mời"),
    "meetings.convened": _("đã gửi giấy mời"),
    "meetings.moved": _("đã dời cuộc họp"),
    "meetings.cancelled": _("đã hủy cuộc họp"),
    "meetings.answered": _("đã trả lời giấy mời"),
    "meetings.updated": _("đã gửi báo cáo nhanh"),
    "meetings.file_brought": _("đã tải tệp lên"),
    "meetings.opened": _("đã khai mạc"),
    "meetings.marked": _("đã điểm danh"),
    "meetings.difficulty_written": _("đã ghi kiến nghị nêu tại cuộc họp"),
    "meetings.questions_written": _("đã soạn câu hỏi của đoàn"),
    "meetings.parked": _("đã để lại nội dung"),
    "meetings.findings_written": _("đã ghi kết quả khảo sát"),
    "meetings.closed": _("đã kết thúc cuộc họp"),
    "meetings.minutes_drafted": _("đã lập dự thảo biên bản"),
    "meetings.notice_drafted": _("đã lập dự thảo thông báo kết luận"),
    "meetings.invitation_drafted": _("đã lập dự thảo giấy mời"),
    "meetings.notice_issued": _("đã ban hành thông báo kết luận"),
    "meetings.arranged": _("đã ghi việc chuẩn bị, xe trong lịch tuần"),
    "meetings.combined": _("đã ghi giao ban lồng ghép"),
}
CONCLUSION_VERBS: dict[str, Promise | str] = {
    "meetings.concluded": _("đã ghi kết luận"),
    "meetings.conclusion_changed": _("đã sửa kết luận"),
    "meetings.conclusion_dropped": _("đã bỏ kết luận dự thảo"),
    "meetings.conclusion_withdrawn": _("đã thu hồi kết luận"),
}
LINE_VERBS: dict[str, Promise | str] = {"meetings.form_set": _("đã đặt mẫu báo cáo nhanh")}
HOLDER_VERBS: dict[str, Promise | str] = {
    "meetings.cluster_formed": _("đã lập cụm giao ban"),
    "meetings.cluster_changed": _("đã sửa cụm giao ban"),
    "meetings.cluster_ended": _("đã giải thể cụm giao ban"),
    "meetings.combining_declared": _("đã đăng ký giao ban lồng ghép"),
    "meetings.combining_withdrawn": _("đã rút đăng ký giao ban lồng ghép"),
    "meetings.set_alone": _("đã tách ra tự giao ban"),
}
WEEK_VERBS: dict[str, Promise | str] = {
    "meetings.week_drafted": _("đã lập lịch công tác tuần"),
    "meetings.week_changed": _("đã sửa ghi chú của lịch tuần"),
    "meetings.entry_written": _("đã thêm nội dung vào lịch tuần"),
    "meetings.entry_changed": _("đã sửa nội dung trong lịch tuần"),
    "meetings.entry_struck": _("đã bỏ nội dung khỏi lịch tuần"),
    "meetings.week_sent_back": _("đã chuyển lại dự thảo lịch tuần để sửa"),
    "meetings.week_handed_in": _("đã sửa, trình lại lịch tuần"),
    "meetings.week_approved": _("đã duyệt lịch tuần"),
    "meetings.week_published": _("đã công bố lịch tuần"),
}
PROGRAMME_VERBS: dict[str, Promise | str] = {
    "meetings.programme_drafted": _("đã lập chương trình"),
    "meetings.programme_approved": _("đã duyệt chương trình"),
    "meetings.item_written": _("đã thêm nội dung vào chương trình"),
    "meetings.item_changed": _("đã điều chỉnh nội dung chương trình"),
    "meetings.item_struck": _("đã đưa nội dung ra khỏi chương trình"),
    "meetings.item_tied": _("đã gắn việc thực hiện"),
    "meetings.item_untied": _("đã bỏ gắn việc thực hiện"),
}
HALF_LABELS: dict[str, Promise] = dict(HALVES)
MARK_LABELS: dict[str, Promise] = {
    Mark.ADDED: _("Bổ sung"),
    Mark.CHANGED: _("Thay đổi"),
    Mark.MOVED: _("Đã dời"),
    Mark.STRUCK: _("Hủy"),
}


def visit_url(visit: Visit) -> str:
    return reverse("meetings:visit", args=[visit.uid])


def meeting_label(meeting: Meeting) -> str:
    return f"{meeting.title} ({format_date(meeting.held_on)})"


def meeting_url(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.uid])


def conclusion_url(conclusion: Conclusion) -> str:
    return f"{reverse('meetings:meeting', args=[conclusion.meeting.uid])}#ket-luan-{conclusion.position}"


def holder_url(holder: Holder) -> str:
    return f"{reverse('meetings:holders', args=[holder.duty.code])}#{holder.uid}"


def line_url(line: UpdateLine) -> str:
    return reverse("meetings:update_form")


def week_label(week: Week) -> str:
    return f"Lịch công tác tuần từ {format_date(week.starts_on)}"


def week_url(week: Week) -> str:
    return reverse("meetings:week_of", args=[week.uid])


def programme_url(programme: Programme) -> str:
    return reverse("meetings:programme", args=[programme.uid])


def item_url(item: Item) -> str:
    return reverse("meetings:item", args=[item.uid])
