"""How directives and tasks are named, addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.work.directives.models import Completion, Directive, Task

DIRECTIVE_VERBS: dict[str, Promise | str] = {
    "directives.drafted": _("đã soạn"),
    "directives.redrafted": _("đã sửa dự thảo"),
    "directives.discarded": _("đã xóa bản nháp"),
    "directives.handed_up": _("đã trình cấp trên ban hành"),
    "directives.issued": _("đã ban hành"),
    "directives.given": _("đã giao thêm đơn vị"),
    "directives.withdrawn": _("đã thu hồi"),
    "directives.merged": _("đã gộp vào nhiệm vụ khác"),
    "directives.letter_drafted": _("đã lập dự thảo văn bản"),
}
TASK_VERBS: dict[str, Promise | str] = {
    "directives.progress_reported": _("đã báo cáo tiến độ"),
    "directives.done_reported": _("đã báo kết quả"),
    "directives.done_confirmed": _("đã xác nhận kết quả"),
    "directives.sent_back": _("đã đề nghị bổ sung kết quả"),
}


def directive_url(directive: Directive) -> str:
    return reverse("directives:directive", args=[directive.uid])


def task_label(task: Task) -> str:
    return f"{task.name}: {task.directive.title}"


def task_url(task: Task) -> str:
    return reverse("directives:task", args=[task.uid])


def completion_label(done: Completion) -> str:
    return f"{done.task.name}: {done}" + (f" ({done.paper})" if done.paper else "")


def completion_url(done: Completion) -> str:
    return task_url(done.task)
