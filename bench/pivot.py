"""A pivot of the whole country, provinces × indicators × quarters, beside DuckDB's on the same facts in Parquet.

DuckDB adds up values and counts them; ours also knows how many units were expected, which of them said nothing and why,
and gives no value where adding would mislead. Both end with exact decimals in Python, and every one of them is compared.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
from django.db import connection

from bench.figure import Figure
from bench.national import ACTOR, FIRST_YEAR, INDICATORS, TODAY, country, queries, seconds
from diaban.foundation.facts.consolidation import Crossed, crossed_provinces
from diaban.foundation.facts.models import Collection, Indicator, Rollup
from diaban.foundation.facts.services import rebuild_rollups
from diaban.lib.periods import Period

FACTS = """
    COPY (
        SELECT fact.unit_id, period.code AS period, indicator.code AS indicator, value, is_estimated
        FROM facts_fact fact JOIN facts_periodrow period ON period.id = period_id
        JOIN facts_indicator indicator ON indicator.id = indicator_id
        WHERE collection_id = {collection} AND superseded_at IS NULL
        ORDER BY period.starts_on, unit_id, indicator_id
    ) TO STDOUT WITH (FORMAT csv, HEADER)
"""
PLACES = """
    COPY (
        SELECT place.descendant_id AS unit_id, place.ancestor_id AS province_id FROM territory_containment place
        JOIN territory_unit unit ON unit.id = place.descendant_id AND unit.level = 'commune'
        JOIN territory_unit province ON province.id = place.ancestor_id AND province.level = 'province'
        WHERE place.valid @> DATE '{today}'
    ) TO STDOUT WITH (FORMAT csv, HEADER)
"""
PIVOT = """
    SELECT province_id, indicator, period, sum(value), count(value), count(*) - count(value), count(*) FILTER (is_estimated)
    FROM '{facts}' fact JOIN '{places}' place USING (unit_id)
    GROUP BY province_id, indicator, period
"""
Rows = list[tuple[int, str, str, Decimal | None, int, int, int]]


def figures() -> Iterable[Figure]:
    quarters = int(os.environ.get("DIABAN_BENCH_QUARTERS", "8"))
    with country(quarters) as collection, tempfile.TemporaryDirectory() as folder:
        if not Rollup.objects.exists():
            rebuild_rollups(actor=ACTOR)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE facts_rollup")  # as autovacuum does soon after
        periods = [Period.parse(f"stat:{FIRST_YEAR + place // 4}-Q{place % 4 + 1}") for place in range(quarters)]
        yield from _beside_duckdb(collection, periods, _reference(collection, Path(folder)))


def _beside_duckdb(
    collection: Collection, periods: Sequence[Period], reference: Callable[[], Rows]
) -> Iterator[Figure]:
    """Quarters that every commune reported; the same with the last one, that has gaps; and all indicators."""
    rows, theirs = reference(), seconds(reference)
    additive = Indicator.objects.filter(over_units__in=["SUM", "COUNT"]).exclude(field_code="base")
    some = list(additive.order_by("position").values_list("code", flat=True)[:INDICATORS])
    every = list(Indicator.objects.order_by("position").values_list("code", flat=True))

    def pivot(codes: Sequence[str] = some) -> tuple[tuple[int, ...], Crossed]:
        return crossed_provinces(
            collection_id=collection.pk, codes=codes, periods=periods, today=max(TODAY, periods[-1].last_day)
        )

    size = f"34 provinces × {len(some)} × {len(periods)} quarters"
    yield Figure(size, seconds(pivot), "s", theirs, bar=1, note="DuckDB on Parquet, every core")
    yield Figure("  queries of it", queries(pivot), "queries", bar=12)
    yield Figure("  figures that differ from DuckDB's", _differing(*pivot(), rows), "figures", bar=0)
    whole = f"34 provinces × {len(every)}, computed ones too × {len(periods)} quarters"
    yield Figure(whole, seconds(lambda: pivot(every), 3), "s", theirs, note=f"DuckDB adds {len(some)} up")


def _reference(collection: Collection, folder: Path) -> Callable[[], Rows]:
    """The facts and their provinces as Parquet, values exact; DuckDB's pivot of them."""
    base = duckdb.connect()
    for name, statement in (
        ("facts", FACTS.format(collection=collection.pk)),
        ("places", PLACES.format(today=TODAY)),
    ):
        with (folder / f"{name}.csv").open("wb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for block in copy:
                file.write(block)
        types = "{'value': 'DECIMAL(26,8)', 'unit_id': 'BIGINT'}" if name == "facts" else "{'unit_id': 'BIGINT'}"
        base.execute(
            f"COPY (FROM read_csv('{folder}/{name}.csv', types={types})) TO '{folder}/{name}.parquet' (FORMAT parquet)"
        )
        (folder / f"{name}.csv").unlink()
    pivot = PIVOT.format(facts=folder / "facts.parquet", places=folder / "places.parquet")
    return lambda: base.execute(pivot).fetchall()


def _differing(provinces: tuple[int, ...], found: Crossed, rows: Rows) -> int:
    """Also counts what one has and the other has not; not indicators that had ended: of these ours gives no value."""
    places = {province: place for place, province in enumerate(provinces)}
    wrong = abs(len(rows) - len(found.figures) * len(provinces))
    for province, indicator, period, value, reported, _absent, estimated in rows:
        ours = found.figures[indicator, Period.parse(period)][places[province]]
        if ours.reason != "not_applicable":
            wrong += (ours.value, ours.reported, ours.estimated) != (value, reported, estimated > 0)
    return wrong
