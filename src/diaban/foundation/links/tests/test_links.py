"""Subjects are tied, seen from both ends, and untied without being forgotten."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.links.models import Link
from diaban.foundation.links.queries import chain, related
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


def test_a_chain_follows_ties_both_ways_and_names_each_thing_once(world: World) -> None:
    report, difficulty, directive, evidence = (work(world) for _one in range(4))
    tie(source=difficulty, kind=Link.Kind.ARISES_FROM, target=report, on=ON)
    tie(source=directive, kind=Link.Kind.ARISES_FROM, target=difficulty, on=date(2026, 3, 9))
    tie(source=evidence, kind=Link.Kind.PROVES, target=directive, on=date(2026, 4, 1))
    tie(source=evidence, kind=Link.Kind.CITES, target=difficulty, on=date(2026, 4, 2))

    steps = chain(world.actor("specialist"), report)

    assert [(step.depth, step.tie.relation, step.tie.other.subject) for step in steps] == [
        (1, "làm phát sinh", difficulty),
        (2, "làm phát sinh", directive),
        (2, "được dẫn chiếu bởi", evidence),
    ]


def test_a_chain_does_not_lead_through_what_the_reader_may_not_see(world: World) -> None:
    here, hidden, beyond = (
        Subject("territory.unit", world.units["D1"].pk),
        work(world),
        Subject("territory.unit", world.units["D2"].pk),
    )
    tie(source=hidden, kind=Link.Kind.BELONGS_TO, target=here, on=ON)
    tie(source=hidden, kind=Link.Kind.CITES, target=beyond, on=ON)

    assert [step.tie.other.subject for step in chain(world.actor("district_officer"), here)] == [hidden, beyond]
    assert chain(world.actor("other_officer"), here) == []


def test_an_untied_link_leads_nowhere(world: World) -> None:
    source, target = work(world), work(world)
    untie(link_id=tie(source=source, kind=Link.Kind.CITES, target=target, on=ON).pk, on=ON)

    assert chain(world.actor("specialist"), source) == []


def test_a_chain_asks_a_query_for_each_step_not_for_each_thing(world: World) -> None:
    first, second, actor = work(world), work(world), world.actor("specialist")
    tie(source=first, kind=Link.Kind.CITES, target=second, on=ON)
    for _one in range(5):
        tie(source=work(world), kind=Link.Kind.PROVES, target=second, on=ON)

    with CaptureQueriesContext(connection) as asked:
        steps = chain(actor, first)

    assert len(steps) == 6
    assert len(asked) <= 5  # two steps, one that finds nothing more, the things, what their kind reads with them
