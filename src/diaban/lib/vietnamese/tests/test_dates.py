from datetime import date

import pytest

from diaban.lib.vietnamese import format_date, format_date_long


def test_short_dates_have_two_digits() -> None:
    assert format_date(date(2009, 2, 5)) == "05/02/2009"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2009, 2, 5), "ngày 05 tháng 02 năm 2009"),
        (date(2020, 6, 29), "ngày 29 tháng 6 năm 2020"),
        (date(2020, 3, 9), "ngày 09 tháng 3 năm 2020"),
        (date(2025, 1, 10), "ngày 10 tháng 01 năm 2025"),
        (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025"),
    ],
)
def test_only_small_days_and_the_first_two_months_are_padded(day: date, words: str) -> None:
    assert format_date_long(day) == words
