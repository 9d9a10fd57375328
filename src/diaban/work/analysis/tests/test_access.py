"""Who may open what: tables as the consolidated report, saved views by their position and organisation."""

from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse

from diaban.work.analysis.services import save_view
from diaban.work.analysis.tests.worlds import NOW, PROVINCE, Consolidating, an_analysed_world

Kwargs = Callable[[Consolidating], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(world: Consolidating) -> dict[str, object]:
    return {}


def a_file(world: Consolidating) -> dict[str, object]:
    return {"kind": "csv"}


def a_picture(world: Consolidating) -> dict[str, object]:
    return {"kind": "svg"}


def a_view(world: Consolidating) -> dict[str, object]:
    actor = world.here.actor("specialist")
    return {"uid": save_view(name="Bảng", query=PROVINCE, is_shared=False, actor=actor, at=NOW).uid}


EVERYONE = {
    "specialist": 200,
    "province_leader": 200,
    "district_officer": 200,
    "auditor": 200,
    "enterprise": 200,
    "nobody": 403,
}
FIGURES = {
    "specialist": 200,
    "province_leader": 200,
    "district_officer": 200,
    "auditor": 200,
    "enterprise": 404,
    "nobody": 403,
}
ONLY_POSTED = {"specialist": 405, "district_officer": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("analysis:table", nothing, EVERYONE),
    ("analysis:file", a_file, FIGURES),
    ("analysis:picture", a_picture, {"specialist": 404, "enterprise": 404, "nobody": 403}),
    ("analysis:views", nothing, EVERYONE),
    ("analysis:save", nothing, ONLY_POSTED),
    ("analysis:view", a_view, {"specialist": 302, "section_head": 404, "district_officer": 404, "nobody": 403}),
    ("analysis:put_away", a_view, ONLY_POSTED),
]


@pytest.mark.parametrize(("name", "kwargs", "table"), ACCESS, ids=[name for name, _kwargs, _table in ACCESS])
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        world = an_analysed_world()
        url = reverse(name, kwargs=kwargs(world))

        answers = {persona: world.here.world.client(persona).get(url).status_code for persona in table}

    assert answers == table


def test_an_act_on_a_view_of_others_is_refused() -> None:
    with time_machine.travel(NOW, tick=False):
        world = an_analysed_world()
        uid = a_view(world)["uid"]

        answers = [
            world.here.world.client(persona).post(reverse(name, args=[uid])).status_code
            for persona in ("section_head", "enterprise")
            for name in ("analysis:view", "analysis:put_away")
        ]

    assert answers == [404] * 4
