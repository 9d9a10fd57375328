"""What holds the ground of a unit of the past today."""

from datetime import date

import pytest

from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import heirs_of
from diaban.foundation.territory.tests.makers import a_succession, a_unit

pytestmark = pytest.mark.django_db
REFORM, BEFORE, TODAY = date(2025, 7, 1), date(2025, 3, 31), date(2026, 3, 2)


def test_ground_goes_to_its_level_or_to_the_heirs_of_its_parts() -> None:
    province = a_unit(Level.PROVINCE, "92", "Sơn Lâm", "tỉnh")
    district = a_unit(Level.DISTRICT, "921", "Bắc Sơn", "huyện", province, until=REFORM)
    first = a_unit(Level.COMMUNE, "92101", "Đông Hà", "xã", district, until=REFORM)
    second = a_unit(Level.COMMUNE, "92102", "Tây Hà", "xã", district, until=REFORM)
    whole = a_unit(Level.COMMUNE, "92111", "Đông Tây", "xã", province, since=REFORM)
    half = a_unit(Level.COMMUNE, "92112", "Hạ Giang", "xã", province, since=REFORM)
    a_succession(first, whole)
    a_succession(second, whole)
    a_succession(second, half)
    rebuild_derived(TODAY)

    found = heirs_of([province.pk, district.pk, first.pk, second.pk], BEFORE, TODAY)

    assert found == {
        province.pk: {province.pk},
        district.pk: {whole.pk, half.pk},
        first.pk: {whole.pk},
        second.pk: {whole.pk, half.pk},
    }
