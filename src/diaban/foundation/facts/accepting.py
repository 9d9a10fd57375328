"""Taking facts in: what is given, how it is checked, and how it takes the place of what was current."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from django.db import connection

from diaban.foundation.facts.categories import ids_of
from diaban.foundation.facts.models import LARGEST, Delivery, Indicator, Reason
from diaban.foundation.facts.periods import rows_of
from diaban.foundation.facts.rollups import (
    MARK_OF_FACT,
    Change,
    Changes,
    Home,
    RollupKey,
    add_changes,
    marks_of,
    places_of,
)
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.lib.periods import Period

BATCH = 5000
LOCKS = 1024
LOCK_SPACE = 0x46616374
MOST_DECIMALS = 8
GIVEN_REASONS = frozenset(Reason.values) - {Reason.NONE_OCCURRED}
LOCK = "SELECT pg_advisory_xact_lock(%s, bucket) FROM unnest(%s::int[]) bucket"

# A unit's own figure takes the place of its contributors' and theirs of its own, so that a parent and its parts are
# never current together and the current facts of a cell may always be added. Of two acts at once the one that began
# first may come second: what it supersedes then never held.
SUPERSEDE = f"""
    UPDATE facts_fact fact SET superseded_at = greatest(%s, fact.accepted_at)
    FROM unnest(%s::int[], %s::bigint[], %s::int[], %s::int[], %s::bigint[])
         AS given (period_id, unit_id, indicator_id, category_id, contributor_id)
    WHERE fact.collection_id = %s AND fact.period_id = given.period_id AND fact.unit_id = given.unit_id
      AND fact.indicator_id = given.indicator_id AND fact.category_id = given.category_id
      AND fact.superseded_at IS NULL
      AND (fact.contributor_id IS NULL OR given.contributor_id IS NULL OR fact.contributor_id = given.contributor_id)
    RETURNING fact.period_id, fact.unit_id, fact.indicator_id, fact.category_id,
              {MARK_OF_FACT}, fact.version, fact.value, fact.is_estimated
"""  # noqa: S608 (constants)
COPY = """
    COPY facts_fact (unit_id, delivery_id, accepted_at, contributor_id, period_id, category_id, collection_id,
                     indicator_id, version, is_estimated, value, reason) FROM STDIN
