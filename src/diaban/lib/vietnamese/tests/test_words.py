import pytest

from diaban.lib.vietnamese import number_in_words, roman


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1004, "một nghìn không trăm linh bốn"),
        (1923, "một nghìn chín trăm hai mươi ba"),
        (10_000, "mười nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_050_300, "hai triệu không trăm năm mươi nghìn ba trăm"),
        (1_000_000_000, "một tỷ"),
        (21_000_000_000, "hai mươi mốt tỷ"),
        (3_000_000_005_000, "ba nghìn tỷ không trăm linh năm nghìn"),
        (-42, "âm bốn mươi hai"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_the_southern_wording_can_be_asked_for() -> None:
    assert number_in_words(104, empty_ten="lẻ") == "một trăm lẻ bốn"
    assert number_in_words(24, four="bốn") == "hai mươi bốn"


def test_no_two_numbers_sound_alike() -> None:
    numbers = [*range(12_000), *range(999_000, 1_012_000), *range(10**9 - 500, 10**9 + 5000)]

    assert len({number_in_words(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("number", "figures"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (2025, "MMXXV"), (3999, "MMMCMXCIX")]
)
def test_roman_figures(number: int, figures: str) -> None:
    assert roman(number) == figures


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_other_numbers_have_no_roman_figures(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        roman(number)
