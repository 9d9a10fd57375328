"""What is read from sums is what the facts say, whoever left out what."""

from collections.abc import Iterable
from datetime import date
from random import Random
from uuid import uuid4

import pytest

from diaban.foundation.facts.consolidation import national
from diaban.foundation.facts.services import check_rollups
from diaban.foundation.facts.tests.figures import Reporter, Value, base, collection, indicators
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import Unit
from diaban.foundation.territory.tests.makers import TODAY, a_unit
from diaban.lib.periods import Period

pytestmark = pytest.mark.django_db
PERIODS = [Period.parse(f"stat:{code}") for code in ("2025-Q2", "2026-Q1", "2026-Q2")]
BASES = ("DB01", "DB05", "DB12")
REPORTED = (
    "BC02", "BC07", "BC07__level_1", "BC07__level_2", "VT48", "VT04", "VT05", "VT07", "VT08", "CN12", "CN30", "CN31", "AT18",
)  # fmt: skip
CODES = (
    "BC02", "BC07", "VT48", "CN30", "DB05", "BC11", "BC12", "BC21", "VT03", "VT06", "VT09", "VT25", "VT38", "CN04", "CN13",
    "AT11",
)  # fmt: skip
REASONS = ("not_collected", "not_applicable", "not_yet")
COLUMNS = (
    "value", "reason", "numerator", "denominator", "complete", "estimated", "expected", "reported", "cumulative",
    "cumulative_complete", "same_period_last_year", "percent_of_same_period", "points_from_same_period",
)  # fmt: skip


@pytest.fixture
def communes() -> dict[Unit, list[Unit]]:
    """Two provinces of four communes."""
    found = {
        (province := a_unit("province", code, f"Tỉnh {code}", "tỉnh")): [
            a_unit("commune", f"{code}{number}", f"Xã {code}{number}", "xã", province) for number in range(4)
        ]
        for code in ("01", "02")
    }
    rebuild_derived(TODAY)
    return found


def _some(random: Random, cells: Iterable[str], left_out: float) -> dict[str, Value]:
    """Values of the cells, a reason here and there, some left out."""
    return {
        cell: random.choice(REASONS) if random.random() < left_out else random.randint(0, 30)
        for cell in cells
        if random.random() >= left_out
    }


def _fill(random: Random, units: Iterable[Unit], left_out: float) -> Reporter:
    reporter, contributor = Reporter(collection().pk), Organisation.objects.create(uid=uuid4())
    for unit in units:
        for year in (2024, 2025, 2026):
            if random.random() >= left_out / 2:
                base(unit.pk, year, {code: 10 + random.randint(0, 9) for code in BASES})
        for period in PERIODS:
            if random.random() < left_out:
                continue  # silent
            by = contributor.pk if random.random() < left_out / 4 else None
            cells = _some(random, REPORTED, left_out)
            reporter.report(unit.pk, cells, period, estimated=random.random() < 0.3, contributor_id=by)
    return reporter


@pytest.mark.parametrize("left_out", [0, 0.1, 0.4])
@pytest.mark.parametrize("seed", range(2))
def test_each_province_says_what_its_facts_say(communes: dict[Unit, list[Unit]], seed: int, left_out: float) -> None:
    random = Random(seed)
    reporter = _fill(random, [unit for units in communes.values() for unit in units], left_out)
    found = national(
        collection_id=reporter.collection_id, indicators=indicators(*CODES), period=PERIODS[-1], today=date(2026, 7, 1)
    )

    assert check_rollups().different == 0
    for province, units in communes.items():
        facts = reporter.total(province.pk, *CODES, expected={unit.pk for unit in units}, period=PERIODS[-1])
        for code in CODES:
            ours, theirs = found.figures[province.pk, code], facts.row(code)
            assert [getattr(ours, name) for name in COLUMNS] == [getattr(theirs, name) for name in COLUMNS], code
