from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsApp(AppConfig):
    name = "diaban.foundation.documents"
    label = "documents"

    def ready(self) -> None:
        # Models can be imported only once the registry is made.
        from diaban.foundation.acts.catalogue import LEADERS, OFFICE, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.foundation.documents.models import Document
        from diaban.foundation.documents.permissions import visible_documents

        issuing = LEADERS | {Role.CLERK}
        register_acts(
            ActKind("documents.draft", _("Soạn dự thảo văn bản"), function=None, roles=OFFICE),
            ActKind("documents.record_issue", _("Ghi số, ngày ban hành văn bản"), function=None, roles=issuing),
            ActKind("documents.recall", _("Thu hồi văn bản"), function=None, roles=issuing),
        )
        register_subjects(
            SubjectKind(
                kind="documents.document",
                model=Document,
                name=_("Văn bản"),
                label=str,
                url=lambda _document: None,
                visible=visible_documents,
                verbs={
                    "documents.drafted": _("soạn dự thảo văn bản"),
                    "documents.revised": _("sửa dự thảo văn bản"),
                    "documents.discarded": _("bỏ dự thảo văn bản"),
                    "documents.issued": _("ghi nhận văn bản đã ban hành"),
                    "documents.corrected": _("đính chính văn bản"),
                    "documents.replaced": _("thay thế văn bản"),
                    "documents.recalled": _("thu hồi văn bản"),
                },
            )
        )
