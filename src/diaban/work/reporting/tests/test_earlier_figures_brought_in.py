"""What was brought in from before the unit reported here stands beside the cells, and is offered to be kept."""

from decimal import Decimal

import pytest
import time_machine

from diaban.work.reporting.queries.figures import Earlier, earlier_of
from diaban.work.reporting.queries.layouts import layout_of, version_on
from diaban.work.reporting.tests.consolidation_world import (
    LAST_YEAR,
    NOW,
    Q3,
    Q4,
    Consolidating,
    a_consolidating_world,
)
from diaban.work.reporting.tests.worlds import a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Consolidating:
    return a_consolidating_world()


def earlier(world: Consolidating, unit: str = "D2") -> Earlier:
    form = world.here.form
    return earlier_of(form.pk, world.unit(unit), Q4, layout_of(version_on(form.pk, Q4.last_day).pk))


def test_figures_brought_in_are_those_of_the_period_before(world: Consolidating) -> None:
    parts = {
        f"BC07;postal_point_type={code}": value
        for code, value in (("level_1", "1"), ("level_2", "2"), ("level_3", "3"), ("bdvhx", "16"), ("agency", "4"))
    }
    world.accept(Q3, "D2", {"BC07": "26", **parts, "VT26": "4"})
    world.accept(LAST_YEAR, "D2", {"VT26": "7"})

    found = earlier(world)

    assert (found.previous["BC07"], found.previous["BC07__bdvhx"], found.previous["VT26"]) == (
        Decimal(26),
        Decimal(16),
        Decimal(4),
    )
    assert found.last_year["VT26"] == Decimal(7)
    assert "Quý III/2009 là số đã nhập từ nguồn khác" in found.taken_over


def test_what_the_unit_itself_sent_comes_first(world: Consolidating) -> None:
    world.accept(Q4, "D1", {"VT26": "999"}, at=NOW)
    form = world.here.form

    found = earlier_of(form.pk, world.unit("D1"), Q4.next(), layout_of(version_on(form.pk, Q4.next().last_day).pk))

    assert found.previous["VT26"] != 999
    assert found.taken_over == ""


def test_stocks_brought_in_wait_to_be_kept_by_one_key() -> None:
    here = a_reporting_world()
    report = here.opened()
    Consolidating(here, report).accept(Q3, "D1", {"BC08;point_state=operating": "15"})

    with time_machine.travel(NOW, tick=False):
        page = here.world.client("district_officer").get(f"/bao-cao/{report.uid}/nhap/").content.decode()

    cell = page[page.index('id="o-BC08__operating"') :][:300]
    assert 'placeholder="15"' in cell
    assert "số đã nhập từ nguồn khác" in page
