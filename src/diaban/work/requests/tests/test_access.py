"""Who may open what."""

from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diaban.work.requests.models import Request
from diaban.work.requests.tests.worlds import NOW, Asking, an_asking_world, token

Kwargs = Callable[[Asking], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Asking) -> dict[str, object]:
    return {}


def a_draft(here: Asking) -> dict[str, object]:
    return {"uid": here.drafted().uid}


def a_sent_one(here: Asking) -> dict[str, object]:
    return {"uid": here.sent().uid}


def one_of_the_office(here: Asking) -> dict[str, object]:
    return {"uid": here.sent(sight="office").uid}


def one_seen_by_all_asked(here: Asking) -> dict[str, object]:
    return {"uid": here.sent(sight="asked").uid}


def a_row(here: Asking) -> dict[str, object]:
    return {"uid": here.receiver(here.sent()).uid}


def a_file(here: Asking) -> dict[str, object]:
    return {"uid": here.sent().uid, "kind": "csv"}


def a_link(here: Asking) -> dict[str, object]:
    return {"token": token(here.receiver(here.sent()))}


def a_foreign_link(here: Asking) -> dict[str, object]:
    return {"token": "a" * 36}


ASKERS = {"specialist": 200, "director": 200, "clerk": 403, "district_officer": 403, "enterprise": 403, "nobody": 403}
TABLE = {
    "specialist": 200, "clerk": 200, "province_leader": 200, "auditor": 200, "district_officer": 404, "enterprise": 404,
    "commune_officer": 404, "nobody": 403,
}  # fmt: skip
ONLY_POSTED = {"specialist": 405, "district_officer": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("requests:requests", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("requests:new", nothing, ASKERS),
    ("requests:edit", a_draft, {"specialist": 200, "section_head": 200, "clerk": 403, "district_officer": 404}),
    ("requests:edit", a_sent_one, {"specialist": 302, "district_officer": 403}),
    ("requests:request", a_draft, {"specialist": 200, "clerk": 200, "province_leader": 404, "district_officer": 404}),
    ("requests:request", a_sent_one, {**TABLE, "district_officer": 302, "other_officer": 302}),
    ("requests:request", one_of_the_office, {"specialist": 200, "province_leader": 404, "district_officer": 302}),
    (
        "requests:request",
        one_seen_by_all_asked,
        {"district_officer": 200, "other_officer": 200, "commune_officer": 404},
    ),
    ("requests:table", a_sent_one, TABLE),
    ("requests:export", a_file, TABLE),
    ("requests:messages", a_sent_one, {"specialist": 200, "clerk": 403, "province_leader": 403, "enterprise": 404}),
    ("requests:extend", a_sent_one, {"specialist": 200, "district_officer": 403, "enterprise": 404}),
    ("requests:facts", a_sent_one, {"specialist": 200, "district_officer": 403, "enterprise": 404}),
    ("requests:workbook", a_sent_one, {"specialist": 200, "district_officer": 200, "auditor": 404, "enterprise": 404}),
    (
        "requests:answer",
        a_row,
        {"district_officer": 200, "district_leader": 200, "specialist": 200, "auditor": 200, "other_officer": 404},
    ),
    ("requests:link", a_link, {"nobody": 200, "enterprise": 200}),
    ("requests:link", a_foreign_link, {"nobody": 404, "specialist": 404}),
    ("requests:send", a_draft, ONLY_POSTED),
    ("requests:discard", a_draft, ONLY_POSTED),
    ("requests:close", a_sent_one, ONLY_POSTED),
    ("requests:reopen", a_sent_one, ONLY_POSTED),
    ("requests:workbook_upload", a_sent_one, ONLY_POSTED),
    ("requests:renew_link", a_row, ONLY_POSTED),
]


@pytest.mark.parametrize(
    ("name", "kwargs", "table"), ACCESS, ids=[f"{name}-{kwargs.__name__}" for name, kwargs, _table in ACCESS]
)
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = an_asking_world()
        url = reverse(name, kwargs=kwargs(here))

        answers = {persona: here.world.client(persona).get(url).status_code for persona in table}

        assert answers == table


POSTS = [
    ("requests:send", a_draft, {"clerk": 403, "district_officer": 404, "auditor": 404}),
    ("requests:discard", a_draft, {"clerk": 403, "district_officer": 404}),
    ("requests:close", a_sent_one, {"clerk": 403, "district_officer": 403, "province_leader": 403, "enterprise": 404}),
    ("requests:reopen", a_sent_one, {"district_officer": 403, "auditor": 403}),
    ("requests:renew_link", a_row, {"district_officer": 404, "auditor": 403, "clerk": 403}),
    ("requests:answer", a_row, {"other_officer": 404, "auditor": 403, "province_leader": 403}),
    ("requests:facts", a_sent_one, {"clerk": 403, "district_officer": 403, "auditor": 403}),
]


@pytest.mark.parametrize(("name", "kwargs", "table"), POSTS, ids=[name for name, _kwargs, _table in POSTS])
def test_an_act_of_others_is_refused(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = an_asking_world()
        url = reverse(name, kwargs=kwargs(here))
        before = list(Request.objects.values_list("revision", "sent_at", "closed_at"))

        answers = {persona: here.world.client(persona).post(url).status_code for persona in table}

        assert answers == table
        assert list(Request.objects.values_list("revision", "sent_at", "closed_at")) == before


PUBLIC = {"requests:link"}


@pytest.mark.parametrize("name", sorted({name for name, _kwargs, _table in ACCESS}))
def test_only_the_link_opens_without_signing_in(name: str) -> None:
    with time_machine.travel(NOW, tick=False):
        here = an_asking_world()
        kwargs = next(kwargs for other, kwargs, _table in ACCESS if other == name)

        answer = Client().get(reverse(name, kwargs=kwargs(here)))

        assert (answer.status_code == 200) == (name in PUBLIC)
        assert answer.status_code in {200, 302}


def test_an_unknown_request_is_not_found() -> None:
    client = an_asking_world().world.client("specialist")

    assert client.get(reverse("requests:request", args=[UUID(int=7)])).status_code == 404
