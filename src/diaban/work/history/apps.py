from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryApp(AppConfig):
    name = "diaban.work.history"
    label = "history"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import OFFICE, STAFF, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.work.history import labels, permissions
        from diaban.work.history.models import HistorySheet

        register_acts(
            ActKind("history.import", _("Nhập số liệu lịch sử"), "keep_registers", STAFF, by_set_up=True),
            ActKind(
                "history.see", _("Xem các bảng số lịch sử đã nhập"), "audit", OFFICE | {Role.UNIT_ADMIN, Role.AUDITOR}
            ),
        )
        register_subjects(
            SubjectKind(
                kind="history.sheet",
                model=HistorySheet,
                name=_("Bảng số liệu lịch sử"),
                label=str,
                url=labels.sheet_url,
                visible=permissions.visible_sheets,
                verbs=labels.VERBS,
            )
        )
