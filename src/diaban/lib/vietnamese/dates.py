"""Dates as Vietnamese papers write them."""

from datetime import date

PADDED_MONTHS = (1, 2)


def format_date(day: date) -> str:
    """`05/02/2009`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_date_long(day: date) -> str:
    """`ngày 05 tháng 02 năm 2009`: days under 10 and only the months 1 and 2 take a zero (Decree 30/2020, Annex I)."""
    month = f"{day.month:02d}" if day.month in PADDED_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def weekday_name(day: date) -> str:
    """`Thứ Hai` to `Chủ nhật`."""
    return WEEKDAYS[day.weekday()]
