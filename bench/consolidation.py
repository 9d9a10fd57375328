"""Figures of an area from its parts, as many queries whatever their number; right in the transaction that changed a part."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from bench.figure import Figure, Stopwatch
from bench.ground import a_world

if TYPE_CHECKING:  # Django is not there yet when the figures are named
    pass

AT = datetime(2026, 3, 16, 3, tzinfo=UTC)
CELLS, TIMES = 72, 5
PERIOD = "nd09:2026-Q1"


def figures() -> Iterable[Figure]:
    with a_world("bench_consolidation"):
        yield from _localities(200)
        yield from _children(100)


def _localities(number: int) -> Iterable[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    area = Area(f"bench_{number}", number)
    area.report(area.units, start=1)
    area.total()  # the first one reads the code
    with CaptureQueriesContext(connection) as queries:
        found = area.total()
    assert found == [area.expected(indicator, 1) for indicator in range(CELLS)]
    seconds = median(_seconds(area) for _ in range(TIMES))
    yield Figure(f"{number} localities × {CELLS} cells consolidated", seconds, "s", bar=0.3)
    yield Figure("  queries of it", len(queries), "queries", bar=10)


def _children(number: int) -> Iterable[Figure]:
    from django.db import transaction

    area = Area(f"bench_{number}", number)
    area.report(area.units, start=1)
    area.total()
    with transaction.atomic():
        area.report(area.units[:1], start=1001)
        seconds = median(_seconds(area) for _ in range(TIMES))
        found = area.total()
    assert found == [area.expected(indicator, 1) + 1000 for indicator in range(CELLS)]
    yield Figure(f"{number} children under one parent, in the transaction", seconds, "s", bar=0.1)


def _seconds(area: "Area") -> float:
    with Stopwatch() as watch:
        area.total()
    return watch.seconds


class Area:
    """A province with so many communes that report, each indicator a different figure of each."""

    def __init__(self, code: str, number: int) -> None:
        from diaban.foundation.acts.actor import SettingUp
        from diaban.foundation.facts.models import CollectionKind, Indicator, OverUnits
        from diaban.foundation.facts.services import open_collection
        from diaban.foundation.territory.models import Level, UnitVersion
        from diaban.foundation.territory.queries import unit_on
        from diaban.lib.periods import Period

        self.actor = SettingUp("bench", AT.date())
        self.period: Period = Period.parse(PERIOD)
        communes = UnitVersion.objects.filter(unit__level=Level.COMMUNE, valid__contains=self.period.last_day)
        self.units: Sequence[int] = list(communes.order_by("code").values_list("unit_id", flat=True)[:number])
        self.province = unit_on("08", self.period.last_day).pk
        added = Indicator.objects.filter(over_units=OverUnits.SUM, valid__contains=self.period.last_day)
        self.indicators: list[Indicator] = list(added.exclude(field_code="base")[:CELLS])
        assert len(self.indicators) == CELLS
        self.collection = open_collection(code=code, name=code, kind=CollectionKind.FORM, actor=self.actor, at=AT)

    def report(self, units: Sequence[int], *, start: int) -> None:
        """Unit number n gives `start` + n + the indicator's number."""
        from diaban.foundation.acts.subjects import Subject
        from diaban.foundation.facts.accepting import NewFact
        from diaban.foundation.facts.services import accept_facts

        rows = [
            NewFact(indicator.code, unit, self.period, Decimal(start + place + number))
            for place, unit in enumerate(units)
            for number, indicator in enumerate(self.indicators)
        ]
        source = Subject("bench", 1)
        accept_facts(collection_id=self.collection.pk, rows=rows, source=source, actor=self.actor, at=AT)

    def expected(self, indicator: int, start: int) -> Decimal:
        return Decimal(sum(start + place + indicator for place in range(len(self.units))))

    def total(self) -> list[Decimal | None]:
        """The totals of every indicator, the year so far, the period before and last year's beside them."""
        from diaban.foundation.facts.consolidation import consolidate

        found = consolidate(
            collection_id=self.collection.pk,
            indicators=self.indicators,
            unit_id=self.province,
            period=self.period,
            expected_unit_ids=self.units,
        )
        return [found.row(indicator.code).value for indicator in self.indicators]
