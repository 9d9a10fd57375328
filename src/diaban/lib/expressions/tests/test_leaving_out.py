from decimal import Decimal

import pytest

from diaban.lib.expressions import BadExpression, Values, parse

VALUES = Values({"A": Decimal(100), "B": Decimal(20), "C": Decimal(3)})


@pytest.mark.parametrize(
    ("text", "gone", "result"),
    [
        ("A + B", {"B"}, 100),
        ("A + B", {"A"}, 20),
        ("A - B", {"A"}, -20),
        ("A - B + C", {"B"}, 103),
        ("A - (B - C)", {"B"}, 103),
        ("A + B", {"X"}, 120),
        ("A + B + C", {"A", "C"}, 20),
    ],
)
def test_a_term_that_is_not_valid_is_left_out_of_the_sum(text: str, gone: set[str], result: int) -> None:
    shorter = parse(text).without(frozenset(gone))

    assert shorter.evaluate(VALUES) == result
    assert not shorter.names & gone


@pytest.mark.parametrize("text", ["B", "A * B", "A + 2 * B", "abs(B)", "A / (B + C)", "A > B", "A + B + sqrt(B)"])
def test_a_name_that_is_no_term_of_a_sum_cannot_be_left_out(text: str) -> None:
    with pytest.raises(BadExpression):
        parse(text).without(frozenset({"B"}))


def test_what_is_left_reads_as_an_expression_of_its_own() -> None:
    shorter = parse("A - B + 0.10 * C").without(frozenset({"B"}))

    assert parse(shorter.text).evaluate(VALUES) == shorter.evaluate(VALUES) == Decimal("100.30")
