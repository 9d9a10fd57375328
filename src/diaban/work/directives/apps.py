from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesApp(AppConfig):
    name = "diaban.work.directives"
    label = "directives"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import LEADERS, OFFICE, STAFF, ActKind, Role, register_acts

    register_acts(
        ActKind("directives.draft", _("Soạn nhiệm vụ, đề nghị, yêu cầu"), None, STAFF),
        ActKind("directives.issue", _("Ban hành nhiệm vụ, đề nghị, yêu cầu"), None, LEADERS),
        ActKind("directives.enforce", _("Hướng dẫn, yêu cầu theo quy định trong lĩnh vực quản lý"), "manage", STAFF),
        ActKind("directives.enforce_all", _("Hướng dẫn, yêu cầu theo quy định trên địa bàn"), "direct", STAFF),
        ActKind(
            "directives.report", _("Báo cáo tiến độ, kết quả nhiệm vụ được giao"), None, OFFICE | {Role.ENTERPRISE}
        ),
        ActKind("directives.decide", _("Xác nhận, trả lại kết quả; thu hồi, gộp nhiệm vụ"), None, STAFF),
        ActKind("directives.follow", _("Theo dõi nhiệm vụ thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("directives.follow_all", _("Theo dõi nhiệm vụ trên địa bàn"), "direct", OFFICE),
        ActKind(
            "directives.follow_audit",
            _("Xem nhiệm vụ để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
            by_set_up=True,
        ),
    )


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.directives import labels, permissions
    from diaban.work.directives.models import Completion, Directive, Task

    register_subjects(
        SubjectKind(
            kind="directives.directive",
            model=Directive,
            name=_("Nhiệm vụ, đề nghị, yêu cầu"),
            label=str,
            url=labels.directive_url,
            visible=permissions.visible_directives,
            verbs=labels.DIRECTIVE_VERBS,
        ),
        SubjectKind(
            kind="directives.task",
            model=Task,
            name=_("Phần việc của đơn vị"),
            label=labels.task_label,
            url=labels.task_url,
            visible=permissions.visible_tasks,
            verbs=labels.TASK_VERBS,
        ),
        SubjectKind(
            kind="directives.completion",
            model=Completion,
            name=_("Kết quả đã báo cáo"),
            label=labels.completion_label,
            url=labels.completion_url,
            visible=permissions.visible_completions,
        ),
    )
