from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsApp(AppConfig):
    name = "diaban.work.meetings"
    label = "meetings"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import LEADERS, OFFICE, STAFF, ActKind, Role, register_acts

    register_acts(
        ActKind("meetings.plan", _("Lập kế hoạch cuộc họp, đoàn công tác"), None, STAFF),
        ActKind("meetings.convene", _("Mời họp, dời, hủy cuộc họp"), None, STAFF | {Role.CLERK}),
        ActKind("meetings.record", _("Điều hành, ghi biên bản cuộc họp"), None, OFFICE),
        ActKind("meetings.conclude", _("Ban hành, thu hồi kết luận cuộc họp"), None, LEADERS),
        ActKind("meetings.attend", _("Trả lời giấy mời, gửi báo cáo nhanh trước cuộc họp"), None, OFFICE | {Role.ENTERPRISE}),
        ActKind("meetings.week_write", _("Dự thảo, bổ sung lịch công tác tuần"), None, OFFICE),
        ActKind("meetings.week_approve", _("Duyệt lịch công tác tuần"), None, LEADERS | {Role.SECTION_HEAD}),
        ActKind(
            "meetings.week_publish", _("Công bố lịch công tác tuần"), None, LEADERS | {Role.SECTION_HEAD, Role.CLERK}
        ),
        ActKind("meetings.programme_approve", _("Duyệt chương trình công tác, kế hoạch kiểm tra năm"), None, LEADERS),
        ActKind(
            "meetings.group",
            _("Đặt cụm giao ban, ghi giao ban lồng ghép của đơn vị"),
            "manage",
            LEADERS | {Role.SECTION_HEAD, Role.OFFICER},
            by_set_up=True,
        ),
        ActKind(
            "meetings.set_form",
            _("Đặt mẫu báo cáo nhanh trước cuộc họp"),
            "keep_registers",
            LEADERS | {Role.OFFICER},
            by_set_up=True,
        ),
        ActKind("meetings.combine", _("Đăng ký giao ban lồng ghép của cơ quan"), None, OFFICE),
        ActKind("meetings.follow", _("Xem cuộc họp thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("meetings.follow_all", _("Xem cuộc họp trên địa bàn"), "direct", OFFICE),
        ActKind(
            "meetings.follow_audit",
            _("Xem cuộc họp để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
            by_set_up=True,
        ),
    )  # fmt: skip


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.meetings import labels, permissions
    from diaban.work.meetings.models import Conclusion, Holder, Item, Meeting, Programme, UpdateLine, Visit, Week

    register_subjects(
        SubjectKind(
            kind="meetings.visit",
            model=Visit,
            name=_("Đoàn công tác"),
            label=str,
            url=labels.visit_url,
            visible=permissions.visible_visits,
            verbs=labels.VISIT_VERBS,
        ),
        SubjectKind(
            kind="meetings.meeting",
            model=Meeting,
            name=_("Cuộc họp"),
            label=labels.meeting_label,
            url=labels.meeting_url,
            visible=permissions.visible_meetings,
            verbs=labels.MEETING_VERBS,
        ),
        SubjectKind(
            kind="meetings.holder",
            model=Holder,
            name=_("Đơn vị giữ giao ban"),
            label=str,
            url=labels.holder_url,
            visible=permissions.visible_holders,
            verbs=labels.HOLDER_VERBS,
        ),
        SubjectKind(
            kind="meetings.update_line",
            model=UpdateLine,
            name=_("Mẫu báo cáo nhanh"),
            label=str,
            url=labels.line_url,
            visible=permissions.visible_lines,
            verbs=labels.LINE_VERBS,
        ),
        SubjectKind(
            kind="meetings.conclusion",
            model=Conclusion,
            name=_("Kết luận"),
            label=str,
            url=labels.conclusion_url,
            visible=permissions.visible_conclusions,
            verbs=labels.CONCLUSION_VERBS,
        ),
        SubjectKind(
            kind="meetings.week",
            model=Week,
            name=_("Lịch công tác tuần"),
            label=labels.week_label,
            url=labels.week_url,
            visible=permissions.visible_weeks,
            verbs=labels.WEEK_VERBS,
        ),
        SubjectKind(
            kind="meetings.programme",
            model=Programme,
            name=_("Chương trình công tác"),
            label=str,
            url=labels.programme_url,
            visible=permissions.visible_programmes,
            verbs=labels.PROGRAMME_VERBS,
        ),
        SubjectKind(
            kind="meetings.programme_item",
            model=Item,
            name=_("Nội dung chương trình công tác"),
            label=str,
            url=labels.item_url,
            visible=permissions.visible_items,
            verbs=labels.PROGRAMME_VERBS,
        ),
    )
