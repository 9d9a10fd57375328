"""An official counts what was assumed."""

from decimal import Decimal

import pytest

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Succession, Unit
from diaban.foundation.territory.queries import shares
from diaban.foundation.territory.services import NotDivided, WeightNotPositive, correct_weight
from diaban.foundation.territory.tests.makers import NOW, REFORM, TODAY, a_succession, a_unit

pytestmark = pytest.mark.django_db
CLERK = SettingUp("tests", TODAY)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def divided(world: World) -> list[Succession]:
    """A commune of district D1 that fell into three equal parts, as far as anyone knows."""
    district = world.units["D1"]
    old = a_unit("commune", "00688", "Quang Trung", "phường", district, until=REFORM)
    new = [a_unit("commune", f"0069{n}", f"Hà Giang {n}", "phường", district, since=REFORM) for n in (1, 2, 3)]
    parts = [a_succession(old, unit, assumed=True) for unit in new]
    rebuild_derived(TODAY)
    return parts


def count(row: Succession, people: int, **more: object) -> Succession:
    arguments = {"actor": CLERK, "at": NOW, "expected_revision": None, **more}
    return correct_weight(succession_id=row.pk, weight=Decimal(people), basis="Biên bản bàn giao", **arguments)  # type: ignore[arg-type] # mixed keywords of a test


def parts_of(unit: Unit) -> list[tuple[int, bool]]:
    return [(int(row.weight), row.assumed) for row in unit.successions_out.order_by("pk")]


def test_parts_nobody_counted_follow_the_counted_ones(divided: list[Succession]) -> None:
    count(divided[0], 1000)
    first = parts_of(divided[0].predecessor)
    count(divided[1], 3000)

    assert first == [(1000, False), (1000, True), (1000, True)]
    assert parts_of(divided[0].predecessor) == [(1000, False), (3000, False), (2000, True)]


def test_shares_still_sum_to_one(divided: list[Succession]) -> None:
    count(divided[0], 1234)

    assert sum(shares(divided[0].predecessor_id).values()) == 1


def test_old_and_new_weights_are_journaled_at_the_divided_unit(divided: list[Succession]) -> None:
    count(divided[0], 1000)

    entry = Entry.objects.get(verb="territory.weight_corrected")
    assert (entry.subject_kind, entry.subject_id) == ("territory.unit", divided[0].predecessor_id)
    assert entry.subject_label == "Phường Quang Trung"
    assert entry.changes["weight 00691"] == ["1.0000", "1000"]
    assert entry.changes["basis"] == ["NQ 1", "Biên bản bàn giao"]


def test_nobody_overwrites_what_they_have_not_seen(divided: list[Succession]) -> None:
    count(divided[0], 1000, expected_revision=1)

    with pytest.raises(StaleRevision):
        count(divided[0], 2000, expected_revision=1)


def test_a_part_weighs_something(divided: list[Succession]) -> None:
    with pytest.raises(WeightNotPositive):
        count(divided[0], 0)


def test_a_unit_that_went_whole_has_nothing_to_weigh(world: World) -> None:
    old = a_unit("commune", "1", "A", "xã", world.units["D1"], until=REFORM)
    whole = a_succession(old, a_unit("commune", "2", "B", "xã", world.units["D1"], since=REFORM))

    with pytest.raises(NotDivided):
        count(whole, 1000)


def test_only_those_who_keep_the_registers_may(world: World, divided: list[Succession]) -> None:
    count(divided[0], 1000, actor=world.actor("specialist"))

    for persona in ("clerk", "district_officer", "enterprise", "auditor"):
        with pytest.raises(NotPermitted):
            count(divided[0], 2000, actor=world.actor(persona))
    assert parts_of(divided[0].predecessor)[0] == (1000, False)
