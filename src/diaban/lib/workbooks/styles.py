"""How numbers are shown: which cell formats make a number a day, and which a percentage."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from diaban.lib.workbooks.markup import Element, elements

# ECMA-376 part 1, 18.8.30: formats that are known by number alone; 27 to 36 and 50 to 58 are days in Asian versions.
_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENTS = frozenset({9, 10})
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_LAST_SERIAL = 2_958_465  # 31/12/9999
_FALSE_LEAP_DAY = 60  # the format counts a 29/02/1900 that never was
_MINUTES = 24 * 60


class Shape(Enum):
    PLAIN = 0
    DAY = 1
    PERCENT = 2


def shapes_of(styles: bytes | None) -> Sequence[Shape]:
    """For each cell format by its number, what it makes of a number."""
    if styles is None:
        return ()
    found = list(elements(styles))
    codes = {
        element.attributes.get("numFmtId", ""): element.attributes.get("formatCode", "")
        for element in found
        if element.name == "numFmt" and element.parent == "numFmts"
    }
    return [_shape(element, codes) for element in found if element.name == "xf" and element.parent == "cellXfs"]


def _shape(element: Element, codes: dict[str, str]) -> Shape:
    number = element.attributes.get("numFmtId", "0")
    if number in codes:
        code = _SILENT.sub("", codes[number].split(";")[0])
        if "%" in code:
            return Shape.PERCENT
        return Shape.DAY if _DAY_LETTERS.search(code.replace("General", "")) else Shape.PLAIN
    known = int(number) if number.isdecimal() and len(number) < 4 else 0
    if known in _PERCENTS:
        return Shape.PERCENT
    return Shape.DAY if known in _DAYS else Shape.PLAIN


def day_of(serial: Decimal, *, since_1904: bool) -> tuple[date | None, str] | None:
    """The day a serial number stands for and its ISO text, with the time of day if it has one; None outside the calendar."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    whole = int(serial)
    minutes = min(int((serial - whole) * _MINUTES + Decimal("0.5")), _MINUTES - 1)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    if since_1904:
        day = date(1904, 1, 1) + timedelta(days=min(whole, _LAST_SERIAL - 1462))
    elif whole == 0:
        return None, clock
    else:
        day = date(1899, 12, 31) + timedelta(days=whole - (whole >= _FALSE_LEAP_DAY))
    return day, f"{day.isoformat()}T{clock}" if minutes else day.isoformat()
