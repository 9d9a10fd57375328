"""What a receiver says of its task: progress on the way, and that it is done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import Files, keep_evidence
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil, notify_counterpart, open_obligation
from diaban.work.directives.models import Completion, Progress, Task
from diaban.work.directives.permissions import CONFIRMATION, REPORT, can_report
from diaban.work.directives.services.drafting import NotPossible


@transaction.atomic
def report_progress(
    *, task_id: int, text: str, actor: Actor, at: datetime, percent: int | None = None, files: Files = ()
) -> Progress:
    """Say how far the task is. Raises `NotPermitted`, `NotAccepted` (a file), or `NotPossible` without words."""
    task, grant = _in_hand(task_id, actor)
    if not text.strip():
        raise NotPossible(_("Ghi đã làm được gì."))
    said = Progress.objects.create(task=task, text=text.strip()[:2000], percent=percent, at=at, by=actor.label[:300])
    keep_evidence(files=files, subject=subject_of(task), actor=actor, at=at)
    changes = {"percent": (None, percent), "text": ("", said.text[:300])}
    record(actor=actor, verb="directives.progress_reported", thing=task, at=at, grant=grant, changes=changes)
    return said


@transaction.atomic
def report_done(
    *, task_id: int, text: str, actor: Actor, at: datetime, paper: str = "", files: Files = ()
) -> Completion:
    """Report the task done: its obligation is fulfilled on this day, and the issuer has it to confirm or to send back.

    Raises `NotPermitted`, `NotAccepted` (a file), or `NotPossible` without words.
    """
    task, grant = _in_hand(task_id, actor)
    if not text.strip():
        raise NotPossible(_("Ghi kết quả, sản phẩm đã hoàn thành."))
    obligation = _obligation(task)
    fulfil(obligation=obligation, actor=actor, at=at)
    done = Completion.objects.create(
        task=task,
        obligation=obligation,
        text=text.strip()[:2000],
        paper=paper.strip()[:120],
        at=at,
        by=actor.label[:300],
    )
    keep_evidence(files=files, subject=subject_of(task), actor=actor, at=at)
    tie(source=subject_of(done), kind=Link.Kind.PROVES, target=subject_of(task.directive), on=actor.today)
    changes = {"paper": ("", done.paper), "text": ("", done.text[:300])}
    record(actor=actor, verb="directives.done_reported", thing=task, at=at, grant=grant, changes=changes)
    _ask_to_confirm(task, obligation, actor, at)
    return done


def _ask_to_confirm(task: Task, obligation: Obligation, actor: Actor, at: datetime) -> None:
    """The work of confirming has no deadline; a reform hands it on like any other."""
    waiting = open_obligation(
        kind=CONFIRMATION,
        title=f"Xác nhận kết quả của {task.name}: {task.directive.title}",
        unit_id=task.unit_id,
        field_code=task.directive.field_code,
        owner_id=obligation.counterpart_id,
        counterpart_id=obligation.counterpart_id,
        on=actor.today,
        due_on=None,
        subject=subject_of(task),
        is_asked=True,
        actor=actor,
        at=at,
    )
    reason = _("Đơn vị báo đã hoàn thành, chờ xác nhận")
    notify_counterpart(obligation=waiting, reason=reason, on=actor.today, at=at)


def _in_hand(task_id: int, actor: Actor) -> tuple[Task, Grant]:
    task = Task.objects.select_for_update(of=("self",)).select_related("directive", "obligation").get(pk=task_id)
    grant = actor.require(REPORT)
    if task.obligation is None:
        raise NotPossible(_("Việc này gửi để biết, đề nghị cấp ủy; không phải báo cáo ở đây."))
    if not can_report(actor, task):
        raise NotPermitted(_("Chỉ cơ quan đang thực hiện mới báo cáo tiến độ, kết quả."))
    return task, grant


def _obligation(task: Task) -> Obligation:
    if task.obligation is None:
        raise NotPossible(_("Việc này không có hạn phải báo cáo."))
    return task.obligation
