"""Numbers in words and in Roman figures."""

from typing import Literal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
_BILLION = 10**9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MOST_ROMAN = 3999


def number_in_words(
    number: int, *, empty_ten: Literal["linh", "lẻ"] = "linh", four: Literal["tư", "bốn"] = "tư"
) -> str:
    """`1923` → "một nghìn chín trăm hai mươi ba", in the Northern wording papers use.

    After hai mươi … chín mươi one is "mốt" and four is `four`; after any ten five is "lăm". An empty tens place is said with
    `empty_ten` (105: "một trăm linh năm"), an empty hundreds place with "không trăm" (1004: "một nghìn không trăm linh bốn"),
    an empty group of three not at all. Any size: above 10⁹ groups of "tỷ" repeat.
    """
    if number < 0:
        return f"âm {number_in_words(-number, empty_ten=empty_ten, four=four)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_groups(number, empty_ten, four, is_first=True))


def _groups(number: int, empty_ten: str, four: str, *, is_first: bool) -> list[str]:
    words: list[str] = []
    billions, rest = divmod(number, _BILLION)
    if billions:
        words += [*_groups(billions, empty_ten, four, is_first=is_first), "tỷ"]
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _under_thousand(group, empty_ten, four, is_first=is_first and not words)
            words += [_THOUSANDS[power]] if power else []
    return words


def _under_thousand(group: int, empty_ten: str, four: str, *, is_first: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append(empty_ten)
    if ones:
        words.append(_last_digit(tens, ones, four))
    return words


def _last_digit(tens: int, ones: int, four: str) -> str:
    if ones == 5 and tens:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else four
    return _DIGITS[ones]


def roman(number: int) -> str:
    """Roman figures of 1 to 3999; ValueError outside."""
    if not 1 <= number <= MOST_ROMAN:
        raise ValueError(f"{number} has no Roman figures")
    figures, rest = "", number
    for value, sign in _ROMAN:
        figures += sign * (rest // value)
        rest %= value
    return figures
