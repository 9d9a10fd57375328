"""Whatever is reported and corrected, totals equal an independent computation, and sums by province the facts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.consolidation import Consolidation
from diaban.foundation.facts.rules.cells import indicator_of
from diaban.foundation.facts.services import accept_facts, check_rollups, rebuild_rollups
from diaban.foundation.facts.tests import naive
from diaban.foundation.facts.tests.figures import NOW, SETTING_UP, SOURCE, Reporter, collection
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.lib.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PERIODS = (Period.parse("nd09:2026-Q1"), Period.parse("nd09:2026-Q2"))
KEYS = (
    {cell: f"postal_point_type={cell.split('__')[1]}" for cell in naive.POINTS}
    | {cell: f"telecom_enterprise={cell.split('__')[1]}" for cell in naive.OPERATORS}
)  # fmt: skip
CELLS = ("BC07", *naive.POINTS[:2], "BC02", "VT26", *naive.OPERATORS, "VT16", "CN34", "QL01a", "VT04", "VT05", "CN21")
CODES = ("BC07", "BC02", "VT26", "VT01", "VT16", "CN07", "VT03", "CN21")

Report = dict[tuple[int, int, str], tuple[Decimal | str, bool]]

values = st.one_of(
    st.integers(0, 50).map(Decimal),
    st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["refused", "not_collected", "not_applicable"]),
)
reports = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 1), st.sampled_from(CELLS)),
    st.tuples(values, st.booleans()),
    max_size=60,
)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def reporter() -> Reporter:
    return Reporter(collection().pk)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(first=reports, corrections=reports, expected=st.sets(st.integers(0, 3), min_size=1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_totals_are_those_of_a_naive_computation(
    world: World, reporter: Reporter, first: Report, corrections: Report, expected: set[int]
) -> None:
    communes = [world.units[name].pk for name in ("C11", "C12", "C21", "C22")]
    units = [communes[place] for place in sorted(expected)]
    with undone():
        known: dict[tuple[int, int, str], Decimal] = {}
        for number, report in enumerate((first, corrections)):
            accept(reporter, communes, report, number)
            known = {key: value for key, value in known.items() if key not in report}
            known |= {key: given for key, (given, _estimated) in report.items() if isinstance(given, Decimal)}
            figures = [
                {(communes[unit], cell): value for (unit, place, cell), value in known.items() if place == period}
                for period in (0, 1)
            ]
            found = reporter.total(world.units["P"].pk, *CODES, expected=set(units), period=PERIODS[1])
            same(found, figures, units)
            assert check_rollups().different == 0
        before = check_rollups().rollups
        assert rebuild_rollups(actor=SETTING_UP) == before


def accept(reporter: Reporter, communes: list[int], report: Report, number: int) -> None:
    rows = [
        NewFact(
            indicator=indicator_of(cell),
            unit_id=communes[unit],
            period=PERIODS[place],
            value=given if isinstance(given, Decimal) else None,
            category=KEYS.get(cell, ""),
            reason="" if isinstance(given, Decimal) else given,
            is_estimated=estimated,
        )
        for (unit, place, cell), (given, estimated) in report.items()
    ]
    at = NOW + timedelta(days=number)
    accept_facts(collection_id=reporter.collection_id, rows=rows, source=SOURCE, actor=SETTING_UP, at=at)


def same(found: Consolidation, figures: list[dict[tuple[int, str], Decimal]], units: list[int]) -> None:
    now = figures[1]
    flows = [naive.summed(period, units, "BC02") for period in figures]
    expected = {
        "BC07": naive.summed(now, units, "BC07", naive.POINTS),
        "BC02": flows[1],
        "VT26": naive.summed(now, units, "VT26"),
        "VT01": naive.listed(now, units),
        "VT16": naive.only(now, units, "VT16"),
        "CN07": naive.divided([now], units, "CN34", "QL01a"),
        "VT03": naive.both(now, units, "VT04", "VT05"),
        "CN21": naive.only(now, units, "CN21"),
    }
    assert {code: found.row(code).value for code in CODES} == expected
    assert found.row("BC02").previous == flows[0]
    assert found.row("BC02").cumulative == (None if flows == [None, None] else sum(flow or 0 for flow in flows))
    assert found.row("CN07").cumulative == naive.divided(figures, units, "CN34", "QL01a")
    for cell in naive.POINTS[:2]:
        assert found.row("BC07", KEYS[cell]).value == naive.summed(now, units, cell)
