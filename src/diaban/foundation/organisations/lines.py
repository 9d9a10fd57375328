"""The administrative line of organisations on a day, and the part of it within one legal body."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from diaban.foundation.organisations.rules import MAY_BE_ROOMS, is_room_of, length_in_body

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
    SELECT v.organisation_id, v.parent_id, v.kind, ''::varchar AS above, 0 AS depth
    FROM organisations_organisationversion v
    WHERE v.organisation_id = ANY(%(ids)s) AND v.valid @> %(on)s::date
    UNION ALL
    SELECT v.organisation_id, v.parent_id, v.kind, below.kind, below.depth + 1
    FROM below
    JOIN organisations_organisationversion v ON v.parent_id = below.organisation_id AND v.valid @> %(on)s::date
    WHERE below.depth < %(deepest)s AND v.kind = ANY(%(kinds)s)
)
SELECT organisation_id, parent_id, kind, above FROM below WHERE depth > 0 ORDER BY depth
"""


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


def rooms_below(organisation_ids: Collection[int], on: date) -> frozenset[int]:
    """The organisations and the rooms that work in their name, to the last. One query."""
    found = set(organisation_ids)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"ids": list(found), "on": on, "deepest": DEEPEST_LINE, "kinds": sorted(MAY_BE_ROOMS)})
        for organisation_id, parent_id, kind, above in cursor.fetchall():
            if parent_id in found and is_room_of(kind, above):
                found.add(organisation_id)
    return frozenset(found)


def within_body(line: Sequence[Step]) -> list[Step]:
    return list(line[: length_in_body([step.kind for step in line])])


def bodies_of(organisation_ids: Collection[int], on: date) -> dict[int, int]:
    """`body_of` for many at once; those that did not exist that day are left out. One query."""
    return {start: within_body(line)[-1].organisation_id for start, line in lines_of(organisation_ids, on).items()}
