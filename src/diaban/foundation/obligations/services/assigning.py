"""Bút phê: a leader passes work on inside the office that owns it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.journal.services import record
from diaban.foundation.obligations.models import Assignment, Obligation
from diaban.foundation.obligations.permissions import can_assign
from diaban.foundation.obligations.services.telling import notify_assignee
from diaban.foundation.organisations.models import Position
from diaban.foundation.organisations.queries import body_of

ONLY_OWN_OPEN_WORK = gettext_lazy("Chỉ phân công được việc đang thực hiện của cơ quan mình.")


class NotOurOffice(Exception):
    """The position named is not one of the owner's office."""


@transaction.atomic
def assign(
    *,
    obligation_id: int,
    to_position_id: int,
    part: str,
    text: str,
    due_on: date | None,
    actor: Actor,
    at: datetime,
    expected_revision: int | None = None,
) -> Assignment:
    """Assign open work to a position of the own office. Assigning again to the same position renews text and day.

    Raises `NotPermitted`, `NotOurOffice` or `StaleRevision`.
    """
    obligation = Obligation.lock(obligation_id, expected_revision=expected_revision)
    grant = actor.require("obligations.assign")
    if actor.position_id is None or not can_assign(actor, obligation):
        raise NotPermitted(ONLY_OWN_OPEN_WORK)
    to = Position.objects.get(pk=to_position_id)
    if body_of(to.organisation_id, actor.today) != body_of(obligation.owner_id, actor.today):
        raise NotOurOffice(_("Người được phân công phải thuộc cơ quan đang thực hiện việc này."))
    assignment, _is_new = Assignment.objects.update_or_create(
        obligation=obligation,
        to_position_id=to_position_id,
        withdrawn_at=None,
        defaults={
            "from_position_id": actor.position_id,
            "part": part,
            "text": text.strip()[:500],
            "due_on": due_on,
            "at": at,
        },
    )
    changes = {"to": ("", to.title), "text": ("", text), "due_on": (None, due_on)}
    record(actor=actor, verb="obligations.assigned", thing=obligation, at=at, grant=grant, changes=changes)
    notify_assignee(assignment=assignment, reason=_("Lãnh đạo phân công cho đồng chí"), on=actor.today, at=at)
    return assignment


@transaction.atomic
def report_done(*, assignment_id: int, actor: Actor, at: datetime) -> Assignment:
    """The assignee says that his part is done; the obligation itself is fulfilled by what it asks for."""
    assignment = Assignment.objects.select_for_update().select_related("obligation").get(pk=assignment_id)
    grant = actor.require("obligations.report_done")
    if assignment.to_position_id != actor.position_id:
        raise NotPermitted(_("Chỉ người được phân công báo hoàn thành phần việc của mình."))
    if assignment.done_at is None:
        assignment.done_at = at
        assignment.save(update_fields=["done_at"])
        record(actor=actor, verb="obligations.part_done", thing=assignment.obligation, at=at, grant=grant)
    return assignment
