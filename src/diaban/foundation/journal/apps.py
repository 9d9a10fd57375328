from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalApp(AppConfig):
    name = "diaban.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, ActKind, Role, register_acts

        register_acts(
            ActKind("journal.read", _("Xem nhật ký của cơ quan"), None, LEADERS | {Role.AUDITOR, Role.UNIT_ADMIN}),
            ActKind("journal.seal", _("Niêm phong nhật ký"), None, frozenset()),
        )
