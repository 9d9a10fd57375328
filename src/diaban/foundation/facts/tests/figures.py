"""Makers: a catalogue, a collection, and reports of figures by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.acts.tests.remembered import remembered
from diaban.foundation.facts.accepting import Accepted, NewFact
from diaban.foundation.facts.catalogue import keys_of, read_catalogue
from diaban.foundation.facts.consolidation import Consolidation, consolidate
from diaban.foundation.facts.models import Collection, CollectionKind, Indicator
from diaban.foundation.facts.services import accept_facts, enter_base, load_catalogue, open_collection
from diaban.lib.periods import Period

NOW = datetime(2026, 3, 16, 3, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 3, tzinfo=UTC)
SETTING_UP = SettingUp("tests", NOW.date())
SOURCE = Subject("reporting.report", 1)
QUARTER = Period.parse("nd09:2026-Q1")
Value = int | str | None


@remembered
def a_catalogue() -> None:
    """Every indicator that comes with the product."""
    load_catalogue(actor=SETTING_UP, at=NOW)


def collection(code: str = "form") -> Collection:
    """A catalogue and a form's collection."""
    a_catalogue()
    return open_collection(code=code, name="Biểu của xã", kind=CollectionKind.FORM, actor=SETTING_UP, at=NOW)


def indicators(*codes: str) -> list[Indicator]:
    found = Indicator.objects.in_bulk(codes, field_name="code")
    return [found[code] for code in codes]


@dataclass(frozen=True)
class Reporter:
    """Reports into a collection, cell by cell: a number, or a reason."""

    collection_id: int

    def report(
        self,
        unit_id: int,
        cells: Mapping[str, Value],
        period: Period = QUARTER,
        at: datetime = NOW,
        *,
        estimated: bool = False,
        contributor_id: int | None = None,
    ) -> Accepted:
        book = read_catalogue().book(period.last_day)
        rows = []
        for cell, given in cells.items():
            definition = book[cell]
            is_number = not isinstance(given, str) or given.replace(".", "").lstrip("-").isdigit()
            rows.append(
                NewFact(
                    indicator=definition.code,
                    unit_id=unit_id,
                    period=period,
                    category=keys_of(definition)[cell],
                    value=Decimal(given) if is_number and given is not None else None,
                    reason="" if is_number else str(given),
                    is_estimated=estimated,
                    contributor_id=contributor_id,
                )
            )
        return accept_facts(collection_id=self.collection_id, rows=rows, source=SOURCE, actor=SETTING_UP, at=at)

    def total(
        self, unit_id: int, *codes: str, expected: set[int], period: Period = QUARTER, **how: object
    ) -> Consolidation:
        return consolidate(
            collection_id=self.collection_id,
            indicators=indicators(*codes),
            unit_id=unit_id,
            period=period,
            expected_unit_ids=expected,
            **how,  # type: ignore[arg-type] # as_of, map_on, expected_in as they are
        )


def base(unit_id: int, year: int, figures: Mapping[str, int], at: datetime = NOW) -> Accepted:
    rows = [(unit_id, code, Decimal(value)) for code, value in figures.items()]
    return enter_base(year=year, figures=rows, actor=SETTING_UP, at=at)
