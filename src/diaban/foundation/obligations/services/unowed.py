"""Units of a duty that nobody owes for: whoever is owed has the matter ruled."""

from collections.abc import Collection
from datetime import date, datetime

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.services.obligations import fulfil, open_obligation
from diaban.foundation.obligations.starts import UNOWED
from diaban.foundation.obligations.workdays import work_calendar
from diaban.foundation.organisations.queries import versions_of as organisations_on
from diaban.foundation.organisations.rules import may_own_obligations
from diaban.foundation.territory.queries import nearest_versions

WORKING_DAYS = 3
MOST_NAMES = 3


def tell_unowed(*, duty: Duty, unit_ids: Collection[int], on: date, actor: Actor, at: datetime) -> None:
    """Open the one line of the duty where units are left without an owner; it is done when none is left."""
    open_now = Obligation.objects.open().about("obligations.duty", duty.pk).filter(kind=UNOWED).first()
    if open_now is not None and not unit_ids:
        fulfil(obligation=open_now, actor=actor, at=at)
    elif open_now is None and unit_ids and _may_rule(duty, on):
        open_obligation(
            kind=UNOWED,
            title=f"Xác định cơ quan thực hiện “{duty.title}” tại {_named(unit_ids, on)}",
            unit_id=duty.unit_id,
            field_code=duty.field_code,
            owner_id=duty.counterpart_id,
            counterpart_id=duty.counterpart_id,
            on=on,
            due_on=work_calendar().add_working_days(on, WORKING_DAYS),
            subject=Subject("obligations.duty", duty.pk),
            actor=actor,
            at=at,
        )


def _may_rule(duty: Duty, on: date) -> bool:
    office = organisations_on([duty.counterpart_id], on).get(duty.counterpart_id)
    return office is not None and may_own_obligations(office.kind)


def _named(unit_ids: Collection[int], on: date) -> str:
    names = sorted(version.full_name for version in nearest_versions(unit_ids, on).values())
    more = f" và {len(names) - MOST_NAMES} đơn vị khác" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
