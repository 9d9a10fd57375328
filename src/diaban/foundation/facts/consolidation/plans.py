"""Plans of an area: its own, or the sum of its parts' where each part has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.models import Plan
from diaban.foundation.facts.rules.columns import ADDS_PARTS
from diaban.foundation.facts.rules.definitions import Definition


@dataclass(frozen=True)
class Plans:
    """The plans of a year, by (indicator id, category key), then unit."""

    unit_id: int
    expected: frozenset[int]
    ids: Mapping[str, int]
    values: Mapping[tuple[int, str], Mapping[int, Decimal]]

    def of(self, definition: Definition, key: str) -> Decimal | None:
        """The area's own plan, else the sum of its units' where it adds up and none is missing."""
        by_unit = self.values.get((self.ids[definition.code], key), {})
        if self.unit_id in by_unit:
            return by_unit[self.unit_id]
        if definition.over_units not in ADDS_PARTS or not self.expected or not self.expected <= by_unit.keys():
            return None
        return sum((by_unit[unit] for unit in self.expected), Decimal())


def read_plans(catalogue: Catalogue, unit_id: int, expected: frozenset[int], year: int) -> Plans:
    """One query."""
    rows = Plan.objects.filter(
        unit__in={unit_id, *expected}, year=year, indicator__in=list(catalogue.ids.values())
    ).values_list("indicator_id", "category__key", "unit_id", "value")
    values: dict[tuple[int, str], dict[int, Decimal]] = {}
    for indicator_id, key, unit, value in rows:
        if value is not None:
            values.setdefault((indicator_id, key), {})[unit] = value
    return Plans(unit_id, expected, catalogue.ids, values)
