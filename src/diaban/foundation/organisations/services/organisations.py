"""Founding, renaming, moving, succeeding and dissolving organisations: each a new version, never a rewritten one."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.models import (
    Charge,
    Dated,
    Delegation,
    Holding,
    Organisation,
    OrganisationSuccession,
    OrganisationVersion,
    Position,
)
from diaban.foundation.organisations.permissions import CHANGE, FOUND
from diaban.foundation.organisations.queries import line_above, version_of
from diaban.lib.vietnamese import sort_key


class NotPossible(Exception):
    """The act contradicts what is known of the organisation, post or person. The message is in Vietnamese."""


@transaction.atomic
def found_organisation(
    *,
    name: str,
    kind: str,
    unit_id: int,
    valid_from: date | None,
    parent_id: int | None = None,
    guided_by_id: int | None = None,
    short: str = "",
    name_en: str = "",
    code: str = "",
    entity_code: str = "",
    body: str = "",
    note: str = "",
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> Organisation:
    """A new organisation seated in a unit. `valid_from` None: since before anyone knows. Raises NotPermitted."""
    grant = actor.require(FOUND, None, unit_id)
    organisation = Organisation.objects.create(uid=uuid.uuid4(), code=code, entity_code=entity_code, body=body)
    OrganisationVersion.objects.create(
        organisation=organisation,
        valid=DateRange(valid_from, None),
        name=name,
        name_en=name_en,
        short=short,
        kind=kind,
        parent_id=parent_id,
        guided_by_id=guided_by_id,
        unit_id=unit_id,
        note=note,
        sort_key=sort_key(name),
    )
    changes = {"name": (None, name), "kind": (None, kind), "valid_from": (None, valid_from)}
    record(actor=actor, verb="organisations.founded", thing=organisation, at=at, changes=changes, grant=grant, act=act)
    return organisation


@transaction.atomic
def rename_organisation(
    *,
    organisation_id: int,
    on: date,
    name: str,
    short: str | None = None,
    name_en: str | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> OrganisationVersion:
    """From `on` the organisation bears another name. What it did before stays under its name of that day."""
    change: dict[str, Any] = {"name": name, "sort_key": sort_key(name)}
    change |= {key: value for key, value in (("short", short), ("name_en", name_en)) if value is not None}
    return _new_version(organisation_id, on, change, "organisations.renamed", expected_revision, actor, at, act)


@transaction.atomic
def reparent_organisation(
    *,
    organisation_id: int,
    on: date,
    parent_id: int | None,
    unit_id: int | None = None,
    guided_by_id: int | None = None,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> OrganisationVersion:
    """From `on` the organisation answers to another superior, and where given sits in another unit or has another guide.

    Raises `NotPossible` where the new superior stands below it.
    """
    if parent_id is not None and organisation_id in line_above(parent_id, on):
        raise NotPossible(_("Cơ quan không thể trực thuộc chính mình hoặc đơn vị cấp dưới của mình."))
    change: dict[str, Any] = {"parent_id": parent_id}
    change |= {key: value for key, value in (("unit_id", unit_id), ("guided_by_id", guided_by_id)) if value is not None}
    return _new_version(organisation_id, on, change, "organisations.moved", expected_revision, actor, at, act)


@transaction.atomic
def succeed(
    *,
    predecessor_id: int,
    successor_id: int,
    field_code: str = "",
    on: date,
    basis: str,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> OrganisationSuccession:
    """From `on` the successor has the predecessor's work in a field (in all fields where blank)."""
    predecessor = Organisation.lock(predecessor_id)
    grant = _require_change(actor, predecessor_id, on)
    if predecessor_id == successor_id:
        raise NotPossible(_("Cơ quan không thể kế thừa chính mình."))
    succession, is_new = OrganisationSuccession.objects.get_or_create(
        predecessor_id=predecessor_id,
        field_code=field_code,
        on=on,
        defaults={"successor_id": successor_id, "basis": basis},
    )
    if not is_new and succession.successor_id != successor_id:
        raise NotPossible(_("Lĩnh vực này đã có cơ quan khác tiếp nhận cùng ngày."))
    if is_new:
        changes = {"successor_id": (None, successor_id), "field_code": (None, field_code), "basis": (None, basis)}
        record(
            actor=actor, verb="organisations.succeeded", thing=predecessor, at=at, changes=changes, grant=grant, act=act
        )
    return succession


@transaction.atomic
def dissolve_organisation(
    *,
    organisation_id: int,
    on: date,
    basis: str,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> None:
    """From `on` the organisation is no more; its posts, holdings and delegations end with it."""
    organisation = Organisation.lock(organisation_id, expected_revision=expected_revision)
    grant = _require_change(actor, organisation_id, on)
    version = version_of(organisation_id, on)
    if version.first_day == on or version.last_day is not None:
        raise NotPossible(_("Cơ quan đã được ghi thay đổi từ ngày này trở đi."))
    version.valid = DateRange(version.first_day, on)
    version.save(update_fields=["valid"])
    end_posts(Position.objects.filter(organisation_id=organisation_id), on)
    organisation.save_revision()
    changes = {"valid_to": (None, on), "basis": (None, basis)}
    record(
        actor=actor, verb="organisations.dissolved", thing=organisation, at=at, changes=changes, grant=grant, act=act
    )


def end_posts(positions: QuerySet[Position], on: date) -> None:
    """End positions with whatever hangs on them: who holds them, what they are in charge of, and who signs for or
    through them."""
    for holding in Holding.objects.filter(position__in=positions, valid__contains=on):
        end_row(holding, on)
    for charge in Charge.objects.filter(position__in=positions, valid__contains=on):
        end_row(charge, on)
    hanging = Q(from_position__in=positions) | Q(to_position__in=positions)
    for delegation in Delegation.objects.filter(hanging, valid__contains=on):
        end_row(delegation, on)
    for position in positions.filter(valid__contains=on):
        end_row(position, on)


def end_row(row: Dated, on: date) -> None:
    """Let a row hold no longer from `on`. Raises `NotPossible` where it only begins then."""
    if row.first_day is not None and row.first_day >= on:
        raise NotPossible(_("Ngày kết thúc phải sau ngày bắt đầu %(day)s.") % {"day": f"{row.first_day:%d/%m/%Y}"})
    row.valid = DateRange(row.first_day, on)
    row.save(update_fields=["valid"])


def _new_version(
    organisation_id: int,
    on: date,
    change: dict[str, Any],
    verb: str,
    expected_revision: int | None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None,
) -> OrganisationVersion:
    organisation = Organisation.lock(organisation_id, expected_revision=expected_revision)
    grant = _require_change(actor, organisation_id, on)
    old = version_of(organisation_id, on)
    if old.first_day == on:
        raise NotPossible(_("Ngày này cơ quan đã có một thay đổi; chọn ngày khác."))
    new = OrganisationVersion.objects.get(pk=old.pk)
    new.pk = None
    new._state.adding = True
    new.valid = DateRange(on, old.valid.upper)
    for name, value in change.items():
        setattr(new, name, value)
    end_row(old, on)
    new.save()
    organisation.save_revision()
    changes = {name: (getattr(old, name), value) for name, value in change.items() if name != "sort_key"}
    changes["valid_from"] = (old.first_day, on)
    record(actor=actor, verb=verb, thing=organisation, at=at, changes=changes, grant=grant, act=act)
    return new


def _require_change(actor: Actor, organisation_id: int, on: date) -> Grant:
    return actor.require(CHANGE, None, version_of(organisation_id, on).unit_id)
