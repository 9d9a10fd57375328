"""Whoever may see a subject may read its files; to others they do not exist."""

import pytest
from django.urls import reverse

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import PDF
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import NOW, an_obligation

PAPER = b"%PDF-1.7 paper"


def a_file(world: World) -> dict[str, object]:
    subject = Subject("obligations.obligation", an_obligation(world).pk)
    file = keep_file(
        content=PAPER,
        title="Công văn.pdf",
        subject=subject,
        accepted=frozenset({PDF}),
        actor=world.actor("district_officer"),
        at=NOW,
    )
    return {"key": file.key}


def no_file(world: World) -> dict[str, object]:
    return {"key": "A" * 43}


ACCESS = [
    (
        "files:download",
        a_file,
        {"district_officer": 200, "director": 200, "other_officer": 404, "enterprise": 404, "nobody": 403},
    ),
    ("files:download", no_file, {"director": 404}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "persona", "status"),
    [(place, persona, status) for place, (_n, _kw, table) in enumerate(ACCESS) for persona, status in table.items()],
)
def test_a_file_is_given_out(place: int, persona: str, status: int) -> None:
    name, kwargs, _table = ACCESS[place]
    world = a_world()

    assert world.client(persona).get(reverse(name, kwargs=kwargs(world))).status_code == status


@pytest.mark.django_db
def test_a_file_is_never_shown_inline() -> None:
    world = a_world()

    answer = world.client("director").get(reverse("files:download", kwargs=a_file(world)))

    assert answer.content == PAPER
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
