"""The administrative line of organisations on a day, and the part of it within one legal body."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.expressions import RawSQL

from diaban.foundation.organisations.models import Kind
from diaban.foundation.organisations.rules import is_room_of, length_in_body

DEEPEST_LINE = 8

_LINES = """
WITH RECURSIVE line AS (
    SELECT v.organisation_id AS start, v.organisation_id, v.parent_id, v.kind, v.name, v.unit_id, v.short, 0 AS depth
    FROM organisations_organisationversion v
    WHERE v.organisation_id = ANY(%(ids)s) AND v.valid @> %(on)s::date
    UNION ALL
    SELECT line.start, v.organisation_id, v.parent_id, v.kind, v.name, v.unit_id, v.short, line.depth + 1
    FROM line
    JOIN organisations_organisationversion v ON v.organisation_id = line.parent_id AND v.valid @> %(on)s::date
    WHERE line.depth < %(deepest)s
)
SELECT start, organisation_id, kind, name, unit_id, short FROM line ORDER BY start, depth
"""

_BELOW = """
WITH RECURSIVE below AS (
    SELECT v.organisation_id, v.kind, 0 AS depth
    FROM organisations_organisationversion v
    WHERE v.organisation_id = ANY(%s::bigint[]) AND v.valid @> %s::date
    UNION ALL
    SELECT v.organisation_id, v.kind, below.depth + 1
    FROM below
    JOIN organisations_organisationversion v ON v.parent_id = below.organisation_id AND v.valid @> %s::date
    JOIN unnest(%s::text[], %s::text[]) AS room (kind, above) ON room.kind = v.kind AND room.above = below.kind
    WHERE below.depth < %s
)
SELECT organisation_id FROM below
"""
_ROOMS = [(kind, above) for kind in Kind.values for above in Kind.values if is_room_of(kind, above)]


@dataclass(frozen=True)
class Step:
    """One organisation of a line, as it was on the day asked for; `short` (its name in symbols) only of `lines_of`."""

    organisation_id: int
    kind: str
    name: str
    unit_id: int
    short: str = ""


def lines_of(organisation_ids: Collection[int], on: date) -> dict[int, list[Step]]:
    """For each organisation its line upwards, itself first, by administrative superior. One query."""
    lines: dict[int, list[Step]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"ids": list(organisation_ids), "on": on, "deepest": DEEPEST_LINE})
        for start, *step in cursor.fetchall():
            lines[start].append(Step(*step))
    return dict(lines)


def rooms_below(organisation_ids: Collection[int], on: date) -> RawSQL:
    """The organisations of that day and the rooms that work in their name, to the last: a subquery of their ids."""
    kinds, above = zip(*_ROOMS, strict=True)
    return RawSQL(_BELOW, [sorted(organisation_ids), on, on, list(kinds), list(above), DEEPEST_LINE])  # noqa: S611 (a constant)


def rooms_found(organisation_ids: Collection[int], on: date) -> frozenset[int]:
    """As `rooms_below`, read. One query."""
    below = rooms_below(organisation_ids, on)
    with connection.cursor() as cursor:
        cursor.execute(below.sql, below.params)
        return frozenset(organisation_id for (organisation_id,) in cursor.fetchall())


def within_body(line: Sequence[Step]) -> list[Step]:
    return list(line[: length_in_body([step.kind for step in line])])


def bodies_of(organisation_ids: Collection[int], on: date) -> dict[int, int]:
    """`body_of` for many at once; those that did not exist that day are left out. One query."""
    return {start: within_body(line)[-1].organisation_id for start, line in lines_of(organisation_ids, on).items()}
