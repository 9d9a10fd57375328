from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DocumentsApp(AppConfig):
    name = "diaban.foundation.documents"
    label = "documents"

    def ready(self) -> None:
        # Models can be imported only once the registry is made.
        from diaban.foundation.acts.catalogue import LEADERS, OFFICE, ActKind, Role, register_acts
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.foundation.documents.models import Document, Series
        from diaban.foundation.documents.permissions import visible_documents, visible_series

        issuing = LEADERS | {Role.CLERK}
        register_acts(
            ActKind("documents.draft", _("Soạn dự thảo văn bản"), function=None, roles=OFFICE),
            ActKind("documents.record_issue", _("Ghi số, ngày ban hành văn bản"), function=None, roles=issuing),
            ActKind("documents.register", _("Đăng ký văn bản đã ký"), function=None, roles=OFFICE),
            ActKind("documents.open_series", _("Mở sổ cấp số văn bản của hệ thống"), function=None, roles=issuing),
            ActKind("documents.recall", _("Thu hồi văn bản"), function=None, roles=issuing),
        )
        register_subjects(
            SubjectKind(
                kind="documents.document",
                model=Document,
                name=_("Văn bản"),
                label=str,
                url=lambda document: reverse("documents:document", args=[document.uid]),
                visible=visible_documents,
                verbs={
                    "documents.drafted": _("soạn dự thảo văn bản"),
                    "documents.revised": _("sửa dự thảo văn bản"),
                    "documents.discarded": _("bỏ dự thảo văn bản"),
                    "documents.brought": _("nạp văn bản đã ký"),
                    "documents.registered": _("đăng ký văn bản đã ký"),
                    "documents.issued": _("ghi nhận văn bản đã ban hành"),
                    "documents.corrected": _("đính chính văn bản"),
                    "documents.replaced": _("thay thế văn bản"),
                    "documents.recalled": _("thu hồi văn bản"),
                },
            ),
            SubjectKind(
                kind="documents.series",
                model=Series,
                name=_("Sổ cấp số văn bản"),
                label=str,
                url=lambda _series: reverse("documents:series"),
                visible=visible_series,
                verbs={"documents.series_opened": _("mở sổ cấp số")},
            ),
        )
