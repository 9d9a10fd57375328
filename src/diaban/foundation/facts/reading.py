"""Facts out of the database, a column at a time: one query for all periods, indicators and units of a collection."""

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.rules.cells import Cell, cell_of
from diaban.foundation.facts.rules.columns import Column
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE
from diaban.foundation.facts.rules.totals import NOT_ADDITIVE_REASON

CURRENT = "superseded_at IS NULL"
ACCEPTED_BY = "superseded_at IS NULL AND accepted_at < %(until)s"
SUPERSEDED_LATER = "superseded_at IS NOT NULL AND superseded_at >= %(until)s AND accepted_at < %(until)s"
WANTED = "collection_id = %(collection)s AND period_id = ANY(%(periods)s) AND unit_id = ANY(%(units)s) AND indicator_id = ANY(%(indicators)s)"
COLUMNS = """
    SELECT period_id, indicator_id, category.key, known, values, silent, reasons, estimated
    FROM (
        SELECT period_id, indicator_id, category_id,
               array_agg(unit_id) FILTER (WHERE value IS NOT NULL) AS known,
               array_agg(trim_scale(value)) FILTER (WHERE value IS NOT NULL) AS values,
               array_agg(unit_id) FILTER (WHERE value IS NULL) AS silent,
               array_agg(reason) FILTER (WHERE value IS NULL) AS reasons,
               array_agg(unit_id) FILTER (WHERE value IS NOT NULL AND is_estimated) AS estimated
        FROM ({facts}) fact GROUP BY period_id, indicator_id, category_id
    ) columns
    JOIN facts_category category ON category.id = category_id
"""
NAMED = """
    SELECT fact.* FROM unnest(%(periods)s::int[], %(units)s::bigint[], %(indicators)s::int[])
         AS wanted (period_id, unit_id, indicator_id)
    JOIN facts_fact fact USING (period_id, unit_id, indicator_id)
    WHERE fact.collection_id = %(collection)s AND fact.superseded_at IS NULL
"""
BASE = """
    SELECT DISTINCT ON (wanted.year, fact.unit_id, fact.indicator_id)
           wanted.year, fact.indicator_id, fact.unit_id, fact.value, fact.is_estimated
    FROM unnest(%(years)s::int[]) AS wanted (year)
    JOIN facts_periodrow period ON period.kind = 'Y' AND extract(year FROM period.ends_on - 1) <= wanted.year
    JOIN ({facts}) fact ON fact.period_id = period.id
    WHERE fact.value IS NOT NULL
    ORDER BY wanted.year, fact.unit_id, fact.indicator_id, period.ends_on DESC
"""
BASE_WANTED = """
    collection_id = (SELECT id FROM facts_collection WHERE kind = 'base')
    AND period_id IN (SELECT id FROM facts_periodrow WHERE kind = 'Y')
    AND unit_id = ANY(%(units)s) AND indicator_id = ANY(%(indicators)s)
"""

Sheets = dict[int, dict[Cell, Column]]


def end_of(as_of: date) -> datetime:
    """Midnight after the day, in Viet Nam; of a moment, itself."""
    if isinstance(as_of, datetime):
        return as_of
    return timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time.min))


@dataclass(frozen=True)
class Asked:
    """What to read: of one collection, by the end of a day or before a moment (`as_of`; None for what is current)."""

    collection_id: int
    unit_ids: Several[int]
    catalogue: Catalogue
    as_of: date | None = None

    @property
    def until(self) -> datetime | None:
        """The first moment that is too late."""
        return None if self.as_of is None else end_of(self.as_of)


def facts_sql(where: str, as_of: date | None) -> str:
    """The facts that hold: the current ones, or those of the end of a day, by the two partial indexes."""
    if as_of is None:
        return f"SELECT * FROM facts_fact WHERE {where} AND {CURRENT}"  # noqa: S608 (constants of this module)
    return f"""SELECT * FROM facts_fact WHERE {where} AND {ACCEPTED_BY}
               UNION ALL SELECT * FROM facts_fact WHERE {where} AND {SUPERSEDED_LATER}"""  # noqa: S608 (constants)


