"""Ending a directive that will not be done as it was said: withdrawn, or merged into another, always for a reason."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.links.models import Link
from diaban.foundation.links.services import tie
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services import close
from diaban.work.directives.models import Directive, Task
from diaban.work.directives.permissions import DECIDE, can_decide, is_writer
from diaban.work.directives.services.drafting import NotPossible


@transaction.atomic
def withdraw(
    *,
    directive_id: int,
    reason: str,
    actor: Actor,
    at: datetime,
    task_ids: Collection[int] = (),
    expected_revision: int | None = None,
) -> Directive:
    """Withdraw a directive, or only some of its tasks; what is open leaves the counts with the reason, what was done stays.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` without a reason.
    """
    directive, grant = _lock(directive_id, expected_revision, actor)
    if not reason.strip():
        raise NotPossible(_("Ghi lý do thu hồi."))
    tasks = directive.tasks.filter(pk__in=task_ids) if task_ids else directive.tasks.all()
    if not task_ids:
        directive.withdrawn_at, directive.withdrawn_reason = at, reason.strip()[:300]
        directive.save_revision("withdrawn_at", "withdrawn_reason")
    changes = {"reason": ("", reason.strip()[:300]), "tasks": (None, len(tasks))}
    record(actor=actor, verb="directives.withdrawn", thing=directive, at=at, grant=grant, changes=changes)
    _end(directive, tasks, reason.strip(), actor, at)
    return directive


@transaction.atomic
def merge_into(
    *, directive_id: int, other_id: int, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Directive:
    """Merge into another issued directive that goes on for both; what was open here leaves the counts.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` for one that does not stand.
    """
    directive, grant = _lock(directive_id, expected_revision, actor)
    other = Directive.objects.get(pk=other_id)
    if other.pk == directive.pk or not other.is_issued or not can_decide(actor, other):
        raise NotPossible(_("Chỉ gộp vào một nhiệm vụ khác đã ban hành của cơ quan mình."))
    reason = f"Gộp vào: {other.title}"
    directive.withdrawn_at, directive.withdrawn_reason, directive.merged_into = at, reason[:300], other
    directive.save_revision("withdrawn_at", "withdrawn_reason", "merged_into")
    changes = {"merged_into": ("", str(other.uid))}
    record(actor=actor, verb="directives.merged", thing=directive, at=at, grant=grant, changes=changes)
    tie(source=subject_of(other), kind=Link.Kind.CORRECTS, target=subject_of(directive), on=actor.today)
    _end(directive, directive.tasks.all(), reason, actor, at)
    return directive


def _lock(directive_id: int, expected_revision: int | None, actor: Actor) -> tuple[Directive, Grant]:
    directive = Directive.lock(directive_id, expected_revision=expected_revision)
    if directive.withdrawn_at is not None:
        raise NotPossible(_("Văn bản này đã thu hồi."))
    grant = actor.require(DECIDE)
    may_end = can_decide(actor, directive) if directive.issued_at else is_writer(actor, directive)
    if not may_end:
        raise NotPermitted(_("Chỉ cơ quan ban hành mới thu hồi, gộp."))
    return directive, grant


def _end(directive: Directive, tasks: Collection[Task], note: str, actor: Actor, at: datetime) -> None:
    """Close all open work about the directive (a superior's to issue) and about the tasks."""
    subjects = [subject_of(directive), *(subject_of(task) for task in tasks)]
    for subject in subjects:
        for row in Obligation.objects.open().about(*subject):
            close(obligation=row, reason=ClosedReason.WITHDRAWN, note=note, actor=actor, at=at)
