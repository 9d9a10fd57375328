"""The pages of the catalogue."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.tests.figures import collection
from diaban.foundation.mandates.tests.personas import a_world

pytestmark = pytest.mark.django_db
LIST = reverse("facts:indicators")


@pytest.fixture
def client() -> Client:
    collection()
    return a_world().client("specialist")


def codes(client: Client, **asked: str) -> list[str]:
    return [line.indicator.code for line in client.get(LIST, asked).context["lines"]]


@pytest.mark.parametrize("typed", ["trắng sóng", "trang song", "VT26", "white-spot"])
def test_an_indicator_is_found_with_and_without_diacritics_by_code_and_in_english(client: Client, typed: str) -> None:
    assert "VT26" in codes(client, q=typed)


def test_filters_narrow_the_list(client: Client) -> None:
    found = codes(client, linh_vuc="security", loai="ratio")

    assert found == ["AT02", "AT03", "AT05", "AT06", "AT07", "AT11", "AT12"]


def test_what_is_no_longer_valid_is_shown_only_when_asked_for(client: Client) -> None:
    assert codes(client, q="NL02") == []
    assert codes(client, q="NL02", tat_ca="on") == ["NL02"]


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Hãy bỏ bớt điều kiện lọc" in client.get(LIST, {"q": "khong co chi tieu nay"}).content.decode()


def test_a_ratio_leads_to_its_parts_and_a_part_to_its_ratio(client: Client) -> None:
    ratio = client.get(reverse("facts:indicator", kwargs={"code": "VT06"})).content.decode()
    part = client.get(reverse("facts:indicator", kwargs={"code": "VT03"})).content.decode()

    assert reverse("facts:indicator", kwargs={"code": "VT03"}) in ratio
    assert "VT04 + VT05" in part
    assert reverse("facts:indicator", kwargs={"code": "VT06"}) in part


def test_members_that_may_not_be_reported_today_stand_apart(client: Client) -> None:
    page = client.get(reverse("facts:indicator", kwargs={"code": "VT07"})).content.decode()

    assert "Không còn hoặc chưa có hiệu lực: ADSL/xDSL; Kênh thuê riêng" in page


def test_an_unknown_code_is_not_found(client: Client) -> None:
    assert client.get(reverse("facts:indicator", kwargs={"code": "XX99"})).status_code == 404


def test_the_list_has_a_ceiling_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):
        client.get(LIST)
