"""The working calendar of administrative bodies.

Monday to Friday (Decision 188/1999/QĐ-TTg), without the public holidays of the Labour Code, which the package `holidays`
computes, those moved from a weekend included. A swap makes a weekday free and a Saturday worked by a decision of its own year:
the package knows most of the free days, never the Saturdays, and learns of a decision late. So the table of swaps comes from
the caller, and where it speaks it is right.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

DAY = timedelta(days=1)
SATURDAY = 5
PUBLISHED_SWAPS = Path(__file__).with_name("swaps.csv")


class WorkCalendar:
    """Which days are worked. A worked day of the table goes before a free one, and both before law and week.

    `swaps` maps a day off to the day worked for it, or to None; without a table it holds what has been published.
    """

    def __init__(
        self,
        swaps: Mapping[date, date | None] | None = None,
        extra_days_off: Iterable[date] = (),
        extra_workdays: Iterable[date] = (),
    ) -> None:
        table = published_swaps() if swaps is None else swaps
        self._off = frozenset(table) | frozenset(extra_days_off)
        self._worked = frozenset(day for day in table.values() if day) | frozenset(extra_workdays)
        self._by_year: dict[int, frozenset[date]] = {}

    def is_working(self, day: date) -> bool:
        return day in self.working_days_of(day.year)

    def working_days_of(self, year: int) -> frozenset[date]:
        """Every working day of a year."""
        days = self._by_year.get(year)
        if days is None:
            worked = {day for day in self._worked if day.year == year}
            days = self._by_year[year] = working_days_by_law(year) - self._off | worked
        return days

    def next_working(self, day: date) -> date:
        """The day itself where it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def previous_working(self, day: date) -> date:
        """The day itself where it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`th working day after `start`, which does not count itself (Civil Code 2015, Article 147). 0 is `start`.

        ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"{count} working days cannot be added")
        day = start
        for _ in range(count):
            day = self.next_working(day + DAY)
        return day

    def add_calendar_days_rolled(self, start: date, count: int) -> date:
        """`count` days after `start`, or the next working day where that one is free (Civil Code 2015, Article 148)."""
        return self.next_working(start + count * DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` is the earlier one."""
        if end < start:
            return -self.working_days_between(end, start)
        years = range(start.year, end.year + 1)
        return sum(start < day <= end for year in years for day in self.working_days_of(year))

    def earliest_deadline(self, cut_off: date) -> date:
        """The first day a report may be due after its data are closed: the next working day (Decree 09/2019, Article 8.5)."""
        return self.add_working_days(cut_off, 1)


@lru_cache(maxsize=256)
def working_days_by_law(year: int) -> frozenset[date]:
    """Monday to Friday without the public holidays; knows no worked Saturday."""
    # The package imports every country of the world, a second on a slow machine: only whoever asks for a day pays it.
    from holidays import country_holidays

    first = date(year, 1, 1)
    days = (first + step * DAY for step in range((date(year, 12, 31) - first).days + 1))
    return frozenset(day for day in days if day.weekday() < SATURDAY) - frozenset(country_holidays("VN", years=year))


@lru_cache(maxsize=1)
def _published() -> tuple[tuple[date, date], ...]:
    with PUBLISHED_SWAPS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return tuple((date.fromisoformat(row["day_off"]), date.fromisoformat(row["worked_saturday"])) for row in rows)


def published_swaps() -> dict[date, date | None]:
    """Day off → Saturday worked for it, 2010-2026, by the yearly decisions named in swaps.csv."""
    return dict(_published())
