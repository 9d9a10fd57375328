"""Periods: reading and writing them, their neighbours and parts."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

SHIFT_DAY = 15
DAY = timedelta(days=1)


class BadPeriod(ValueError):
    """A text that is no period; the message says in Vietnamese how to write one."""


class Calendar(StrEnum):
    """Which days a month, quarter or year runs between."""

    STATISTICAL = "stat"
    ND09 = "nd09"


class Kind(StrEnum):
    """How long a period is."""

    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    NINE_MONTHS = "9M"
    YEAR = "Y"
    RANGE = "R"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE_MONTHS: 9, Kind.YEAR: 12}
ROMAN = ("I", "II", "III", "IV")
HOW = "Hãy ghi như 2025-Q1, 2025-M02, 2025-H1, 2025-9M, 2025 hoặc 2025-10-01..2025-10-15."
_CODE = re.compile(r"^(?P<year>\d{4})(?:-(?P<part>Q[1-4]|M(?:0[1-9]|1[0-2])|H[12]|9M))?$")
_RANGE = re.compile(r"^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True, order=True)
class Period:
    """A span of days of one calendar. `end` is exclusive; the anchor of a period is its `last_day`."""

    start: date
    end: date
    calendar: Calendar
    kind: Kind

    @classmethod
    def parse(cls, text: str, calendar: Calendar | None = None) -> "Period":
        """Read `2025-Q1` (of `calendar`, the plain one by default) or `nd09:2025-Q1`. Raises `BadPeriod`."""
        head, colon, code = text.strip().rpartition(":")
        if colon:
            if head not in set(Calendar):
                raise BadPeriod(f"Không có lịch kỳ báo cáo “{head}”. {HOW}")
            if calendar is not None and calendar != head:
                raise BadPeriod(f"Kỳ “{text}” không thuộc lịch của biểu mẫu này.")
            calendar = Calendar(head)
        return _parse_code(code, calendar or Calendar.STATISTICAL)

    @classmethod
    def of(cls, year: int, kind: Kind, number: int = 1, calendar: Calendar = Calendar.STATISTICAL) -> "Period":
        """The `number`th period of a kind in a reporting year (nine months: only the first)."""
        months = MONTHS[kind]
        if not 1 <= number <= (1 if kind == Kind.NINE_MONTHS else 12 // months):
            raise BadPeriod(f"Năm {year} không có kỳ thứ {number} loại {kind}. {HOW}")
        first = (number - 1) * months
        return cls(_boundary(year, first, calendar), _boundary(year, first + months, calendar), calendar, kind)

    @classmethod
    def containing(cls, day: date, kind: Kind, calendar: Calendar = Calendar.STATISTICAL) -> "Period":
        """The period of a kind that `day` falls in. After nine months there is none: raises `BadPeriod`."""
        moved = _unshifted(day) if calendar == Calendar.ND09 else day
        number = 1 if kind == Kind.NINE_MONTHS else (moved.month - 1) // MONTHS[kind] + 1
        period = cls.of(moved.year, kind, number, calendar)
        if not period.contains(day):
            raise BadPeriod(f"Ngày {day:%d/%m/%Y} nằm sau kỳ 9 tháng.")
        return period

    @classmethod
    def between(cls, first: date, last: date, calendar: Calendar = Calendar.STATISTICAL) -> "Period":
        """A one-off span, both days included. Raises `BadPeriod` where it ends before it starts."""
        if last < first:
            raise BadPeriod("Ngày cuối kỳ phải sau ngày đầu kỳ.")
        return cls(first, last + DAY, calendar, Kind.RANGE)

    @property
    def last_day(self) -> date:
        return self.end - DAY

    @property
    def year(self) -> int:
        """The reporting year: that of the last day."""
        return self.last_day.year if self.calendar == Calendar.STATISTICAL else _unshifted(self.last_day).year

    @property
    def number(self) -> int:
        """Which of its kind in the year, from 1."""
        if self.kind in {Kind.RANGE, Kind.YEAR, Kind.NINE_MONTHS}:
            return 1
        last = self.last_day if self.calendar == Calendar.STATISTICAL else _unshifted(self.last_day)
        return (last.month - 1) // MONTHS[self.kind] + 1

    @property
    def code(self) -> str:
        """Without the calendar: `2025-Q1`."""
        match self.kind:
            case Kind.RANGE:
                return f"{self.start}..{self.last_day}"
            case Kind.YEAR:
                return f"{self.year:04}"
            case Kind.NINE_MONTHS:
                return f"{self.year:04}-9M"
            case Kind.MONTH:
                return f"{self.year:04}-M{self.number:02}"
        return f"{self.year:04}-{self.kind}{self.number}"

    def __str__(self) -> str:
        return f"{self.calendar}:{self.code}"

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def next(self) -> "Period":
        return self._moved(1)

    def previous(self) -> "Period":
        return self._moved(-1)

    def same_last_year(self) -> "Period":
        """The same period a year before; of a one-off span, the same days of that year (29 February: the 28th)."""
        if self.kind == Kind.RANGE:
            return Period.between(_year_before(self.start), _year_before(self.last_day), self.calendar)
        return Period.of(self.year - 1, self.kind, self.number, self.calendar)

    def so_far_this_year(self) -> tuple["Period", ...]:
        """Every period of the kind from the year's first up to this one: what a cumulative flow sums."""
        if self.kind == Kind.RANGE:
            return (self,)
        return tuple(Period.of(self.year, self.kind, number, self.calendar) for number in range(1, self.number + 1))

    def year_to_date(self) -> "Period":
        """One span from the start of the reporting year to this period's end."""
        start = _boundary(self.year, 0, self.calendar)
        for kind, months in MONTHS.items():
            if kind != Kind.MONTH or self.kind == Kind.MONTH:
                whole = Period(start, _boundary(self.year, months, self.calendar), self.calendar, kind)
                if whole.end == self.end:
                    return whole
        return Period(start, self.end, self.calendar, Kind.RANGE)

    def parts(self, kind: Kind) -> tuple["Period", ...]:
        """The periods of a shorter kind that tile this one. Raises `BadPeriod` where they do not fit."""
        found: list[Period] = []
        day = self.start
        while day < self.end:
            part = Period.containing(day, kind, self.calendar)
            found.append(part)
            day = part.end
        if not found or found[0].start != self.start or found[-1].end != self.end:
            raise BadPeriod(f"Kỳ {self.label()} không chia được theo loại {kind}.")
        return tuple(found)

    def label(self) -> str:
        """As an office writes it: "Quý I/2025", "6 tháng đầu năm 2025"."""
        match self.kind:
            case Kind.MONTH:
                return f"Tháng {self.number:02}/{self.year}"
            case Kind.QUARTER:
                return f"Quý {ROMAN[self.number - 1]}/{self.year}"
            case Kind.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case Kind.NINE_MONTHS:
                return f"9 tháng năm {self.year}"
            case Kind.YEAR:
                return f"Năm {self.year}"
        return f"{self.span_label().capitalize()}"

    def label_en(self) -> str:
        match self.kind:
            case Kind.MONTH:
                return f"{self.last_day:%m}/{self.year}"
            case Kind.QUARTER:
                return f"Quarter {self.number} of {self.year}"
            case Kind.HALF:
                return f"{'First' if self.number == 1 else 'Second'} half of {self.year}"
            case Kind.NINE_MONTHS:
                return f"Nine months of {self.year}"
            case Kind.YEAR:
                return f"{self.year}"
        return f"{self.start:%d/%m/%Y} to {self.last_day:%d/%m/%Y}"

    def span_label(self) -> str:
        """ "từ 15/12/2024 đến 14/03/2025"."""
        return f"từ {self.start:%d/%m/%Y} đến {self.last_day:%d/%m/%Y}"

    def _moved(self, by: int) -> "Period":
        if self.kind == Kind.RANGE:
            span = self.end - self.start
            return Period(self.start + by * span, self.end + by * span, self.calendar, Kind.RANGE)
        if self.kind == Kind.NINE_MONTHS:
            return Period.of(self.year + by, self.kind, 1, self.calendar)
        per_year = 12 // MONTHS[self.kind]
        years, index = divmod(self.number - 1 + by, per_year)
        return Period.of(self.year + years, self.kind, index + 1, self.calendar)