"""


class NotAFact(ValueError):
    """A figure that cannot be a fact; the message says which and why."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """A figure to be accepted. `category` is a canonical key, "" for the total; no value needs a reason.

    `contributor_id` is the organisation whose figure it is, where that is not the reporting unit itself.
    """

    indicator: str
    unit_id: int
    period: Period
    value: Decimal | None
    category: str = ""
    reason: str = ""
    is_estimated: bool = False
    contributor_id: int | None = None


@dataclass(frozen=True)
class Accepted:
    """How many facts were taken in, and how many current ones they superseded."""

    delivery_id: int
    accepted: int
    superseded: int


class Place(NamedTuple):
    """The cell of a unit that a fact fills, within its collection."""

    period_id: int
    unit_id: int
    indicator_id: int
    category_id: int


Given = dict[tuple[Place, int | None], NewFact]


def take_in(delivery: Delivery, rows: Iterable[NewFact]) -> Accepted:
    """Supersede and insert, batch by batch; the changes to rollups are written at the very end.

    Raises `NotAFact`. To be called inside the act's transaction.
    """
    codes = dict(Indicator.objects.exclude(over_units__in=DERIVED).order_by().values_list("code", "pk"))
    changes: Changes = {}
    accepted = superseded = 0
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        superseded += _take_batch(delivery, _keyed(batch, codes), changes)
        accepted += len(batch)
    add_changes(delivery.collection_id, changes)
    return Accepted(delivery.pk, accepted, superseded)


def _keyed(batch: Sequence[NewFact], codes: Mapping[str, int]) -> Given:
    """The facts by what they are about. Raises `NotAFact`."""
    for fact in batch:
        _refuse_impossible(fact, codes)
    categories = ids_of(fact.category for fact in batch)
    periods = rows_of(fact.period for fact in batch)
    given: Given = {}
    contributed: dict[Place, bool] = {}
    for fact in batch:
        place = Place(periods[fact.period].pk, fact.unit_id, codes[fact.indicator], categories[fact.category])
        is_contributed = fact.contributor_id is not None
        if (place, fact.contributor_id) in given or contributed.setdefault(place, is_contributed) != is_contributed:
            raise NotAFact(f"{fact.indicator} {fact.category}: một ô có hai số liệu.")
        given[place, fact.contributor_id] = fact
    return given


def _refuse_impossible(fact: NewFact, codes: Mapping[str, int]) -> None:
    if fact.indicator not in codes:
        raise NotAFact(f"{fact.indicator}: không có chỉ tiêu này, hoặc chỉ tiêu được tính tự động.")
    if fact.value is None:
        is_possible = fact.reason in GIVEN_REASONS
    else:
        is_possible = fact.reason == "" or (fact.reason == Reason.NONE_OCCURRED and fact.value == 0)
    if not is_possible:
        raise NotAFact(f"{fact.indicator} {fact.category}: cần một số, hoặc không có số và lý do.")
    if fact.value is not None and not is_storable(fact.value):
        raise NotAFact(f"{fact.indicator} {fact.category}: {fact.value} quá lớn hoặc có quá nhiều chữ số thập phân.")


def is_storable(value: Decimal) -> bool:
    """Can the value be kept exactly: finite, below 10^18, at most 8 decimals?"""
    if not value.is_finite() or abs(value) >= LARGEST:
        return False
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= MOST_DECIMALS


def _take_batch(delivery: Delivery, given: Given, changes: Changes) -> int:
    """Lock the cells, supersede what is current in them, insert. Returns how many were superseded."""
    pairs = {(place.period_id, place.unit_id) for place, _contributor in given}
    _lock(delivery.collection_id, pairs)
    places = places_of(pairs)
    marks = marks_of({(place.unit_id, contributor) for place, contributor in given})
    gone = _superseded(delivery, given)
    versions: dict[Place, int] = {}
    for place, mark, version, value, is_estimated in gone:
        versions[place] = max(version, versions.get(place, 0))
        if change := _change(changes, places, place):
            change.count(value, mark, is_estimated=is_estimated, sign=-1)
    for (place, contributor), fact in given.items():
        if change := _change(changes, places, place):
            change.count(fact.value, marks[place.unit_id, contributor], is_estimated=fact.is_estimated, sign=1)
    _insert(delivery, given, versions)
    return len(gone)


def _change(changes: Changes, places: Mapping[tuple[int, int], Home], place: Place) -> Change | None:
    """The change of the rollup that a fact counts in; None for a unit that is in no province."""
    home = places.get((place.period_id, place.unit_id))
    if home is None:
        return None
    return changes.setdefault(RollupKey(place.period_id, *home, place.indicator_id, place.category_id), Change())


def _lock(collection_id: int, pairs: Iterable[tuple[int, int]]) -> None:
    """Let nobody else accept for these units and periods until the transaction ends, in the order of the buckets."""
    buckets = {zlib.crc32(f"{collection_id}:{period}:{unit}".encode()) % LOCKS for period, unit in pairs}
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [LOCK_SPACE, sorted(buckets)])


def _superseded(delivery: Delivery, given: Given) -> list[tuple[Place, int, int, Decimal | None, bool]]:
    """Supersede what is current in the cells: the place, mark, version, value and whether it was an estimate."""
    columns = [list(column) for column in zip(*((*place, contributor) for place, contributor in given), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDE, [delivery.accepted_at, *columns, delivery.collection_id])
        return [(Place(*row[:4]), *row[4:]) for row in cursor.fetchall()]


def _insert(delivery: Delivery, given: Given, versions: Mapping[Place, int]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for (place, contributor), fact in given.items():
            copy.write_row(
                (
                    place.unit_id,
                    delivery.pk,
                    delivery.accepted_at,
                    contributor,
                    place.period_id,
                    place.category_id,
                    delivery.collection_id,
                    place.indicator_id,
                    versions.get(place, 0) + 1,
                    fact.is_estimated,
                    fact.value,
                    fact.reason,
                )
            )
