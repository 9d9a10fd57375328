"""What a figure is made of: the facts under it, each with its source; and the versions of one fact."""

from collections.abc import Collection as Several
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.models import Indicator
from diaban.foundation.facts.reading import BASE_WANTED, Asked, facts_sql, tidy
from diaban.foundation.facts.rules.cells import TOTAL, Cell, cell_of
from diaban.foundation.facts.rules.columns import ADDS_PARTS
from diaban.lib.periods import Period

PARTS = """
    SELECT fact.indicator_id, category.key, fact.unit_id, fact.contributor_id, fact.value, fact.reason,
           fact.is_estimated, fact.version, fact.accepted_at, fact.superseded_at, delivery.source_kind,
           delivery.source_id, period.code
    FROM ({facts}) fact
    JOIN facts_category category ON category.id = fact.category_id
    JOIN facts_delivery delivery ON delivery.id = fact.delivery_id
    JOIN facts_periodrow period ON period.id = fact.period_id
    WHERE extract(year FROM period.ends_on - 1) <= %(year)s
    ORDER BY fact.indicator_id, fact.category_id, fact.unit_id, period.ends_on DESC, fact.version DESC
"""
IN_PERIOD = """
    collection_id = %(collection)s AND period_id = (SELECT id FROM facts_periodrow WHERE code = %(period)s)
    AND unit_id = ANY(%(units)s) AND indicator_id = ANY(%(indicators)s)
"""


@dataclass(frozen=True)
class Part:
    """One reported figure inside another: whose, in which cell, accepted when, from which subject."""

    cell: Cell
    unit_id: int
    contributor_id: int | None
    value: Decimal | None
    reason: str
    is_estimated: bool
    version: int
    accepted_at: datetime
    superseded_at: datetime | None
    source: Subject
    period_code: str


def made_of(
    *,
    collection_id: int,
    indicator: Indicator,
    category: str = TOTAL,
    period: Period,
    unit_ids: Several[int],
    as_of: date | None = None,
) -> list[Part]:
    """The facts that a figure is computed from: of a ratio or formula, those of its reported cells, base figures too.

    In order of cell and unit. A unit that gave parts but no total stands there with its parts. Four queries at most.
    """
    catalogue = read_catalogue([indicator.code])
    asked = Asked(collection_id, unit_ids, catalogue, as_of)
    book = catalogue.book(period.last_day)
    cell = cell_of(indicator.code, category)
    leaves = book.leaves(cell)
    found = _read(asked, IN_PERIOD, period, [leaf for leaf in leaves if not book[leaf].is_base], catalogue)
    parts = [part for part in found if part.cell in leaves]
    for leaf in leaves:
        parts += _instead_of_totals(leaf, catalogue, period, found)
    base = [leaf for leaf in leaves if book[leaf].is_base]
    if base:
        latest = {
            (part.cell, part.unit_id): part for part in reversed(_read(asked, BASE_WANTED, period, base, catalogue))
        }
        parts += latest.values()
    return sorted(parts, key=lambda part: (part.cell, part.unit_id, part.contributor_id or 0))


def _instead_of_totals(leaf: Cell, catalogue: Catalogue, period: Period, found: list[Part]) -> list[Part]:
    """The parts of units that gave no value for the total."""
    definition = catalogue.book(period.last_day)[leaf]
    if leaf != definition.code or definition.over_units not in ADDS_PARTS:
        return []
    with_total = {part.unit_id for part in found if part.cell == leaf and part.value is not None}
    splits = {f"{leaf}__{code}" for division in definition.division("split") for code in division.members}
    return [part for part in found if part.cell in splits and part.unit_id not in with_total]


def history(
    *, collection_id: int, indicator: Indicator, category: str = TOTAL, period: Period, unit_id: int
) -> list[Part]:
    """Every accepted version of one cell of one unit, the newest first. One query."""
    cell = cell_of(indicator.code, category)
    with connection.cursor() as cursor:
        cursor.execute(
            PARTS.format(facts=f"SELECT * FROM facts_fact WHERE {IN_PERIOD}"),  # noqa: S608 (constants of this module)
            {
                "collection": collection_id,
                "period": str(period),
                "units": [unit_id],
                "indicators": [indicator.pk],
                "year": period.year,
            },
        )
        return [part for row in cursor if (part := _part(row, {indicator.pk: indicator.code})).cell == cell]


def _read(asked: Asked, where: str, period: Period, leaves: list[Cell], catalogue: Catalogue) -> list[Part]:
    codes = {catalogue.ids[code]: code for code in {leaf.split("__")[0] for leaf in leaves}}
    if not codes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            PARTS.format(facts=facts_sql(where, asked.as_of)),
            {
                "collection": asked.collection_id,
                "period": str(period),
                "units": list(asked.unit_ids),
                "indicators": list(codes),
                "until": asked.until,
                "year": period.year,
            },
        )
        return [_part(row, codes) for row in cursor]


def _part(row: tuple[Any, ...], codes: dict[int, str]) -> Part:
    (
        indicator_id, key, unit_id, contributor_id, value, reason, is_estimated, version, accepted_at, superseded_at,
        kind, source_id, period_code,
    ) = row  # fmt: skip
    return Part(
        cell=cell_of(codes[indicator_id], key),
        unit_id=unit_id,
        contributor_id=contributor_id,
        value=tidy(value),
        reason=reason,
        is_estimated=is_estimated,
        version=version,
        accepted_at=accepted_at,
        superseded_at=superseded_at,
        source=Subject(kind, source_id),
        period_code=period_code,
    )
