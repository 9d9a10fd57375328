"""Figures reported on an old map, seen on a new one."""

from dataclasses import dataclass
from datetime import date

import pytest

from diaban.foundation.facts.consolidation import by_unit
from diaban.foundation.facts.tests.figures import Reporter, base, collection, indicators
from diaban.foundation.facts.tests.sheets import seen
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.tests.makers import REFORM, TODAY, a_succession, a_unit
from diaban.lib.periods import Period

pytestmark = pytest.mark.django_db
BEFORE, AFTER = Period.parse("stat:2025-Q2"), Period.parse("stat:2025-Q3")


@dataclass(frozen=True)
class Ground:
    """Province P with communes A, B, C until the reform; then X = A + a third of B, Y = two thirds of B + C."""

    province: int
    old: dict[str, int]
    new: dict[str, int]

    @property
    def reporters(self) -> set[int]:
        return set(self.old.values())


@pytest.fixture
def ground() -> Ground:
    province = a_unit("province", "99", "Sơn Lâm", "tỉnh")
    old = {name: a_unit("commune", f"9900{name}", name, "xã", province, until=REFORM) for name in "ABC"}
    new = {name: a_unit("commune", f"9900{name}", name, "xã", province, since=REFORM) for name in "XY"}
    a_succession(old["A"], new["X"])
    a_succession(old["B"], new["X"], weight=1, assumed=True)
    a_succession(old["B"], new["Y"], weight=2, assumed=True)
    a_succession(old["C"], new["Y"])
    rebuild_derived(TODAY)
    return Ground(
        province.pk, {name: unit.pk for name, unit in old.items()}, {name: unit.pk for name, unit in new.items()}
    )


@pytest.fixture
def reporter() -> Reporter:
    return Reporter(collection().pk)


def test_the_province_keeps_its_total_on_the_new_map(reporter: Reporter, ground: Ground) -> None:
    for name, value in (("A", 10), ("B", 10), ("C", 1)):
        reporter.report(ground.old[name], {"BC07": value, "VT26": 1, "VT16": 5}, BEFORE)

    found = reporter.total(
        ground.province, "BC07", "VT26", "VT16", expected=ground.reporters, period=BEFORE, map_on=REFORM
    )

    assert [found.row(code).value for code in ("BC07", "VT26", "VT16")] == [21, 3, None]
    assert (found.row("BC07").complete, found.row("BC07").estimated) == (True, False)


def test_a_new_commune_has_its_shares_of_what_the_old_ones_reported(reporter: Reporter, ground: Ground) -> None:
    for name, value in (("A", 10), ("B", 10), ("C", 1)):
        reporter.report(ground.old[name], {"BC07": value, "VT26": 1}, BEFORE)

    found = {
        name: reporter.total(unit, "BC07", "VT26", expected=ground.reporters, period=BEFORE, map_on=REFORM)
        for name, unit in ground.new.items()
    }

    assert {name: each.row("BC07").value for name, each in found.items()} == {"X": 13, "Y": 8}
    assert found["X"].row("BC07").estimated
    assert seen(found["X"].row("VT26").value, found["X"].row("VT26").reason) == (None, "not_recastable")


def test_ratios_come_from_recast_parts(reporter: Reporter, ground: Ground) -> None:
    for name, (covered, villages) in {"A": (5, 10), "B": (3, 30), "C": (7, 10)}.items():
        base(ground.old[name], 2025, {"DB05": villages})
        reporter.report(ground.old[name], {"VT48": covered}, BEFORE)

    row = reporter.total(ground.new["X"], "VT25", expected=ground.reporters, period=BEFORE, map_on=REFORM).row("VT25")
    table = by_unit(
        collection_id=reporter.collection_id,
        indicators=indicators("VT25", "VT48"),
        period=BEFORE,
        unit_ids=sorted(ground.reporters),
        map_on=REFORM,
    )

    assert seen(row.numerator, row.denominator, row.value) == (6, 20, 30)
    assert table.figures["VT25"][ground.new["X"]].value == 30
    assert sum(table.figures["VT48"][unit].value or 0 for unit in table.unit_ids) == 15


def test_the_year_so_far_crosses_the_reform(reporter: Reporter, ground: Ground) -> None:
    for name, value in (("A", 10), ("B", 20), ("C", 30)):
        reporter.report(ground.old[name], {"BC02": value}, BEFORE)
    for unit in ground.new.values():
        reporter.report(unit, {"BC02": 100}, AFTER)

    row = reporter.total(ground.province, "BC02", expected=set(ground.new.values()), period=AFTER, map_on=REFORM).row(
        "BC02"
    )

    assert seen(row.value, row.previous, row.cumulative) == (200, 60, 260)
    assert not row.cumulative_complete


def test_nothing_is_recast_backward(reporter: Reporter, ground: Ground) -> None:
    for unit in ground.new.values():
        reporter.report(unit, {"BC07": 100}, AFTER)

    row = reporter.total(
        ground.old["A"], "BC07", expected=set(ground.new.values()), period=AFTER, map_on=date(2025, 6, 30)
    ).row("BC07")

    assert seen(row.value, row.reason) == (None, "not_recastable")
