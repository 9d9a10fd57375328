"""What may be chosen of a table that crosses units, indicators and periods. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from diaban.lib.periods import Kind, Period

MOST_CELLS, MOST_PERIODS, FIRST_PERIODS, FIRST_CELLS = 40, 24, 6, 6


class Axis(StrEnum):
    """What may stand in the rows or the columns of a table; the third is turned over like the pages of a book."""

    UNITS = "dv"
    CELLS = "ct"
    PERIODS = "ky"


class Grain(StrEnum):
    """Which units stand beside one another."""

    WHOLE = "chung"
    PROVINCES = "tinh"
    DISTRICTS = "huyen"
    REPORTERS = "don_vi"


class Picture(StrEnum):
    """What is drawn above the table."""

    NONE = ""
    LINES = "duong"
    BARS = "cot"
    PANELS = "nho"
    STACKS = "chong"
    SHARES = "co_cau"
    MAP = "ban_do"


def axes_of(rows: str, columns: str) -> tuple[Axis, Axis, Axis]:
    """Rows, columns and what is turned over; units by indicators where the words say nothing else."""
    known = list(Axis)
    first = Axis(rows) if rows in known else Axis.UNITS
    others = [axis for axis in (Axis.CELLS, Axis.PERIODS, Axis.UNITS) if axis is not first]
    second = Axis(columns) if columns in others else others[0]
    return first, second, next(axis for axis in known if axis not in {first, second})


def periods_between(first: Period, last: Period) -> list[Period]:
    """The periods from one to another of the same kind, oldest first: the newest `MOST_PERIODS` of them."""
    if (first.calendar, first.kind) != (last.calendar, last.kind) or first > last:
        return [last]
    found = [last]
    while found[0] > first and len(found) < MOST_PERIODS:
        found.insert(0, found[0].previous())
    return found


def years_of(periods: Sequence[Period]) -> dict[Period, list[Period]]:
    """The periods by the year they are in, of years whose first period is among them, in order."""
    years: dict[int, list[Period]] = {}
    for period in periods:
        years.setdefault(period.year, []).append(period)
    return {
        Period.of(year, Kind.YEAR, calendar=parts[0].calendar): parts
        for year, parts in years.items()
        if parts[0].number == 1 and parts[0].kind is not Kind.YEAR
    }
