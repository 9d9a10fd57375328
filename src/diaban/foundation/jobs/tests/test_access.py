"""Jobs are seen by whoever asked for them."""

import pytest
from django.urls import reverse

from diaban.foundation.jobs.models import Job
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import NOW


def nothing(world: World) -> dict[str, object]:
    return {}


def a_job(world: World) -> dict[str, object]:
    job = Job.objects.create(kind="tests", title="Xuất tệp", account=world.accounts["specialist"], asked_at=NOW)
    return {"uid": job.uid}


ACCESS = [
    ("jobs:jobs", nothing, {"specialist": 200, "enterprise": 200, "nobody": 403}),
    ("jobs:job", a_job, {"specialist": 200, "director": 404, "enterprise": 404, "nobody": 403}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "persona", "status"),
    [(place, persona, status) for place, (_n, _kw, table) in enumerate(ACCESS) for persona, status in table.items()],
)
def test_a_page_answers(place: int, persona: str, status: int) -> None:
    name, kwargs, _table = ACCESS[place]
    world = a_world()

    assert world.client(persona).get(reverse(name, kwargs=kwargs(world))).status_code == status
