"""The position a request is made in."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.mandates.middleware import SESSION_KEY
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Holding

SWITCH = "mandates:switch_position"


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def with_a_second_post(world: World) -> Client:
    Holding.objects.create(
        person=world.people["specialist"], position=world.positions["district_officer"], valid=DateRange(None, None)
    )
    return world.client("specialist")


def test_the_only_position_is_taken_without_asking(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["clerk"])

    request = client.get(reverse(SWITCH)).wsgi_request

    assert request.actor.position_id == world.positions["clerk"].pk  # type: ignore[attr-defined] # set by the middleware


def test_a_position_lost_meanwhile_is_not_acted_in(world: World) -> None:
    client = with_a_second_post(world)
    client.post(reverse(SWITCH), {"position_id": str(world.positions["district_officer"].pk)})
    Holding.objects.filter(person=world.people["specialist"], position=world.positions["district_officer"]).delete()

    request = client.get(reverse(SWITCH)).wsgi_request

    assert request.actor.position_id == world.positions["specialist"].pk  # type: ignore[attr-defined] # set by the middleware


def test_a_person_of_two_posts_switches_between_them(world: World) -> None:
    client = with_a_second_post(world)

    answer = client.post(
        reverse(SWITCH), {"position_id": str(world.positions["district_officer"].pk), "next": "/bao-cao/"}
    )

    assert answer.headers["Location"] == "/bao-cao/"
    assert client.session[SESSION_KEY] == world.positions["district_officer"].pk


def test_nobody_switches_to_the_post_of_another_or_away_from_this_site(world: World) -> None:
    client = with_a_second_post(world)

    refused = client.post(reverse(SWITCH), {"position_id": str(world.positions["director"].pk)})
    away = client.post(
        reverse(SWITCH), {"position_id": str(world.positions["specialist"].pk), "next": "https://example.org/"}
    )

    assert refused.status_code == 200
    assert client.session[SESSION_KEY] == world.positions["specialist"].pk
    assert away.headers["Location"] == "/"


def test_a_form_filled_in_another_position_is_refused(world: World) -> None:
    client = with_a_second_post(world)
    other = str(world.positions["district_officer"].pk)

    form = client.post(reverse(SWITCH), {"acting_position": other})
    htmx = client.get(reverse(SWITCH), headers={"X-Acting-Position": other})
    own = client.post(reverse(SWITCH), {"acting_position": str(world.positions["specialist"].pk)})

    assert (form.status_code, htmx.status_code, own.status_code) == (409, 409, 200)


def test_a_stranger_is_sent_to_sign_in(world: World) -> None:
    answer = Client().get(reverse("mandates:matrix"))

    assert answer.status_code == 302


def test_the_position_costs_two_queries_a_request(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.client("specialist")
    client.get(reverse(SWITCH))

    with django_assert_num_queries(5):  # the session, the account, two for the position, and the shell's own
        client.get(reverse(SWITCH))
