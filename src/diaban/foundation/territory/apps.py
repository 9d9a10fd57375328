from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryApp(AppConfig):
    name = "diaban.foundation.territory"
    label = "territory"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, STAFF, ActKind, register_acts
        from diaban.foundation.acts.subjects import register_subjects
        from diaban.foundation.territory.subjects import UNIT

        register_acts(
            ActKind(
                "territory.load", _("Nạp đơn vị hành chính cả nước"), "keep_registers", frozenset(), by_set_up=True
            ),
            ActKind("territory.redraw", _("Sắp xếp lại địa bàn"), "keep_registers", LEADERS, by_set_up=True),
            ActKind(
                "territory.load_boundaries",
                _("Nạp ranh giới đơn vị trên bản đồ"),
                "keep_registers",
                STAFF,
                by_set_up=True,
            ),
            ActKind(
                "territory.correct_weight", _("Sửa tỷ lệ phân chia địa bàn"), "keep_registers", STAFF, by_set_up=True
            ),
        )
        register_subjects(UNIT)
