"""Twelve communes' workbooks filled by another program, taken in, received and consolidated at the shell.

Every kind of aggregation is worked out here from what was typed, with fractions, by nothing of the project's.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from tests.communes import CODES, FORM, OFFICER, PERIOD, PROVINCE, RECEIVER, base_of, twelve_communes, typed_by
from tests.desk import Desk, environment, fill_in

pytestmark = pytest.mark.slow
Typed = Mapping[str, object]
SILENT = CODES[-1]  # sends nothing: missing is not zero
SUMS = {  # flows and stocks over units
    "BC18a": ["BC18a"],
    "TT17": ["TT17"],
    "CN15": ["CN15"],
    "QL05b": ["QL05b"],
    "BC07": [f"BC07__{part}" for part in ("level_1", "level_2", "level_3", "bdvhx", "agency", "delivery", "letterbox")],
    "VT07": ["VT07__ftth", "VT07__other"],
    "VT26": ["VT26__grid", "VT26__no_grid"],
    "TT11": ["TT11__wired", "TT11__fm", "TT11__ip"],
    "NL01b": ["NL01b"],
}
RATIOS = {  # numerator and denominator as they are typed, or of the base figures
    "VT25": ("VT25__num", "DB05"),
    "VT11": ("VT11__num", "DB03"),
    "CN04": ("CN04__num", "CN04__den"),
    "QL02": ("QL02__num", "QL02__den"),
    "AT06": ("AT06__num", "DB09"),
    "CN19": ("CN19__num", "DB10"),
}
LIST = ("vnpost", "viettel_post", "ghtk", "ghn", "jt", "spx", "other")
NOT_ADDITIVE = ("VT16", "VT18")  # sites may be shared by communes


def typed_of(place: int, code: str) -> dict[str, object]:
    """Figures of a commune, other than its neighbours'."""
    own: dict[str, object] = {
        "TT17": 300 + 7 * place, "CN15": f"{600 + place},{place % 10}", "QL05b": f"{place},{(7 * place) % 100:02}",
        "VT25__num": int(base_of(code)["DB05"]) - place % 3, "VT26__grid": place % 3, "VT11__num": 700 + 13 * place,
        "VT07__ftth": 1500 + place, "CN04__num": 60 + place, "CN04__den": 80 + place % 4, "CN19__num": 4000 + 17 * place,
        "BC01__jt": "x" if place == 5 else "",
    }  # fmt: skip
    return {**typed_by(code), **own}


def number(text: object) -> Fraction:
    return Fraction(str(text).replace(",", "."))


def written(exact: Fraction) -> str:
    """As the JSON writes a value: seven digits, half up, no zeros at the end."""
    value = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("1e-7"), ROUND_HALF_UP)
    return format(value.normalize(), "f")


def expected(typed: Mapping[str, Typed]) -> dict[str, str]:
    found = {
        name: sum((number(one[cell]) for one in typed.values() for cell in cells), Fraction())
        for name, cells in SUMS.items()
    }
    for name, (above, below) in RATIOS.items():
        parts = [(number(one[above]), number(one.get(below, base_of(code).get(below)))) for code, one in typed.items()]
        found[name] = (
            100 * sum((top for top, _under in parts), Fraction()) / sum((under for _top, under in parts), Fraction())
        )
    found["BC01"] = Fraction(sum(any(one[f"BC01__{part}"] for one in typed.values()) for part in LIST))
    found["TT13"] = 100 * sum((number(one["TT11__ip"]) for one in typed.values()), Fraction()) / found["TT11"]
    return {name: written(value) for name, value in found.items()}


@pytest.fixture
def desk(own_database: str, tmp_path: Path) -> Desk:
    twelve_communes()
    given = connections["default"].settings_dict
    connections["default"].close()
    host, port = given["HOST"], given["PORT"] or "5432"
    address = f"postgresql://{given['USER']}:{given['PASSWORD']}@/{own_database}?host={host}&port={port}"
    state = tmp_path / "state"
    return Desk(
        environment(DATABASE_URL=address, DIABAN_SECRET_KEY=settings.SECRET_KEY, DIABAN_STATE=str(state)), address
    )


def sent(desk: Desk, folder: Path, typed: Mapping[str, Typed]) -> None:
    """The communes' workbooks handed out, filled, taken in and received."""
    units = [word for code in typed for word in ("--unit", code)]
    books = {code: folder / f"{FORM}-{PERIOD}-{code}.xlsx" for code in typed}
    output = folder if len(typed) > 1 else next(iter(books.values()))
    desk.does("report", "template", FORM, PERIOD, *units, "-o", str(output))
    for code, book in books.items():
        fill_in(book, typed[code])
    told = desk.answers("report", "submit", *map(str, books.values()), "--as", OFFICER, "--explain", "Đúng", "--json")
    assert [one["status"] for one in told] == ["sent"] * len(books)
    desk.does("report", "receive", FORM, PERIOD, "--as", RECEIVER)


def table(desk: Desk) -> dict[str, Any]:
    answer = desk.answers("consolidate", FORM, PERIOD, "--unit", PROVINCE, "--format", "json")
    totals = {row["indicator"]: row for row in answer["rows"] if row["category"] == ""}
    return {"coverage": answer["coverage"], "totals": totals}


def test_totals_equal_what_the_communes_typed(desk: Desk, tmp_path: Path) -> None:
    typed = {code: typed_of(place, code) for place, code in enumerate(CODES) if code != SILENT}
    sent(desk, tmp_path / "first", typed)
    before, first = table(desk), expected(typed)
    corrected = {**typed[CODES[5]], "TT17": 0, "CN15": "1.200,7".replace(".", ""), "BC01__jt": "", "CN04__num": 11}
    typed[CODES[5]] = corrected
    sent(desk, tmp_path / "second", {CODES[5]: corrected})
    after, second = table(desk), expected(typed)

    assert {name: before["totals"][name]["value"] for name in first} == first
    assert {name: after["totals"][name]["value"] for name in second} == second
    assert {name for name in first if first[name] != second[name]} == {"TT17", "CN15", "BC01", "CN04"}
    for shown in (before, after):
        assert shown["coverage"] == {"expected": 12, "sent": 11, "received": 11, "missing": [SILENT]}
        assert all(shown["totals"][name]["reported"] == 11 and not shown["totals"][name]["complete"] for name in first)
        assert [shown["totals"][name]["reason"] for name in NOT_ADDITIVE] == ["not_additive"] * 2
        assert [shown["totals"][name]["value"] for name in (*NOT_ADDITIVE, "CN01")] == [None] * 3
        assert shown["totals"]["QL01b"]["value"] == "0"  # typed as none; CN01 is asked in the fourth quarter only
        assert shown["totals"]["BC18a"]["cumulative"] == shown["totals"]["BC18a"]["value"]
