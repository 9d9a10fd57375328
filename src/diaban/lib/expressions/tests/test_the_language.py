from decimal import Decimal

import pytest

from diaban.lib.expressions import BadExpression, Values, parse


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BC07 ==",
        "BC07 ** 2",
        "BC07 // 2",
        "BC07 % 2",
        "not BC07 > 1",
        "+BC07",
        "BC07 if BC08 else BC09",
        "[BC07]",
        "BC07[0]",
        "BC07.real",
        "().__class__.__bases__",
        "lambda: 1",
        "(x := 1)",
        "f'{BC07}'",
        "'BC07'",
        "True",
        "None",
        "1j",
        "1e400",
        "1e3",
        "0x10",
        "1_000",
        "0.12345678901234567890123",
        "BC07 in BC08",
        "BC07 is BC08",
        "open(BC07)",
        "abs",
        "abs()",
        "abs(BC07, BC08)",
        "sqrt(BC07, BC08)",
        "max(BC07, key=BC08)",
        "max(*BC07)",
        "prev(BC07 + BC08)",
        "prev(prev(BC07))",
        "rows(1)",
        "BC07; BC08",
        "BC07\x00",
        "A" * 2001,
        "-" * 300 + "A",
        "(" * 300 + "A" + ")" * 300,
        "x" + ".a" * 900,
        "+".join(["A"] * 500),
    ],
)
def test_what_is_outside_the_language_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(BadExpression) as refused:
        parse(text)

    assert str(refused.value)


def test_a_refusal_names_the_piece_and_its_place() -> None:
    with pytest.raises(BadExpression, match=r"“BC07 \*\* 2” \(ký tự 8\)"):
        parse("BC08 + BC07 ** 2")


def test_the_place_counts_letters_not_bytes() -> None:
    with pytest.raises(BadExpression, match=r"“BC07 % 2” \(ký tự 11\)"):
        parse("tổng_số + BC07 % 2")


def test_names_are_told_apart_by_where_they_reach() -> None:
    expression = parse("abs(BC07 - prev(BC08)) <= max(2, lastyear(BC09)) or rows(TEXT__spots) == pi * VT26__grid")

    assert expression.names == {"BC07", "VT26__grid"}
    assert expression.prev_names == {"BC08"}
    assert expression.lastyear_names == {"BC09"}
    assert expression.rows_names == {"TEXT__spots"}


def test_a_sum_of_eighty_terms_is_read() -> None:
    expression = parse(" + ".join(f"A{number}" for number in range(80)))

    assert expression.evaluate(Values({f"A{number}": Decimal(1) for number in range(80)})) == 80
