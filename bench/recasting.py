"""A quarter of the whole country on the map before July 2025, recast unit by unit onto the map of 1 July 2025."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from time import process_time

from bench.figure import Figure, Stopwatch
from bench.ground import a_world

AT = datetime(2025, 7, 1, 3, tzinfo=UTC)
MAP = date(2025, 7, 1)
PERIOD = "stat:2025-Q2"
CELLS, TIMES = 10, 3


def figures() -> Iterable[Figure]:
    with a_world("bench_recasting"):
        yield from _country()


def _country() -> Iterable[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from diaban.foundation.acts.actor import SettingUp
    from diaban.foundation.acts.subjects import Subject
    from diaban.foundation.facts.accepting import NewFact
    from diaban.foundation.facts.consolidation import UnitTable, by_unit
    from diaban.foundation.facts.models import CollectionKind, Indicator, OverUnits
    from diaban.foundation.facts.services import accept_facts, open_collection
    from diaban.foundation.territory.models import Level, UnitVersion
    from diaban.lib.periods import Period

    actor, period = SettingUp("bench", AT.date()), Period.parse(PERIOD)
    communes = UnitVersion.objects.on(period.last_day).filter(unit__level=Level.COMMUNE)
    units = list(communes.order_by("code").values_list("unit_id", flat=True))
    added = Indicator.objects.filter(over_units=OverUnits.SUM, valid__contains=period.last_day).exclude(
        field_code="base"
    )
    indicators = list(added[:CELLS])
    collection = open_collection(code="bench", name="bench", kind=CollectionKind.FORM, actor=actor, at=AT)
    rows = (NewFact(one.code, unit, period, Decimal(unit % 997)) for unit in units for one in indicators)
    accept_facts(collection_id=collection.pk, rows=rows, source=Subject("bench", 1), actor=actor, at=AT)

    def recast() -> UnitTable:
        return by_unit(
            collection_id=collection.pk, indicators=indicators, period=period, unit_ids=units, map_on=MAP
        )  # fmt: skip

    found = recast()  # the first one reads the code
    whole = sum(unit % 997 for unit in units)
    for one in indicators:
        assert sum(figure.value or 0 for figure in found.figures[one.code].values()) == whole
    with CaptureQueriesContext(connection) as queries:
        recast()
    taken, worked = [], []
    for _time in range(TIMES):
        before = process_time()
        with Stopwatch() as watch:
            recast()
        taken.append(watch.seconds)
        worked.append(process_time() - before)
    name = f"{len(units)} old communes × {CELLS} cells onto {len(found.unit_ids)} new ones"
    yield Figure(name, min(taken), "s", bar=2)
    yield Figure("  this processor's part of it", min(worked), "s")
    yield Figure("  queries of it", len(queries), "queries", bar=20)
