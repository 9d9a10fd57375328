"""Who sends, from where, and by which method: a request that is not its sender's to make changes nothing."""

import uuid

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from diaban.foundation.mandates.middleware import FORM_FIELD, HEADER, SESSION_KEY
from diaban.work.reporting.tests.worlds import Reporting
from tests.hostile.places import OWN_PLACES, Place, client_of, patterns, sound
from tests.whole import changed_since, everything

ONE_EACH = list({place.name: place for place in OWN_PLACES}.values())
OPEN_TO_ALL = {"accounts:language", "requests:link", "meetings:feed"}  # the last two by a key of their own
pytestmark = pytest.mark.slow
Answers = dict[str, int]


@pytest.mark.parametrize("place", ONE_EACH, ids=[place.name for place in ONE_EACH])
def test_nothing_happens_but_by_a_form_of_ones_own(place: Place, here: Reporting) -> None:
    url, form, others = place.url(here), sound(place.name, here), str(here.world.positions["other_leader"].pk)
    client, stranger = client_of(here, place.doer), client_of(here, None)
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    before = everything()

    read: Answers = {method: getattr(client, method)(url).status_code for method in ("get", "options")}
    odd: Answers = {method: getattr(client, method)(url).status_code for method in ("put", "delete")}
    without_token = careful.post(url, {name: text for name, text in form.items() if isinstance(text, str)})
    of_another = [
        client.post(url, {**form, FORM_FIELD: others}).status_code,
        client.post(url, form, headers={HEADER: others}).status_code,
    ]
    signed_out = [] if place.name in OPEN_TO_ALL else [stranger.get(url), stranger.post(url, form)]

    assert max(read.values()) < 500, read
    assert set(odd.values()) <= {403, 405}, odd
    assert without_token.status_code == 403
    assert "<h1" in without_token.content.decode()
    assert of_another == [409, 409]
    assert {answer.status_code for answer in signed_out} <= {302}
    assert all(answer["Location"].startswith(reverse("account_login")) for answer in signed_out)
    assert changed_since(before) == set()


OUTSIDERS_TRIED = 2
WITH_OUTSIDERS = [place for place in OWN_PLACES if place.outsiders]


@pytest.mark.parametrize("place", WITH_OUTSIDERS, ids=[f"{one.name}-{one.make.__name__}" for one in WITH_OUTSIDERS])
def test_what_is_not_ones_own_cannot_be_done_either(place: Place, here: Reporting) -> None:
    url, form = place.url(here), sound(place.name, here)
    clients = {persona: client_of(here, persona) for persona in place.outsiders[:OUTSIDERS_TRIED]}
    before = everything()

    answers = {persona: client.post(url, form).status_code for persona, client in clients.items()}

    assert set(answers.values()) <= {403, 404, 405}, answers
    assert changed_since(before) == set()


def test_a_position_of_somebody_else_is_not_taken(here: Reporting) -> None:
    client, directors = client_of(here, "specialist"), here.world.positions["director"].pk
    session = client.session
    session[SESSION_KEY] = directors
    session.save()

    chosen = client.post(reverse("mandates:switch_position"), {"position_id": directors})
    forbidden = client.get(reverse("journal:entries"))

    assert chosen.status_code == 200
    assert forbidden.status_code == 403  # the director may read it


ARGUMENTS: dict[str, list[object]] = {
    "UUIDConverter": [uuid.UUID(int=0)],
    "IntConverter": [99, 10**30],
    "StringConverter": ["\x00", "\U0001f4a9'%2e%2e", "x" * 3000, "0000-Q1"],
    "SlugConverter": ["x" * 3000, "-"],
}
PARTED = {
    name: pattern
    for name, pattern in patterns()
    if pattern.pattern.converters and name in {place.name for place in ONE_EACH}
}


@pytest.mark.parametrize("name", PARTED)
def test_what_nobody_made_is_not_found(name: str, here: Reporting) -> None:
    place = next(one for one in ONE_EACH if one.name == name)
    client, true, form = client_of(here, place.doer), place.kwargs(here), sound(name, here)
    before, answers = everything(), {}

    for argument, converter in PARTED[name].pattern.converters.items():
        if (name, argument) == ("reporting:draft_item", "number"):
            continue  # a number beyond the rows begins a new one
        for made_up in ARGUMENTS[type(converter).__name__]:
            try:
                url = reverse(name, kwargs={**true, argument: made_up})
            except NoReverseMatch:
                continue
            for answer in (client.get(url), client.post(url, form)):
                answers[argument, str(made_up)[:40], answer.request["REQUEST_METHOD"]] = answer.status_code

    assert answers
    found = {case: status for case, status in answers.items() if status not in {400, 403, 404, 405}}
    assert {
        case for case, status in found.items() if (case[2], status) != ("POST", 302)
    } == set()  # sent back, told why
    assert changed_since(before) == set()
