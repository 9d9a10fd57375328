"""The map is redrawn on a day, or not at all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.territory.checking import check_territory
from diaban.foundation.territory.models import Succession, Unit
from diaban.foundation.territory.queries import UnknownUnit, descendants, shares, unit_on, version_of
from diaban.foundation.territory.recasting import shares_between
from diaban.foundation.territory.services import BrokenMap, NewUnit, OutsideGround, Redrawing, Renewed, redraw
from diaban.foundation.territory.tests.makers import NOW, REFORM, TODAY, a_unit

pytestmark = pytest.mark.django_db
EVE = date(2025, 6, 30)


@pytest.fixture
def world() -> World:
    return a_world()


def redrawn(world: World, redrawing: Redrawing) -> list[Unit]:
    return redraw(ground_id=world.units["P"].pk, redrawing=redrawing, actor=SettingUp("tests", TODAY), at=NOW)


def districts_abolished(world: World) -> Redrawing:
    """C11 joins half of C12, the rest of C12 joins C21, C22 goes on as a commune of the province."""
    units = world.units
    return Redrawing(
        on=REFORM,
        basis="NQ 1684/NQ-UBTVQH15",
        begun=[
            NewUnit("commune", "92101", "Đông Hà", "xã", "92", {units["C11"].pk: None, units["C12"].pk: Decimal(900)}),
            NewUnit("commune", "92201", "Thượng Giang", "xã", "92", {units["C12"].pk: None, units["C21"].pk: None}),
        ],
        renewed=[Renewed(units["C22"].pk, kind="xã", parent_code="92")],
        ended=[units["D1"].pk, units["D2"].pk],
    )


def test_units_end_begin_and_go_on(world: World) -> None:
    begun = redrawn(world, districts_abolished(world))

    communes = descendants(world.units["P"].pk, REFORM)
    assert [version.full_name for version in communes] == ["Xã Đông Hà", "Xã Hạ Giang", "Xã Thượng Giang"]
    assert unit_on("92101", REFORM) == begun[0]
    assert unit_on("92101", EVE) == world.units["C11"]
    assert unit_on("92202", REFORM) == unit_on("92202", EVE) == world.units["C22"]
    assert check_territory(TODAY) == []


def test_the_day_before_stays_as_it_was(world: World) -> None:
    redrawn(world, districts_abolished(world))

    assert version_of(world.units["C22"].pk, EVE).full_name == "Thị trấn Hạ Giang"
    assert len(descendants(world.units["D1"].pk, EVE)) == 2


def test_a_part_nobody_counted_weighs_like_the_counted_one_and_is_assumed(world: World) -> None:
    redrawn(world, districts_abolished(world))

    parts = Succession.objects.filter(predecessor=world.units["C12"]).order_by("pk")
    assert [(int(row.weight), row.assumed) for row in parts] == [(900, False), (900, True)]
    assert set(shares(world.units["C12"].pk).values()) == {Fraction(1, 2)}
    assert not Succession.objects.get(predecessor=world.units["C11"]).assumed


def test_shares_pass_through_a_second_reform(world: World) -> None:
    first = redrawn(world, districts_abolished(world))
    later = date(2026, 1, 1)
    parts = {unit.pk: None for unit in first}

    (joined,) = redrawn(
        world, Redrawing(later, "NQ 2", [NewUnit("commune", "92999", "Sơn Lâm", "phường", "92", parts)])
    )

    found = shares_between(EVE, later, [world.units["C11"].pk, world.units["C12"].pk])
    assert {tuple(share) for shares in found.values() for share in shares} == {(joined.pk, Fraction(1), False)}


def test_the_act_is_journaled_with_the_codes_of_that_day(world: World) -> None:
    redrawn(world, districts_abolished(world))

    entry = Entry.objects.get(verb="territory.redrawn")
    assert entry.changes["ended"] == [None, ["921", "92101", "92102", "922", "92201"]]
    assert entry.changes["begun"] == [None, ["92101", "92201"]]


def test_a_commune_may_not_be_left_in_a_district_that_ends(world: World) -> None:
    with pytest.raises(BrokenMap) as refused:
        redrawn(world, Redrawing(REFORM, "NQ 1", ended=[world.units["D1"].pk]))

    assert {problem.kind for problem in refused.value.problems} == {"parent_absent"}
    assert version_of(world.units["D1"].pk, REFORM)


def test_a_commune_may_not_end_without_an_heir(world: World) -> None:
    with pytest.raises(BrokenMap):
        redrawn(world, Redrawing(REFORM, "NQ 1", ended=[world.units["C11"].pk]))


def test_a_unit_of_elsewhere_is_not_touched(world: World) -> None:
    elsewhere = a_unit("province", "93", "Biển Đông", "tỉnh")

    with pytest.raises(OutsideGround):
        redrawn(world, Redrawing(REFORM, "NQ 1", renewed=[Renewed(elsewhere.pk, name="Khác")]))


def test_a_parent_has_a_known_code(world: World) -> None:
    with pytest.raises(UnknownUnit):
        redrawn(world, Redrawing(REFORM, "NQ 1", renewed=[Renewed(world.units["C11"].pk, parent_code="404")]))


def test_only_leaders_of_those_who_keep_the_registers_may(world: World) -> None:
    ground, redrawing = world.units["P"].pk, districts_abolished(world)

    for persona in ("specialist", "district_leader"):
        with pytest.raises(NotPermitted):
            redraw(ground_id=ground, redrawing=redrawing, actor=world.actor(persona), at=NOW)
    assert redraw(ground_id=ground, redrawing=redrawing, actor=world.actor("director"), at=NOW)
