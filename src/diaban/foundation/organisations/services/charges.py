"""Dividing an organisation's ground among its leaders."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.models import Charge, Position
from diaban.foundation.organisations.permissions import require_giving_charge
from diaban.foundation.organisations.services.organisations import NotPossible, end_row


@transaction.atomic
def put_in_charge(
    *, position_id: int, unit_ids: Collection[int], valid_from: date, basis: str, actor: Actor, at: datetime
) -> list[Charge]:
    """From that day the position is in charge of the units; whoever was, is no more. Raises `NotPossible` or NotPermitted."""
    position = Position.lock(position_id)
    grant = require_giving_charge(actor, position)
    if not basis.strip() or not unit_ids:
        raise NotPossible(_("Chọn địa bàn và ghi căn cứ phân công."))
    if not position.holds_on(valid_from):
        raise NotPossible(_("Vị trí này không có vào ngày bắt đầu phân công."))
    _end(_standing(position.organisation_id, unit_ids, valid_from), valid_from)
    given = Charge.objects.bulk_create(
        Charge(
            organisation_id=position.organisation_id,
            position=position,
            unit_id=unit,
            valid=DateRange(valid_from, None),
            basis=basis.strip(),
        )
        for unit in sorted(set(unit_ids))
    )
    position.save_revision()
    changes = {"units": (None, sorted(set(unit_ids))), "valid_from": (None, valid_from), "basis": ("", basis.strip())}
    record(actor=actor, verb="organisations.put_in_charge", thing=position, at=at, changes=changes, grant=grant)
    return given


@transaction.atomic
def end_charge(*, position_id: int, unit_ids: Collection[int], on: date, actor: Actor, at: datetime) -> int:
    """From that day the position is in charge of the units no more. Returns how many it was in charge of."""
    position = Position.lock(position_id)
    grant = require_giving_charge(actor, position)
    ended = _end(_standing(position.organisation_id, unit_ids, on).filter(position=position), on)
    if ended:
        position.save_revision()
        changes = {"units": (ended, []), "on": (None, on)}
        record(actor=actor, verb="organisations.charge_ended", thing=position, at=at, changes=changes, grant=grant)
    return len(ended)


def _standing(organisation_id: int, unit_ids: Collection[int], on: date) -> QuerySet[Charge]:
    """What holds on that day or begins later."""
    return Charge.objects.filter(organisation=organisation_id, unit__in=unit_ids, valid__endswith=None)


def _end(charges: Iterable[Charge], on: date) -> list[int]:
    """A charge that has not begun by then is no more at all: nobody has been in charge by it."""
    ended = []
    for charge in charges:
        if charge.first_day is not None and charge.first_day >= on:
            charge.delete()
        else:
            end_row(charge, on)
        ended.append(charge.unit_id)
    return sorted(ended)
