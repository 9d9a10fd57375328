"""A country's facts: 3,321 communes × 120 indicators × quarters, how fast they are read, added to and summed up.

The facts are made by SQL, once, in a database of their own that stays: of eight quarters, or of as many as
DIABAN_BENCH_QUARTERS says (40 make 16 million). In the last quarter one commune in twenty is silent, and one cell in 400
has a reason instead of a value.
"""

import os
import resource
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from bench.figure import Figure, Stopwatch
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.consolidation import National, by_unit, consolidate, national
from diaban.foundation.facts.models import Collection, Indicator
from diaban.foundation.facts.periods import rows_of
from diaban.foundation.facts.services import (
    accept_facts,
    base_collection,
    check_rollups,
    load_catalogue,
    open_collection,
    rebuild_rollups,
)
from diaban.foundation.territory.loading import load_country
from diaban.lib.periods import Period

DATABASE = "diaban_bench_national"
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2036, 2, 1, tzinfo=UTC)
ACTOR = SettingUp("bench", TODAY)
FIRST_YEAR, INDICATORS = 2026, 120
DELIVERIES = """
    INSERT INTO facts_delivery (id, collection_id, source_kind, source_id, accepted_at)
    SELECT period.id * 100000::bigint + unit.place, %(collection)s, 'bench', unit.id, period.ends_on
    FROM facts_periodrow period CROSS JOIN bench_unit unit WHERE period.kind = 'Q'
"""
FACTS = """
    INSERT INTO facts_fact (unit_id, delivery_id, accepted_at, period_id, category_id, collection_id, indicator_id,
                            version, is_estimated, value, reason)
    SELECT unit.id, period.id * 100000::bigint + unit.place, period.ends_on, period.id, total.id, %(collection)s,
           indicator.id, 1, (unit.place + indicator.id) %% 17 = 0,
           CASE WHEN is_there THEN (unit.place * 7919 + indicator.id * 104729 + period.id * 31) %% 100000
               / CASE WHEN indicator.id %% 3 = 0 THEN 10.0 ELSE 1 END END, CASE WHEN is_there THEN '' ELSE 'not_collected' END
    FROM (SELECT *, starts_on = max(starts_on) OVER () AS is_last FROM facts_periodrow WHERE kind = 'Q') period
    JOIN bench_unit unit ON NOT is_last OR unit.place %% 20 <> 0
    CROSS JOIN facts_category total
    CROSS JOIN (SELECT id FROM facts_indicator WHERE over_units IN ('SUM', 'COUNT') AND field_code <> 'base'
                ORDER BY position LIMIT %(indicators)s) indicator
    CROSS JOIN LATERAL (SELECT NOT (is_last AND (unit.place * 13 + indicator.id * 7) %% 400 = 0) AS is_there) there
    WHERE total.key = '' ORDER BY period.starts_on, unit.place, indicator.id
"""
BASES = """
    INSERT INTO facts_fact (unit_id, delivery_id, accepted_at, period_id, category_id, collection_id, indicator_id,
                            version, is_estimated, value, reason)
    SELECT unit.id, 1, period.starts_on, period.id, total.id, %(base)s, indicator.id, 1, false, 1000 + unit.place, ''
    FROM facts_periodrow period CROSS JOIN bench_unit unit CROSS JOIN facts_category total CROSS JOIN facts_indicator indicator
    WHERE period.kind = 'Y' AND total.key = '' AND indicator.field_code = 'base'
    ORDER BY period.starts_on, unit.place, indicator.id
"""


def figures() -> Iterable[Figure]:
    """Make the database where it is missing, and measure."""
    quarters = int(os.environ.get("DIABAN_BENCH_QUARTERS", "8"))
    with country(quarters) as collection:
        periods = [Period.parse(f"stat:{FIRST_YEAR + place // 4}-Q{place % 4 + 1}") for place in range(quarters)]
        yield from summing()
        yield from beside_one_another(collection, periods)
        yield from reading(collection, periods)
        yield from accepting(collection, periods[-1])


