"""The allocation of functions by law, as rows ready to become mandates in any province."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
REGIMES = ("mandates_2009.csv", "mandates_2025.csv")


@dataclass(frozen=True)
class NamedCode:
    """A field or a function; `parent` is the field it is part of, or blank."""

    code: str
    name: str
    name_en: str
    parent: str


@dataclass(frozen=True)
class Body:
    """A body of the allocation. `name` holds {province}, {district} or {commune} for the full name of its ground."""

    code: str
    name: str
    short: str
    kind: str
    level: str
    parent: str
    guided_by: str


@dataclass(frozen=True)
class Allotment:
    """A function that the law gives to a body; `field` blank is every field. `known_end` is the last day where the law
    itself sets one."""

    body: str
    function: str
    field: str
    level: str
    part: str
    reach: str
    valid_from: date
    known_end: date | None
    legal_basis: str
    assumed: bool


def fields() -> tuple[NamedCode, ...]:
    """The fields of the sector; a parent comes before its parts."""
    return tuple(_named(row) for row in _rows("fields.csv"))


def functions() -> tuple[NamedCode, ...]:
    return tuple(_named(row) for row in _rows("functions.csv"))


def bodies_on(on: date) -> dict[str, Body]:
    """By code, the bodies of that day."""
    return {row["code"]: _body(row) for row in _rows("bodies.csv") if _holds(row, on)}


def allotments_on(on: date) -> list[Allotment]:
    """The allocation in force on a day."""
    return [_allotment(row) for name in REGIMES for row in _rows(name) if _holds(row, on)]


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _holds(row: dict[str, str], on: date) -> bool:
    first, last = _day(row["valid_from"]), _day(row["valid_to"])
    return (first is None or first <= on) and (last is None or on <= last)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _named(row: dict[str, str]) -> NamedCode:
    return NamedCode(row["code"], row["name_vi"], row["name_en"], row.get("parent", ""))


def _body(row: dict[str, str]) -> Body:
    return Body(row["code"], row["name_vi"], row["short"], row["kind"], row["level"], row["parent"], row["guided_by"])


def _allotment(row: dict[str, str]) -> Allotment:
    return Allotment(
        body=row["body"],
        function=row["function"],
        field=row["field"],
        level=row["level"],
        part=row["part"],
        reach=row["reach"],
        valid_from=date.fromisoformat(row["valid_from"]),
        known_end=_day(row["valid_to"]) if row["ends"] == "lapse" else None,
        legal_basis=row["legal_basis"],
        assumed=row["assumed"] == "yes",
    )
