"""Containment and coverage follow from versions and successions."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine

from diaban.foundation.territory.checking import check_territory
from diaban.foundation.territory.derived import Difference, differences, rebuild_derived
from diaban.foundation.territory.models import Containment, Coverage, Succession, UnitVersion
from diaban.foundation.territory.queries import unit_on
from diaban.foundation.territory.tasks import rebuild
from diaban.foundation.territory.tests.makers import REFORM, TODAY, a_succession, a_unit, a_version

VISIT = date(2009, 10, 19)
Spoil = Callable[[], object]

pytestmark = pytest.mark.django_db


def test_containment_joins_spells_that_follow_one_another() -> None:
    country = a_unit("country", "VN", "Việt Nam", "nước")
    town = a_unit("province", "02", "Hà Giang", "thị xã", country, until=date(2010, 9, 27))
    a_version(town, "02", "Hà Giang", "thành phố", country, since=date(2010, 9, 27))

    rebuild_derived(TODAY)

    row = Containment.objects.get(ancestor=country, descendant=town)
    assert (row.valid.lower, row.valid.upper, row.distance) == (None, None, 1)


def test_coverage_is_of_the_day_it_was_rebuilt_for() -> None:
    old = a_unit("commune", "1", "A", "xã", until=REFORM)
    new = a_unit("commune", "2", "B", "xã", since=REFORM)
    a_succession(old, new)

    rebuild_derived(date(2025, 6, 30))
    before = set(Coverage.objects.values_list("unit", "covered"))
    rebuild_derived(REFORM)

    assert before == {(old.pk, old.pk)}
    assert set(Coverage.objects.values_list("unit", "covered")) == {(new.pk, new.pk), (new.pk, old.pk)}


def test_a_rebuild_mends_what_was_missing_and_what_was_too_much() -> None:
    country = a_unit("country", "VN", "Việt Nam", "nước")
    province = a_unit("province", "08", "Tuyên Quang", "tỉnh", country)
    rebuild_derived(TODAY)
    Containment.objects.filter(ancestor=country, descendant=province).delete()
    Coverage.objects.create(unit=province, covered=country)

    found = differences(TODAY)
    rebuilt = rebuild_derived(TODAY)

    assert found.containment == rebuilt.containment == Difference(missing=1, surplus=0)
    assert rebuilt.coverage.surplus == 1
    assert differences(TODAY).coverage == Difference(0, 0)


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("no_version", lambda: UnitVersion.objects.filter(code="1").delete()),
        ("no_heir", lambda: Succession.objects.all().delete()),
        ("no_origin", lambda: Succession.objects.all().delete()),
        ("wrong_day", lambda: Succession.objects.update(on=date(2025, 8, 1))),
        ("hole", lambda: UnitVersion.objects.filter(name="Giữa").delete()),
        ("no_parent", lambda: UnitVersion.objects.filter(code="2").update(parent=None)),
        ("parent_absent", lambda: UnitVersion.objects.filter(code="2").update(parent=unit_on("1", VISIT))),
        ("parent_not_above", lambda: UnitVersion.objects.filter(code="2").update(parent=unit_on("1", VISIT))),
        ("containment_stale", lambda: Containment.objects.all().delete()),
        ("coverage_stale", lambda: Coverage.objects.all().delete()),
    ],
)
def test_the_check_finds(kind: str, spoil: Spoil) -> None:
    country = a_unit("country", "VN", "Việt Nam", "nước")
    old = a_unit("commune", "1", "A", "xã", country, until=REFORM)
    new = a_unit("commune", "2", "B", "xã", country, since=REFORM)
    province = a_unit("province", "08", "Đầu", "tỉnh", country, until=VISIT)
    a_version(province, "08", "Giữa", "tỉnh", country, since=VISIT, until=REFORM)
    a_version(province, "08", "Cuối", "tỉnh", country, since=REFORM)
    a_succession(old, new)
    rebuild_derived(TODAY)
    assert check_territory(TODAY) == []

    spoil()

    assert kind in {problem.kind for problem in check_territory(TODAY)}


def test_the_nightly_task_rebuilds_for_the_day_that_begins_in_viet_nam() -> None:
    old = a_unit("commune", "1", "A", "xã", until=REFORM)
    new = a_unit("commune", "2", "B", "xã", since=REFORM)
    a_succession(old, new)

    with time_machine.travel(datetime(2025, 6, 30, 17, 5, tzinfo=UTC)):
        rebuild(timestamp=0)

    assert set(Coverage.objects.values_list("unit", flat=True)) == {new.pk}
