"""What the sections of a dossier share: one reading of the unit and of what it lies in."""

import uuid
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.territory.dossier import Lying, Place, place_of
from diaban.foundation.territory.queries import UnknownUnit, ancestors

TODAY = date(2009, 10, 19)


@pytest.mark.django_db
def test_a_place_knows_what_it_lies_in(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = a_world()
    unit, actor = world.units["D1"], world.actor("specialist")

    with django_assert_num_queries(1):
        place = place_of(actor, unit.uid, TODAY)

    steps = [(one.unit_id, number) for number, one in enumerate(ancestors(unit.pk, TODAY), 1)]
    assert place.above() == [(unit.pk, 0), *steps]
    with pytest.raises(UnknownUnit):
        place_of(actor, uuid.uuid4(), TODAY)


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (3, True), (4, False)])
def test_a_unit_lay_in_another_from_its_first_day_until_before_the_last(day: int, holds: bool) -> None:
    lying = Lying(1, 1, date(2009, 1, 2), date(2009, 1, 4))

    assert lying.holds_on(date(2009, 1, day)) is holds


@pytest.mark.django_db
def test_what_several_sections_read_alike_is_read_once() -> None:
    world, asked = a_world(), []
    place = place_of(world.actor("specialist"), world.units["D1"].uid, TODAY)

    def read(of: Place) -> int:
        asked.append(of)
        return len(asked)

    assert [place.once(read), place.once(read)] == [1, 1]
