"""Taking facts in: what is given, how it is checked, and how it takes the place of what was current."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from diaban.foundation.facts.categories import ids_of
from diaban.foundation.facts.models import LARGEST, Reason
from diaban.foundation.facts.periods import rows_of
from diaban.foundation.facts.rollups import (
    MARK,
    MARK_OF_FACT,
    PLACES,
    Change,
    Changes,
    Home,
    RollupKey,
    add_changes,
    columns_of,
)
from diaban.foundation.facts.rules.definitions import DERIVED
from diaban.lib.periods import Period

BATCH = 5000
LOCKS = 1024
LOCK_SPACE = 0x46616374
MOST_DECIMALS = 8
GIVEN_REASONS = frozenset(Reason.values) - {Reason.NONE_OCCURRED}
KNOWN = """
    SELECT 'indicator', code, id FROM facts_indicator WHERE code = ANY(%s) AND over_units <> ALL(%s)
    UNION ALL SELECT 'category', key, id FROM facts_category WHERE key = ANY(%s)
    UNION ALL SELECT 'period', code, id FROM facts_periodrow WHERE code = ANY(%s)
"""
# Nobody else accepts for these units and periods until the transaction ends: locked in the order of the buckets. Where each
# lies does not depend on facts, and may be read in the statement that locks; what is superseded is read by the next one.
LOCK = f"""
    WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock(%s, bucket) FROM unnest(%s::int[]) bucket)
    SELECT wanted.period_id, wanted.unit_id, wanted.contributor_id, place.level, place.province_id,
           {MARK.format(unit="wanted.unit_id", contributor="wanted.contributor_id")}, (SELECT count(*) FROM held)
    FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) AS wanted (period_id, unit_id, contributor_id)
    LEFT JOIN ({PLACES}) place ON place.period_id = wanted.period_id AND place.unit_id = wanted.unit_id
"""  # noqa: S608 (constants)

# A unit's own figure takes the place of its contributors' and theirs of its own, so that a parent and its parts are
# never current together and the current facts of a cell may always be added. Of two acts at once the one that began
# first may come second: what it supersedes then never held.
SUPERSEDE = f"""
    UPDATE facts_fact fact SET superseded_at = greatest(%s, fact.accepted_at)
    FROM unnest(%s::int[], %s::bigint[], %s::int[], %s::int[], %s::bigint[])
         AS given (period_id, unit_id, indicator_id, category_id, contributor_id)
    WHERE fact.collection_id = %s AND fact.period_id = ANY(%s) AND fact.unit_id = ANY(%s)
      AND fact.period_id = given.period_id AND fact.unit_id = given.unit_id
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

    accepted: int
    superseded: int


class Place(NamedTuple):
    """The cell of a unit that a fact fills, within its collection."""

    period_id: int
    unit_id: int
    indicator_id: int
    category_id: int


class Reporter(NamedTuple):
    """Whose facts of a period they are."""

    period_id: int
    unit_id: int
    contributor_id: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reporter's facts count: None for a unit that is in no province; and what it adds to the marks of its cells."""

    home: Home | None
    mark: int


class Brought(NamedTuple):
    """A fact and the delivery that brings it."""

    delivery_id: int
    fact: NewFact


class Lineage(NamedTuple):
    """Into which collection facts are taken, and when."""

    collection_id: int
    at: datetime


Given = dict[tuple[Place, int | None], Brought]


def take_in(lineage: Lineage, brought: Iterable[Brought]) -> Accepted:
    """Supersede and insert, batch by batch; the changes to rollups are written at the very end.

    Raises `NotAFact`. To be called inside the act's transaction.
    """
    changes: Changes = {}
    accepted = superseded = 0
    waiting = iter(brought)
    while batch := list(islice(waiting, BATCH)):
        superseded += take_batch(lineage, keyed(batch), changes)
        accepted += len(batch)
    add_changes(lineage.collection_id, changes)
    return Accepted(accepted, superseded)


def keyed(batch: Sequence[Brought]) -> Given:
    """The facts by what they are about. Raises `NotAFact`."""
    facts = [one.fact for one in batch]
    ids = _Ids({fact.indicator for fact in facts}, {fact.category for fact in facts}, {fact.period for fact in facts})
    for fact in facts:
        _refuse_impossible(fact, ids.indicators)
    ids.make_missing()
    given: Given = {}
    contributed: dict[Place, bool] = {}
    for one in batch:
        fact = one.fact
        period_id, category_id = ids.periods[fact.period], ids.categories[fact.category]
        place = Place(period_id, fact.unit_id, ids.indicators[fact.indicator], category_id)
        is_contributed = fact.contributor_id is not None
        if (place, fact.contributor_id) in given or contributed.setdefault(place, is_contributed) != is_contributed:
            raise NotAFact(
                _("%(indicator)s %(category)s: một ô có hai số liệu.")
                % {"indicator": fact.indicator, "category": fact.category}
            )
        given[place, fact.contributor_id] = one
    return given