def read_sheets(asked: Asked, period_ids: Iterable[int]) -> Sheets:
    """The columns of every cell that was reported, by period id. One query."""
    sheets: Sheets = {period_id: {} for period_id in period_ids}
    wanted = {
        "collection": asked.collection_id,
        "periods": list(sheets),
        "units": list(asked.unit_ids),
        "indicators": list(asked.catalogue.ids.values()),
        "until": asked.until,
    }
    _fill(sheets, facts_sql(WANTED, asked.as_of), wanted, asked.catalogue)
    return sheets


def read_named(collection_id: int, catalogue: Catalogue, named: Several[tuple[int, int, int]]) -> Sheets:
    """As `read_sheets`, of single units: each (period id, unit id, indicator id) by itself."""
    periods, units, indicators = ([each[place] for each in named] for place in range(3))
    sheets: Sheets = {period_id: {} for period_id in periods}
    wanted = {"collection": collection_id, "periods": periods, "units": units, "indicators": indicators}
    _fill(sheets, NAMED, wanted, catalogue)
    return sheets


def _fill(sheets: Sheets, facts: str, wanted: Mapping[str, Any], catalogue: Catalogue) -> None:
    codes = {pk: code for code, pk in catalogue.ids.items()}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS.format(facts=facts), wanted)
        for period_id, indicator_id, key, *arrays in cursor:
            code = codes[indicator_id]
            is_additive = catalogue.definitions[code].over_units not in NOT_ADDITIVE
            sheets[period_id][cell_of(code, key)] = _column(*arrays, is_additive=is_additive)


def _column(
    units: Sequence[int] | None,
    values: Sequence[Decimal] | None,
    silent: Sequence[int] | None,
    reasons: Sequence[str] | None,
    estimated: Sequence[int] | None,
    *,
    is_additive: bool,
) -> Column:
    """A column from parallel arrays. A unit that stands in them twice has several contributors, whose figures add up."""
    by_unit = dict(zip(units or (), values or (), strict=True))
    said = dict(zip(silent or (), reasons or (), strict=True))
    missing: dict[int, int] = {}
    if len(by_unit) < len(units or ()):
        by_unit = _added(units or (), values or ())
        if not is_additive:
            said |= {unit: NOT_ADDITIVE_REASON for unit in by_unit if (units or ()).count(unit) > 1}
            by_unit = {unit: value for unit, value in by_unit.items() if unit not in said}
    for unit in (silent or ()) if said.keys() & by_unit.keys() else ():
        if unit in by_unit:
            missing[unit] = missing.get(unit, 0) + 1
            said.pop(unit, None)
    return Column(by_unit, said, frozenset(estimated or ()), missing)


def _added(units: Sequence[int], values: Sequence[Decimal]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for unit, value in zip(units, values, strict=True):
        sums[unit] = sums.get(unit, Decimal()) + value
    return sums


def read_base(asked: Asked, years: Iterable[int]) -> dict[int, dict[Cell, Column]]:
    """The base figures of each year, or of the latest earlier year that has one, by year. One query, none where no base
    figure is asked for.
    """
    codes = {asked.catalogue.ids[code]: code for code, row in asked.catalogue.definitions.items() if row.is_base}
    wanted = sorted(set(years))
    sheets: dict[int, dict[Cell, Column]] = {year: {} for year in wanted}
    if not codes:
        return sheets
    values: dict[tuple[int, str], dict[int, Decimal]] = {}
    estimated: dict[tuple[int, str], set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            BASE.format(facts=facts_sql(BASE_WANTED, asked.as_of)),
            {"years": wanted, "units": list(asked.unit_ids), "indicators": list(codes), "until": asked.until},
        )
        for year, indicator_id, unit_id, value, is_estimated in cursor:
            values.setdefault((year, codes[indicator_id]), {})[unit_id] = value
            if is_estimated:
                estimated.setdefault((year, codes[indicator_id]), set()).add(unit_id)
    for (year, code), by_unit in values.items():
        sheets[year][code] = Column(by_unit, {}, frozenset(estimated.get((year, code), ())))
    return sheets


def tidy(value: Decimal | None) -> Decimal | None:
    """The same number without the zeros that the database pads it with."""
    if value is None:
        return None
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    return normal.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else normal
