"""Sums by province follow every acceptance, and are checked against the facts."""

import pytest
from django.db.models import Sum

from diaban.foundation.acts.actor import NotPermitted, SystemActor
from diaban.foundation.facts.models import Rollup
from diaban.foundation.facts.services import check_rollups, rebuild_rollups
from diaban.foundation.facts.tests.figures import LATER, NOW, Reporter, collection
from diaban.foundation.facts.tests.sheets import seen
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def reporter(world: World) -> Reporter:
    """With two communes' reports, one of them corrected."""
    reporter = Reporter(collection().pk)
    reporter.report(world.units["C11"].pk, {"BC07": 5, "BC02": "refused"})
    reporter.report(world.units["C12"].pk, {"BC07": 7}, estimated=True)
    reporter.report(world.units["C11"].pk, {"BC07": 6, "BC02": 3}, at=LATER)
    return reporter


def of(code: str) -> tuple[object, ...]:
    columns = "total", "reported", "absent", "estimated"
    return seen(*Rollup.objects.values_list(*columns).get(indicator__code=code, level="commune"))


def test_a_correction_takes_the_old_figure_out(reporter: Reporter) -> None:
    assert of("BC07") == (13, 2, 0, 1)
    assert of("BC02") == (3, 1, 0, 0)
    assert check_rollups().different == 0


def test_levels_are_kept_apart(reporter: Reporter, world: World) -> None:
    reporter.report(world.units["D1"].pk, {"BC07": 100})
    reporter.report(world.units["P"].pk, {"BC07": 1000})

    by_level = Rollup.objects.filter(indicator__code="BC07").order_by("total").values_list("level", "total")

    assert [seen(*row) for row in by_level] == [("commune", 13), ("district", 100), ("province", 1000)]
    assert set(Rollup.objects.values_list("province", flat=True)) == {world.units["P"].pk}


def test_a_wrong_sum_is_found_and_mended(reporter: Reporter) -> None:
    Rollup.objects.filter(indicator__code="BC07").update(total=12)
    Rollup.objects.filter(indicator__code="BC02").delete()

    found = check_rollups()
    number = rebuild_rollups(actor=SystemActor("doctor", NOW.date()))

    assert found.different == 2
    assert any("BC07" in example for example in found.examples)
    assert number == 2
    assert check_rollups().different == 0
    assert Rollup.objects.aggregate(total=Sum("total"))["total"] == 16


def test_nobody_in_an_office_rebuilds(world: World) -> None:
    with pytest.raises(NotPermitted):
        rebuild_rollups(actor=world.actor("director"))
