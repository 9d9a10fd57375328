"""The issuer's answer to a reported completion: confirmed, or sent back for more."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import untie_all
from diaban.foundation.mandates.routing import holder_today
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close, fulfil, notify_owners, open_obligation
from diaban.work.directives.models import Completion, Part, Task
from diaban.work.directives.permissions import CONFIRMATION, DECIDE, TASK, can_decide, keeper_of
from diaban.work.directives.services.drafting import NotPossible


@transaction.atomic
def confirm_done(*, completion_id: int, actor: Actor, at: datetime, note: str = "") -> Completion:
    """Confirm. With the lead's part the whole is done: what coordinators still owe ends with it.

    Raises `NotPermitted`, or `NotPossible` once decided.
    """
    done, grant = _undecided(completion_id, actor)
    done.confirmed_at, done.decided_by, done.reason = at, actor.label[:300], note.strip()[:1000]
    done.save(update_fields=["confirmed_at", "decided_by", "reason"])
    record(actor=actor, verb="directives.done_confirmed", thing=done.task, at=at, grant=grant)
    _settle(done.task, actor, at)
    if done.task.part == Part.LEADS:
        others = Task.objects.filter(directive=done.task.directive_id, part=Part.COORDINATES)
        for row in Obligation.objects.open().filter(pk__in=others.values("obligation")):
            ended = "Cơ quan chủ trì đã hoàn thành"
            close(obligation=row, reason=ClosedReason.WITHDRAWN, note=ended, actor=actor, at=at)
    return done


@transaction.atomic
def send_back(*, completion_id: int, reason: str, due_on: date | None, actor: Actor, at: datetime) -> Completion:
    """Send back for more by a new day: a second obligation opens, the first stays as it was.

    Raises `NotPermitted`, or `NotPossible`: decided already, no reason, no day where the task has one, a day gone by.
    """
    done, grant = _undecided(completion_id, actor)
    task, first = done.task, done.obligation
    if not reason.strip():
        raise NotPossible(_("Ghi rõ cần bổ sung gì."))
    if first.due_on is not None and due_on is None:
        raise NotPossible(_("Ghi hạn bổ sung."))
    if due_on is not None and due_on < actor.today:
        raise NotPossible(_("Hạn bổ sung không được trước hôm nay."))
    done.returned_at, done.decided_by, done.reason = at, actor.label[:300], reason.strip()[:1000]
    done.save(update_fields=["returned_at", "decided_by", "reason"])
    untie_all(source=subject_of(done), kind=Link.Kind.PROVES, on=actor.today)
    _settle(task, actor, at)
    task.obligation = open_obligation(
        kind=TASK,
        title=first.title,
        unit_id=first.unit_id,
        field_code=first.field_code,
        owner_id=holder_today(first.owner_id, first.field_code, actor.today),
        counterpart_id=keeper_of(task.directive, actor) or first.counterpart_id,
        on=actor.today,
        due_on=due_on,
        subject=subject_of(task),
        is_asked=first.is_asked,
        actor=actor,
        at=at,
    )
    task.save_revision("obligation")
    changes = {"reason": ("", done.reason), "due_on": (first.due_on, due_on)}
    record(actor=actor, verb="directives.sent_back", thing=task, at=at, grant=grant, changes=changes)
    notify_owners(obligations=[task.obligation], reason=_("Kết quả được trả lại"), on=actor.today, at=at)
    return done


def _undecided(completion_id: int, actor: Actor) -> tuple[Completion, Grant]:
    done = (
        Completion.objects.select_for_update(of=("self",))
        .select_related("task__directive", "task__obligation", "obligation")
        .get(pk=completion_id)
    )
    grant = actor.require(DECIDE)
    if not can_decide(actor, done.task.directive):
        raise NotPermitted(_("Chỉ cơ quan ban hành mới xác nhận, trả lại kết quả."))
    if done.confirmed_at is not None or done.returned_at is not None:
        raise NotPossible(_("Kết quả này đã được xem xét."))
    if not done.task.directive.is_issued:
        raise NotPossible(_("Văn bản đã thu hồi; không xem xét kết quả nữa."))
    return done, grant


def _settle(task: Task, actor: Actor, at: datetime) -> None:
    for row in Obligation.objects.open().about(*subject_of(task)).filter(kind=CONFIRMATION):
        fulfil(obligation=row, actor=actor, at=at)
