"""The working calendar.

Public holidays come from the `holidays` package; swaps of a weekday for a Saturday are decided year by year, so they
come from a table of the caller's. The package knows most swapped days off but never makes the Saturday a working day.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

DAY = timedelta(days=1)
SATURDAY = 5
PUBLISHED = Path(__file__).with_name("swaps.csv")


class WorkCalendar:
    """Which days are worked. Decisions of the table go before the law's holidays, and these before the week."""

    def __init__(
        self,
        swaps: Mapping[date, date | None] | None = None,
        *,
        extra_days_off: Iterable[date] = (),
        extra_workdays: Iterable[date] = (),
    ) -> None:
        table = published_swaps() if swaps is None else swaps
        self._off = frozenset(table) | frozenset(extra_days_off)
        self._worked = frozenset(day for day in table.values() if day) | frozenset(extra_workdays)

    def is_working(self, day: date) -> bool:
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() < SATURDAY and day not in holidays_of(day.year)

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def previous_working(self, day: date) -> date:
        """The day itself if it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`th working day after `start`; the starting day is not counted (Civil Code 2015, Article 147)."""
        day = start
        for _ in range(count):
            day = self.next_working(day + DAY)
        return day

    def add_calendar_days(self, start: date, count: int) -> date:
        """`count` days after `start`, rolled to the next working day (Civil Code 2015, Article 148)."""
        return self.next_working(start + count * DAY)

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and including the second."""
        return sum(self.is_working(after + step * DAY) for step in range(1, (until - after).days + 1))

    def earliest_deadline(self, cut_off: date) -> date:
        """The first day a report may be due: one working day after data are closed (Decree 09/2019, Article 8.5)."""
        return self.next_working(cut_off + DAY)


@lru_cache(maxsize=200)
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays of a year, those moved from a weekend included."""
    return frozenset(holidays.country_holidays("VN", years=year))


@lru_cache(maxsize=1)
def published_swaps() -> dict[date, date | None]:
    """Day off → Saturday worked instead, 2010-2026, from the Government's yearly decisions (see swaps.csv)."""
    with PUBLISHED.open(encoding="utf-8", newline="") as table:
        return {
            date.fromisoformat(row["day_off"]): date.fromisoformat(row["worked_saturday"])
            for row in csv.DictReader(table)
        }