@contextmanager
def country(quarters: int) -> Iterator[Collection]:
    """Work in the database of the facts; the one before is in place again afterwards."""
    before = str(connections["default"].settings_dict["NAME"])
    name = f"{DATABASE}_{quarters}"
    if name not in _server("SELECT datname FROM pg_database"):
        making = f"{name}_unfinished"
        _server(f"DROP DATABASE IF EXISTS {making} WITH (FORCE)")
        _server(f"CREATE DATABASE {making}")
        _use(making)
        _fill(quarters)
        _use(before)
        _server(f"ALTER DATABASE {making} RENAME TO {name}")
    _use(name)
    call_command("migrate", verbosity=0)  # made once, it may be older than the code
    try:
        yield Collection.objects.get(code="bench")
    finally:
        _use(before)


def _server(statement: str) -> list[str]:
    """Run a statement outside any transaction, in the maintenance database; the first column of its rows."""
    parameters = connections["default"].get_connection_params()
    keep = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    with psycopg.connect(dbname="postgres", autocommit=True, **keep) as server:
        cursor = server.cursor().execute(statement.encode())
        return [row[0] for row in cursor.fetchall()] if cursor.description else []


def _use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


def _fill(quarters: int) -> None:
    """The country and its facts; constraints and indexes are made after the rows, as in a restore."""
    call_command("migrate", verbosity=0)
    load_country()
    load_catalogue(actor=ACTOR, at=NOW)
    collection = open_collection(code="bench", name="bench", kind="form", actor=ACTOR, at=NOW)
    years = range(FIRST_YEAR - 1, FIRST_YEAR + (quarters + 3) // 4)
    rows_of(Period.parse(f"stat:{FIRST_YEAR + place // 4}-Q{place % 4 + 1}") for place in range(quarters))
    rows_of(Period.parse(f"stat:{year}") for year in years)
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'one_current_fact_of_a_key'")
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX one_current_fact_of_a_key")
        cursor.execute("ALTER TABLE facts_fact DROP CONSTRAINT facts_fact_pkey")
        cursor.execute("""
            CREATE TABLE bench_unit AS SELECT place.descendant_id AS id, row_number() OVER (ORDER BY place.descendant_id) AS place
            FROM territory_containment place JOIN territory_unit unit ON unit.id = place.descendant_id
            WHERE place.distance = 0 AND upper_inf(place.valid) AND unit.level = 'commune'
        """)
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        told = {"collection": collection.pk, "base": base_collection().pk, "indicators": INDICATORS}
        for making in (DELIVERIES, FACTS, BASES):
            cursor.execute(making, told)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("ALTER TABLE facts_fact ADD PRIMARY KEY (id)")
        cursor.execute(index)
        cursor.execute("RESET session_replication_role")
        cursor.execute("RESET synchronous_commit")
        cursor.execute("VACUUM ANALYZE")


def _units(number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_unit ORDER BY place LIMIT %s", [number])
        return [row[0] for row in cursor]


def _additive(number: int) -> list[Indicator]:
    found = Indicator.objects.filter(over_units__in=["SUM", "COUNT"]).exclude(field_code="base")
    return list(found.order_by("position")[:number])


def seconds(act: Callable[[], object], times: int = 7) -> float:
    """The median of several runs, after one that warms up."""
    act()
    taken = []
    for _time in range(times):
        with Stopwatch() as watch:
            act()
        taken.append(watch.seconds)
    return statistics.median(taken)


def queries(act: Callable[[], object]) -> int:
    connection.force_debug_cursor = True
    before = len(connection.queries_log)
    act()
    number = len(connection.queries_log) - before
    connection.force_debug_cursor = False
    return number


def reading(collection: Collection, periods: list[Period]) -> Iterator[Figure]:
    """Consolidations, and units beside one another."""
    units, cells = _units(200), _additive(72)

    def form(number: int, period: Period) -> Callable[[], object]:
        return lambda: consolidate(
            collection_id=collection.pk, indicators=cells, unit_id=0, period=period, expected_unit_ids=units[:number]
        )

    first, last = periods[0], periods[-1]
    size = f"{len(periods) * INDICATORS * len(_units(10_000)) / 1e6:.0f} M facts"
    yield Figure(f"{size}: 200 localities × 72 cells", seconds(form(200, first)), "s", bar=0.3)
    full = seconds(form(200, last))
    yield Figure("  with the year, the period before, last year's", full, "s", bar=0.6, note="five periods are read")
    yield Figure("  queries of it", queries(form(200, last)), "queries", bar=10)
    yield Figure(f"{size}: 100 localities × 72 cells", seconds(form(100, first)), "s", bar=0.1)
    table = seconds(lambda: by_unit(collection_id=collection.pk, indicators=cells, period=last, unit_ids=units))
    yield Figure("200 localities × 72 cells beside one another", table, "s", bar=0.3)


def beside_one_another(collection: Collection, periods: list[Period]) -> Iterator[Figure]:
    """The national table, of quarters that every commune reported and of the last one, against one GROUP BY of all facts."""
    one = _group_by()
    for number, indicators in ((INDICATORS, _additive(INDICATORS)), (0, list(Indicator.objects.order_by("position")))):
        for name, period in (("every commune reported", periods[-2]), ("the last quarter, with gaps", periods[-1])):

            def table(indicators: Sequence[Indicator] = indicators, period: Period = period) -> National:
                return national(
                    collection_id=collection.pk, indicators=indicators, period=period, today=period.last_day
                )

            size = f"34 provinces × {number or len(indicators)}, year, last year; {name}"
            yield Figure(size, seconds(table, 5), "s", one, bar=0.1)
    yield Figure("  queries of it", queries(table), "queries", bar=12)


def _group_by() -> float:
    with connection.cursor() as cursor, Stopwatch() as one:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        # the outer sums keep the planner from leaving the inner ones out
        cursor.execute("""
            SELECT sum(total), sum(reported), sum(absent), sum(estimated) FROM (
                SELECT sum(value) AS total, count(value) AS reported, count(*) - count(value) AS absent,
                       count(value) FILTER (WHERE is_estimated) AS estimated
                FROM facts_fact WHERE superseded_at IS NULL
                GROUP BY collection_id, period_id, indicator_id, category_id
            ) found
        """)
    return one.seconds


def summing() -> Iterator[Figure]:
    """Making what is derived anew, against one GROUP BY of the same facts."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE facts_rollup")
    one = _group_by()
    with Stopwatch() as rebuilding:
        rebuild_rollups(actor=ACTOR)
    yield Figure("sums of every province made, against one GROUP BY", rebuilding.seconds, "s", one, bar=3)
    yield Figure("  sums that differ from the facts", check_rollups().different, "sums", bar=0)


def accepting(collection: Collection, period: Period) -> Iterator[Figure]:
    """A report, a late cell, and sixteen writers at once."""
    cells, units, random = _additive(72), _units(3321), Random(1)

    def report(unit_id: int, number: int = 72) -> None:
        rows = [
            NewFact(indicator.code, unit_id, period, Decimal(random.randint(0, 999))) for indicator in cells[:number]
        ]
        accept_facts(collection_id=collection.pk, rows=rows, source=Subject("bench", unit_id), actor=ACTOR, at=LATER)

    yield Figure("a report of 72 corrected cells accepted", seconds(lambda: report(units[0])), "s", bar=0.1)
    yield Figure("one late cell, the province's sum with it", seconds(lambda: report(units[0], 1)), "s", bar=0.05)
    alone, together = (1 / _by_many(report, random.sample(units, 160), writers) for writers in (1, 16))
    yield Figure("reports accepted by 16 writers at once", together, "/s", note=f"by one {alone:.0f} /s")
    yield Figure("  sums that differ from the facts afterwards", check_rollups().different, "sums", bar=0)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("memory of this program at the most", most, "MiB", bar=512)


def _by_many(report: Callable[[int], None], units: Sequence[int], writers: int) -> float:
    """Seconds a report."""

    def work(mine: Sequence[int]) -> None:
        try:
            for unit_id in mine:
                report(unit_id)
        finally:
            connection.close()

    with Stopwatch() as watch, ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, [units[place::writers] for place in range(writers)]))
    return watch.seconds / len(units)
