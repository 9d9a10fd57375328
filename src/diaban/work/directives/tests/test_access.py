"""Who may open what."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.work.directives.models import Directive
from diaban.work.directives.tests.worlds import NOW, Directing, a_directing_world

Kwargs = Callable[[Directing], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Directing) -> dict[str, object]:
    return {}


def a_draft(here: Directing) -> dict[str, object]:
    return {"uid": here.drafted().uid}


def an_issued_one(here: Directing) -> dict[str, object]:
    return {"uid": here.issued("ubnd_d1", "ubnd_d2").uid}


def a_task(here: Directing) -> dict[str, object]:
    return {"uid": here.task(here.issued("ubnd_d1", "ubnd_d2")).uid}


def a_pdf(here: Directing) -> dict[str, object]:
    return {"kind": "pdf"}


def a_slip(here: Directing) -> dict[str, object]:
    return {"uid": here.issued("ubnd_d1", "ubnd_d2").uid, "kind": "docx"}


def a_letter(here: Directing) -> dict[str, object]:
    return {"uid": here.issued("ubnd_d1").uid, "kind": "don-doc"}


WRITERS = {"specialist": 200, "director": 200, "district_officer": 200, "clerk": 403, "enterprise": 403, "nobody": 403}
SEEN = {
    "specialist": 200, "clerk": 200, "province_leader": 200, "auditor": 200, "district_officer": 200,
    "other_officer": 200, "enterprise": 404, "commune_officer": 404, "party_observer": 404,
}  # fmt: skip
ONLY_POSTED = {"specialist": 405, "district_officer": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("directives:directives", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "auditor": 200}),
    ("directives:board", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200, "nobody": 403}),
    ("directives:messages", nothing, {"specialist": 200, "district_officer": 200, "auditor": 200, "nobody": 403}),
    ("directives:week", nothing, {"specialist": 200, "district_officer": 200, "auditor": 200, "nobody": 403}),
    ("directives:week_file", a_pdf, {"specialist": 200, "district_officer": 200}),
    ("directives:register", a_pdf, {"specialist": 200, "district_officer": 200}),
    ("directives:products", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200}),
    ("directives:slip", a_slip, {"specialist": 200, "district_officer": 200, "enterprise": 404}),
    ("directives:letter", a_letter, ONLY_POSTED),
    ("directives:received", nothing, {"specialist": 200, "district_officer": 200, "enterprise": 200}),
    ("directives:new", nothing, WRITERS),
    ("directives:edit", a_draft, {"specialist": 200, "clerk": 403, "district_officer": 404, "province_leader": 404}),
    ("directives:give", an_issued_one, {"specialist": 200, "clerk": 403, "district_officer": 403, "enterprise": 404}),
    ("directives:edit", an_issued_one, {"specialist": 302, "district_officer": 302}),
    (
        "directives:directive",
        a_draft,
        {"specialist": 200, "clerk": 200, "province_leader": 404, "district_officer": 404},
    ),
    ("directives:directive", an_issued_one, SEEN),
    ("directives:task", a_task, {**SEEN, "other_officer": 404}),
    ("directives:report_progress", a_task, ONLY_POSTED),
    ("directives:report_done", a_task, ONLY_POSTED),
    ("directives:decide", a_task, ONLY_POSTED),
    ("directives:discard", a_draft, ONLY_POSTED),
    ("directives:issue", a_draft, ONLY_POSTED),
    ("directives:hand_up", a_draft, ONLY_POSTED),
    ("directives:withdraw", an_issued_one, ONLY_POSTED),
    ("directives:merge", an_issued_one, ONLY_POSTED),
]


@pytest.mark.parametrize(
    ("name", "kwargs", "table"), ACCESS, ids=[f"{name}-{kwargs.__name__}" for name, kwargs, _table in ACCESS]
)
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        url = reverse(name, kwargs=kwargs(here))

        answers = {persona: here.world.client(persona).get(url).status_code for persona in table}

        assert answers == table


POSTS: list[tuple[str, Kwargs, dict[str, object], dict[str, int]]] = [
    ("directives:issue", a_draft, {}, {"specialist": 403, "clerk": 403, "district_leader": 404}),
    ("directives:discard", a_draft, {}, {"clerk": 403, "district_officer": 404}),
    ("directives:withdraw", an_issued_one, {"reason": "x"}, {"clerk": 403, "district_leader": 403, "auditor": 403, "enterprise": 404}),
    ("directives:report_done", a_task, {"text": "xong"}, {"specialist": 403, "other_officer": 404, "auditor": 403}),
    ("directives:report_progress", a_task, {"text": "đang"}, {"specialist": 403, "province_leader": 403}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "typed", "table"), POSTS, ids=[row[0] for row in POSTS])
def test_an_act_of_others_is_refused(
    name: str, kwargs: Kwargs, typed: dict[str, object], table: dict[str, int]
) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        url = reverse(name, kwargs=kwargs(here))
        before = list(Directive.objects.values_list("revision", "issued_at", "withdrawn_at"))

        answers = {persona: here.world.client(persona).post(url, typed).status_code for persona in table}

        assert answers == table
        assert list(Directive.objects.values_list("revision", "issued_at", "withdrawn_at")) == before


def test_nothing_opens_without_signing_in() -> None:
    assert Client().get(reverse("directives:directives")).status_code == 302


def test_an_unknown_directive_is_not_found() -> None:
    client = a_directing_world().world.client("specialist")

    assert client.get(reverse("directives:directive", args=[UUID(int=7)])).status_code == 404


def test_writing_one_down_asks_no_query_for_each_receiver(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel(NOW, tick=False):
        client = a_directing_world().world.client("specialist")

        with django_assert_max_num_queries(18):
            client.get(reverse("directives:new"))


def test_a_directive_goes_its_way_through_the_pages() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        specialist, director = here.world.client("specialist"), here.world.client("director")
        district = str(here.world.organisations["ubnd_d1"].uid)
        typed = {"don-vi": [district], "field_code": "it", "mode": "request", "lead": "", "due_on": "2026-03-29"}

        refused = specialist.post(
            reverse("directives:new"), {**typed, "text": "Bố trí cán bộ", "mode": "assign", "luu": "1"}
        )
        specialist.post(reverse("directives:new"), {**typed, "text": "Bố trí cán bộ", "luu": "1"})
        one = Directive.objects.get()
        director.post(reverse("directives:issue", args=[one.uid]), {"revision": one.revision})
        task = here.task(one)
        page = here.world.client("district_officer").get(reverse("directives:received"))
        here.world.client("district_officer").post(
            reverse("directives:report_done", args=[task.uid]), {"text": "Đã bố trí", "paper": "12/BC-UBND"}
        )
        director.post(reverse("directives:decide", args=[task.uid]), {"ket_qua": "confirm"})

        assert refused.status_code == 200
        assert "Bố trí cán bộ" in page.content.decode()
        assert one.due_on == date(2026, 3, 29)
        done = task.completions.get()
        assert (done.paper, done.confirmed_at) == ("12/BC-UBND", NOW)


def test_what_was_issued_to_nobody_is_given_out_in_its_page() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        one, client = here.issued(), here.world.client("specialist")
        url = reverse("directives:give", args=[one.uid])
        receiver = here.world.organisations["ubnd_d1"]

        page = client.get(reverse("directives:directive", args=[one.uid])).content.decode()
        client.post(url, {"don-vi": [str(receiver.uid)]})
        again = client.post(url, {"don-vi": [str(receiver.uid)]})

        task = Directive.objects.get(pk=one.pk).tasks.get()
        assert url in page
        assert task.obligation is not None
        assert (task.organisation_id, task.obligation.owner_id) == (receiver.pk, receiver.pk)
        assert again.status_code == 422
        assert "Chọn ít nhất một đơn vị." in again.content.decode()