class _Ids:
    """The ids of what facts are about; derived indicators have none. One query, a few more where rows are made."""

    def __init__(self, codes: Collection[str], keys: Collection[str], periods: Collection[Period]) -> None:
        self.indicators: dict[str, int] = {}
        self.categories: dict[str, int] = {}
        self.periods: dict[Period, int] = {}
        self._keys, named = set(keys), {str(period): period for period in periods}
        self._periods = set(periods)
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [list(codes), list(DERIVED), list(keys), list(named)])
            for what, code, pk in cursor.fetchall():
                match what:
                    case "indicator":
                        self.indicators[code] = pk
                    case "category":
                        self.categories[code] = pk
                    case _:
                        self.periods[named[code]] = pk

    def make_missing(self) -> None:
        """Raises `NotCanonical` or `UnknownMember`."""
        if keys := self._keys - self.categories.keys():
            self.categories |= ids_of(keys)
        if periods := self._periods - self.periods.keys():
            self.periods |= {period: row.pk for period, row in rows_of(periods).items()}


def _refuse_impossible(fact: NewFact, codes: Mapping[str, int]) -> None:
    if fact.indicator not in codes:
        raise NotAFact(
            _("%(indicator)s: không có chỉ tiêu này, hoặc chỉ tiêu được tính tự động.") % {"indicator": fact.indicator}
        )
    if fact.value is None:
        is_possible = fact.reason in GIVEN_REASONS
    else:
        is_possible = fact.reason == "" or (fact.reason == Reason.NONE_OCCURRED and fact.value == 0)
    if not is_possible:
        raise NotAFact(
            _("%(indicator)s %(category)s: cần một số, hoặc không có số và lý do.")
            % {"indicator": fact.indicator, "category": fact.category}
        )
    if fact.value is not None and not is_storable(fact.value):
        raise NotAFact(
            _("%(indicator)s %(category)s: %(value)s quá lớn hoặc có quá nhiều chữ số thập phân.")
            % {"indicator": fact.indicator, "category": fact.category, "value": fact.value}
        )


def is_storable(value: Decimal) -> bool:
    """Can the value be kept exactly: finite, below 10^18, at most 8 decimals?"""
    if not value.is_finite() or abs(value) >= LARGEST:
        return False
    return _decimals(value) <= MOST_DECIMALS or _decimals(value.normalize()) <= MOST_DECIMALS


def _decimals(value: Decimal) -> int:
    """How many digits a finite number is written with behind the point."""
    return -int(value.as_tuple().exponent)


def take_batch(lineage: Lineage, given: Given, changes: Changes) -> int:
    """Lock the cells, supersede what is current in them, insert. Returns how many were superseded."""
    standings = locked(
        lineage.collection_id, {Reporter(place.period_id, place.unit_id, whose) for place, whose in given}
    )
    homes = {(period, unit): one.home for (period, unit, _whose), one in standings.items() if one.home}
    gone = _superseded(lineage, given)
    versions: dict[Place, int] = {}
    for place, mark, version, value, is_estimated in gone:
        versions[place] = max(version, versions.get(place, 0))
        if change := change_of(changes, homes, place):
            change.count(value, mark, is_estimated=is_estimated, sign=-1)
    for (place, contributor), (_delivery_id, fact) in given.items():
        if change := change_of(changes, homes, place):
            mark = standings[Reporter(place.period_id, place.unit_id, contributor)].mark
            change.count(fact.value, mark, is_estimated=fact.is_estimated, sign=1)
    _insert(lineage, given, versions)
    return len(gone)


def change_of(changes: Changes, homes: Mapping[tuple[int, int], Home], place: Place) -> Change | None:
    """The change of the rollup that a fact counts in; None for a unit that is in no province."""
    home = homes.get((place.period_id, place.unit_id))
    if home is None:
        return None
    return changes.setdefault(RollupKey(place.period_id, *home, place.indicator_id, place.category_id), Change())


def locked(collection_id: int, reporters: Collection[Reporter]) -> dict[Reporter, Standing]:
    """Let nobody else accept for these units and periods until the transaction ends; where each of them counts."""
    buckets = {zlib.crc32(f"{collection_id}:{one.period_id}:{one.unit_id}".encode()) % LOCKS for one in reporters}
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [LOCK_SPACE, sorted(buckets), *columns_of(reporters)])
        return {
            Reporter(period, unit, whose): Standing(None if level is None else Home(level, province), mark)
            for period, unit, whose, level, province, mark, _held in cursor.fetchall()
        }


def _superseded(lineage: Lineage, given: Given) -> list[tuple[Place, int, int, Decimal | None, bool]]:
    """Supersede what is current in the cells: the place, mark, version, value and whether it was an estimate."""
    columns = columns_of((*place, contributor) for place, contributor in given)
    periods, units = {place.period_id for place, _whose in given}, {place.unit_id for place, _whose in given}
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDE, [lineage.at, *columns, lineage.collection_id, sorted(periods), sorted(units)])
        return [(Place(*row[:4]), *row[4:]) for row in cursor.fetchall()]


def _insert(lineage: Lineage, given: Given, versions: Mapping[Place, int]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for (place, contributor), (delivery_id, fact) in given.items():
            copy.write_row(
                (
                    place.unit_id,
                    delivery_id,
                    lineage.at,
                    contributor,
                    place.period_id,
                    place.category_id,
                    lineage.collection_id,
                    place.indicator_id,
                    versions.get(place, 0) + 1,
                    fact.is_estimated,
                    fact.value,
                    fact.reason,
                )
            )
