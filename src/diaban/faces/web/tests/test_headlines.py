"""What a director's first page tells of the newest figures."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.work.reporting.tests.consolidation_world import Q3, a_consolidating_world
from diaban.work.reporting.tests.worlds import NOW

pytestmark = pytest.mark.django_db


def test_the_main_figures_stand_with_their_change_and_open_what_they_are_made_of() -> None:
    with time_machine.travel(NOW, tick=False):
        one = a_consolidating_world()
        one.accept(Q3, "D1", {"BC07": "2"})
        client = one.here.world.client("director")

        shown = client.get(reverse("web:home")).context["headlines"]

        first = shown.figures[0]
        assert (first.label, first.value, first.change) == ("Số điểm phục vụ bưu chính", "23", "+21*")
        assert (shown.sent, shown.expected) == (1, 2)
        for address in [one.url for one in shown.figures] + [shown.url, shown.board_url, shown.chart_url]:
            assert client.get(address).status_code == 200, address


def test_others_see_their_work_and_no_figures() -> None:
    with time_machine.travel(NOW, tick=False):
        page = a_consolidating_world().here.world.client("specialist").get(reverse("web:home"))

        assert page.context["headlines"] is None


def test_it_stays_within_thirty_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(NOW, tick=False):
        client = a_consolidating_world().here.world.client("director")
        client.get(reverse("web:home"))

        with django_assert_max_num_queries(30):
            client.get(reverse("web:home"))
