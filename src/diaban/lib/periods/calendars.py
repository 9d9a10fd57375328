"""Two calendars as one count of months: a month of a calendar is a number, and every boundary is the first day of one.

Month 12 × year + (month - 1) is the reporting month that carries this name. Under Decree 09/2019/NĐ-CP, Article 12, it runs
from the 15th of the month before to the 14th of the month; a quarter, half or year is its months together.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache

DECREE_FIRST_DAY = 15


class Calendar(StrEnum):
    """Which days a reporting month runs between."""

    STATISTICAL = "stat"
    ND09 = "nd09"


class Kind(StrEnum):
    """How long a period is. A range is one-off: it belongs to no series.

    Decree 09/2019 names no nine-month period and leaves others to whoever sets the report; 15/12 to 14/09 is the usual
    convention [general knowledge].
    """

    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    NINE_MONTHS = "9M"
    YEAR = "Y"
    RANGE = "R"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE_MONTHS: 9, Kind.YEAR: 12}
PER_YEAR = {Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.YEAR: 1}


@lru_cache(maxsize=4096)
def first_day(month: int, calendar: Calendar) -> date:
    """The day on which a reporting month begins."""
    if calendar == Calendar.STATISTICAL:
        return date(month // 12, month % 12 + 1, 1)
    return date((month - 1) // 12, (month - 1) % 12 + 1, DECREE_FIRST_DAY)


def month_of(day: date, calendar: Calendar) -> int:
    """The reporting month that a day lies in."""
    is_past_the_turn = calendar == Calendar.ND09 and day.day >= DECREE_FIRST_DAY
    return day.year * 12 + day.month - 1 + is_past_the_turn
