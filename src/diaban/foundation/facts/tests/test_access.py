"""Who may open what: the catalogue is common to everyone who works in a position."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from diaban.foundation.facts.tests.figures import collection
from diaban.foundation.mandates.tests.personas import World, a_world

Kwargs = Callable[[World], dict[str, object]]
EVERYONE = {"specialist": 200, "district_officer": 200, "commune_officer": 200, "enterprise": 200, "auditor": 200}
KEEPERS = {"specialist": 200, "deputy": 200, "clerk": 403, "commune_officer": 403, "enterprise": 403, "auditor": 403}
DIRECTORS = {"province_leader": 200, "district_leader": 200, "clerk": 403, "enterprise": 403, "auditor": 403}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("facts:base_figures", lambda _world: {}, KEEPERS),
    ("facts:base_workbook", lambda _world: {}, KEEPERS),
    ("facts:plans", lambda _world: {}, DIRECTORS),
    ("facts:plans_workbook", lambda _world: {}, DIRECTORS),
    ("facts:indicators", lambda _world: {}, EVERYONE),
    ("facts:indicators_file", lambda _world: {}, EVERYONE),
    ("facts:indicator", lambda _world: {"code": "BC07"}, EVERYONE),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_world()
    collection()

    assert world.client(persona).get(reverse(name, kwargs=kwargs(world))).status_code == status
