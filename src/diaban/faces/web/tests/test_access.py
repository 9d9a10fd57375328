"""Who may open what."""

import pytest
from django.test import Client
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world


def nothing(world: World) -> dict[str, object]:
    return {}


# None is a stranger.
EVERYONE = {None: 302, "director": 200, "specialist": 200, "commune_officer": 200, "enterprise": 200, "auditor": 200}
ACCESS = [
    ("web:home", nothing, {**EVERYONE, "nobody": 403}),
    ("web:search", nothing, {**EVERYONE, "nobody": 403}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "persona", "status"),
    [(name, persona, status) for name, _make, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, persona: str | None, status: int) -> None:
    world = a_world()
    client = world.client(persona) if persona else Client()

    assert client.get(reverse(name)).status_code == status
