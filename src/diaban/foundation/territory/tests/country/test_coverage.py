"""Coverage and containment of the whole country."""

from datetime import date

import pytest

from diaban.foundation.territory.loading import Loaded
from diaban.foundation.territory.models import Containment, Coverage, Unit, UnitVersion
from diaban.foundation.territory.queries import unit_on
from diaban.foundation.territory.tests.makers import REFORM, TODAY

pytestmark = pytest.mark.slow

VISIT = date(2009, 10, 19)


def covering(covered: Unit) -> set[str]:
    """The codes of what covers a unit today."""
    rows = UnitVersion.objects.on(TODAY).filter(unit__covers__covered=covered)
    return set(rows.values_list("code", flat=True))


def test_todays_province_covers_all_it_descends_from(country: Loaded) -> None:
    assert covering(unit_on("02", VISIT)) == {"08", "VN"}
    assert covering(unit_on("033", VISIT)) == {"08", "VN"}
    assert covering(unit_on("01078", VISIT)) == {"01075", "08", "VN"}


def test_each_part_of_a_divided_commune_covers_it(country: Loaded) -> None:
    assert covering(unit_on("00688", VISIT)) == {"00691", "00694", "08", "VN"}


def test_a_commune_covers_the_district_whose_whole_land_it_holds(country: Loaded) -> None:
    assert covering(unit_on("536", VISIT)) == {"21548", "51", "VN"}


def test_only_units_of_today_cover(country: Loaded) -> None:
    existing = set(UnitVersion.objects.on(TODAY).values_list("unit", flat=True))

    assert set(Coverage.objects.values_list("unit", flat=True)) == existing


def test_a_unit_that_stayed_lies_under_its_province_of_each_day(country: Loaded) -> None:
    island = unit_on("11948", TODAY)

    above = Containment.objects.filter(descendant=island, ancestor__level="province").order_by("valid")

    assert [(row.distance, row.valid.lower, row.valid.upper) for row in above] == [(2, None, REFORM), (1, REFORM, None)]
