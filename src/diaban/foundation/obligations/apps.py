from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsApp(AppConfig):
    name = "diaban.foundation.obligations"
    label = "obligations"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, OFFICE, STAFF, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import register_subjects
        from diaban.foundation.obligations.subjects import SUBJECTS

        leaders_and_sections = LEADERS | {Role.SECTION_HEAD}
        register_acts(
            ActKind(
                "obligations.see", _("Theo dõi việc phải thực hiện của các đơn vị"), "manage", OFFICE | {Role.AUDITOR}
            ),
            ActKind("obligations.see_all", _("Theo dõi việc của các đơn vị trực thuộc"), "direct", OFFICE),
            ActKind("obligations.declare", _("Đặt chế độ định kỳ"), "manage", LEADERS | {Role.OFFICER}, by_set_up=True),
            ActKind(
                "obligations.set_days_off",
                _("Đặt ngày nghỉ, ngày làm bù"),
                "keep_registers",
                LEADERS | {Role.OFFICER},
                by_set_up=True,
            ),
            ActKind(
                "obligations.generate", _("Sinh việc phải thực hiện từ chế độ định kỳ"), "manage", STAFF, by_set_up=True
            ),
            ActKind("obligations.remind", _("Nhắc việc"), None, frozenset()),
            ActKind("obligations.assign", _("Phân công việc trong cơ quan (bút phê)"), None, leaders_and_sections),
            ActKind("obligations.report_done", _("Báo hoàn thành việc được phân công"), None, OFFICE),
            ActKind("obligations.ask", _("Xin gia hạn, xin miễn"), None, OFFICE | {Role.ENTERPRISE}),
            ActKind("obligations.decide", _("Quyết định gia hạn, miễn"), "manage", leaders_and_sections),
            ActKind(
                "obligations.decide_own",
                _("Quyết định gia hạn, miễn việc cơ quan mình giao"),
                None,
                leaders_and_sections,
            ),
        )
        register_subjects(*SUBJECTS)
