"""Places of figures among those who owe the same report: by what is good, or not at all."""

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.territory.dossier import place_of
from diaban.work.reporting.dossier import enterprises, newest_figures, newest_sent
from diaban.work.reporting.queries.places import FEWEST, Places, places_in
from diaban.work.reporting.tests.consolidation_world import Q4, Consolidating, a_consolidating_world
from diaban.work.reporting.tests.worlds import NOW, TODAY

pytestmark = pytest.mark.django_db
RISING, FALLING, NEITHER = "NL05b", "VT08", "BC08"


def places(world: Consolidating) -> Places:
    sent = newest_sent(place_of(world.here.actor("specialist"), world.here.world.units["D1"].uid, TODAY))
    assert sent is not None
    return places_in(world.here.schedule, Q4, sent.layout)


def test_one_figure_alone_has_no_place_and_two_are_ranked_by_what_is_good() -> None:
    world = a_consolidating_world()
    before = places(world)
    assert before.of(RISING, world.unit("D1")) is None
    assert before.among[RISING] == FEWEST - 1

    world.accept(Q4, "D2", {RISING: "40", FALLING: "1"}, at=NOW)  # D1 said 38 and 0

    after = places(world)
    assert after.of(RISING, world.unit("D1")) == (2, 2)
    assert after.of(RISING, world.unit("D2")) == (1, 2)
    assert after.is_ranked(RISING)


def test_the_places_of_all_units_are_remembered(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = a_consolidating_world()
    place = place_of(world.here.actor("specialist"), world.here.world.units["D1"].uid, TODAY)
    layout = newest_sent(place).layout  # type: ignore[union-attr]  # the world has sent one
    first = places_in(world.here.schedule, Q4, layout)

    with django_assert_num_queries(1):
        again = places_in(world.here.schedule, Q4, layout)

    assert again is first


def test_the_dossier_says_where_there_is_too_little_to_rank() -> None:
    world = a_consolidating_world()
    place = place_of(world.here.actor("specialist"), world.here.world.units["D1"].uid, TODAY)

    section = newest_figures(place)

    assert section is not None
    assert {row[-1].text for row in section.rows} == {"", "chưa đủ số liệu để xếp"}


def test_enterprises_stand_with_their_own_figures() -> None:
    world = a_consolidating_world()
    place = place_of(world.here.actor("specialist"), world.here.world.units["D1"].uid, TODAY)

    section = enterprises(place)

    assert section is not None
    named = {row[0].text: row[3].text for row in section.rows}
    assert [name.split(" ")[0] for name in named] == ["Bưu", "Bưu", "VNPT", "Viettel", "MobiFone"]
    posts = list(named.values())[:2]
    assert ["510,5" in one for one in posts] == [True, False]
