"""Who may open what."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.tests.makers import REFORM, TODAY, a_succession, a_unit

Kwargs = Callable[[World], dict[str, object]]


def nothing(world: World) -> dict[str, object]:
    return {}


def province(world: World) -> dict[str, object]:
    return {"uid": world.units["P"].uid}


def a_divided_commune(world: World) -> dict[str, object]:
    district = world.units["D1"]
    old = a_unit("commune", "00688", "Quang Trung", "phường", district, until=REFORM)
    new = [a_unit("commune", f"0069{n}", f"Hà Giang {n}", "phường", district, since=REFORM) for n in (1, 2)]
    for unit in new:
        a_succession(old, unit, assumed=True)
    rebuild_derived(TODAY)
    return {"predecessor": old.uid, "successor": new[0].uid}


EVERYONE = {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("territory:tree", nothing, EVERYONE),
    ("territory:search", nothing, EVERYONE),
    ("territory:unit", province, EVERYONE),
    ("territory:old_districts", province, EVERYONE),
    ("territory:correct_weight", a_divided_commune, {"specialist": 405, "enterprise": 405}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_world()
    url = reverse(name, kwargs=kwargs(world))

    assert world.client(persona).get(url).status_code == status
