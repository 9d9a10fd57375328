from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DifficultiesApp(AppConfig):
    name = "diaban.work.difficulties"
    label = "difficulties"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import OFFICE, STAFF, ActKind, Role, register_acts

    register_acts(
        ActKind("difficulties.raise", _("Nêu khó khăn, kiến nghị"), None, OFFICE | {Role.ENTERPRISE}),
        ActKind("difficulties.speak", _("Cho ý kiến về trả lời kiến nghị"), None, OFFICE | {Role.ENTERPRISE}),
        ActKind("difficulties.handle", _("Trả lời, chuyển kiến nghị"), None, STAFF),
        ActKind("difficulties.join", _("Gộp, tách kiến nghị"), "manage", STAFF),
        ActKind("difficulties.set_kinds", _("Đặt thời hạn trả lời kiến nghị"), "keep_registers", STAFF),
        ActKind("difficulties.follow", _("Xem kiến nghị thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("difficulties.follow_all", _("Xem kiến nghị trên địa bàn"), "direct", OFFICE),
        ActKind(
            "difficulties.follow_audit",
            _("Xem kiến nghị để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
        ),
    )


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.difficulties import labels, permissions
    from diaban.work.difficulties.models import Answer, Difficulty, Kind, Raising

    register_subjects(
        SubjectKind(
            kind="difficulties.difficulty",
            model=Difficulty,
            name=_("Khó khăn, kiến nghị"),
            label=str,
            url=labels.difficulty_url,
            visible=permissions.visible_difficulties,
            verbs=labels.VERBS,
        ),
        SubjectKind(
            kind="difficulties.raising",
            model=Raising,
            name=_("Lượt kiến nghị"),
            label=str,
            url=labels.raising_url,
            visible=permissions.visible_raisings,
            verbs=labels.VERBS,
        ),
        SubjectKind(
            kind="difficulties.answer",
            model=Answer,
            name=_("Trả lời kiến nghị"),
            label=str,
            url=labels.answer_url,
            visible=permissions.visible_answers,
            verbs=labels.VERBS,
        ),
        SubjectKind(
            kind="difficulties.kind",
            model=Kind,
            name=_("Loại kiến nghị"),
            label=str,
            url=labels.kinds_url,
            visible=permissions.visible_kinds,
            verbs=labels.KIND_VERBS,
        ),
    )
