"""Whose figures an actor may see together: the sections that are its field over the area, or all where the area is its own."""

from collections.abc import Sequence

from diaban.foundation.acts.actor import Actor
from diaban.work.reporting.layout import Block
from diaban.work.reporting.permissions import COMPILE, CONSOLIDATE, DRAFT, FIELD, READ_ALL, READ_AUDIT

BASE_FIELD = "base"


def blocks_in_sight(actor: Actor, unit_id: int, blocks: Sequence[Block]) -> list[Block]:
    """The sections of a form whose consolidated figures over the unit the actor may see; the base block goes with any."""
    if sees_all(actor, unit_id):
        return list(blocks)
    own = [block for block in blocks if actor.may(CONSOLIDATE, block.field_code, unit_id)]
    if not own:
        return []
    return [block for block in blocks if block in own or block.field_code == BASE_FIELD]


def sees_all(actor: Actor, unit_id: int) -> bool:
    """Whether the actor directs or audits the ground, or its body reports for it: then no field is closed to it."""
    ground = any(actor.may(act, None, unit_id) for act in (READ_ALL, READ_AUDIT))
    return ground or any(actor.may(act, FIELD, unit_id) is not None for act in (DRAFT, COMPILE))


def sees_any(actor: Actor, unit_id: int) -> bool:
    """Whether the actor may see anything of the unit's consolidated figures, in whatever field."""
    if sees_all(actor, unit_id):
        return True
    fields = set().union(*(reach.field_codes for reach in actor.reaches(CONSOLIDATE)))
    if any(reach.every_field for reach in actor.reaches(CONSOLIDATE)):
        return actor.may(CONSOLIDATE, None, unit_id) is not None
    return any(actor.may(CONSOLIDATE, field, unit_id) for field in sorted(fields))


def reads_somewhere(actor: Actor) -> bool:
    """Whether there is any ground whose figures the actor may see."""
    return any(actor.reaches(act) for act in (CONSOLIDATE, READ_ALL, READ_AUDIT, DRAFT, COMPILE))
