"""The acts on fields, functions and mandates."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.allocation import Allotment, allotments_on, fields, functions
from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.mandates.permissions import GIVE
from diaban.foundation.organisations.queries import search, versions_of

LOAD = "mandates.load"


class NotPossible(Exception):
    """The mandate cannot be given or closed like this. The message is in Vietnamese."""


@dataclass(frozen=True)
class Applied:
    """What a template gave. `missing_bodies` are named by the law and were not in the mapping."""

    given: tuple[Mandate, ...]
    already_held: int
    missing_bodies: tuple[str, ...]


@transaction.atomic
def load_fields_and_functions(*, actor: Actor, at: datetime) -> int:
    """Bring the fields and functions up to the project's own lists; returns how many rows are new or changed."""
    grant = actor.require(LOAD)
    ids: dict[str, int] = dict(Field.objects.values_list("code", "pk"))
    changed: list[Field | Function] = []
    for place, item in enumerate(fields()):
        parent_id = ids[item.parent] if item.parent else None
        values = {"name": item.name, "name_en": item.name_en, "parent_id": parent_id, "position": place}
        if not Field.objects.filter(code=item.code, **values).exists():
            field, _new = Field.objects.update_or_create(code=item.code, defaults=values)
            ids[item.code] = field.pk
            changed.append(field)
    for place, item in enumerate(functions()):
        values = {"name": item.name, "name_en": item.name_en, "position": place}
        if not Function.objects.filter(code=item.code, **values).exists():
            function, _new = Function.objects.update_or_create(code=item.code, defaults=values)
            changed.append(function)
    act = uuid.uuid4()
    for thing in changed:
        record(actor=actor, verb="mandates.loaded", thing=thing, at=at, grant=grant, act=act)
    return len(changed)


