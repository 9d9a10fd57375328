"""The page of an indicator says in which forms it is asked, of whom and how often."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.work.reporting.plugs import asked_in
from diaban.work.reporting.services import end_schedule
from diaban.work.reporting.tests.consolidation_world import SETTING_UP
from diaban.work.reporting.tests.worlds import NOW, TODAY, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_indicators_page_names_form_level_and_frequency() -> None:
    here = a_reporting_world()

    page = here.world.client("specialist").get(reverse("facts:indicator", args=["BC07"])).content.decode()

    assert "Có trong biểu mẫu" in page
    assert here.form.name in page
    assert "hằng quý; số liệu của địa phương" in page
    assert reverse("reporting:schedule", args=[here.schedule.uid]) in page


def test_an_indicator_is_told_once_a_form_in_two_queries(django_assert_num_queries: Any) -> None:
    specialist = a_reporting_world().actor("specialist")

    with django_assert_num_queries(2):
        found = asked_in(specialist, "VT04")

    assert len(found) == 1


def test_a_schedule_that_ended_asks_no_more() -> None:
    here = a_reporting_world()

    end_schedule(schedule_id=here.schedule.pk, on=TODAY, reason="Bãi bỏ", actor=SETTING_UP, at=NOW)

    assert asked_in(here.actor("specialist"), "BC07") == []
