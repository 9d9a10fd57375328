"""Who may open what, and do what."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from diaban.foundation.acts import clock
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Assignment, DayOff, DeadlineRequest, Obligation
from diaban.foundation.obligations.tests.makers import NOW, an_obligation


def nothing(world: World) -> dict[str, object]:
    return {}


def one(world: World) -> dict[str, object]:
    due_on = clock.today() + timedelta(days=30)
    return {"obligation_id": an_obligation(world, on=clock.today(), due_on=due_on).pk}


def assigned(world: World) -> dict[str, object]:
    held = Assignment.objects.create(
        obligation_id=one(world)["obligation_id"],  # type: ignore[misc] # an id, typed as any argument of an address
        from_position=world.positions["district_leader"],
        to_position=world.positions["district_officer"],
        at=NOW,
    )
    return {"assignment_id": held.pk}


def asked(world: World) -> dict[str, object]:
    request = DeadlineRequest.objects.create(
        obligation_id=one(world)["obligation_id"],  # type: ignore[misc] # an id, typed as any argument of an address
        kind="exemption",
        reason="x",
        asked_by="x",
        asked_at=NOW,
    )
    return {"request_id": request.pk}


def a_day_off(world: World) -> dict[str, object]:
    return {"day_off_id": DayOff.objects.create(off_on=date(2026, 4, 24), basis="QĐ 1").pk}


PARTIES = {"director": 200, "specialist": 200, "district_officer": 200, "district_leader": 200}
ACCESS = [
    ("obligations:days_off", nothing, {**PARTIES, "enterprise": 200, "auditor": 200, "nobody": 403}),
    ("obligations:days_off_file", nothing, {**PARTIES, "enterprise": 200, "nobody": 403}),
    (
        "obligations:day_off",
        a_day_off,
        {"director": 200, "specialist": 200, "clerk": 403, "district_officer": 403, "enterprise": 403},
    ),
    ("obligations:obligations", nothing, {**PARTIES, "enterprise": 200, "auditor": 200, "nobody": 403}),
    (
        "obligations:obligation",
        one,
        {**PARTIES, "other_officer": 404, "enterprise": 404, "commune_leader": 404, "nobody": 403},
    ),
    (
        "obligations:assign",
        one,
        {"district_leader": 302, "district_officer": 403, "other_leader": 404, "director": 403, "nobody": 403},
    ),
    (
        "obligations:ask",
        one,
        {"district_officer": 302, "district_leader": 302, "director": 403, "other_officer": 404, "nobody": 403},
    ),
    (
        "obligations:report_done",
        assigned,
        {"district_officer": 302, "district_leader": 403, "other_officer": 404, "nobody": 403},
    ),
    (
        "obligations:decide",
        asked,
        {
            "director": 302,
            "section_head": 302,
            "specialist": 403,
            "district_leader": 403,
            "other_leader": 404,
            "nobody": 403,
        },
    ),
]
POSTED = {"obligations:assign", "obligations:ask", "obligations:report_done", "obligations:decide"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "persona", "status"),
    [(name, persona, status) for name, _kw, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, persona: str, status: int) -> None:
    world = a_world()
    address = reverse(name, kwargs=next(kw for called, kw, _table in ACCESS if called == name)(world))
    typed = {
        "obligations:assign": {"to_position": world.positions["district_officer"].pk, "part": "leads", "text": ""},
        "obligations:ask": {"kind": "exemption", "reason": "Mưa lũ"},
        "obligations:decide": {"granted": "yes", "answer": ""},
    }.get(name, {})
    client = world.client(persona)

    answer = client.post(address, typed) if name in POSTED else client.get(address)

    assert answer.status_code == status


@pytest.mark.django_db
def test_a_granted_request_is_shown_on_the_page() -> None:
    world = a_world()
    address = reverse("obligations:decide", kwargs=asked(world))

    answer = world.client("director").post(address, {"granted": "yes", "answer": "Đồng ý"}, follow=True)

    assert answer.status_code == 200
    assert "Đồng ý" in answer.content.decode()
    assert Obligation.objects.get().closed_reason == "waived"
