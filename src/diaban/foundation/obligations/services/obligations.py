"""Opening, fulfilling, closing and moving obligations: parts of other rooms' acts, in those acts' transactions."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.journal.services import Note, record, record_all
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import ClosedReason
from diaban.foundation.obligations.services.telling import notify_owners
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.foundation.organisations.queries import version_of
from diaban.foundation.organisations.rules import may_own_obligations


class NeverOwes(Exception):
    """A Party body never owns an obligation (Party papers are recorded, not given deadlines by a department)."""


@transaction.atomic
def open_obligation(
    *,
    kind: str,
    title: str,
    unit_id: int,
    field_code: str,
    owner_id: int,
    counterpart_id: int,
    on: date,
    due_on: date | None,
    actor: Actor,
    at: datetime,
    subject: Subject | None = None,
    act: uuid.UUID | None = None,
    reason: str = "",
    is_asked: bool = False,
) -> Obligation:
    """Open an obligation that no duty makes. Where one of the kind is open for the subject and owner, it is returned.

    With a `reason` the people of the owing office are told. Raises `NeverOwes` for an owner of a kind that never owes.
    """
    if not may_own_obligations(version_of(owner_id, on).kind):
        raise NeverOwes(_("Cơ quan Đảng không được giao việc có hạn."))
    if subject is not None:
        open_already = Obligation.objects.open().about(*subject).filter(kind=kind, owner_id=owner_id, duty=None).first()
        if open_already is not None:
            return open_already
    obligation = Obligation.objects.create(
        kind=kind,
        title=title[:250],
        unit_id=unit_id,
        field_code=field_code,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else None,
        owner_id=owner_id,
        original_owner_id=owner_id,
        counterpart_id=counterpart_id,
        is_asked=is_asked,
        opened_on=on,
        due_on=due_on,
        original_due_on=due_on,
    )
    record(actor=actor, verb="obligations.opened", thing=obligation, at=at, act=act, changes={"due_on": (None, due_on)})
    if reason:
        notify_owners(obligations=[obligation], reason=reason, on=on, at=at)
    return obligation


def open_for_each(
    *,
    kind: str,
    title: str,
    unit_id: int,
    field_code: str,
    owners: Mapping[int, OrganisationVersion],
    counterpart_id: int,
    on: date,
    due_on: date | None,
    period: str = "",
    subject: Subject,
    actor: Actor,
    at: datetime,
) -> list[Obligation]:
    """The same obligation about a subject for each of several owners (by id, as they are that day), as `open_obligation`;
    returns those newly opened. Party bodies and those that owe it already are left out. Three queries, whatever their number."""
    open_now = Obligation.objects.open().about(*subject).filter(kind=kind, duty=None)
    owing = set(open_now.values_list("owner_id", flat=True))
    rows = [
        Obligation(
            kind=kind,
            title=title[:250],
            period=period,
            unit_id=unit_id,
            field_code=field_code,
            subject_kind=subject.kind,
            subject_id=subject.id,
            owner_id=owner_id,
            original_owner_id=owner_id,
            counterpart_id=counterpart_id,
            opened_on=on,
            due_on=due_on,
            original_due_on=due_on,
        )
        for owner_id, office in owners.items()
        if owner_id not in owing and may_own_obligations(office.kind)
    ]
    Obligation.objects.bulk_create(rows)
    notes = [Note(row, {"due_on": (None, due_on)}) for row in rows]
    record_all(actor=actor, verb="obligations.opened", notes=notes, at=at)
    return rows


def _lock(obligation: Obligation) -> bool:
    """Read the row anew and lock it until the transaction ends; whether it is still open."""
    obligation.refresh_from_db(from_queryset=Obligation.objects.select_for_update())
    return obligation.is_open


@transaction.atomic
def fulfil(*, obligation: Obligation, actor: Actor, at: datetime, act: uuid.UUID | None = None) -> None:
    """Mark as done at a moment. Doing it again changes nothing: the first time counts."""
    if not _lock(obligation):
        return
    obligation.fulfilled_at = at
    obligation.save_revision("fulfilled_at")
    record(actor=actor, verb="obligations.fulfilled", thing=obligation, at=at, act=act)


def fulfil_all(found: QuerySet[Obligation], *, actor: Actor, at: datetime, act: uuid.UUID) -> None:
    """As `fulfil`, for the open ones among those found, locked in the order of their ids. Three queries, whatever their number."""
    rows = list(found.filter(fulfilled_at=None, closed_at=None).select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        return
    Obligation.objects.filter(pk__in=[row.pk for row in rows]).update(fulfilled_at=at, revision=F("revision") + 1)
    record_all(actor=actor, verb="obligations.fulfilled", notes=map(Note, rows), at=at, act=act)


@transaction.atomic
def close(
    *,
    obligation: Obligation,
    reason: ClosedReason,
    note: str,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> None:
    """End an obligation that will not be done, with the reason; one that is over already is left as it is.

    What a reform closes is made anew: the duty's periods from that one on are looked at again.
    """
    if not _lock(obligation):
        return
    obligation.closed_at, obligation.closed_reason, obligation.closed_note = at, reason.value, note[:300]
    obligation.save_revision("closed_at", "closed_reason", "closed_note")
    if reason is ClosedReason.REFORMED and obligation.duty_id is not None and obligation.period_last_day is not None:
        before = obligation.period_last_day - timedelta(days=1)
        Duty.objects.filter(pk=obligation.duty_id, generated_through__gt=before).update(generated_through=before)
    record(actor=actor, verb="obligations.closed", thing=obligation, at=at, act=act, changes={"reason": ("", note)})


def extend(*, obligation: Obligation, due_on: date, actor: Actor, at: datetime, act: uuid.UUID | None = None) -> None:
    """Give whoever owes more time, unasked; the first deadline stays beside. What is over, or due later, is left alone."""
    before = obligation.due_on
    if not obligation.is_open or before is None or due_on <= before:
        return
    obligation.due_on = due_on
    obligation.save_revision("due_on")
    changes = {"due_on": (before, due_on)}
    record(actor=actor, verb="obligations.extended", thing=obligation, at=at, act=act, changes=changes)


def move_counterpart(
    *, obligation: Obligation, to_organisation_id: int, actor: Actor, at: datetime, act: uuid.UUID | None = None
) -> None:
    """Whoever is owed is now another: the successor of the organisation that was."""
    before = obligation.counterpart_id
    obligation.counterpart_id = to_organisation_id
    obligation.save_revision("counterpart")
    changes = {"counterpart": (before, to_organisation_id)}
    record(actor=actor, verb="obligations.moved", thing=obligation, at=at, act=act, changes=changes)


def move_owner(
    *, obligation: Obligation, to_organisation_id: int, actor: Actor, at: datetime, act: uuid.UUID | None = None
) -> None:
    """Hand open work to the owner's successor; unit, deadlines and first owner stay as they were."""
    if obligation.owner_id == to_organisation_id:
        return
    before = obligation.owner_id
    obligation.owner_id = to_organisation_id
    obligation.save_revision("owner")
    record(
        actor=actor,
        verb="obligations.moved",
        thing=obligation,
        at=at,
        act=act,
        changes={"owner": (before, to_organisation_id)},
    )
