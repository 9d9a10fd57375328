"""What a new office is told to decide, and how far each step is."""

import pytest
from django.urls import reverse

from diaban.faces.web.beginning import STEPS, steps_found
from diaban.foundation.mandates.tests.personas import a_world
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.work.reporting.tests.worlds import a_reporting_world

pytestmark = pytest.mark.django_db


def test_before_anything_is_asked_the_first_page_leads_to_the_steps() -> None:
    world = a_world()
    address = reverse("web:beginning")

    assert address in world.client("unit_admin").get("/").content.decode()
    assert "chưa ai phải làm gì" not in world.client("district_officer").get("/").content.decode()


def test_once_reports_are_asked_the_first_page_says_no_more_of_it() -> None:
    page = a_reporting_world().world.client("unit_admin").get("/").content.decode()

    assert "chưa ai phải làm gì" not in page


def test_each_step_tells_how_far_it_is() -> None:
    world = a_world()
    actor = world.actor("unit_admin")
    before = {str(found.step.place): found for found in steps_found(actor)}
    OrganisationVersion.objects.filter(kind="enterprise").update(kind="association")

    after = {str(found.step.place): found for found in steps_found(actor)}

    assert len(before) == len(STEPS)
    assert before["organisations:found"].is_done
    assert not after["organisations:found"].is_done
    assert not after["reporting:schedules"].is_done
