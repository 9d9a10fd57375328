"""Taking back every fact that one subject brought: what each had taken the place of stands again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import (
    Brought,
    Lineage,
    NewFact,
    Place,
    Reporter,
    change_of,
    keyed,
    locked,
    take_batch,
)
from diaban.foundation.facts.rollups import MARK_OF_FACT, Changes, add_changes
from diaban.lib.periods import Period

OF_SOURCE = """
    fact.collection_id = %(collection)s AND fact.superseded_at IS NULL AND fact.delivery_id IN (
        SELECT id FROM facts_delivery WHERE source_kind = %(kind)s AND source_id = %(source)s
    )
"""
REPORTERS = f"SELECT DISTINCT fact.period_id, fact.unit_id, fact.contributor_id FROM facts_fact fact WHERE {OF_SOURCE}"  # noqa: S608 (constant)
# The newest of what once stood in the same cells, but for what was itself taken back.
BEFORE = f"""
    SELECT DISTINCT ON (fact.period_id, fact.unit_id, fact.indicator_id, fact.category_id, fact.contributor_id)
           delivery.source_kind, delivery.source_id, indicator.code, category.key, period.code,
           earlier.unit_id, earlier.contributor_id, earlier.value, earlier.reason, earlier.is_estimated
    FROM facts_fact fact
    JOIN facts_fact earlier ON earlier.collection_id = fact.collection_id AND earlier.period_id = fact.period_id
         AND earlier.unit_id = fact.unit_id AND earlier.indicator_id = fact.indicator_id
         AND earlier.category_id = fact.category_id AND earlier.superseded_at IS NOT NULL
         AND earlier.contributor_id IS NOT DISTINCT FROM fact.contributor_id
    JOIN facts_delivery delivery ON delivery.id = earlier.delivery_id
    JOIN facts_indicator indicator ON indicator.id = fact.indicator_id
    JOIN facts_category category ON category.id = fact.category_id
    JOIN facts_periodrow period ON period.id = fact.period_id
    LEFT JOIN unnest(%(voided)s::bigint[], %(until)s::timestamptz[]) AS void (source_id, until)
         ON delivery.source_kind = %(kind)s AND void.source_id = delivery.source_id AND earlier.accepted_at <= void.until
    WHERE {OF_SOURCE} AND void.source_id IS NULL
          AND NOT (delivery.source_kind = %(kind)s AND delivery.source_id = %(source)s)
    ORDER BY fact.period_id, fact.unit_id, fact.indicator_id, fact.category_id, fact.contributor_id, earlier.id DESC
"""  # noqa: S608 (constant)
SUPERSEDE = f"""
    UPDATE facts_fact fact SET superseded_at = greatest(%(at)s::timestamptz, fact.accepted_at) WHERE {OF_SOURCE}
    RETURNING fact.period_id, fact.unit_id, fact.indicator_id, fact.category_id, {MARK_OF_FACT}, fact.value, fact.is_estimated
"""  # noqa: S608 (constant)


@dataclass(frozen=True)
class Withdrawn:
    """How many current facts were taken back, and in how many of their cells an earlier one stands again."""

    gone: int
    restored: int


def withdraw(
    lineage: Lineage, source: Subject, void_until: Mapping[int, datetime], *, deliver: Callable[[Subject], int]
) -> Withdrawn:
    """Take back what `source` brought and still stands. To be called inside the act's transaction, last in it.

    `void_until`: other subjects of the same kind that were taken back, and when; what they brought until then never comes
    back. What stands again is a delivery of its own (`deliver` gives its id), from the subject that had brought it.
    """
    told: dict[str, Any] = {
        "collection": lineage.collection_id,
        "kind": source.kind,
        "source": source.id,
        "voided": list(void_until),
        "until": list(void_until.values()),
        "at": lineage.at,
    }
    with connection.cursor() as cursor:
        cursor.execute(REPORTERS, told)
        standings = locked(lineage.collection_id, {Reporter(*row) for row in cursor.fetchall()})
        changes: Changes = {}
        restored = replaced = 0
        for subject, facts in _before(told).items():
            delivery_id = deliver(subject)
            replaced += take_batch(lineage, keyed([Brought(delivery_id, fact) for fact in facts]), changes)
            restored += len(facts)
        homes = {(one.period_id, one.unit_id): found.home for one, found in standings.items() if found.home}
        cursor.execute(SUPERSEDE, told)
        left = cursor.fetchall()
    for *place, mark, value, is_estimated in left:
        if change := change_of(changes, homes, Place(*place)):
            change.count(value, mark, is_estimated=is_estimated, sign=-1)
    add_changes(lineage.collection_id, changes)
    return Withdrawn(replaced + len(left), restored)


def _before(told: dict[str, Any]) -> dict[Subject, list[NewFact]]:
    """What is to stand again, by the subject that had brought it."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, told)
        rows: Iterable[tuple[str, int, str, str, str, int, int | None, Decimal | None, str, bool]] = cursor.fetchall()
    found: dict[Subject, list[NewFact]] = {}
    for kind, source_id, code, category, period, unit_id, contributor, value, reason, is_estimated in rows:
        found.setdefault(Subject(kind, source_id), []).append(
            NewFact(code, unit_id, Period.parse(period), value, category, reason, is_estimated, contributor)
        )
    return found
