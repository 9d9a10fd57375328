"""Reads the catalogue's files and adds to the database what it has not yet."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.facts.catalogue import definition_of
from diaban.foundation.facts.models import Collection, CollectionKind, Dimension, Indicator, IndicatorDimension, Member
from diaban.foundation.facts.rules.definitions import refuse_cycles

DATA = Path(__file__).parent / "data"
BASE_COLLECTION = "base"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Loaded:
    """How many rows a load added."""

    indicators: int
    members: int
    divisions: int


def load(folder: Path = DATA) -> Loaded:
    """Add the indicators, members and divisions of the files that are not in the database; nothing there is changed.

    Raises `Cycle` or `BadExpression` before anything is saved.
    """
    indicators = _read_indicators(folder)
    refuse_cycles({indicator.code: definition_of(indicator) for indicator in indicators})
    Collection.objects.get_or_create(
        kind=CollectionKind.BASE, defaults={"code": BASE_COLLECTION, "name": "Thông tin nền"}
    )
    added = _add_indicators(indicators)
    members = _add_members(folder)
    return Loaded(added, members, _add_divisions(folder))


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read_indicators(folder: Path) -> list[Indicator]:
    """Unsaved, in the order of the file, each with its parts attached."""
    rows = list(_rows(folder / "catalogue.csv"))
    found = {row["id"]: _indicator(row, position) for row, position in zip(rows, count(1), strict=False)}
    for row in rows:
        found[row["id"]].numerator = found[row["numerator"]] if row["numerator"] else None
        found[row["id"]].denominator = found[row["denominator"]] if row["denominator"] else None
    return list(found.values())


def _indicator(row: Row, position: int) -> Indicator:
    return Indicator(
        code=row["id"],
        official_code=row["official_code"],
        name=row["name_vi"],
        name_en=row["name_en"],
        field_code=row["field"],
        unit_name=row["unit_vi"],
        value_type=row["value_type"],
        digits=int(row["display_digits"]),
        kind=row["kind"],
        over_units=row["over_units"],
        over_time=row["over_time"],
        scale=int(row["scale"] or 1),
        formula=row["formula"],
        direction=row["direction"],
        frequencies=row["frequencies"],
        least=Decimal(row["min"]) if row["min"] else None,
        most=Decimal(row["max"]) if row["max"] else None,
        valid=valid_between(row["valid_from"], row["valid_to"]),
        note=row["note"],
        position=position,
    )


def valid_between(first: str, last: str) -> DateRange:
    """The range from a first to a last day, both written out and inclusive, blank where open."""
    return DateRange(
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) + timedelta(days=1) if last else None,
    )


def _add_indicators(indicators: list[Indicator]) -> int:
    """Parts before the ratios that name them."""
    known = dict(Indicator.objects.values_list("code", "pk"))
    missing = [indicator for indicator in indicators if indicator.code not in known]
    Indicator.objects.bulk_create([indicator for indicator in missing if indicator.numerator is None])
    known |= dict(Indicator.objects.values_list("code", "pk"))
    ratios = [indicator for indicator in missing if indicator.numerator is not None]
    for ratio in ratios:
        ratio.numerator_id = known[ratio.numerator.code] if ratio.numerator else None
        ratio.denominator_id = known[ratio.denominator.code] if ratio.denominator else None
    Indicator.objects.bulk_create(ratios)
    return len(missing)


def _add_members(folder: Path) -> int:
    rows = list(_rows(folder / "dimensions.csv"))
    entities = {row["dimension"] for row in rows if row["kind"] == "entity"}
    dimensions = {dimension.code: dimension for dimension in Dimension.objects.all()}
    for row in _rows(folder / "dimension_names.csv"):
        if row["dimension"] not in dimensions:
            dimensions[row["dimension"]] = Dimension.objects.create(
                code=row["dimension"],
                name=row["name_vi"],
                name_en=row["name_en"],
                is_entity=row["dimension"] in entities,
            )
    known = set(Member.objects.values_list("dimension__code", "code"))
    missing = [
        Member(
            dimension=dimensions[row["dimension"]],
            code=row["code"],
            name=row["name_vi"],
            name_en=row["name_en"],
            valid=valid_between(row["valid_from"], row["valid_to"]),
            position=position,
        )
        for row, position in zip(rows, count(1), strict=False)
        if (row["dimension"], row["code"]) not in known
    ]
    Member.objects.bulk_create(missing)
    return len(missing)


def _add_divisions(folder: Path) -> int:
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    dimensions = dict(Dimension.objects.values_list("code", "pk"))
    known = set(IndicatorDimension.objects.values_list("indicator__code", "dimension__code"))
    missing = [
        IndicatorDimension(
            indicator_id=indicators[row["indicator"]],
            dimension_id=dimensions[row["dimension"]],
            mode=row["mode"],
            position=position,
        )
        for row, position in zip(_rows(folder / "indicator_dimensions.csv"), count(1), strict=False)
        if (row["indicator"], row["dimension"]) not in known
    ]
    IndicatorDimension.objects.bulk_create(missing)
    return len(missing)
