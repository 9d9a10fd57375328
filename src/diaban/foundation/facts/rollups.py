"""Sums and counts by province: added to by each acceptance, rebuilt and compared from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

# What a reporter adds to the mark of its cells: as hash partitioning computes it, which every version keeps.
MARK = "hashint8extended({unit}, coalesce({contributor}, 0))"
MARK_OF_FACT = MARK.format(unit="fact.unit_id", contributor="fact.contributor_id")
# Where each unit lies on the last day of each period; units that are in no province have no rollup.
PLACES = """
    SELECT period.id AS period_id, place.descendant_id AS unit_id, place.ancestor_id AS province_id, unit.level
    FROM facts_periodrow period
    JOIN territory_containment place ON place.valid @> (period.ends_on - 1)
    JOIN territory_unit province ON province.id = place.ancestor_id AND province.level = 'province'
    JOIN territory_unit unit ON unit.id = place.descendant_id
"""
# A fresh computation goes period by period, so that its groups fit in the processor's cache and memory stays small.
HOMES = f"""
    CREATE TEMPORARY TABLE facts_home ON COMMIT DROP AS
    SELECT row_number() OVER ()::int AS home, * FROM (
        SELECT period_id, province_id, level, array_agg(unit_id) AS unit_ids
        FROM ({PLACES}) place GROUP BY period_id, province_id, level
    ) home;
    CREATE TEMPORARY TABLE facts_place ON COMMIT DROP AS
    SELECT home, period_id, unnest(unit_ids) AS unit_id FROM facts_home;
    ANALYZE facts_place;
    CREATE TEMPORARY TABLE facts_fresh (collection_id int, home int, indicator_id int, category_id int, total numeric,
                                        reported int, absent int, estimated int, mark bigint) ON COMMIT DROP;
"""  # noqa: S608 (constants of this module)
IN_USE = """
    SELECT collection.id, period.id FROM facts_collection collection CROSS JOIN facts_periodrow period
    WHERE EXISTS (SELECT FROM facts_fact WHERE collection_id = collection.id AND period_id = period.id AND superseded_at IS NULL)
"""
# Read in a row and hashed: the planner would look every unit up by the index and take twice as long.
IN_A_ROW = "SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_sort = off"
AS_USUAL = (
    "SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT; SET LOCAL enable_sort TO DEFAULT"
)
COUNT = f"""
    INSERT INTO facts_fresh
    SELECT %(collection)s, home, indicator_id, category_id, coalesce(sum(value), 0), count(value), count(*) - count(value),
           count(value) FILTER (WHERE is_estimated), bit_xor({MARK_OF_FACT})
    FROM facts_fact fact JOIN facts_place place USING (unit_id)
    WHERE place.period_id = %(period)s AND fact.collection_id = %(collection)s AND fact.period_id = %(period)s
          AND fact.superseded_at IS NULL
    GROUP BY home, indicator_id, category_id
"""  # noqa: S608 (constants of this module)
FRESH = """
    SELECT collection_id, period_id, level, province_id, indicator_id, category_id, total, reported, absent, estimated, mark
    FROM facts_fresh JOIN facts_home USING (home)
"""
KEY = ("collection_id", "period_id", "level", "province_id", "indicator_id", "category_id")
FIGURES = ("total", "reported", "absent", "estimated", "mark")
ADD = """
    INSERT INTO facts_rollup (collection_id, period_id, level, province_id, indicator_id, category_id,
                              total, reported, absent, estimated, mark)
    SELECT %s, * FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::int[], %s::int[],
                             %s::numeric[], %s::int[], %s::int[], %s::int[], %s::bigint[])
    ON CONFLICT ON CONSTRAINT one_rollup_of_a_cell_and_province DO UPDATE
    SET total = facts_rollup.total + excluded.total, reported = facts_rollup.reported + excluded.reported,
        absent = facts_rollup.absent + excluded.absent, estimated = facts_rollup.estimated + excluded.estimated,
        mark = facts_rollup.mark # excluded.mark
"""

# What the facts refer to is checked before the provinces are locked: at the end it would be while others wait for them.
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"


class Home(NamedTuple):
    """Where a unit lies on a period's last day."""

    level: str
    province_id: int


class RollupKey(NamedTuple):
    """The key of a rollup within its collection; ordered, and always written in this order."""

    period_id: int
    level: str
    province_id: int
    indicator_id: int
    category_id: int


