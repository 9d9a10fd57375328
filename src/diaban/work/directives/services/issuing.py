"""Issuing: each receiver owes its part from that day; a draft may be handed to the superior to issue."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.subjects import Subject, subject_of
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.permissions import party
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import fulfil, notify_owners, open_obligation
from diaban.foundation.organisations.queries import line_above, versions_of
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.work.directives.choosing import modes_towards
from diaban.work.directives.models import Directive, Part, Task
from diaban.work.directives.permissions import DRAFT, ISSUE, SIGNING, TASK, can_decide, is_writer
from diaban.work.directives.rules import Mode
from diaban.work.directives.services.drafting import (
    Content,
    NotPossible,
    Receiver,
    draft_directive,
    lock_draft,
    set_receivers,
)

SAID = {
    Mode.ASSIGN: "Cơ quan cấp trên giao nhiệm vụ",
    Mode.GUIDE: "Hướng dẫn nghiệp vụ mới",
    Mode.REQUEST: "Có văn bản đề nghị thực hiện",
    Mode.REQUIRE: "Yêu cầu theo quy định của pháp luật",
    Mode.COORDINATE: "Có văn bản đề nghị phối hợp",
    Mode.PROPOSE: "Có kiến nghị, báo cáo gửi đến",
}


@transaction.atomic
def issue_directive(
    *, directive_id: int, actor: Actor, at: datetime, expected_revision: int | None = None
) -> Directive:
    """Issue a draft by a leader of the issuing body. Without receivers or a deadline it is issued and flagged.

    Raises `NotPermitted`, `StaleRevision`, or `NotPossible` where a receiver may not be turned to in that mode.
    """
    directive = lock_draft(directive_id, expected_revision)
    grant = _require_issue(actor, directive)
    tasks = list(directive.tasks.all())
    _check_modes(directive, tasks, actor)
    directive.issued_at, directive.issued_on = at, actor.today
    directive.save_revision("issued_at", "issued_on")
    changes = {"mode": ("", directive.mode), "due_on": (None, directive.due_on), "receivers": (0, len(tasks))}
    record(actor=actor, verb="directives.issued", thing=directive, at=at, grant=grant, changes=changes)
    _owe(directive, tasks, actor=actor, at=at)
    for waiting in Obligation.objects.open().about(*subject_of(directive)).filter(kind=SIGNING):
        fulfil(obligation=waiting, actor=actor, at=at)
    return directive


@transaction.atomic
def draft_and_issue(*, content: Content, actor: Actor, at: datetime, origin: Subject | None = None) -> Directive:
    """Both in one act, for a leader who says it himself. Raises as the two."""
    directive = draft_directive(content=content, actor=actor, at=at, origin=origin)
    return issue_directive(directive_id=directive.pk, actor=actor, at=at)


@transaction.atomic
def give_to(*, directive_id: int, receivers: Sequence[Receiver], actor: Actor, at: datetime) -> list[Task]:
    """Add receivers to an issued directive: one that was issued without any is given to somebody at last.

    Raises `NotPermitted` or `NotPossible`.
    """
    directive = Directive.lock(directive_id)
    if not directive.is_issued:
        raise NotPossible(_("Chỉ bổ sung cơ quan thực hiện sau khi đã ban hành."))
    if not can_decide(actor, directive):
        raise NotPermitted(_("Chỉ cơ quan ban hành mới giao thêm đơn vị."))
    standing = list(directive.tasks.all())
    if any(one.part == Part.LEADS for one in standing) and any(one.part == Part.LEADS for one in receivers):
        raise NotPossible(_("Nhiệm vụ đã có cơ quan chủ trì."))
    there = {one.organisation_id for one in standing}
    if not receivers or any(one.organisation_id in there for one in receivers):
        raise NotPossible(_("Chọn cơ quan chưa được giao việc này."))
    after = max((one.position for one in standing), default=0)
    tasks = set_receivers(directive, receivers, actor.today, after=after)
    _check_modes(directive, tasks, actor)
    changes = {"receivers": (len(standing), len(standing) + len(tasks))}
    record(actor=actor, verb="directives.given", thing=directive, at=at, changes=changes)
    _owe(directive, tasks, actor=actor, at=at)
    return tasks


@transaction.atomic
def hand_to_superior(
    *,
    directive_id: int,
    superior_id: int,
    actor: Actor,
    at: datetime,
    mode: str = Mode.ASSIGN.value,
    expected_revision: int | None = None,
) -> Directive:
    """Submit the own draft to a superior in the line, to issue in its own name and by its mode (an order, as a rule); it is
    told by work without a deadline.

    Raises `NotPermitted`, or `NotPossible` for who is not above.
    """
    directive = lock_draft(directive_id, expected_revision)
    grant = actor.require(DRAFT)
    if not is_writer(actor, directive) or directive.is_for_superior:
        raise NotPermitted(_("Chỉ cơ quan soạn thảo mới trình cấp trên ban hành, một lần."))
    if superior_id not in line_above(directive.drafted_by_id, actor.today)[1:]:
        raise NotPossible(_("Chỉ trình cơ quan cấp trên trực tiếp của mình."))
    before = directive.organisation_id
    directive.organisation_id, directive.is_for_superior, directive.mode = superior_id, True, mode
    directive.save_revision("organisation", "is_for_superior", "mode")
    _check_modes(directive, list(directive.tasks.all()), actor)
    changes = {"organisation": (before, superior_id)}
    record(actor=actor, verb="directives.handed_up", thing=directive, at=at, grant=grant, changes=changes)
    open_obligation(
        kind=SIGNING,
        title=f"Xem xét, ban hành: {directive.title}",
        unit_id=directive.unit_id,
        field_code=directive.field_code,
        owner_id=superior_id,
        counterpart_id=directive.drafted_by_id,
        on=actor.today,
        due_on=None,
        subject=subject_of(directive),
        is_asked=True,
        actor=actor,
        at=at,
        reason="Cơ quan cấp dưới trình dự thảo",
    )
    return directive


def _owe_one(directive: Directive, task: Task, *, actor: Actor, at: datetime) -> Obligation:
    """Open what the receiver of a task owes, and let the task point to it."""
    task.obligation = open_obligation(
        kind=TASK,
        title=directive.title,
        unit_id=task.unit_id,
        field_code=directive.field_code,
        owner_id=task.organisation_id,
        counterpart_id=directive.organisation_id,
        on=actor.today,
        due_on=directive.due_on,
        subject=subject_of(task),
        is_asked=not directive.how.is_order,
        actor=actor,
        at=at,
    )
    task.save_revision("obligation")
    return task.obligation


def _owe(directive: Directive, tasks: Sequence[Task], *, actor: Actor, at: datetime) -> None:
    """Party bodies owe nothing; their tasks stay without an obligation."""
    kinds = versions_of([task.organisation_id for task in tasks], actor.today)
    opened = [
        _owe_one(directive, task, actor=actor, at=at)
        for task in tasks
        if may_own_obligations(kinds[task.organisation_id].kind)
    ]
    notify_owners(obligations=opened, reason=SAID[directive.how], on=actor.today, at=at)


def _require_issue(actor: Actor, directive: Directive) -> Grant:
    if directive.organisation_id not in party(actor):
        raise NotPermitted(_("Chỉ lãnh đạo cơ quan ban hành mới ban hành được."))
    return actor.require(ISSUE)


def _check_modes(directive: Directive, tasks: Sequence[Task], actor: Actor) -> None:
    offices = versions_of([task.organisation_id for task in tasks], actor.today)
    modes = modes_towards(directive.organisation_id, list(offices.values()), directive.field_code, actor.today, actor)
    refused = [task.name for task in tasks if directive.how not in modes.get(task.organisation_id, ())]
    if refused:
        said = _("Không %(mode)s được với: %(names)s.")
        raise NotPossible(said % {"mode": directive.get_mode_display().lower(), "names": ", ".join(refused)})
