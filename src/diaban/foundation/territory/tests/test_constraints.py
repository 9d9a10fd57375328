"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError

from diaban.foundation.territory.tests.makers import REFORM, a_succession, a_unit, a_version

pytestmark = pytest.mark.django_db


def test_a_unit_has_one_version_a_day() -> None:
    commune = a_unit("commune", "01108", "Xín Mần", "xã", until=REFORM)

    with pytest.raises(IntegrityError, match="one_version_of_a_unit_a_day"):
        a_version(commune, "01109", "Xín Mần", "xã", since=date(2025, 6, 30))


def test_a_version_may_follow_on_the_day_another_ends() -> None:
    commune = a_unit("commune", "01108", "Xín Mần", "xã", until=REFORM)

    a_version(commune, "01108", "Xín Mần mới", "xã", since=REFORM)

    assert commune.versions.count() == 2


def test_two_units_never_have_one_code_on_one_day() -> None:
    a_unit("commune", "01108", "Xín Mần", "xã")

    with pytest.raises(IntegrityError, match="one_unit_of_a_code_a_day"):
        a_unit("commune", "01108", "Nàn Xỉn", "xã")


def test_a_code_may_come_back_for_another_unit() -> None:
    a_unit("commune", "01108", "Xín Mần", "xã", until=REFORM)

    again = a_unit("commune", "01108", "Xín Mần", "xã", since=REFORM)

    assert again.versions.get().code == "01108"


def test_a_weight_is_positive() -> None:
    old, new = a_unit("commune", "1", "A", "xã"), a_unit("commune", "2", "B", "xã")

    with pytest.raises(IntegrityError, match="a_weight_is_positive"):
        a_succession(old, new, weight=0)


def test_no_unit_succeeds_itself() -> None:
    commune = a_unit("commune", "1", "A", "xã")

    with pytest.raises(IntegrityError, match="no_unit_succeeds_itself"):
        a_succession(commune, commune)


def test_names_are_folded_by_the_database_as_by_the_program() -> None:
    commune = a_unit("commune", "1", "Đắk Ơ Thượng", "xã")

    assert commune.versions.get().name_folded == "dak o thuong"
