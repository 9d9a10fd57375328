"""Who may open what."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world


def nothing(world: World) -> dict[str, object]:
    return {}


def a_district(world: World) -> dict[str, object]:
    return {"uid": world.units["D1"].uid}


def a_district_picture(world: World) -> dict[str, object]:
    return {**a_district(world), "key": "figures"}


# None is a stranger.
EVERYONE = {None: 302, "director": 200, "specialist": 200, "commune_officer": 200, "enterprise": 200, "auditor": 200}
ACCESS = [
    ("web:home", nothing, {**EVERYONE, "nobody": 403}),
    (
        "web:beginning",
        nothing,
        {None: 302, "unit_admin": 200, "specialist": 200, "district_admin": 403, "enterprise": 403},
    ),
    ("web:search", nothing, {**EVERYONE, "nobody": 403}),
    ("web:own_place", nothing, {None: 302, "director": 302, "commune_officer": 302, "nobody": 403}),
    ("web:place", a_district, {**EVERYONE, "nobody": 403}),
    ("web:place_picture", a_district_picture, {None: 302, "specialist": 404, "nobody": 403}),
    ("web:place_pdf", a_district, {None: 302, "specialist": 200, "enterprise": 200, "nobody": 403}),
    ("web:place_alone", a_district, {**EVERYONE, "nobody": 403}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make", "persona", "status"),
    [(name, make, persona, status) for name, make, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(
    name: str, make: Callable[[World], dict[str, object]], persona: str | None, status: int
) -> None:
    world = a_world()
    client = world.client(persona) if persona else Client()

    assert client.get(reverse(name, kwargs=make(world))).status_code == status
