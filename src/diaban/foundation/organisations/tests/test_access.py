"""Who may open what."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world

Kwargs = Callable[[World], dict[str, object]]


def nothing(world: World) -> dict[str, object]:
    return {}


def the_department(world: World) -> dict[str, object]:
    return {"uid": world.organisations["so"].uid}


def the_officer(world: World) -> dict[str, object]:
    return {"uid": world.people["district_officer"].uid}


OF_A_PERSON = ("give_post", "end_holding", "renew_password", "lock_account", "unlock_account")
STAFFING = {"unit_admin": 200, "district_admin": 200, "director": 403, "enterprise": 403}
KEEPING = {
    "district_admin": 200,
    "unit_admin": 200,
    "specialist": 403,
    "district_officer": 403,
    "other_officer": 403,
    "enterprise": 404,
}
REGISTERS = {"unit_admin": 200, "specialist": 200, "district_admin": 403, "enterprise": 403, "nobody": 403}
EVERYONE = {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200, "nobody": 403}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("organisations:list", nothing, EVERYONE),
    ("organisations:list_file", nothing, EVERYONE),
    ("organisations:organisation", the_department, EVERYONE),
    ("organisations:found", nothing, REGISTERS),
    ("organisations:rename", the_department, REGISTERS),
    ("organisations:directory", nothing, EVERYONE),
    ("organisations:directory_file", nothing, EVERYONE),
    (
        "organisations:confirm_contact",
        the_officer,
        {"district_officer": 200, "district_admin": 200, "other_officer": 403, "unit_admin": 403, "enterprise": 404},
    ),
    ("organisations:office", nothing, {"unit_admin": 200, "district_admin": 200, "director": 403, "enterprise": 403}),
    (
        "organisations:charges",
        nothing,
        {"unit_admin": 200, "director": 200, "deputy": 200, "specialist": 403, "enterprise": 403, "nobody": 403},
    ),
    ("organisations:unreached", nothing, {"unit_admin": 200, "district_admin": 200, "enterprise": 403, "nobody": 403}),
    ("organisations:send_again", nothing, {"unit_admin": 405, "enterprise": 405}),
    ("organisations:add_colleague", nothing, STAFFING),
    ("organisations:hand_over", nothing, STAFFING),
    ("organisations:import_people", nothing, STAFFING),
    ("organisations:people_template", nothing, STAFFING),
    ("organisations:colleague", the_officer, KEEPING),
    *((f"organisations:{name}", the_officer, {"district_admin": 405, "enterprise": 405}) for name in OF_A_PERSON),
    (
        "organisations:delegations",
        nothing,
        {"unit_admin": 200, "director": 200, "deputy": 200, "specialist": 403, "enterprise": 403, "nobody": 403},
    ),
    ("organisations:end_delegation", lambda world: {"delegation_id": 1}, {"unit_admin": 405, "enterprise": 405}),
]
ACTS = ("organisations:add_colleague", "organisations:hand_over", "organisations:import_people")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_world()
    url = reverse(name, kwargs=kwargs(world))

    assert world.client(persona).get(url).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(("persona", "status"), [("unit_admin", 422), ("director", 403), ("enterprise", 403)])
def test_an_act_answers(name: str, persona: str, status: int) -> None:
    assert a_world().client(persona).post(reverse(name), {}).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_A_PERSON)
@pytest.mark.parametrize(("persona", "status"), [("specialist", 403), ("district_officer", 403), ("enterprise", 404)])
def test_an_act_on_a_person_answers(name: str, persona: str, status: int) -> None:
    world = a_world()

    answer = world.client(persona).post(reverse(f"organisations:{name}", kwargs=the_officer(world)), {})

    assert answer.status_code == status
