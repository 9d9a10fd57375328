"""Who may open what."""

import pytest
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world


def nothing(world: World) -> dict[str, object]:
    return {}


ACCESS = [
    (
        "journal:entries",
        nothing,
        {"director": 200, "auditor": 200, "unit_admin": 200, "specialist": 403, "enterprise": 403, "nobody": 403},
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "persona", "status"),
    [(name, persona, status) for name, _kw, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, persona: str, status: int) -> None:
    assert a_world().client(persona).get(reverse(name)).status_code == status
