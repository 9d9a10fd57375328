"""The first page: what the acting position has in hand."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from diaban.faces.web.tests.work import an_obligation
from diaban.foundation.mandates.tests.personas import a_world

pytestmark = pytest.mark.django_db


def test_work_stands_under_its_day_with_a_way_to_it() -> None:
    world = a_world()
    today = timezone.localdate()
    late = an_obligation(world, "Báo cáo tháng trước", today - timedelta(days=2))
    an_obligation(world, "Báo cáo hôm nay", today)
    an_obligation(world, "Báo cáo năm sau", today + timedelta(days=200))

    page = world.client("district_officer").get("/").content.decode()

    heads = [page.index(f'id="{name}"') for name in ("qua-han", "hom-nay", "sau-do")]
    titles = [page.index(title) for title in ("Báo cáo tháng trước", "Báo cáo hôm nay", "Báo cáo năm sau")]
    assert sorted([*heads, *titles]) == [place for pair in zip(heads, titles, strict=True) for place in pair]
    assert "quá 2 ngày" in page
    assert f'href="/viec/{late.pk}/"' in page


def test_another_offices_work_is_not_there() -> None:
    world = a_world()
    an_obligation(world, "Báo cáo của huyện kia", timezone.localdate(), owner="phong_d2", unit="D2")

    assert "Báo cáo của huyện kia" not in world.client("district_officer").get("/").content.decode()


def test_nothing_to_do_is_said() -> None:
    page = a_world().client("district_officer").get("/").content.decode()

    assert "Không có việc nào đang chờ" in page
    assert f'href="{reverse("obligations:obligations")}?state=all"' in page


def test_it_costs_the_same_however_much_there_is(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    world = a_world()
    for day in range(40):
        an_obligation(world, f"Việc {day}", timezone.localdate() + timedelta(days=day % 9 - 4))
    client = world.client("director")

    with django_assert_max_num_queries(18):
        client.get("/")
