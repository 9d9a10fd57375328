"""The pages of consolidated figures: what they show, to whom, and in how few queries."""

import json
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, Consolidating, a_consolidating_world

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30
PROVINCE = {"bieu": FORM, "ky": str(Q4), "dia_ban": "92"}
PAGES: tuple[tuple[str, list[Any]], ...] = (
    ("reporting:consolidation", []),
    ("reporting:consolidation_units", []),
    ("reporting:consolidation_sending", []),
    ("reporting:made_of", ["BC07"]),
    ("reporting:consolidation_chart", [1]),
    ("reporting:consolidation_export", ["json"]),
)
# Who may see the province's figures, and the district's own.
SIGHT = {
    "director": (200, 200),
    "specialist": (200, 200),
    "province_leader": (200, 200),
    "auditor": (200, 200),
    "district_officer": (404, 200),
    "district_leader": (404, 200),
    "other_officer": (404, 404),
    "commune_officer": (404, 404),
    "enterprise": (404, 404),
}


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC07": "30", "VT26": "8"}, at=NOW)
    return world


def test_who_may_see_whose_figures(world: Consolidating) -> None:
    found = {}

    for persona in SIGHT:
        client = world.here.world.client(persona)
        found[persona] = tuple(
            client.get(reverse("reporting:consolidation"), {**PROVINCE, "dia_ban": unit}).status_code
            for unit in ("92", "921")
        )

    assert found == SIGHT


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_every_page_takes_few_queries(
    world: Consolidating, name: str, arguments: list[Any], django_assert_max_num_queries: Any
) -> None:
    client = world.here.world.client("specialist")

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(reverse(name, args=arguments), PROVINCE)

    assert response.status_code == 200


def test_without_an_address_the_widest_area_in_sight_is_shown(world: Consolidating) -> None:
    of_the_department = world.here.world.client("director").get(reverse("reporting:consolidation"))
    of_the_district = world.here.world.client("district_officer").get(reverse("reporting:consolidation"))

    assert of_the_department.context["one"].unit.code == "92"
    assert of_the_district.context["one"].unit.code == "921"


def test_the_page_says_who_is_missing(world: Consolidating) -> None:
    page = world.here.world.client("director").get(reverse("reporting:consolidation"), PROVINCE).content.decode()

    assert "Đã nhận báo cáo của 1/2 huyện" in page
    assert "chưa có: Huyện Nam Sơn" in page


def test_a_figure_opens_down_to_the_report(world: Consolidating) -> None:
    client = world.here.world.client("director")

    page = client.get(reverse("reporting:made_of", args=["VT35"]), PROVINCE).content.decode()

    assert reverse("reporting:report", args=[world.report.uid]) + "#o-VT35" in page
    assert "Huyện Nam Sơn" in page


def test_highest_and_lowest_are_marked(world: Consolidating) -> None:
    client = world.here.world.client("director")

    groups = client.get(reverse("reporting:consolidation_units"), {**PROVINCE, "phan": "1"}).context["groups"]

    rows = {row.unit.code: row.cells[3] for row in groups[0].rows}
    assert (rows["922"].shown, rows["922"].is_highest) == ("30", True)
    assert (rows["921"].shown, rows["921"].is_lowest) == ("23", True)


def test_the_export_is_the_object_itself(world: Consolidating) -> None:
    client = world.here.world.client("director")

    response = client.get(reverse("reporting:consolidation_export", args=["json"]), PROVINCE)

    assert json.loads(response.content) == world.consolidated().as_json()
    assert response["Content-Disposition"].startswith("attachment")


def test_what_cannot_be_shown_says_why(world: Consolidating) -> None:
    client = world.here.world.client("director")

    unknown = client.get(reverse("reporting:consolidation"), {**PROVINCE, "ky": "nd09:2009-Q4"})
    elsewhere = client.get(reverse("reporting:consolidation"), {**PROVINCE, "dia_ban": "00000"})

    assert unknown.status_code == 404
    assert "không thuộc lịch báo cáo" in unknown.content.decode()
    assert elsewhere.status_code == 404
