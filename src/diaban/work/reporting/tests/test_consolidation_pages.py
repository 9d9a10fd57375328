"""The pages of consolidated figures: what they show, to whom, and in how few queries."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.obligations.models import Duty
from diaban.foundation.obligations.services import generate_obligations
from diaban.work.reporting.display import coverage_said
from diaban.work.reporting.form_paper import form_paper
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, Consolidating, a_consolidating_world

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30
PROVINCE = {"bieu": FORM, "ky": str(Q4), "dia_ban": "92"}
PAGES: tuple[tuple[str, list[Any]], ...] = (
    ("reporting:consolidation", []),
    ("reporting:consolidation_units", []),
    ("reporting:consolidation_units_file", ["pdf"]),
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


def test_an_english_reader_is_told_in_english_and_takes_vietnamese_papers_away(world: Consolidating) -> None:
    one, actor = world.consolidated(), world.here.actor("director")
    vietnamese = form_paper(one, actor=actor)
    client = world.here.world.client("director")
    client.post(reverse("accounts:language"), {"language": "en"})

    page = client.get(reverse("reporting:consolidation"), PROVINCE).content.decode()

    assert "Reports received from 1 of 2 districts" in page
    assert "đơn vị khác" not in page
    with override("en"):
        assert form_paper(one, actor=actor) == vietnamese
        assert coverage_said(one).startswith("Reports received")


def test_a_figure_opens_down_to_the_report(world: Consolidating) -> None:
    client = world.here.world.client("director")

    page = client.get(reverse("reporting:made_of", args=["VT35"]), PROVINCE).content.decode()

    assert reverse("reporting:report", args=[world.report.uid]) + "#o-VT35" in page
    assert "Huyện Nam Sơn" in page


def test_highest_and_lowest_are_marked(world: Consolidating) -> None:
    client = world.here.world.client("director")

    groups = client.get(reverse("reporting:consolidation_units"), {**PROVINCE, "phan": "1"}).context["table"].groups

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


def test_it_opens_on_the_newest_period_that_is_over_or_has_reports(world: Consolidating) -> None:
    to_come = date(2010, 1, 10)
    duties = Duty.objects.filter(pk__in=[world.here.schedule.duty_id])
    generate_obligations(on=to_come, actor=SystemActor("duties", to_come), at=NOW, duties=duties)
    client = world.here.world.client("director")

    response = client.get(reverse("reporting:consolidation"))

    assert str(response.context["chosen"].periods[0]) == "stat:2010-Q1"
    assert response.context["one"].period == Q4
    assert "mới kết thúc" in response.content.decode()


def test_the_page_says_that_it_chose_the_newest_finished_period(world: Consolidating) -> None:
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        page = world.here.world.client("director").get(reverse("reporting:consolidation")).content.decode()

    assert "Đang xem Quý IV/2009, kỳ mới nhất đã kết thúc" in page


def test_a_period_is_read_in_the_calendar_of_its_form(world: Consolidating) -> None:
    client = world.here.world.client("director")

    short = client.get(reverse("reporting:consolidation"), {**PROVINCE, "ky": "2009-Q3"})

    assert str(short.context["one"].period) == "stat:2009-Q3"


@pytest.mark.parametrize("wrong", [{"ky": "quy-4"}, {"ky": "xx:2009-Q4"}, {"den": "31/12"}, {"ban_do": "hôm qua"}])
def test_what_cannot_be_read_is_told_with_choices(world: Consolidating, wrong: dict[str, str]) -> None:
    client = world.here.world.client("director")

    response = client.get(reverse("reporting:consolidation"), {**PROVINCE, **wrong})

    page = response.content.decode()
    assert response.status_code == 404
    assert "Không đọc được" in page or "Không có lịch báo cáo" in page
    assert "ky=stat%3A2009-Q4" in page
