"""Subjects are tied, seen from both ends, and untied without being forgotten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.links.models import Link
from diaban.foundation.links.queries import related
from diaban.foundation.links.services import tie, untie
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import an_obligation

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def world() -> World:
    return a_world()


def work(world: World) -> Subject:
    return Subject("obligations.obligation", an_obligation(world).pk)


def test_a_link_is_seen_from_both_ends(world: World) -> None:
    source, target = work(world), work(world)
    tie(source=source, kind=Link.Kind.ANSWERS, target=target, on=ON)

    (outward,) = related(world.actor("specialist"), source)
    (inward,) = related(world.actor("specialist"), target)

    assert (outward.relation, inward.relation) == ("trả lời", "được trả lời bởi")
    assert (outward.is_outward, outward.other.subject) == (True, target)
    assert (inward.is_outward, inward.other.subject) == (False, source)


def test_what_the_reader_may_not_see_is_left_out(world: World) -> None:
    source, unit = work(world), Subject("territory.unit", world.units["D1"].pk)
    tie(source=source, kind=Link.Kind.BELONGS_TO, target=unit, on=ON)

    assert related(world.actor("other_officer"), unit) == []
    assert len(related(world.actor("district_officer"), unit)) == 1


def test_tying_again_keeps_the_first_link(world: World) -> None:
    source, target = work(world), work(world)
    first = tie(source=source, kind=Link.Kind.PROVES, target=target, on=ON)

    again = tie(source=source, kind=Link.Kind.PROVES, target=target, on=date(2026, 4, 1))

    assert (again.pk, again.on) == (first.pk, ON)


def test_an_untied_link_keeps_its_dates_and_may_be_tied_anew(world: World) -> None:
    source, target = work(world), work(world)
    first = tie(source=source, kind=Link.Kind.CITES, target=target, on=ON)

    untie(link_id=first.pk, on=date(2026, 3, 5))
    untie(link_id=first.pk, on=date(2026, 3, 9))
    hidden = related(world.actor("specialist"), source)
    second = tie(source=source, kind=Link.Kind.CITES, target=target, on=date(2026, 4, 1))

    first.refresh_from_db()
    assert hidden == []
    assert first.untied_on == date(2026, 3, 5)
    assert second.pk != first.pk


def test_nothing_is_tied_to_itself(world: World) -> None:
    subject = work(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        tie(source=subject, kind=Link.Kind.CITES, target=subject, on=ON)