@lru_cache(maxsize=4096)
def _boundary(year: int, months: int, calendar: Calendar) -> date:
    """The day on which the reporting year has run for so many months.

    Decree 09/2019, Article 12: a year runs from 15 December of the year before; every boundary is a 15th.
    """
    if calendar == Calendar.STATISTICAL:
        return date(year + months // 12, months % 12 + 1, 1)
    years, month = divmod(months + 11, 12)
    return date(year - 1 + years, month + 1, SHIFT_DAY)


def _unshifted(day: date) -> date:
    """A day of the plain calendar in the same month and year as the reporting month that `day` falls in."""
    if day.day < SHIFT_DAY:
        return day.replace(day=1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _parse_code(code: str, calendar: Calendar) -> Period:
    span = _RANGE.match(code)
    if span:
        try:
            return Period.between(date.fromisoformat(span[1]), date.fromisoformat(span[2]), calendar)
        except ValueError as problem:
            raise BadPeriod(f"Không đọc được kỳ “{code}”. {HOW}") from problem
    found = _CODE.match(code)
    if not found or int(found["year"]) < 1900:
        raise BadPeriod(f"Không đọc được kỳ “{code}”. {HOW}")
    year, part = int(found["year"]), found["part"]
    if part is None:
        return Period.of(year, Kind.YEAR, 1, calendar)
    if part == "9M":
        return Period.of(year, Kind.NINE_MONTHS, 1, calendar)
    return Period.of(year, Kind(part[0]), int(part[1:]), calendar)
