"""Who may open what: a paper is its own body's; other bodies do not know that it exists."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from diaban.foundation.documents.models import Document
from diaban.foundation.documents.services import bring_paper
from diaban.foundation.documents.tests.offices import AT
from diaban.foundation.mandates.tests.personas import World, a_world

Kwargs = Callable[[World], dict[str, object]]


def nothing(_world: World) -> dict[str, object]:
    return {}


def brought(world: World) -> Document:
    return bring_paper(
        content=b"%PDF-1.7 scan", title="scan.pdf", organisation_id=world.organisations["so"].pk,
        actor=world.actor("clerk"), at=AT,
    )  # fmt: skip


def a_draft(world: World) -> dict[str, object]:
    return {"uid": brought(world).uid}


OWN = {"clerk": 200, "specialist": 200, "director": 200, "district_clerk": 404, "enterprise": 404}
ISSUERS = {"clerk": 200, "director": 200, "specialist": 403, "enterprise": 403}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("documents:documents", nothing, {"clerk": 200, "specialist": 200, "district_clerk": 200, "enterprise": 200}),
    ("documents:export", nothing, {"clerk": 200, "specialist": 200, "enterprise": 200}),
    ("documents:bring", nothing, {"clerk": 200, "specialist": 200, "enterprise": 403, "auditor": 403}),
    ("documents:series", nothing, ISSUERS),
    ("documents:document", a_draft, OWN),
    ("documents:register", a_draft, {**OWN, "unit_admin": 403}),
    ("documents:issue", a_draft, {"clerk": 422, "district_clerk": 404}),
    ("documents:discard", a_draft, {"clerk": 302, "unit_admin": 403, "district_clerk": 404}),
]

POSTED = {"documents:issue", "documents:discard"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_world()
    address = reverse(name, kwargs=kwargs(world))
    client = world.client(persona)

    answer = client.post(address) if name in POSTED else client.get(address)

    assert answer.status_code == status
