"""Numbers and symbols are read and written as the decree writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.documents.numbering import (
    TYPES,
    BadNumber,
    DocumentNumber,
    is_well_written,
    parse_number,
    sort_key,
    symbol_of,
)

SYMBOLS = ["BC-STTTT", "STTTT-VP", "QĐ-UBND", "CTr-UBND", "TTr-SKHCN", "QyĐ-SVHTT&DL", "UBND-VX1"]


@given(st.integers(1, 99999), st.sampled_from(SYMBOLS), st.none() | st.integers(1945, 2100))
def test_a_number_printed_is_read_back(ordinal: int, symbol: str, year: int | None) -> None:
    number = DocumentNumber(ordinal, symbol, year)

    assert parse_number(str(number)) == number
    assert is_well_written(str(number))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Số: 5/BC-STTTT", "05/BC-STTTT"),
        (" 05 / BC – STTTT ", "05/BC-STTTT"),
        ("112/QÐ-UBND", "112/QĐ-UBND"),  # U+00D0, Icelandic
        ("18/2016/QĐ-UBND", "18/2016/QĐ-UBND"),
    ],
)
def test_small_slips_of_typing_are_forgiven(typed: str, printed: str) -> None:
    assert str(parse_number(typed)) == printed
    assert is_well_written(typed) is (typed == printed)


@pytest.mark.parametrize("typed", ["", "BC-STTTT", "05/BC", "05-BC-STTTT", "00/BC-STTTT", "x5/BC-STTTT", "05/bc-stttt"])
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadNumber, match="văn bản"):
        parse_number(typed)


def test_a_named_type_leads_its_symbol_and_a_letter_names_the_drafting_unit() -> None:
    assert symbol_of("BC", "STTTT") == "BC-STTTT"
    assert symbol_of("CV", "STTTT", "VP") == "STTTT-VP"
    with pytest.raises(BadNumber, match="đơn vị soạn thảo"):
        symbol_of("CV", "STTTT")


def test_the_type_is_told_from_the_symbol_minding_its_case() -> None:
    assert [parse_number(f"1/{symbol}").type_code for symbol in SYMBOLS] == [
        "BC",
        "CV",
        "QĐ",
        "CTr",
        "TTr",
        "QyĐ",
        "CV",
    ]


def test_registers_list_types_in_the_order_of_the_decree() -> None:
    numbers = [parse_number(text) for text in ("2/BC-STTTT", "1/BC-STTTT", "9/STTTT-VP", "4/QĐ-STTTT")]

    assert [str(number) for number in sorted(numbers, key=sort_key)] == [
        "04/QĐ-STTTT",
        "01/BC-STTTT",
        "02/BC-STTTT",
        "09/STTTT-VP",
    ]


def test_every_type_of_annex_iii_is_known_and_only_letters_lack_an_abbreviation() -> None:
    assert len([kind for kind in TYPES.values() if kind.abbreviation]) == 27
    assert {kind.code for kind in TYPES.values() if kind.abbreviation is None} == {"CV", "ThC"}
