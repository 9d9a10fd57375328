"""Search finds what the reader may see, with and without diacritics."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from diaban.faces.web.search import search
from diaban.faces.web.tests.work import an_obligation
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


def labels(world: World, persona: str, text: str) -> dict[str, list[str]]:
    return {str(found.name): [hit.label for hit in found.hits] for found in search(world.actor(persona), text)}


@pytest.mark.parametrize("text", ["Đông Hà", "dong ha", "  DONG   HA "])
def test_units_are_found_however_they_are_typed(text: str) -> None:
    assert labels(a_world(), "specialist", text)["Đơn vị hành chính"] == ["Xã Đông Hà"]


def test_offices_and_people_are_found() -> None:
    found = labels(a_world(), "specialist", "HUYEN")

    assert "Ủy ban nhân dân huyện Bắc Sơn" in found["Cơ quan, đơn vị"]
    assert found["Danh bạ đầu mối"] == ["Lê Thị Chuyên", "Giàng Thị Huyền"]


def test_every_word_must_be_there() -> None:
    world = a_world()
    an_obligation(world, "Báo cáo quý I về viễn thông", timezone.localdate())

    assert "Việc phải thực hiện" in labels(world, "district_officer", "viễn thông quý")
    assert "Việc phải thực hiện" not in labels(world, "district_officer", "viễn thông tháng")


def test_what_one_may_not_see_is_not_found() -> None:
    world = a_world()
    an_obligation(world, "Báo cáo quý I về viễn thông", timezone.localdate())

    assert "Việc phải thực hiện" not in labels(world, "other_officer", "vien thong")


@pytest.mark.parametrize("text", ["", " ", "a", "%"])
def test_too_little_finds_nothing(text: str) -> None:
    assert search(a_world().actor("specialist"), text) == []


def test_many_hits_cost_no_more(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    world = a_world()
    for number in range(30):
        an_obligation(world, f"Báo cáo Đông Hà số {number}", timezone.localdate())
    client = world.client("district_officer")

    with django_assert_max_num_queries(22):
        page = client.get("/tim/?q=dong+ha").content.decode()

    assert page.count("Báo cáo Đông Hà số") == 8
    assert "Còn nhiều kết quả khác" in page


def test_nothing_found_says_what_to_try() -> None:
    page = a_world().client("specialist").get("/tim/?q=khong+co+gi+ca").content.decode()

    assert "Không tìm thấy" in page
