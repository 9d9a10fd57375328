"""Who may open what."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from diaban.foundation.acts import clock
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.services import issue_token
from diaban.foundation.mandates.tests.personas import World, a_world

Kwargs = Callable[[World], dict[str, object]]


def nothing(world: World) -> dict[str, object]:
    return {}


EVERYONE = {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}
KEEPERS = {"specialist": 200, "deputy": 200, "clerk": 403, "district_officer": 403, "enterprise": 403, "auditor": 403}


def a_mandate(world: World) -> dict[str, object]:
    return {"mandate_id": Mandate.objects.filter(organisation=world.organisations["so"])[0].pk}


def a_token(world: World) -> dict[str, object]:
    actor = world.actor("specialist")
    token, _secret = issue_token(
        position_id=actor.position_id, name="Phần mềm", expires_on=actor.today, actor=actor, at=clock.now()
    )
    return {"token_id": token.pk}


ACCESS = [
    ("mandates:tokens", nothing, {**EVERYONE, "unit_admin": 200, "nobody": 403}),
    ("mandates:revoke_token", a_token, {"specialist": 405, "unit_admin": 405}),
    ("mandates:give", nothing, {**KEEPERS, "nobody": 403}),
    ("mandates:end", a_mandate, {**KEEPERS, "nobody": 403}),
    ("mandates:matrix", nothing, {**EVERYONE, "nobody": 403}),
    ("mandates:matrix_file", nothing, {**EVERYONE, "nobody": 403}),
    ("mandates:roles", nothing, {**EVERYONE, "nobody": 403}),
    ("mandates:switch_position", nothing, {**EVERYONE, "nobody": 200}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_world()

    assert world.client(persona).get(reverse(name, kwargs=kwargs(world))).status_code == status
