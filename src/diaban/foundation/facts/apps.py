from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsApp(AppConfig):
    name = "diaban.foundation.facts"
    label = "facts"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, STAFF, ActKind, register_acts
        from diaban.foundation.acts.subjects import register_subjects
        from diaban.foundation.facts.subjects import COLLECTION, INDICATOR

        registers = "keep_registers"
        register_acts(
            ActKind("facts.load_catalogue", _("Nạp danh mục chỉ tiêu"), registers, STAFF, by_set_up=True),
            ActKind("facts.open_collection", _("Mở tập số liệu"), registers, STAFF, by_set_up=True),
            ActKind("facts.enter_base", _("Ghi thông tin nền hằng năm"), registers, STAFF, by_set_up=True),
            ActKind("facts.set_plan", _("Ghi kế hoạch giao"), "direct", LEADERS | STAFF, by_set_up=True),
            ActKind("facts.rebuild", _("Tính lại số tổng hợp cấp tỉnh"), None, frozenset(), by_set_up=True),
        )
        register_subjects(INDICATOR, COLLECTION)
