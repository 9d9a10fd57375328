from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingApp(AppConfig):
    name = "diaban.work.reporting"
    label = "reporting"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import LEADERS, OFFICE, STAFF, ActKind, Role, register_acts

    register_acts(
        ActKind("reporting.draft", _("Soạn báo cáo của địa phương"), "report", STAFF),
        ActKind("reporting.compile", _("Soạn báo cáo giúp Ủy ban nhân dân"), "compile", STAFF),
        ActKind("reporting.check", _("Kiểm tra, trình ký báo cáo"), "report", LEADERS | {Role.SECTION_HEAD}),
        ActKind("reporting.send", _("Gửi báo cáo đã ký, lấy số"), "report", LEADERS | {Role.CLERK}),
        ActKind("reporting.send_short", _("Gửi báo cáo theo đường ngắn"), "report", OFFICE),
        ActKind("reporting.correct", _("Lập bản điều chỉnh"), "report", STAFF),
        ActKind("reporting.receive", _("Tiếp nhận, chốt số liệu"), "manage", STAFF),
        ActKind("reporting.return", _("Đề nghị bổ sung, hoàn chỉnh báo cáo"), "manage", STAFF),
        ActKind("reporting.choose_source", _("Chọn nguồn số liệu khi các nguồn khác nhau"), "manage", STAFF),
        ActKind("reporting.type_for_unit", _("Nhập thay báo cáo của đơn vị"), "manage", STAFF),
        ActKind("reporting.supply", _("Cung cấp số liệu vào báo cáo"), "provide", STAFF | {Role.ENTERPRISE}),
        ActKind("reporting.fill_base", _("Điền thông tin nền, số liệu từ sổ"), "manage", STAFF),
        ActKind("reporting.set_schedule", _("Đặt chế độ báo cáo"), "keep_registers", STAFF, by_set_up=True),
        ActKind("reporting.load_forms", _("Nạp biểu mẫu báo cáo"), "keep_registers", STAFF, by_set_up=True),
        ActKind(
            "reporting.design_forms", _("Soạn, ban hành biểu mẫu báo cáo"), "keep_registers", STAFF, by_set_up=True
        ),
        ActKind("reporting.consolidate", _("Xem, xuất số liệu tổng hợp"), "manage", OFFICE, by_set_up=True),
        ActKind("reporting.take_snapshot", _("Chốt số liệu tổng hợp thành bản công bố"), "manage", STAFF),
        ActKind("reporting.read", _("Xem báo cáo thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("reporting.read_own", _("Xem báo cáo của cơ quan mình"), "report", OFFICE),
        ActKind("reporting.read_all", _("Xem báo cáo của địa phương"), "direct", OFFICE),
        ActKind(
            "reporting.read_audit",
            _("Xem báo cáo để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
            by_set_up=True,
        ),
    )


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.reporting import labels, permissions
    from diaban.work.reporting.designing.queries import visible_drafts
    from diaban.work.reporting.models import (
        Form,
        FormDraft,
        Report,
        Schedule,
        Snapshot,
        SourceChoice,
        StockSentence,
    )

    register_subjects(
        SubjectKind(
            kind="reporting.sentence",
            model=StockSentence,
            name=_("Câu mẫu của báo cáo"),
            label=labels.sentence_label,
            url=labels.sentence_url,
            visible=permissions.visible_sentences,
            verbs=labels.SENTENCE_VERBS,
        ),
        SubjectKind(
            kind="reporting.snapshot",
            model=Snapshot,
            name=_("Bản chốt số"),
            label=labels.snapshot_label,
            url=labels.snapshot_url,
            visible=permissions.visible_snapshots,
            verbs=labels.SNAPSHOT_VERBS,
        ),
        SubjectKind(
            kind="reporting.report",
            model=Report,
            name=_("Báo cáo"),
            label=labels.report_label,
            url=labels.report_url,
            visible=permissions.visible_reports,
            verbs=labels.REPORT_VERBS,
        ),
        SubjectKind(
            kind="reporting.choice",
            model=SourceChoice,
            name=_("Quyết định chọn nguồn số liệu"),
            label=labels.choice_label,
            url=labels.choice_url,
            visible=permissions.visible_choices,
            verbs={},
        ),
        SubjectKind(
            kind="reporting.schedule",
            model=Schedule,
            name=_("Chế độ báo cáo"),
            label=str,
            url=labels.schedule_url,
            visible=permissions.visible_schedules,
            verbs=labels.SCHEDULE_VERBS,
        ),
        SubjectKind(
            kind="reporting.form",
            model=Form,
            name=_("Biểu mẫu báo cáo"),
            label=str,
            url=labels.form_url,
            visible=permissions.visible_forms,
            verbs=labels.FORM_VERBS,
        ),
        SubjectKind(
            kind="reporting.form_draft",
            model=FormDraft,
            name=_("Dự thảo biểu mẫu"),
            label=str,
            url=labels.draft_url,
            visible=visible_drafts,
            verbs=labels.DRAFT_VERBS,
        ),
    )
