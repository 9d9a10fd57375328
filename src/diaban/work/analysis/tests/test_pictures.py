"""What is drawn is what stands in the table."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.territory.services import load_boundaries
from diaban.foundation.territory.tests.test_boundaries import collection, square
from diaban.lib.charts.maps import RAMPS
from diaban.work.analysis.drawing import drawn
from diaban.work.analysis.pictures import NotDrawable
from diaban.work.analysis.tests.worlds import NOW, PROVINCE, Consolidating, an_analysed_world, pivot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    return an_analysed_world()


def test_lines_run_over_the_periods_of_each_unit(world: Consolidating) -> None:
    svg = drawn(pivot(world, "ct=BC07&hang=dv&cot=ky&hinh=duong"), title="a").svg

    assert "Huyện Nam Sơn, Quý III/2009: 10" in svg
    assert "Huyện Nam Sơn, Quý IV/2009: 0" in svg
    assert "Tỉnh Sơn Lâm, " not in svg


def test_bars_are_links_to_what_they_are_made_of(world: Consolidating) -> None:
    svg = drawn(pivot(world, "ct=BC07&hinh=cot"), title="a").svg

    assert f'href="{reverse("reporting:made_of", args=["BC07"])}?' in svg
    assert "Huyện Bắc Sơn: 23" in svg


def test_parts_that_add_up_are_stacked(world: Consolidating) -> None:
    svg = drawn(pivot(world, "ct=BC07&chia=postal_point_type&hinh=chong"), title="a").svg

    assert "Huyện Bắc Sơn, " in svg


@pytest.mark.parametrize(
    "query", ["ct=BC07&hinh=duong", "ct=BC07&hinh=chong", "ct=BC07&hang=ct&cot=ky&hinh=ban_do", "ct=BC07&ct=BC15&hang=ct&cot=ky&hinh=duong"]
)  # fmt: skip
def test_what_cannot_be_drawn_says_what_to_choose(world: Consolidating, query: str) -> None:
    with pytest.raises(NotDrawable, match=r"[Hh]ãy"):
        drawn(pivot(world, query), title="a")


def test_units_nobody_placed_are_tiles(world: Consolidating) -> None:
    found = drawn(pivot(world, "ct=BC07&hinh=ban_do"), title="a")

    assert "Huyện Bắc Sơn: 23" in found.svg
    assert "mỗi ô là một đơn vị" in found.left_out


def test_units_with_borders_are_areas(world: Consolidating) -> None:
    load_boundaries(
        content=collection(square(104, 22, ma="921"), square(105, 22, ten="Nam Sơn")),
        source="vẽ để thử",
        ground_id=world.unit("P"),
        level="district",
        on=NOW.date(),
        actor=SettingUp("thử", NOW.date()),
        at=NOW,
    )

    found = drawn(pivot(world, "ct=BC07&hinh=ban_do&lop_mau=tay&moc=5"), title="a")

    assert found.left_out == ""
    assert f'fill="{RAMPS[2][1]}"' in found.svg
    assert "trên 5 đến 23" in found.svg


def test_a_picture_is_taken_away_as_a_file(world: Consolidating) -> None:
    client = world.here.world.client("specialist")

    svg = client.get(f"{reverse('analysis:picture', args=['svg'])}?{PROVINCE}&ct=BC07&hinh=cot")
    png = client.get(f"{reverse('analysis:picture', args=['png'])}?{PROVINCE}&ct=BC07&hinh=cot")

    assert b"Qu\xc3\xbd IV/2009" in svg.content
    assert png.content.startswith(b"\x89PNG")
