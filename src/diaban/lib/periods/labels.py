"""How a period is called, in Vietnamese and in English."""

from datetime import date

from diaban.lib.periods.calendars import Kind
from diaban.lib.vietnamese import format_date, roman

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def vietnamese_label(kind: Kind, year: int, number: int) -> str:
    """Beginning small, as inside a sentence. Not for ranges."""
    return {
        Kind.MONTH: f"tháng {number:02d}/{year}",
        Kind.QUARTER: f"quý {roman(number)}/{year}",
        Kind.HALF: f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}",
        Kind.NINE_MONTHS: f"9 tháng năm {year}",
        Kind.YEAR: f"năm {year}",
    }[kind]


def english_label(kind: Kind, year: int, number: int) -> str:
    """Not for ranges."""
    return {
        Kind.MONTH: f"{ENGLISH_MONTHS[number - 1]} {year}",
        Kind.QUARTER: f"Q{number} {year}",
        Kind.HALF: f"{'First' if number == 1 else 'Second'} half of {year}",
        Kind.NINE_MONTHS: f"First nine months of {year}",
        Kind.YEAR: str(year),
    }[kind]


def vietnamese_span(first: date, last: date) -> str:
    return f"từ {format_date(first)} đến {format_date(last)}"


def english_span(first: date, last: date) -> str:
    return f"{first.day} {ENGLISH_MONTHS[first.month - 1]} {first.year} to {last.day} {ENGLISH_MONTHS[last.month - 1]} {last.year}"
