"""Containment and coverage: rebuilt from versions and successions in one statement each, and compared with them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

# Everything a unit lay in, at any time. The guard on `distance` ends a circle of parents, which no version may make.
CONTAINMENT = """
    WITH RECURSIVE up AS (
        SELECT unit_id AS descendant_id, unit_id AS ancestor_id, valid, 0 AS distance FROM territory_unitversion
        UNION ALL
        SELECT up.descendant_id, parent.parent_id, up.valid * parent.valid, up.distance + 1
        FROM up JOIN territory_unitversion parent ON parent.unit_id = up.ancestor_id AND parent.valid && up.valid
        WHERE parent.parent_id IS NOT NULL AND up.distance < 9
    )
    SELECT ancestor_id, descendant_id, unnest(range_agg(valid)) AS valid, distance
    FROM up GROUP BY ancestor_id, descendant_id, distance
"""

# A unit of today covers all that its parts of today descend from. A unit above the communes that ended without
# successors (a district) is covered by whatever holds all the land of its last communes.
COVERAGE = """
    WITH RECURSIVE descent AS (
        SELECT id AS unit_id, id AS covered_id FROM territory_unit
        UNION
        SELECT descent.unit_id, succession.predecessor_id
        FROM descent JOIN territory_succession succession ON succession.successor_id = descent.covered_id
    ), today AS (
        SELECT ancestor_id, descendant_id FROM territory_containment WHERE valid @> %(on)s
    ), ended AS (
        SELECT unit_id, max(upper(valid)) - 1 AS last_day
        FROM territory_unitversion version JOIN territory_unit unit ON unit.id = version.unit_id
        WHERE unit.level <> 'commune'
        GROUP BY unit_id HAVING bool_and(NOT upper_inf(valid)) AND max(upper(valid)) <= %(on)s
    ), land AS (
        SELECT DISTINCT ended.unit_id AS covered_id, descent.unit_id AS holder_id
        FROM ended
        JOIN territory_containment inside ON inside.ancestor_id = ended.unit_id AND inside.valid @> ended.last_day
        JOIN territory_unit leaf ON leaf.id = inside.descendant_id AND leaf.level = 'commune'
        JOIN descent ON descent.covered_id = leaf.id
        JOIN today holder ON holder.ancestor_id = descent.unit_id AND holder.descendant_id = descent.unit_id
    ), parts AS (
        SELECT covered_id, count(*) AS number FROM land GROUP BY covered_id
    )
    SELECT today.ancestor_id AS unit_id, descent.covered_id
    FROM today JOIN descent ON descent.unit_id = today.descendant_id
    UNION
    SELECT today.ancestor_id, land.covered_id
    FROM land JOIN parts USING (covered_id) JOIN today ON today.descendant_id = land.holder_id
    GROUP BY today.ancestor_id, land.covered_id, parts.number HAVING count(*) = parts.number
"""

# The planner must know how much there is: for a country that came in this transaction, where there was none, it would join row by
# row for minutes. Looking takes a tenth of a second, too long for a village that changed its name.
LOOK = "ANALYZE territory_unit, territory_unitversion, territory_succession, territory_containment, territory_coverage"
MANY = 1000  # versions

CONTAINMENT_COLUMNS = ("ancestor_id", "descendant_id", "valid", "distance")
COVERAGE_COLUMNS = ("unit_id", "covered_id")


@dataclass(frozen=True)
class Difference:
    """How many rows the fresh computation has and the table has not, and the other way round."""

    missing: int
    surplus: int


@dataclass(frozen=True)
class Rebuilt:
    containment: Difference
    coverage: Difference


def rebuild_derived(on: date) -> Rebuilt:
    """Make containment, and coverage as of `on`, what versions and successions say; touches only rows that differ."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE territory_containment, territory_coverage IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT count(*) FROM territory_unitversion")
        (versions,) = cursor.fetchone()
        if versions > MANY:
            cursor.execute(LOOK)
        containment = _bring_up("territory_containment", CONTAINMENT, CONTAINMENT_COLUMNS, on)
        if containment.missing or containment.surplus:
            cursor.execute(LOOK)
        coverage = _bring_up("territory_coverage", COVERAGE, COVERAGE_COLUMNS, on)
    return Rebuilt(containment, coverage)


def _bring_up(table: str, fresh: str, columns: tuple[str, ...], on: date) -> Difference:
    # Sets are subtracted, rows are not looked up: of a table emptied since it was last vacuumed the planner thinks that
    # looking up costs nothing, and reads all its dead pages for every row.
    names = ", ".join(columns)
    alike = " AND ".join(f"gone.{name} = kept.{name}" for name in columns)
    query = f"""
        WITH fresh AS MATERIALIZED ({fresh}),
        gone AS (SELECT {names} FROM {table} EXCEPT SELECT {names} FROM fresh),
        surplus AS (DELETE FROM {table} kept USING gone WHERE {alike} RETURNING 1),
        missing AS (
            INSERT INTO {table} ({names})
            SELECT {names} FROM fresh EXCEPT SELECT {names} FROM {table} RETURNING 1
        )
        SELECT (SELECT count(*) FROM missing), (SELECT count(*) FROM surplus)
    """  # noqa: S608 (only constants of this module)
    with connection.cursor() as cursor:
        cursor.execute(query, {"on": on})
        missing, surplus = cursor.fetchone()
    return Difference(missing, surplus)


def differences(on: date) -> Rebuilt:
    """What `rebuild_derived` would do now."""
    return Rebuilt(
        _difference("territory_containment", CONTAINMENT, CONTAINMENT_COLUMNS, on),
        _difference("territory_coverage", COVERAGE, COVERAGE_COLUMNS, on),
    )


def _difference(table: str, fresh: str, columns: tuple[str, ...], on: date) -> Difference:
    names = ", ".join(columns)
    query = f"""
        WITH fresh AS MATERIALIZED ({fresh}), kept AS (SELECT {names} FROM {table})
        SELECT (SELECT count(*) FROM (SELECT {names} FROM fresh EXCEPT ALL SELECT {names} FROM kept) missing),
               (SELECT count(*) FROM (SELECT {names} FROM kept EXCEPT ALL SELECT {names} FROM fresh) surplus)
    """  # noqa: S608 (only constants of this module)
    with connection.cursor() as cursor:
        cursor.execute(query, {"on": on})
        missing, surplus = cursor.fetchone()
    return Difference(missing, surplus)
