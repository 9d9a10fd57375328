"""Who may open what: files are brought by who manages a field, figures taken away by whoever may read them."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaban.foundation.facts.models import Fact
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.work.exchange.tests.test_taking_in import GOOD, brought

pytestmark = pytest.mark.django_db
CEILING = 30
Kwargs = Callable[[World], dict[str, object]]


def _none(_world: World) -> dict[str, object]:
    return {}


def _import(world: World) -> dict[str, object]:
    return {"uid": brought(world, GOOD).uid}


READERS = {
    "specialist": 200, "clerk": 200, "province_leader": 200, "auditor": 200, "district_officer": 200, "unit_admin": 403,
    "enterprise": 403, "party_observer": 403, "nobody": 403,
}  # fmt: skip
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("exchange:imports", _none, READERS),
    ("exchange:bring", _none, {"specialist": 405, "enterprise": 405}),
    ("exchange:take_away", _none, {"specialist": 422, "enterprise": 404, "party_observer": 404}),
    (
        "exchange:import",
        _import,
        {"specialist": 200, "clerk": 200, "auditor": 200, "province_leader": 404, "district_officer": 404},
    ),
    ("exchange:take_in", _import, {"specialist": 405}),
]


@pytest.fixture
def world() -> World:
    found = a_world()
    a_catalogue()
    return found


@pytest.mark.parametrize(("name", "kwargs", "table"), ACCESS, ids=[row[0] for row in ACCESS])
def test_a_page_answers(world: World, name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    url = reverse(name, kwargs=kwargs(world))

    assert {persona: world.client(persona).get(url).status_code for persona in table} == table


@pytest.mark.parametrize(("persona", "status"), [("clerk", 403), ("auditor", 403), ("district_officer", 404)])
def test_others_take_nothing_in(world: World, persona: str, status: int) -> None:
    url = reverse("exchange:take_in", kwargs=_import(world))

    answer = world.client(persona).post(url, {"revision": "1"})

    assert (answer.status_code, Fact.objects.count()) == (status, 0)


def test_a_file_is_brought_looked_at_taken_in_and_taken_away_by_page(world: World) -> None:
    client = world.client("specialist")
    sent = SimpleUploadedFile("so.csv", GOOD.encode())
    fields = {"tep": sent, "tap": "", "ma": "nien-giam", "ten": "Niên giám", "lich": "stat"}

    page = client.post(reverse("exchange:bring"), fields, follow=True)
    address = page.redirect_chain[-1][0]
    with CaptureQueriesContext(connection) as queries:
        shown = client.get(address).content.decode()
    done = client.post(f"{address}ghi/", {"revision": "1"}, follow=True).content.decode()
    away = client.get(reverse("exchange:take_away"), {"tap": "nien-giam", "loai": "csv", "ky": "stat:2026-Q1"})

    assert "Ghi 4 số" in shown
    assert len(queries) <= CEILING
    assert "Đã ghi 4 số" in done
    assert "Ghi 4 số" not in done
    assert away["Content-Disposition"].endswith('"nien-giam.csv"')
    assert away.content.decode("utf-8-sig").splitlines()[1].startswith("stat:2026-Q1,")
    assert len(away.content.splitlines()) == 1 + 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"ma": "", "ten": ""}, "Chọn một tập số liệu"), ({"ma": "Có Dấu"}, "gạch nối"), ({"tep": b"a;b\n1;2\n"}, "dòng tiêu đề")],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_beside_its_field(
    world: World, changed: dict[str, object], said: str
) -> None:
    content = changed.pop("tep", GOOD.encode())
    sent = SimpleUploadedFile("so.csv", content)  # type: ignore[arg-type] # bytes in each row
    fields = {"tep": sent, "tap": "", "ma": "nien-giam", "ten": "Niên giám", "lich": "stat", **changed}

    answer = world.client("specialist").post(reverse("exchange:bring"), fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
