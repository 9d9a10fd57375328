from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeApp(AppConfig):
    name = "diaban.work.exchange"
    label = "exchange"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import OFFICE, STAFF, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.work.exchange import labels, permissions
        from diaban.work.exchange.models import FactImport

        register_acts(
            ActKind(permissions.IMPORT, _("Nhập số liệu từ hệ thống khác"), "manage", STAFF, by_set_up=True),
            ActKind(permissions.SEE, _("Xem các tệp số liệu đã nhập"), "audit", OFFICE | {Role.AUDITOR}),
        )
        register_subjects(
            SubjectKind(
                kind="exchange.import",
                model=FactImport,
                name=_("Tệp số liệu nhập"),
                label=str,
                url=labels.import_url,
                visible=permissions.visible_imports,
                verbs=labels.VERBS,
            )
        )
