"""A period: reading and writing it, its neighbours and its parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Self

from diaban.lib.periods.calendars import MONTHS, PER_YEAR, Calendar, Kind, first_day, month_of
from diaban.lib.periods.labels import english_label, english_span, vietnamese_label, vietnamese_span

DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2199
HOW_TO_WRITE = "Hãy ghi như 2025-Q1, 2025-M02, 2025-H1, 2025-9M, 2025 hoặc 2025-10-01..2025-10-15."
_NAMED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<part>9M|[QMH])(?P<number>[0-9]{0,2}))?")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")


class BadPeriod(ValueError):
    """Not a period. The message says, in Vietnamese, what is wrong and how to write one."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A span of days of one calendar; `end` is exclusive, `last_day` is what is shown and what dated lookups ask with.

    A period of any kind but a range begins and ends where its calendar does: anything else raises `BadPeriod`. Periods of one
    calendar and kind sort by time.
    """

    calendar: Calendar
    kind: Kind
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise BadPeriod("Ngày cuối kỳ không được trước ngày đầu kỳ.")
        if self.kind is not Kind.RANGE and self._bounds_of(self.year, self.kind, self.number) != (self.start, self.end):
            raise BadPeriod(
                f"Kỳ {vietnamese_span(self.start, self.last_day)} không đúng với lịch báo cáo của loại kỳ này."
            )

    @classmethod
    def of(cls, year: int, kind: Kind, number: int = 1, *, calendar: Calendar) -> Self:
        """The `number`th period of a kind in a reporting year (ranges have none)."""
        if kind is Kind.RANGE or not 1 <= number <= PER_YEAR[kind] or not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadPeriod(f"Không có kỳ báo cáo này. {HOW_TO_WRITE}")
        months = MONTHS[kind]
        first = year * 12 + (number - 1) * months
        return cls(calendar, kind, first_day(first, calendar), first_day(first + months, calendar))

    @classmethod
    def between(cls, first: date, last: date, *, calendar: Calendar) -> Self:
        """A one-off span, both days in it."""
        return cls(calendar, Kind.RANGE, first, last + DAY)

    @classmethod
    def containing(cls, day: date, kind: Kind, calendar: Calendar) -> Self:
        """The period of a kind that a day lies in; `BadPeriod` for a range.

        Nine months leave a gap: for a day after them it is the same year's, already past.
        """
        month = month_of(day, calendar)
        number = 1 if PER_YEAR.get(kind) == 1 else month % 12 // MONTHS.get(kind, 12) + 1
        return cls.of(month // 12, kind, number, calendar=calendar)

    @classmethod
    def parse(cls, text: str, calendar: Calendar | None = None) -> Self:
        """Read `nd09:2025-Q1`, or `2025-Q1` where the calendar is given; a given calendar must agree with the written one."""
        written, colon, code = text.strip().rpartition(":")
        if colon:
            if written.lower() not in set(Calendar):
                raise BadPeriod(
                    f"Không có lịch báo cáo “{written}”: lịch là stat (thống kê) hoặc nd09 (Nghị định 09/2019)."
                )
            if calendar is not None and calendar != written.lower():
                raise BadPeriod(f"Kỳ “{text.strip()}” không thuộc lịch báo cáo {calendar}.")
            calendar = Calendar(written.lower())
        if calendar is None:
            raise BadPeriod(f"Kỳ “{code}” chưa rõ lịch báo cáo: ghi stat:{code} hoặc nd09:{code}.")
        return cls._of_code(code.strip().upper(), calendar)

    @classmethod
    def _of_code(cls, code: str, calendar: Calendar) -> Self:
        if span := _SPAN.fullmatch(code):
            try:
                first, last = date.fromisoformat(span[1]), date.fromisoformat(span[2])
            except ValueError as problem:
                raise BadPeriod(f"Kỳ “{code}” có ngày không có trong lịch. {HOW_TO_WRITE}") from problem
            return cls.between(first, last, calendar=calendar)
        found = _NAMED.fullmatch(code)
        if found is None:
            raise BadPeriod(f"Không đọc được kỳ “{code}”. {HOW_TO_WRITE}")
        kind = Kind(found["part"] or Kind.YEAR)
        is_numbered = kind in {Kind.MONTH, Kind.QUARTER, Kind.HALF}
        if is_numbered != bool(found["number"]):
            raise BadPeriod(f"Không đọc được kỳ “{code}”. {HOW_TO_WRITE}")
        return cls.of(int(found["year"]), kind, int(found["number"] or 1), calendar=calendar)

    @property
    def last_day(self) -> date:
        return self.end - DAY

    @property
    def year(self) -> int:
        """The reporting year that the last day lies in."""
        return month_of(self.last_day, self.calendar) // 12

    @property
    def number(self) -> int:
        """Which of its kind in the year, from 1; nine months, a year and a range are 1."""
        if self.kind is Kind.RANGE or PER_YEAR[self.kind] == 1:
            return 1
        return month_of(self.last_day, self.calendar) % 12 // MONTHS[self.kind] + 1

    @property
    def code(self) -> str:
        """`2025-Q1`, without the calendar."""
        return _code_of(self)

    def __str__(self) -> str:
        return f"{self.calendar}:{self.code}"

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def previous(self) -> Self:
        """The period of the kind before this one; before a range, as many days."""
        return self._moved(-1)

    def next(self) -> Self:
        """The period of the kind after this one; after a range, as many days."""
        return self._moved(1)

    def same_last_year(self) -> Self:
        """The same period a year earlier; of a range, the same days (28 February for the 29th)."""
        if self.kind is Kind.RANGE:
            return type(self).between(_a_year_before(self.start), _a_year_before(self.last_day), calendar=self.calendar)
        return self._numbered(self.year - 1, self.number)

    def so_far_this_year(self) -> tuple[Self, ...]:
        """The periods of the kind from the year's first to this one: what a flow is summed over."""
        if self.kind is Kind.RANGE:
            return (self,)
        return tuple(self._numbered(self.year, number) for number in range(1, self.number + 1))

    def year_to_date(self) -> Self:
        """One period from the start of the reporting year to this one's end: Q2 gives H1, Q3 gives 9M, M05 a range.

        A range that began before its reporting year did is cut at the year's start.
        """
        start = first_day(self.year * 12, self.calendar)
        if self.start == start and self.kind is not Kind.RANGE:
            return self
        for kind, months in MONTHS.items():
            if first_day(self.year * 12 + months, self.calendar) == self.end:
                return type(self)(self.calendar, kind, start, self.end)
        return type(self)(self.calendar, Kind.RANGE, start, self.end)

    def parts(self, kind: Kind) -> tuple[Self, ...]:
        """The periods of a kind that tile this one, oldest first; `BadPeriod` where they would not fit exactly."""
        if kind is self.kind:
            return (self,)
        found = tuple(self._begun_inside(kind))
        if not found or (found[0].start, found[-1].end) != (self.start, self.end) or not _touch(found):
            raise BadPeriod(f"{self.label()} không chia hết được thành các kỳ loại {kind}.")
        return found

    def label(self, *, inside: bool = False) -> str:
        """ "Quý I/2025", "6 tháng đầu năm 2025"; `inside` a sentence "quý I/2025"."""
        text = self.span_label() if self.kind is Kind.RANGE else vietnamese_label(self.kind, self.year, self.number)
        return text if inside else text[0].upper() + text[1:]

    def label_en(self) -> str:
        if self.kind is Kind.RANGE:
            return english_span(self.start, self.last_day)
        return english_label(self.kind, self.year, self.number)

    def span_label(self) -> str:
        """ "từ 15/12/2024 đến 14/03/2025"."""
        return vietnamese_span(self.start, self.last_day)

    def _bounds_of(self, year: int, kind: Kind, number: int) -> tuple[date, date]:
        first = year * 12 + (number - 1) * MONTHS[kind]
        return first_day(first, self.calendar), first_day(first + MONTHS[kind], self.calendar)

    def _numbered(self, year: int, number: int) -> Self:
        return type(self)(self.calendar, self.kind, *self._bounds_of(year, self.kind, number))

    def _moved(self, steps: int) -> Self:
        if self.kind is Kind.RANGE:
            length = self.end - self.start
            return type(self)(self.calendar, self.kind, self.start + steps * length, self.end + steps * length)
        years, place = divmod(self.number - 1 + steps, PER_YEAR[self.kind])
        return self._numbered(self.year + years, place + 1)

    def _begun_inside(self, kind: Kind) -> Iterable[Self]:
        part = self.containing(self.start, kind, self.calendar)
        while part.start < self.end:
            yield part
            part = part.next()


def _touch(periods: tuple[Period, ...]) -> bool:
    return all(one.end == following.start for one, following in pairwise(periods))


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


@lru_cache(maxsize=1024)  # every fact is asked for that of its period
def _code_of(period: Period) -> str:
    match period.kind:
        case Kind.RANGE:
            return f"{period.start.isoformat()}..{period.last_day.isoformat()}"
        case Kind.YEAR:
            return str(period.year)
        case Kind.NINE_MONTHS:
            return f"{period.year}-9M"
        case Kind.MONTH:
            return f"{period.year}-M{period.number:02d}"
        case _:
            return f"{period.year}-{period.kind}{period.number}"
