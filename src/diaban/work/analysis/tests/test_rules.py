"""What may be chosen."""

import pytest

from diaban.lib.periods import Period
from diaban.work.analysis.rules import MOST_PERIODS, Axis, axes_of, periods_between, years_of


def periods(*codes: str) -> list[Period]:
    return [Period.parse(f"stat:{code}") for code in codes]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("", ""), (Axis.UNITS, Axis.CELLS, Axis.PERIODS)),
        (("ky", "ky"), (Axis.PERIODS, Axis.CELLS, Axis.UNITS)),
        (("ct", "ky"), (Axis.CELLS, Axis.PERIODS, Axis.UNITS)),
        (("dv", "x"), (Axis.UNITS, Axis.CELLS, Axis.PERIODS)),
    ],
)
def test_rows_and_columns_always_differ(asked: tuple[str, str], found: tuple[Axis, Axis, Axis]) -> None:
    assert axes_of(*asked) == found


def test_periods_follow_one_another_and_are_not_too_many() -> None:
    first, last = periods("2025-Q3", "2026-Q2")

    assert periods_between(first, last) == periods("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")
    assert periods_between(last, first) == [first]
    assert len(periods_between(Period.parse("stat:1990-Q1"), last)) == MOST_PERIODS


def test_periods_of_another_kind_do_not_mix() -> None:
    assert periods_between(Period.parse("stat:2025-M01"), Period.parse("stat:2025-Q4")) == periods("2025-Q4")


def test_a_year_needs_its_first_period() -> None:
    found = years_of(periods("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"))

    assert found == {Period.parse("stat:2026"): periods("2026-Q1", "2026-Q2")}
