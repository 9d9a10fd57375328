"""Whoever may see a subject may speak in its threads; to others they do not exist."""

import pytest
from django.urls import reverse

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.tests.makers import NOW, an_obligation
from diaban.foundation.remarks.models import Remark, Thread
from diaban.foundation.remarks.queries import threads_of
from diaban.foundation.remarks.services import EmptyRemark, open_thread, settle_thread


def a_subject(world: World) -> dict[str, object]:
    return {"kind": "obligations.obligation", "thing_id": an_obligation(world).pk}


def a_kind_of_nobody(world: World) -> dict[str, object]:
    return {"kind": "no.kind", "thing_id": 1}


def a_thread(world: World) -> dict[str, object]:
    return {"thread_id": raised(world).pk}


def raised(world: World) -> Thread:
    subject = Subject("obligations.obligation", an_obligation(world).pk)
    return open_thread(subject=subject, text="Vì sao?", cell="BC07", actor=world.actor("specialist"), at=NOW)


ACCESS = [
    ("remarks:open", a_subject, {"specialist": 302, "district_officer": 302, "other_officer": 404, "nobody": 403}),
    ("remarks:open", a_kind_of_nobody, {"specialist": 404}),
    ("remarks:answer", a_thread, {"specialist": 302, "district_officer": 302, "enterprise": 404, "nobody": 403}),
]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("place", "persona", "status"),
    [(place, persona, status) for place, (_n, _kw, table) in enumerate(ACCESS) for persona, status in table.items()],
)
def test_a_remark_is_taken(place: int, persona: str, status: int) -> None:
    name, kwargs, _table = ACCESS[place]
    world = a_world()
    address = reverse(name, kwargs=kwargs(world))
    before = Remark.objects.count()

    answer = world.client(persona).post(address, {"text": "Đề nghị xem lại"})

    assert answer.status_code == status
    assert Remark.objects.count() - before == (status == 302)


def test_a_thread_is_settled_once() -> None:
    world = a_world()
    thread = raised(world)

    settle_thread(thread_id=thread.pk, actor=world.actor("district_officer"), at=NOW)
    again = settle_thread(thread_id=thread.pk, actor=world.actor("specialist"), at=NOW)

    assert again.settled_by == world.actor("district_officer").label
    (only,) = threads_of(Subject(thread.subject_kind, thread.subject_id))
    assert [remark.text for remark in only.remarks.all()] == ["Vì sao?"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_empty_or_endless_remark_is_refused(text: str) -> None:
    world = a_world()
    subject = Subject("obligations.obligation", an_obligation(world).pk)

    with pytest.raises(EmptyRemark):
        open_thread(subject=subject, text=text, actor=world.actor("specialist"), at=NOW)
