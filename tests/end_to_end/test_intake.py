"""Workbooks filled by another program, taken in, received, consolidated: equal to the digit to what the test adds up itself."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from diaban.faces.cli import reporting
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SettingUp
from diaban.work.reporting.consolidated import consolidated
from diaban.work.reporting.outputs import as_file
from diaban.work.reporting.tests.worlds import BASE, Q4, TODAY, Reporting

pytestmark = pytest.mark.slow
FORM, PERIOD = "district_quarter_2009", "2009-Q4"
OFFICERS = {"D1": "district_officer", "D2": "other_officer"}
# What the second district says otherwise: other figures, and an enterprise that the first does not have.
OTHERWISE: dict[str, object] = {
    "BC14": 5900, "BC02__vnpost": "480,25", "BC09__num": 17, "VT25__num": 139, "BC07__level_3": 3,
    "VT01__evn_telecom": "x", "VT01__mobifone": "", "VT02__mobifone": "-", "VT26__no_grid": 40, "QL05b": "3,75",
}  # fmt: skip
SUMS = {
    "BC14": ("BC14",),
    "BC02": ("BC02__vnpost", "BC02__viettel_post", "BC02__other"),
    "BC07": tuple(
        f"BC07__{part}" for part in ("level_1", "level_2", "level_3", "bdvhx", "agency", "delivery", "letterbox")
    ),
    "QL05b": ("QL05b",),
    "VT26": ("VT26__grid", "VT26__no_grid"),  # counted; where no register feeds it, added
    "VT03": (  # the formula VT04 + VT05
        "VT04__vnpt",
        "VT04__viettel",
        "VT04__evn_telecom",
        "VT04__other",
        "VT05__prepaid",
        "VT05__postpaid",
    ),
}
LISTS = {
    "BC01": ("vnpost", "viettel_post", "other"),
    "VT01": ("vnpt", "viettel", "mobifone", "evn_telecom", "other"),
}
RATIOS = {"BC09": "DB04", "VT25": "DB05"}
NOT_ADDED = ("VT16", "VT18")  # counts of things that may stand in several districts
LATEST = ("BC07", "BC09", "VT26")  # over time the last period stands for the year
Typed = Mapping[str, object]
Fill = Callable[[bytes, Typed], bytes]
Submit = Callable[[bytes, str], dict[str, Any]]


def number(text: object) -> Decimal:
    """A figure as Vietnamese write it; "-" is none."""
    plain = str(text or 0).replace(".", "").replace(",", ".")
    return Decimal(0) if plain == "-" else Decimal(plain)


def expected(districts: list[Typed]) -> dict[str, str]:
    """The province's values as the JSON should write them."""
    found = {
        code: sum((number(one.get(cell)) for one in districts for cell in cells), Decimal())
        for code, cells in SUMS.items()
    }
    for code, members in LISTS.items():
        found[code] = Decimal(sum(any(one.get(f"{code}__{member}") for one in districts) for member in members))
    for code, below in RATIOS.items():
        exact = Fraction(sum(number(one[f"{code}__num"]) for one in districts)) * 100 / (len(districts) * BASE[below])
        found[code] = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("1e-7"), ROUND_HALF_UP)
    return {code: format(value.normalize(), "f") for code, value in found.items()}


def table(here: Reporting, as_of: Any = None) -> dict[str, Any]:
    """`diaban consolidate … --format json`."""
    operator = SettingUp("diaban consolidate", clock.today())
    unit = here.world.units["P"].pk
    one = consolidated(form_code=FORM, period=Q4, unit_id=unit, as_of=as_of, actor=operator)
    answer: dict[str, Any] = json.loads(as_file(one, "json", actor=operator))
    return answer


def row(answer: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """The total of an indicator."""
    found: Mapping[str, Any] = next(one for one in answer["rows"] if one["indicator"] == code and one["category"] == "")
    return found


def values(answer: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, str]:
    return {code: row(answer, code)["value"] for code in codes}


def test_figures_are_exact_before_and_after_a_correction(
    here: Reporting, empty: dict[str, bytes], fill: Fill, sound: dict[str, object], submit: Submit
) -> None:
    typed: dict[str, dict[str, object]] = {"D1": sound, "D2": {**sound, **OTHERWISE}}
    taken = [submit(fill(empty[name], typed[name]), OFFICERS[name]) for name in typed]
    received = reporting.receive(FORM, PERIOD, None, "specialist")
    before, first = table(here), expected(list(typed.values()))
    typed["D1"] = {**sound, "BC14": "7.000", "BC09__num": 16, "BC01__viettel_post": "", "BC02__viettel_post": "-"}
    clock.start_on(TODAY + timedelta(days=1))
    corrected = submit(fill(empty["D1"], typed["D1"]), OFFICERS["D1"])
    again = reporting.receive(FORM, PERIOD, None, "specialist")
    after, second = table(here), expected(list(typed.values()))

    assert [one.get("status") for one in [*taken, corrected]] == ["sent"] * 3, [taken, corrected]
    assert all(one["ok"] for one in [*received, *again])
    assert values(before, first) == first
    assert [row(before, code)["reason"] for code in NOT_ADDED] == ["not_additive"] * 2
    assert [row(before, code)["cumulative"] for code in LATEST] == [first[code] for code in LATEST]
    assert before["coverage"] == {"expected": 2, "sent": 2, "received": 2, "missing": []}
    assert values(after, second) == second
    assert first != second
    assert table(here, as_of=TODAY)["rows"] == before["rows"]
