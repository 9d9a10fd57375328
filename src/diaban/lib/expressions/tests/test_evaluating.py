from decimal import Decimal

import pytest

from diaban.lib.expressions import Values, parse

NOW = {"A": Decimal("0.1"), "B": Decimal("0.2"), "C": Decimal("0.3"), "ZERO": Decimal(0), "GAP": None}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("A + B == C", True),
        ("A < B < C", True),
        ("A < C < B", False),
        ("A == B or B == B", True),
        ("A == A and B == C", False),
        ("-A * 10", Decimal(-1)),
        ("max(A, B, C) - min(A, B)", Decimal("0.2")),
        ("abs(A - C)", Decimal("0.2")),
        ("C / A", Decimal(3)),
        ("sqrt(C * C)", Decimal("0.3")),
        ("2 + 3 * 4 - 6 / 3", Decimal(12)),
    ],
)
def test_arithmetic_is_exact(text: str, result: Decimal | bool) -> None:
    assert parse(text).evaluate(Values(NOW)) == result


@pytest.mark.parametrize(
    "text",
    [
        "A / ZERO",
        "ZERO / ZERO",
        "A > 0 or A / ZERO > 1",
        "sqrt(-A)",
        "GAP + A",
        "UNKNOWN",
        "A > 0 or GAP > 0",
        "A > B and GAP > 0",
    ],
)
def test_no_value_or_no_result_makes_the_whole_have_none(text: str) -> None:
    assert parse(text).evaluate(Values(NOW)) is None


def test_numbers_too_large_have_no_result() -> None:
    assert parse(" * ".join(["X"] * 60)).evaluate(Values({"X": Decimal("1E+99999")})) is None


def test_earlier_periods_and_lists_are_read_from_their_own_values() -> None:
    values = Values(
        now={"A": Decimal(5)}, previous={"A": Decimal(4)}, last_year={"A": Decimal(3)}, row_counts={"TEXT__list": 2}
    )

    assert parse("A + 10 * prev(A) + 100 * lastyear(A) + 1000 * rows(TEXT__list)").evaluate(values) == 2345
    assert parse("rows(TEXT__empty)").evaluate(values) == 0
    assert parse("prev(B)").evaluate(values) is None


def test_the_published_service_radius_comes_out() -> None:
    """331,212 km² and 18,502 points: 2.39 km on average."""
    radius = parse("sqrt(DB06 / (pi * BC07))").evaluate(Values({"DB06": Decimal(331212), "BC07": Decimal(18502)}))

    assert isinstance(radius, Decimal)
    assert round(radius, 2) == Decimal("2.39")
