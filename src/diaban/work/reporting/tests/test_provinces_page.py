"""The table of the provinces, where a form is asked of the whole country."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.mandates.models import Mandate
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Unit, UnitVersion
from diaban.foundation.territory.tests.makers import a_unit
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, Consolidating, a_consolidating_world

pytestmark = pytest.mark.django_db
ADDRESS = {"bieu": FORM, "ky": str(Q4)}
PAGE = "reporting:consolidation_provinces"


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def provincial() -> Consolidating:
    world = a_consolidating_world()
    world.accept(Q4, "D2", {"BC07": "30", "VT26": "8"}, at=NOW)
    return world


@pytest.fixture
def world(provincial: Consolidating) -> Consolidating:
    """The same, asked of a country that holds the province and another one, where nobody has reported."""
    here = provincial.here
    country = a_unit("country", "VN", "Việt Nam", "nước")
    UnitVersion.objects.filter(unit=here.world.units["P"]).update(parent=country)
    a_unit("district", "931", "Đông", "huyện", a_unit("province", "93", "Hà Bắc", "tỉnh", country))
    rebuild_derived(NOW.date())
    Mandate.objects.filter(organisation=here.world.organisations["so"], unit=here.world.units["P"]).update(unit=country)
    here.schedule.unit = country
    here.schedule.save(update_fields=["unit"])
    return provincial


def rows_of(world: Consolidating, **more: str) -> dict[str, list[str]]:
    """By the name of each row: what its first indicator says of the period."""
    response = world.here.world.client("director").get(reverse(PAGE), {**ADDRESS, "phan": "1", **more})
    assert response.status_code == 200
    place = [measure.code for measure in response.context["page"]].index("BC07")
    rows = response.context["rows"]
    return {
        row.unit.full_name if row.unit else "": [row.cells[place].now, f"{row.cells[place].reported}"] for row in rows
    }


def test_the_country_and_each_province_say_what_was_reported_in_them(world: Consolidating) -> None:
    found = rows_of(world)

    assert list(found) == ["", "Tỉnh Hà Bắc", str(province_of(world).full_name)]
    assert found["Tỉnh Hà Bắc"] == ["…", "0"]  # missing is not zero
    assert found[""] == found[province_of(world).full_name] != found["Tỉnh Hà Bắc"]


def province_of(world: Consolidating) -> UnitVersion:
    unit: Unit = world.here.world.units["P"]
    return UnitVersion.objects.get(unit=unit)


def test_the_countrys_form_leads_to_its_provinces(world: Consolidating) -> None:
    response = world.here.world.client("director").get(reverse("reporting:consolidation"), ADDRESS)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse(PAGE))


def test_it_takes_few_queries(world: Consolidating, django_assert_max_num_queries: Any) -> None:
    client = world.here.world.client("director")

    with django_assert_max_num_queries(30):
        client.get(reverse(PAGE), ADDRESS)


def test_figures_of_an_earlier_day_are_not_pretended(world: Consolidating) -> None:
    response = world.here.world.client("director").get(reverse(PAGE), {**ADDRESS, "den": "2009-12-31"})

    assert response.status_code == 400
    assert "rows" not in response.context


def test_a_province_has_no_such_table(provincial: Consolidating) -> None:
    assert provincial.here.world.client("director").get(reverse(PAGE), ADDRESS).status_code == 404


def test_whoever_does_not_see_the_country_does_not_see_it(world: Consolidating) -> None:
    assert world.here.world.client("district_officer").get(reverse(PAGE), ADDRESS).status_code == 404
