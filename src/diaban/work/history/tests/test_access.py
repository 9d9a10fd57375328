"""Who may open what: sheets are for who keeps registers, and who audits."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diaban.foundation.mandates.tests.personas import World
from diaban.work.history.models import COLLECTION
from diaban.work.history.tests.sheets import Cell, a_ground, workbook
from diaban.work.history.tests.test_importing import BY_DISTRICT, bring, current

Kwargs = Callable[[World], dict[str, object]]


def _none(_world: World) -> dict[str, object]:
    return {}


def _sheet(world: World) -> dict[str, object]:
    return {"uid": bring(world, workbook(BY_DISTRICT)).uid}


LIST = {"specialist": 200, "deputy": 200, "auditor": 200, "clerk": 403, "commune_officer": 403, "enterprise": 403}
ONE = {"specialist": 200, "auditor": 200, "commune_officer": 404, "enterprise": 404, "district_officer": 404}
ACTS = {"auditor": 405, "commune_officer": 405}
SERIES = {"specialist": 200, "auditor": 200, "district_officer": 200, "commune_officer": 200}
PICTURE = {"specialist": 404, "auditor": 404}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("history:sheets", _none, LIST),
    ("history:bring", _none, ACTS),
    ("history:sheet", _sheet, ONE),
    ("history:take_in", _sheet, ACTS),
    ("history:withdraw", _sheet, ACTS),
    ("history:other_sheet", _sheet, ACTS),
    ("history:series", _none, SERIES),
    ("history:series_chart", _none, PICTURE),
    ("history:series_workbook", _none, {"specialist": 200}),
    ("history:districts", _none, {"specialist": 200, "auditor": 200, "commune_officer": 404}),
    ("history:districts_chart", _none, PICTURE),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kwargs", "persona", "status"),
    [(name, kwargs, persona, status) for name, kwargs, table in ACCESS for persona, status in table.items()],
)
def test_a_page_answers(name: str, kwargs: Kwargs, persona: str, status: int) -> None:
    world = a_ground()

    assert world.client(persona).get(reverse(name, kwargs=kwargs(world))).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(("persona", "status"), [("auditor", 403), ("commune_officer", 404)])
def test_only_the_office_that_brought_a_sheet_takes_it_in(persona: str, status: int) -> None:
    world = a_ground()
    sheet = bring(world, workbook(BY_DISTRICT))

    answer = world.client(persona).post(reverse("history:take_in", kwargs={"uid": sheet.uid}))

    assert (answer.status_code, current()) == (status, {})


@pytest.mark.django_db
def test_a_sheet_is_brought_matched_and_taken_in_by_page() -> None:
    world = a_ground()
    client = world.client("specialist")
    rows: list[list[Cell]] = [["Năm 2024"], ["Xã", "Cột lạ"], ["Tân Tiến", "1.234"], ["Đông Hà", 5]]
    sent = SimpleUploadedFile("cu.xlsx", workbook(rows))
    fields = {"workbook": sent, "dia_ban": world.units["P"].uid, "lich": "stat", "ten": "", "ghi_chu": ""}

    page = client.post(reverse("history:bring"), fields, follow=True)
    address = page.redirect_chain[-1][0]
    chosen = {"lich": "stat", "cap": "commune", "chi_tieu": "BC15 Thư", "ky": "Quý I/2024", "vai_2": "figures"}
    asked = client.post(address, chosen, follow=True).content.decode()
    answered = client.post(address, {**chosen, "don_vi_3": "92203"}, follow=True).content.decode()
    client.post(f"{address}nhap/")

    assert "A3" in asked
    assert "Nhập 2 số" in answered
    assert current()["92203", "BC15", "stat:2024-Q1"][0] == 1234
    assert COLLECTION == "so-lieu-lich-su"
