"""Who may open what."""

import pytest
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import an_obligation


def a_work(world: World) -> dict[str, object]:
    return {"kind": "obligations.obligation", "thing_id": an_obligation(world).pk}


def no_such_kind(world: World) -> dict[str, object]:
    return {"kind": "khong.co", "thing_id": 1}


ACCESS = [
    ("links:chain", a_work, {"specialist": 200, "district_officer": 200, "other_officer": 404, "nobody": 403}),
    ("links:chain", no_such_kind, {"director": 404}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "arguments", "persona", "status"),
    [(name, arguments, persona, status) for name, arguments, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, arguments: object, persona: str, status: int) -> None:
    world = a_world()
    assert callable(arguments)

    response = world.client(persona).get(reverse(name, kwargs=arguments(world)))

    assert response.status_code == status