@dataclass(slots=True)
class Change:
    """What an acceptance adds to the rollup of a cell; the mark of a reporter that left comes off as it went on."""

    total: Decimal = Decimal()
    reported: int = 0
    absent: int = 0
    estimated: int = 0
    mark: int = 0

    def count(self, value: Decimal | None, mark: int, *, is_estimated: bool, sign: int) -> None:
        """Add a fact (`sign` 1), or take one away (-1)."""
        self.mark ^= mark
        if value is None:
            self.absent += sign
            return
        self.total += sign * value
        self.reported += sign
        self.estimated += sign * is_estimated

    @property
    def figures(self) -> tuple[Decimal, int, int, int, int]:
        """In the order of `FIGURES`."""
        return self.total, self.reported, self.absent, self.estimated, self.mark


Changes = dict[RollupKey, Change]


def add_changes(collection_id: int, changes: Changes) -> None:
    """Write changes in the order of their keys, so that writers wait for one another and never in a circle.

    To be done last in a transaction: from here on other writers of the same provinces wait.
    """
    ordered = sorted((key, change.figures) for key, change in changes.items() if any(change.figures))
    if not ordered:
        return
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW)
        cursor.execute(ADD, [collection_id, *columns_of(key + figures for key, figures in ordered)])


def columns_of(rows: Iterable[tuple[int | Decimal | str | None, ...]]) -> list[str]:
    """Each column of the rows as PostgreSQL writes an array: numbers, names of levels, and None as NULL.

    The driver looks through every element for what needs quotes, which takes eight times as long; nothing here does.
    """
    return [
        "{" + ",".join("NULL" if one is None else str(one) for one in column) + "}"
        for column in zip(*rows, strict=True)
    ]


@dataclass(frozen=True)
class Comparison:
    """How many rollups there are, how many differ from the facts, and the first few that do."""

    rollups: int
    different: int
    examples: tuple[str, ...]


def rebuild() -> int:
    """Make every rollup what the facts say, touching only those that differ; writers wait meanwhile. Returns how many there
    are now.
    """
    names = ", ".join(KEY + FIGURES)
    same = " AND ".join(f"kept.{name} = fresh.{name}" for name in KEY + FIGURES)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE facts_rollup IN SHARE ROW EXCLUSIVE MODE")
        _compute(cursor)
        cursor.execute(f"DELETE FROM facts_rollup kept WHERE NOT EXISTS (SELECT FROM ({FRESH}) fresh WHERE {same})")  # noqa: S608 (constants)
        cursor.execute(
            f"""INSERT INTO facts_rollup ({names}) SELECT {names} FROM ({FRESH}) fresh
                ON CONFLICT ON CONSTRAINT one_rollup_of_a_cell_and_province DO NOTHING"""  # noqa: S608 (constants)
        )
        _forget(cursor)
        cursor.execute("SELECT count(*) FROM facts_rollup")
        number: int = cursor.fetchone()[0]
        return number


def compare() -> Comparison:
    """Compare every rollup with the facts to the digit. What others commit meanwhile may show as a difference."""
    columns = ", ".join(KEY)
    differ = " OR ".join(f"kept.{name} IS DISTINCT FROM fresh.{name}" for name in FIGURES)
    query = f"""
        WITH pair AS MATERIALIZED (
            SELECT {columns}, kept.id AS kept_id, {differ} AS is_different, kept.total AS kept, fresh.total AS fresh
            FROM (SELECT * FROM facts_rollup WHERE reported <> 0 OR absent <> 0) kept
            FULL JOIN ({FRESH}) fresh USING ({columns})
        )
        SELECT count(kept_id), count(*) FILTER (WHERE is_different),
               (SELECT array_agg(concat_ws(' ', indicator.code, period.code, province_id, kept, '≠', fresh))
                FROM (SELECT * FROM pair WHERE is_different LIMIT 5) different
                JOIN facts_indicator indicator ON indicator.id = indicator_id
                JOIN facts_periodrow period ON period.id = period_id)
        FROM pair
    """  # noqa: S608 (constants of this module)
    with connection.cursor() as cursor:
        _compute(cursor)
        cursor.execute(query)
        rollups, different, examples = cursor.fetchone()
        _forget(cursor)
    return Comparison(rollups, different, tuple(examples or ()))


def _compute(cursor: CursorWrapper) -> None:
    """Fill `facts_fresh` and `facts_home`, temporary tables that `FRESH` reads."""
    cursor.execute(HOMES)
    cursor.execute(IN_USE)
    in_use = cursor.fetchall()
    cursor.execute(IN_A_ROW)
    for collection_id, period_id in in_use:
        cursor.execute(COUNT, {"collection": collection_id, "period": period_id})
    cursor.execute("ANALYZE facts_fresh, facts_home")


def _forget(cursor: CursorWrapper) -> None:
    cursor.execute(AS_USUAL)
    cursor.execute("DROP TABLE facts_fresh, facts_place, facts_home")
