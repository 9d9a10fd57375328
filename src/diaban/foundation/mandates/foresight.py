"""What giving or ending a mandate would do to who leads what, before anybody does it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.mandates.models import Field, Mandate
from diaban.foundation.mandates.routing import (
    Answer,
    Conflict,
    Gap,
    Lead,
    Leading,
    Question,
    Supposed,
    responsible_for,
)
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Containment
from diaban.foundation.territory.queries import nearest_versions

CONFLICT, GAP, TAKEN, SETTLED = "conflict", "gap", "taken", "settled"
NEW = 0  # the id that a mandate has before it is kept
_ORDER = (CONFLICT, GAP, TAKEN, SETTLED)


@dataclass(frozen=True)
class Effect:
    """One change: `kind` is CONFLICT or GAP where one would arise, SETTLED where one would end, TAKEN where the lead passes.

    `fields` are the widest fields that it holds for, "" for every field; `units` those it holds over, by name.
    """

    kind: str
    fields: tuple[str, ...]
    units: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def of_giving(
    *, organisation_id: int, function: str, field: str | None, unit_id: int, reach: str, part: str, on: date
) -> list[Effect]:
    """What a mandate given from `on` would change on that day. Only a lead changes anything. Six queries."""
    if part != Mandate.Part.LEADS:
        return []
    leading = Leading(NEW, organisation_id, function, field, unit_id, reach, "", "", "", False, on)
    return _effects(leading, Supposed(given=(leading,)), on)


def of_ending(mandate: Mandate, on: date) -> list[Effect]:
    """What would change on `on` if the mandate held no longer from that day. Six queries."""
    if mandate.part != Mandate.Part.LEADS:
        return []
    field = mandate.field.code if mandate.field else None
    leading = Leading(
        mandate.pk, mandate.organisation_id, mandate.function.code, field, mandate.unit_id, mandate.reach,
        "", "", mandate.legal_basis, mandate.assumed, mandate.first_day,
    )  # fmt: skip
    return _effects(leading, Supposed(ended=frozenset({mandate.pk})), on)


def _effects(leading: Leading, supposed: Supposed, on: date) -> list[Effect]:
    fields = {field.code: field for field in Field.objects.all()}
    questions: list[Question] = [(leading.function, code) for code in _within(leading.field, fields.values())]
    units = _ground(leading, on)
    before = responsible_for(questions, units, on, fields=fields.values())
    after = responsible_for(questions, units, on, fields=fields.values(), supposed=supposed)
    grouped: dict[tuple[str, tuple[int, ...], tuple[int, ...]], dict[str | None, list[int]]] = {}
    for question in questions:
        for unit_id in units:
            old, new = before[question][unit_id], after[question][unit_id]
            kind = _kind(old, new)
            if kind:
                grouped.setdefault((kind, who(old), who(new)), {}).setdefault(question[1], []).append(unit_id)
    return _told(grouped, fields, on)


def _within(code: str | None, fields: Iterable[Field]) -> list[str | None]:
    """The field and those that are part of it, the wider first; None, every field, holds all."""
    if code is None:
        return [None, *(field.code for field in fields)]
    listed = list(fields)
    wanted = [field for field in listed if field.code == code]
    for field in wanted:
        wanted.extend(one for one in listed if one.parent_id == field.pk)
    return [field.code for field in wanted]


def _ground(leading: Leading, on: date) -> list[int]:
    inside = Containment.objects.filter(ancestor=leading.unit_id, valid__contains=on)
    if leading.reach == Mandate.Reach.UNIT:
        inside = inside.filter(distance=0)
    return list(inside.order_by("distance", "descendant").values_list("descendant_id", flat=True))


def who(answer: Answer) -> tuple[int, ...]:
    """The organisations that an answer names."""
    match answer:
        case Lead(organisation_id=organisation_id):
            return (organisation_id,)
        case Conflict(organisation_ids=organisation_ids):
            return organisation_ids
    return ()


def _kind(old: Answer, new: Answer) -> str:
    if who(old) == who(new):
        return ""
    match new:
        case Conflict():
            return CONFLICT
        case Gap():
            return GAP
    return TAKEN if isinstance(old, Lead) else SETTLED


def _told(
    grouped: Mapping[tuple[str, tuple[int, ...], tuple[int, ...]], Mapping[str | None, Sequence[int]]],
    fields: Mapping[str, Field],
    on: date,
) -> list[Effect]:
    names = names_of({one for _kind, old, new in grouped for one in (*old, *new)}, on)
    called = nearest_versions({unit for by_field in grouped.values() for ids in by_field.values() for unit in ids}, on)
    effects: list[Effect] = []
    for (kind, old, new), by_field in grouped.items():
        by_units: dict[tuple[int, ...], list[str | None]] = {}
        for code, units in by_field.items():
            by_units.setdefault(tuple(units), []).append(code)
        effects.extend(
            Effect(
                kind,
                _widest(codes, fields),
                tuple(called[unit].full_name for unit in units),
                tuple(names[one] for one in old),
                tuple(names[one] for one in new),
            )
            for units, codes in by_units.items()
        )
    return sorted(effects, key=lambda effect: (_ORDER.index(effect.kind), effect.fields, effect.units))


def _widest(codes: Sequence[str | None], fields: Mapping[str, Field]) -> tuple[str, ...]:
    """The names of fields that are part of no other of them."""
    if None in codes:
        return ("",)
    listed = [fields[code] for code in codes if code is not None]
    ids = {field.pk for field in listed}
    return tuple(field.called for field in listed if field.parent_id not in ids)