@transaction.atomic
def give_mandate(
    *,
    organisation_id: int,
    function: str,
    field: str | None,
    unit_id: int,
    reach: str = Mandate.Reach.SUBTREE,
    part: str = Mandate.Part.LEADS,
    valid_from: date | None,
    valid_to: date | None = None,
    legal_basis: str,
    assumed: bool = False,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> Mandate:
    """An organisation is mandated from `valid_from` to the end of `valid_to` (its last day). `field` None: every field.

    A second lead is not refused: the law may well contradict itself; it shows as a conflict until someone rules.
    Raises `NotPossible` without a legal basis or with days the wrong way round, and `Field.DoesNotExist` or
    `Function.DoesNotExist`.
    """
    grant = actor.require(GIVE, field, unit_id)
    if not legal_basis.strip():
        raise NotPossible(_("Phải nêu căn cứ pháp lý của việc phân công."))
    if valid_from and valid_to and valid_to < valid_from:
        raise NotPossible(_("Ngày hết hiệu lực không thể trước ngày có hiệu lực."))
    mandate = Mandate.objects.create(
        organisation_id=organisation_id,
        function=Function.objects.get(code=function),
        field=Field.objects.get(code=field) if field else None,
        unit_id=unit_id,
        reach=Mandate.Reach(reach),
        part=Mandate.Part(part),
        valid=DateRange(valid_from, valid_to + timedelta(days=1) if valid_to else None),
        legal_basis=legal_basis.strip(),
        assumed=assumed,
    )
    changes = {
        "organisation_id": (None, organisation_id),
        "function": (None, function),
        "field": (None, field),
        "unit_id": (None, unit_id),
        "part": (None, str(part)),
        "valid_from": (None, valid_from),
        "valid_to": (None, valid_to),
        "legal_basis": (None, legal_basis),
    }
    record(actor=actor, verb="mandates.given", thing=mandate, at=at, changes=changes, grant=grant, act=act)
    return mandate


@transaction.atomic
def close_mandate(
    *,
    mandate_id: int,
    on: date,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> None:
    """The mandate holds no longer from `on`. What was done under it stays. Raises `NotPossible` where it does not hold."""
    mandate = Mandate.lock(mandate_id, expected_revision=expected_revision)
    grant = actor.require(GIVE, mandate.field.code if mandate.field else None, mandate.unit_id)
    if not mandate.holds_on(on) or mandate.first_day == on:
        raise NotPossible(_("Phân công này không có hiệu lực trước ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"})
    changes = {"valid_to": (mandate.last_day, on - timedelta(days=1))}
    mandate.valid = DateRange(mandate.first_day, on)
    mandate.save_revision("valid")
    record(actor=actor, verb="mandates.closed", thing=mandate, at=at, changes=changes, grant=grant, act=act)


@transaction.atomic
def apply_mandate_template(
    *,
    province_unit_id: int,
    on: date,
    bodies: Mapping[str, int | Sequence[int]] | None = None,
    actor: Actor,
    at: datetime,
    act: uuid.UUID | None = None,
) -> Applied:
    """Give every mandate that the law of `on` allots, to the organisations that `bodies` names for each body's code
    (by default those seated in the province that say which body they are).

    A body of the province gets it over the province, any other over its own seat. What an organisation already has on
    that day is left as it is, so applying twice gives nothing new. Ends that nobody could know on the day stay open.
    """
    grant = actor.require(GIVE, None, province_unit_id)
    named = _bodies_in(province_unit_id, on) if bodies is None else _listed(bodies)
    seats = {
        key: version.unit_id for key, version in versions_of({one for ids in named.values() for one in ids}, on).items()
    }
    allotted = allotments_on(on)
    wanted = [
        _mandate_of(allotment, organisation_id, _ground(allotment, province_unit_id, seats[organisation_id]))
        for allotment in allotted
        for organisation_id in named.get(allotment.body, ())
        if organisation_id in seats
    ]
    _link_codes(wanted)
    held = set(Mandate.objects.on(on).filter(organisation__in=seats).values_list(*_IDENTITY))
    new = [mandate for mandate in wanted if tuple(getattr(mandate, name) for name in _IDENTITY) not in held]
    given = Mandate.objects.bulk_create(new)
    act = act or uuid.uuid4()
    for mandate in given:
        changes = {"legal_basis": (None, mandate.legal_basis), "valid_from": (None, mandate.first_day)}
        record(actor=actor, verb="mandates.given", thing=mandate, at=at, changes=changes, grant=grant, act=act)
    missing = sorted({allotment.body for allotment in allotted} - named.keys())
    return Applied(tuple(given), len(wanted) - len(new), tuple(missing))


def _listed(bodies: Mapping[str, int | Sequence[int]]) -> dict[str, list[int]]:
    return {code: [ids] if isinstance(ids, int) else list(ids) for code, ids in bodies.items()}


def _bodies_in(unit_id: int, on: date) -> dict[str, list[int]]:
    named: dict[str, list[int]] = defaultdict(list)
    for version in search(on, within=unit_id).exclude(organisation__body=""):
        named[version.organisation.body].append(version.organisation_id)
    return dict(named)


_IDENTITY = ("organisation_id", "function_id", "field_id", "unit_id", "part")


def _ground(allotment: Allotment, province_unit_id: int, seat_id: int) -> int:
    return province_unit_id if allotment.level == "province" else seat_id


def _mandate_of(allotment: Allotment, organisation_id: int, unit_id: int) -> Mandate:
    """An unsaved mandate that still names its function and field by code."""
    upper = allotment.known_end + timedelta(days=1) if allotment.known_end else None
    mandate = Mandate(
        organisation_id=organisation_id,
        unit_id=unit_id,
        reach=allotment.reach,
        part=allotment.part,
        valid=DateRange(allotment.valid_from, upper),
        legal_basis=allotment.legal_basis,
        assumed=allotment.assumed,
    )
    mandate.function = Function(code=allotment.function)
    mandate.field = Field(code=allotment.field) if allotment.field else None
    return mandate


def _link_codes(mandates: Sequence[Mandate]) -> None:
    by_function = {function.code: function for function in Function.objects.all()}
    by_field = {field.code: field for field in Field.objects.all()}
    for mandate in mandates:
        mandate.function = by_function[mandate.function.code]
        mandate.field = by_field[mandate.field.code] if mandate.field else None
