from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReformsApp(AppConfig):
    name = "diaban.foundation.reforms"
    label = "reforms"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, STAFF, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import register_subjects
        from diaban.foundation.reforms.subjects import SUBJECTS  # models are ready now

        register_acts(
            ActKind(
                "reforms.see", _("Xem phương án sắp xếp"), "keep_registers", STAFF | {Role.AUDITOR, Role.UNIT_ADMIN}
            ),
            ActKind(
                "reforms.plan", _("Lập phương án sắp xếp"), "keep_registers", STAFF | {Role.UNIT_ADMIN}, by_set_up=True
            ),
            ActKind("reforms.carry_out", _("Thực hiện phương án sắp xếp"), "keep_registers", LEADERS, by_set_up=True),
        )
        register_subjects(*SUBJECTS)
