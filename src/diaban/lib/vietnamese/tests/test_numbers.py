from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.vietnamese import BadNumber, format_number, parse_number

EXACT = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (1923, None, "1.923"),
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("1234.500000"), None, "1.234,5"),
        (Decimal("5.00"), None, "5"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("92.25"), 1, "92,3"),
        (Decimal("-92.25"), 1, "-92,3"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.004"), 2, "0,00"),
        (7, 2, "7,00"),
        (1_234_567, None, "1.234.567"),
        (-5, None, "-5"),
        (0, None, "0"),
        (100, None, "100"),
    ],
)
def test_writes_the_vietnamese_way_and_rounds_half_up(value: Decimal | int, digits: int | None, written: str) -> None:
    assert format_number(value, digits) == written


def test_floats_and_what_is_no_number_are_refused() -> None:
    with pytest.raises(TypeError):
        format_number(0.1)  # type: ignore[arg-type]  # a caller without types
    with pytest.raises(ValueError, match="NaN"):
        format_number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.923", "1923"), ("1923", "1923"), ("1 923", "1923"), ("1\u00a0234\u00a0567,5", "1234567.5"), ("92,2", "92.2"),
        ("-5", "-5"), ("\u22125", "-5"), ("+5", "5"), (" 0 ", "0"), ("0,50", "0.50"), ("12.345.678", "12345678"),
        ("1.234,5", "1234.5"), ("007", "7"), ("1234,5", "1234.5"), ("-0", "0"),
    ],
)  # fmt: skip
def test_reads_what_a_vietnamese_types(typed: str, value: str) -> None:
    assert str(parse_number(typed)) == value


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("1.5", "1,5"), ("1,234.5", "1.234,5"), ("1,234,567", "1.234.567"), ("0.500", "0,500"), ("-12.34", "-12,34"),
        (".5", "0,5"), (",5", "0,5"), ("5,", "5"), ("5.", "5"), ("1234.567", "1234,567"), ("92,2%", "92,2"),
    ],
)  # fmt: skip
def test_another_shape_is_refused_with_what_to_type(typed: str, instead: str) -> None:
    with pytest.raises(BadNumber) as refused:
        parse_number(typed)

    assert f"ãy gõ “{instead}”" in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        "1.23.456",
        "1.234.5",
        "12 34",
        "1.234 567",
        "1,5,5",
        "--5",
        "5-",
        "1e5",
        "mười",
        "5 xã",
        "",
        "  ",
        ".",
        ",",
        "-",
        "½",
        "٣",
        "(5)",
    ],
)
def test_what_is_no_clear_number_is_refused(typed: str) -> None:
    with pytest.raises(BadNumber, match=r"[Gg]õ"):
        parse_number(typed)


def test_whole_numbers_take_no_decimals_and_point_at_english_thousands() -> None:
    assert parse_number("1.923", integer=True) == 1923

    with pytest.raises(BadNumber, match=r"“1\.923”"):
        parse_number("1,923", integer=True)
    with pytest.raises(BadNumber, match="“3”"):
        parse_number("2,5", digits=0)


def test_more_decimals_than_allowed_are_refused() -> None:
    assert parse_number("2,25", digits=2) == Decimal("2.25")

    with pytest.raises(BadNumber, match=r"nhiều nhất 1 chữ số sau dấu phẩy.*“2,3”"):
        parse_number("2,25", digits=1)


def test_a_number_of_absurd_length_is_refused() -> None:
    with pytest.raises(BadNumber, match="quá dài"):
        parse_number("9" * 5000)


@given(EXACT)
def test_what_is_written_reads_back_exactly(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@given(EXACT)
def test_rounding_never_moves_more_than_half_a_digit(value: Decimal) -> None:
    assert abs(parse_number(format_number(value, 2), digits=2) - value) <= Decimal("0.005")


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_kind_refusal(typed: str) -> None:
    value = _read(typed)

    assert value.is_finite() if isinstance(value, Decimal) else "gõ" in value.lower() or "quá dài" in value


def _read(typed: str) -> Decimal | str:
    """The number, or what the refusal says."""
    try:
        return parse_number(typed)
    except BadNumber as refused:
        return str(refused)
