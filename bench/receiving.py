"""Sixteen clients whose reports become facts at once, against as many that only insert the same rows."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import median

from bench.consolidation import AT, CELLS, Area
from bench.figure import Figure, Stopwatch
from bench.ground import a_world

CLIENTS, REPORTS, TIMES = 16, 8, 5
INSERT = """
    INSERT INTO bare (unit_id, delivery_id, accepted_at, period_id, category_id, collection_id, indicator_id,
                      version, is_estimated, value, reason)
    VALUES (%s, 1, %s, 1, 1, 1, %s, 1, false, %s, '')
"""


def figures() -> Iterable[Figure]:
    from django.db import connection

    from diaban.foundation.facts.models import Rollup

    with a_world("bench_receiving"):
        bare, ours = [], []
        for time in range(TIMES):
            area = Area(f"bench_receiving_{time}", CLIENTS * REPORTS)
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS bare")
                cursor.execute("CREATE TABLE bare (LIKE facts_fact INCLUDING INDEXES INCLUDING IDENTITY)")
            bare.append(_all_at_once(partial(_insert, area=area)))
            ours.append(_all_at_once(partial(_report, area=area), area.units))
            sums = Rollup.objects.filter(collection=area.collection, reported__gt=0)
            assert sum(sums.values_list("reported", flat=True)) == CELLS * len(area.units)
        facts = CELLS * CLIENTS * REPORTS
        rate, reference = facts / median(ours), facts / median(bare)
        told = f"medians of {TIMES}, one after the other; ratios {', '.join(f'{one / other:.2f}' for one, other in zip(bare, ours, strict=True))}"
        yield Figure(
            f"{CLIENTS} clients receiving at once", rate, "facts/s", reference, bar=0.3, at_least=True, note=told
        )


def _all_at_once(work: Callable[[int, int], None], units: Iterable[int] | None = None) -> float:
    """Seconds that all clients together took, each with a connection of its own. A deadlock would raise here."""
    from django.db import connection

    given = list(units) if units is not None else list(range(1, CLIENTS * REPORTS + 1))

    def client(number: int) -> None:
        try:
            for unit in given[number::CLIENTS]:
                work(unit, number)
        finally:
            connection.close()

    with Stopwatch() as watch, ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    return watch.seconds


def _report(unit: int, number: int, area: Area) -> None:
    area.report([unit], start=number)


def _insert(unit: int, number: int, area: Area) -> None:
    from django.db import connection, transaction

    rows = [(unit, AT, indicator.pk, number + place) for place, indicator in enumerate(area.indicators)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)
