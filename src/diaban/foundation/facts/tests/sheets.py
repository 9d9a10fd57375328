"""Makers of columns, definitions and sheets."""

from datetime import date
from decimal import Decimal

from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import Book, Definition, Division
from diaban.lib.expressions import parse

DAY = date(2026, 3, 14)


def seen(*values: object) -> tuple[object, ...]:
    """Several figures beside one another, to be compared at once."""
    return values


def column(
    values: dict[int, int | str] | None = None, reasons: dict[int, str] | None = None, estimated: set[int] | None = None
) -> Column:
    return Column(
        {unit: Decimal(value) for unit, value in (values or {}).items()}, reasons or {}, frozenset(estimated or ())
    )


def units(*ids: int) -> frozenset[int]:
    return frozenset(ids)


def additive(
    code: str = "BC07", split: tuple[str, ...] = (), over_time: str = "LATEST", over_units: str = "SUM"
) -> Definition:
    divisions = (Division("kind", "split", split),) if split else ()
    return Definition(code, over_units, over_time, divisions=divisions)


def base(code: str = "DB04") -> Definition:
    return Definition(code, "SUM", "LATEST", is_base=True, frequencies=("Y",))


def ratio(code: str, numerator: str, denominator: str, over_time: str = "LATEST", digits: int = 1) -> Definition:
    return Definition(code, "RATIO", over_time, digits, 100, numerator, denominator, is_percentage=True)


def formula(code: str, text: str, digits: int = 0) -> Definition:
    return Definition(code, "FORMULA", "FORMULA", digits, formula=parse(text))


def listed(code: str = "VT01", members: tuple[str, ...] = ("vnpt", "viettel", "other")) -> Definition:
    return Definition(code, "DISTINCT", "LATEST", divisions=(Division("enterprise", "list", members),))


def book(*definitions: Definition, on: date = DAY) -> Book:
    return Book({definition.code: definition for definition in definitions}, on)
