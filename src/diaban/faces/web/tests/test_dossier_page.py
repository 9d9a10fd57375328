"""The whole dossier of a place that has reported and been given plans."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.work.reporting.tests.consolidation_world import a_consolidating_world
from diaban.work.reporting.tests.worlds import NOW


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_of_a_place_asks_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    world = a_consolidating_world()
    here = world.here
    world.plan("D1", "NL05b", "100")
    client = here.world.client("specialist")
    address = reverse("web:place", args=[here.world.units["D1"].uid])
    client.get(address)  # what the process remembers

    with django_assert_max_num_queries(30):
        page = client.get(address).content.decode()

    assert "Kế hoạch năm" in page
    assert "Số liệu chính" in page
