"""Who may open what, and do what."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import NOW
from diaban.foundation.reforms.models import Reform
from diaban.foundation.reforms.plan import Plan
from diaban.foundation.ui.services import describe_instance

ON = date(2026, 5, 1)


def nothing(world: World) -> dict[str, object]:
    describe_instance(name="x", root_unit_id=world.units["P"].pk)
    return {}


def a_plan(world: World) -> dict[str, object]:
    province = world.units["P"].pk
    plan = Plan(on=ON, before_id=province, after_id=province, basis="Nghị quyết 1")
    row = Reform.objects.create(
        uid=uuid.uuid4(), title="x", on=ON, basis=plan.basis, province_id=province, plan=plan.to_json()
    )
    return {"uid": row.uid}


OUTSIDE = {"district_officer": 404, "enterprise": 404, "nobody": 403}
ACCESS = [
    ("reforms:reforms", nothing, {"director": 200, "specialist": 200, "enterprise": 200, "nobody": 403}),
    ("reforms:plan", nothing, {"specialist": 422, "nobody": 403}),
    ("reforms:reform", a_plan, {"director": 200, "specialist": 200, "unit_admin": 200, **OUTSIDE}),
    ("reforms:download", a_plan, {"director": 200, **OUTSIDE}),
    ("reforms:upload", a_plan, {"specialist": 302, **OUTSIDE}),
    ("reforms:try_out", a_plan, OUTSIDE),
    ("reforms:carry_out", a_plan, {"specialist": 403, **OUTSIDE}),
]
POSTED = {"reforms:plan", "reforms:upload", "reforms:try_out", "reforms:carry_out"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "persona", "status"),
    [(place, persona, status) for place, (_n, _kw, table) in enumerate(ACCESS) for persona, status in table.items()],
)
def test_a_page_answers(place: int, persona: str, status: int) -> None:
    name, kwargs, _table = ACCESS[place]
    world = a_world()
    address = reverse(name, kwargs=kwargs(world))
    client = world.client(persona)

    answer = client.post(address, {"revision": "1"}) if name in POSTED else client.get(address)

    assert answer.status_code == status
    assert not Reform.objects.filter(carried_out_at__lte=NOW).exists()
