"""What the pages show and do."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Succession, Unit
from diaban.foundation.territory.tests.makers import REFORM, TODAY, a_succession, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def client(world: World) -> Client:
    return world.client("specialist")


@pytest.fixture
def quang_trung(world: World) -> Unit:
    """A ward that was divided between Hà Giang 1 and Hà Giang 2."""
    district = world.units["D1"]
    old = a_unit("commune", "00688", "Quang Trung", "phường", district, until=REFORM)
    for number in (1, 2):
        new = a_unit("commune", f"0069{number}", f"Hà Giang {number}", "phường", district, since=REFORM)
        a_succession(old, new, assumed=True)
    rebuild_derived(TODAY)
    return old


def text(client: Client, name: str, uid: object = None, **query: str) -> str:
    response = client.get(reverse(name, kwargs={"uid": uid} if uid else {}), query)
    assert response.status_code == 200
    return response.content.decode()


def weigh(client: Client, row: Succession, **typed: object) -> int:
    prefix = row.successor.uid
    url = reverse(
        "territory:correct_weight", kwargs={"predecessor": row.predecessor.uid, "successor": row.successor.uid}
    )
    position = client.session["position_id"]
    form = {f"{prefix}-{name}": value for name, value in typed.items()}
    return client.post(url, {**form, "acting_position": position}).status_code


def test_the_tree_starts_at_the_top_and_goes_down_by_links(world: World, client: Client) -> None:
    top = text(client, "territory:tree")
    below = text(client, "territory:tree", thuoc=str(world.units["D1"].uid))

    assert "Huyện Bắc Sơn" in top
    assert "Xã Đông Hà" not in top
    assert "Xã Đông Hà" in below


def test_the_tree_is_of_the_day_typed(world: World, client: Client, quang_trung: Unit) -> None:
    district = str(world.units["D1"].uid)

    assert "Phường Quang Trung" in text(client, "territory:tree", thuoc=district, ngay="2025-06-30")
    assert "Phường Quang Trung" not in text(client, "territory:tree", thuoc=district, ngay="01/07/2025")


def test_a_day_that_is_none_shows_today_and_says_so(world: World, client: Client) -> None:
    assert "Huyện Bắc Sơn" in text(client, "territory:tree", ngay="32/13/2025")


@pytest.mark.parametrize("asked", ["khong-phai", "00000000-0000-0000-0000-000000000000"])
def test_the_tree_below_nothing_is_not_found(client: Client, asked: str) -> None:
    assert client.get(reverse("territory:tree"), {"thuoc": asked}).status_code == 404


def test_a_unit_shows_what_became_of_it(client: Client, quang_trung: Unit) -> None:
    page = text(client, "territory:unit", quang_trung.uid)

    assert "Phường Hà Giang 1" in page
    assert "ước, chia đều" in page
    assert "50,00" in page


def test_an_official_types_a_population(client: Client, quang_trung: Unit) -> None:
    first, second = quang_trung.successions_out.order_by("pk")

    status = weigh(client, first, weight="1.515", basis="Biên bản bàn giao", revision=1)

    first.refresh_from_db()
    second.refresh_from_db()
    assert status == 302
    assert (first.weight, first.assumed) == (Decimal(1515), False)
    assert (second.weight, second.assumed) == (Decimal(1515), True)


@pytest.mark.parametrize("weight", ["", "0", "-3", "1515.5", "nhiều", "0,00001", "9" * 15])
def test_what_is_no_population_is_sent_back_with_the_reason(client: Client, quang_trung: Unit, weight: str) -> None:
    row = quang_trung.successions_out.earliest("pk")

    assert weigh(client, row, weight=weight, basis="Biên bản bàn giao", revision=1) == 422
    row.refresh_from_db()
    assert row.assumed


def test_who_does_not_keep_the_registers_sees_no_form_and_gets_403(world: World, quang_trung: Unit) -> None:
    officer = world.client("district_officer")
    row = quang_trung.successions_out.earliest("pk")

    assert "Ghi số dân" not in text(officer, "territory:unit", quang_trung.uid)
    assert weigh(officer, row, weight="1.515", basis="Biên bản bàn giao", revision=1) == 403


def test_a_population_typed_over_another_is_refused(client: Client, quang_trung: Unit) -> None:
    row = quang_trung.successions_out.earliest("pk")
    weigh(client, row, weight="1.515", basis="Biên bản bàn giao", revision=1)

    assert weigh(client, row, weight="1.600", basis="Biên bản bàn giao", revision=1) == 409


def test_search_finds_without_diacritics(client: Client) -> None:
    assert "Xã Thượng Giang" in text(client, "territory:search", q="thuong giang")
    assert "Không thấy đơn vị nào" in text(client, "territory:search", q="không có ở đâu")


def test_communes_stand_under_their_districts(world: World, client: Client) -> None:
    page = text(client, "territory:old_districts", world.units["P"].uid)

    assert page.index("Huyện Bắc Sơn") < page.index("Xã Đông Hà") < page.index("Huyện Nam Sơn")


@pytest.mark.parametrize(("name", "most"), [("territory:tree", 14), ("territory:search", 12)])
def test_a_list_costs_few_queries(
    client: Client, name: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        client.get(reverse(name), {"q": "giang"})
