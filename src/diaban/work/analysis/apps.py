from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalysisApp(AppConfig):
    name = "diaban.work.analysis"
    label = "analysis"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import OFFICE, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.work.analysis import labels, permissions
        from diaban.work.analysis.models import SavedView

        register_acts(
            ActKind(
                permissions.KEEP,
                _("Lưu bảng phân tích của mình, chia sẻ trong cơ quan"),
                None,
                OFFICE | {Role.UNIT_ADMIN, Role.AUDITOR},
            ),
        )
        register_subjects(
            SubjectKind(
                kind="analysis.view",
                model=SavedView,
                name=_("Bảng phân tích đã lưu"),
                label=str,
                url=labels.view_url,
                visible=permissions.visible_views,
                verbs=labels.VERBS,
            )
        )
