"""A list of ticks is kept as it was ticked last period only where it was asked for and was not looked through."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.entered import filling_from
from diaban.work.reporting.tests.layouts import LAYOUT, YEAR_END

CELLS = cells_of(LAYOUT, YEAR_END)
BEFORE = {"BC01": Decimal(1), "BC01__vnpost": Decimal(1), "BC01__viettel_post": Decimal(0)}
TICKS = ("BC01__vnpost", "BC01__viettel_post", "BC01__other")


def ticks(typed: Mapping[str, str], before: Mapping[str, Decimal] = BEFORE) -> list[object]:
    values = filling_from(typed, CELLS, before).values
    return [values[name] for name in TICKS]


@pytest.mark.parametrize("asked", [{"act": "keep_all"}, {"KEEP__BC01": "1"}])
def test_a_list_is_kept_whole(asked: dict[str, str]) -> None:
    assert ticks(asked) == ["1", "", ""]


@pytest.mark.parametrize("looked_through", [{"BC01__other": "1"}, {"NONE__BC01": "1"}])
def test_what_was_ticked_now_stays(looked_through: dict[str, str]) -> None:
    kept = ticks({**looked_through, "act": "keep_all"})

    assert kept == ["", "", "1" if "BC01__other" in looked_through else ""]


def test_without_asking_or_without_a_period_before_it_is_left_alone() -> None:
    assert ticks({}) == [None, None, None]
    assert ticks({"act": "keep_all"}, {}) == [None, None, None]
