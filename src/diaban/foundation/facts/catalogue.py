"""The catalogue as the rules read it: definitions, divisions and the day they are valid on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.facts.models import BASE_FIELD, Indicator, IndicatorDimension
from diaban.foundation.facts.rules.cells import Cell, category_key, indicator_of
from diaban.foundation.facts.rules.definitions import Book, Definition, Division, closure
from diaban.lib.expressions import parse

DEFINING = (
    "code", "over_units", "over_time", "digits", "scale", "formula", "field_code", "unit_name", "frequencies", "valid",
    "numerator__code", "denominator__code",
)  # fmt: skip

# One row that changes with the catalogue: numbers, newest ids and revisions. Divisions are only ever added.
STAMP = """
    SELECT ARRAY[indicator.rows, indicator.newest, indicator.changes, member.rows, member.newest, member.changes,
        division.rows, division.newest] AS stamp
    FROM (SELECT count(*) AS rows, max(id) AS newest, sum(revision) AS changes FROM facts_indicator) indicator,
        (SELECT count(*) AS rows, max(id) AS newest, sum(revision) AS changes FROM facts_member) member,
        (SELECT count(*) AS rows, max(id) AS newest FROM facts_indicatordimension) division
"""
Stamp = tuple[int | None, ...]


class _Place(NamedTuple):
    """A member in a division of an indicator."""

    dimension: str
    mode: str
    member: str
    since: date | None
    until: date | None

    def is_valid_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Catalogue:
    """Definitions without divisions, and every place that a member ever had in them; `ids` are the indicators'."""

    definitions: Mapping[str, Definition]
    places: Mapping[str, list[_Place]]
    ids: Mapping[str, int]

    def only(self, codes: Iterable[str]) -> "Catalogue":
        """What the codes need of it."""
        wanted = closure(codes, self.definitions)
        return Catalogue(
            {code: definition for code, definition in self.definitions.items() if code in wanted},
            self.places,
            {code: pk for code, pk in self.ids.items() if code in wanted},
        )

    def book(self, on: date) -> Book:
        """The definitions with the members that may be reported on the day."""
        return Book({code: self._divided(definition, on) for code, definition in self.definitions.items()}, on)

    def _divided(self, definition: Definition, on: date) -> Definition:
        places = self.places.get(definition.code)
        return replace(definition, divisions=_divisions(places, on)) if places else definition


def read_catalogue(codes: Iterable[str] | None = None, *, stamp: Stamp | None = None) -> Catalogue:
    """The indicators of the codes and all that they are computed from, or every one. One query for a catalogue that is known
    already in this process, none where the caller has just read its `stamp`; two more where it changed.

    Raises KeyError for a code that there is not.
    """
    whole = _remembered(connection.settings_dict["NAME"], stamp or _stamp())
    return whole if codes is None else whole.only(codes)


def _stamp() -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        (stamp,) = cursor.fetchone() or ((),)
        return tuple(stamp)


@lru_cache(maxsize=4)
def _remembered(database: str, stamp: Stamp) -> Catalogue:
    rows = list(Indicator.objects.values_list("pk", *DEFINING))
    definitions = {values[0]: _definition(*values) for _pk, *values in rows}
    return Catalogue(definitions, _places(), {code: pk for pk, code, *_rest in rows})


def _places() -> dict[str, list[_Place]]:
    rows = IndicatorDimension.objects.order_by("indicator_id", "position", "dimension__members__position").values_list(
        "indicator__code", "dimension__code", "mode", "dimension__members__code", "dimension__members__valid"
    )
    places: dict[str, list[_Place]] = defaultdict(list)
    for indicator, dimension, mode, member, valid in rows:
        if member is not None:
            places[indicator].append(_Place(dimension, mode, member, valid.lower, valid.upper))
    return places


def _divisions(places: Iterable[_Place], on: date) -> tuple[Division, ...]:
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place in places:
        if place.is_valid_on(on):
            members[place.dimension, place.mode].append(place.member)
    return tuple(Division(dimension, mode, tuple(codes)) for (dimension, mode), codes in members.items())


def definition_of(indicator: Indicator) -> Definition:
    """An indicator as the rules see it, without divisions; its numerator and denominator must be fetched."""
    parts = (part.code if part else None for part in (indicator.numerator, indicator.denominator))
    plain = [getattr(indicator, name) for name in DEFINING if "__" not in name]
    return _definition(*plain, *parts)


def _definition(
    code: str,
    over_units: str,
    over_time: str,
    digits: int,
    scale: int,
    formula: str,
    field_code: str,
    unit_name: str,
    frequencies: str,
    valid: DateRange,
    numerator: str | None,
    denominator: str | None,
) -> Definition:
    """From the columns that `DEFINING` names."""
    return Definition(
        code=code,
        over_units=over_units,
        over_time=over_time,
        digits=digits,
        scale=scale,
        numerator=numerator,
        denominator=denominator,
        formula=parse(formula) if formula else None,
        is_base=field_code == BASE_FIELD,
        is_percentage=unit_name == "%",
        frequencies=tuple(frequencies.split(";")),
        since=valid.lower,
        until=valid.upper,
    )


class Cells:
    """The cells of a catalogue day by day."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[tuple[str, date], Mapping[Cell, str]] = {}

    def of(self, code: str, day: date) -> Mapping[Cell, str]:
        """The cells of an indicator with their category keys; none where it may not be reported on that day."""
        if (code, day) not in self._known:
            definition = self._catalogue.only([code]).book(day)[code]
            self._known[code, day] = keys_of(definition) if definition.is_valid_on(day) else {}
        return self._known[code, day]

    def key(self, cell: Cell, day: date) -> str | None:
        """The category key of a cell; None where it may not be reported on that day."""
        return self.of(indicator_of(cell), day).get(cell)


def keys_of(definition: Definition) -> dict[Cell, str]:
    """The cells of an indicator in the order of a form, with their category keys; the total first."""
    cells = {definition.code: ""}
    for division in definition.divisions:
        for code in division.members:
            cells[f"{definition.code}__{code}"] = category_key({division.dimension: code})
    return cells
