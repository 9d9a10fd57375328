"""Where provinces' sums do not say enough: which units gave no value, and the facts of those that must be read one by one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from diaban.foundation.facts.catalogue import Catalogue
from diaban.foundation.facts.consolidation.sources import with_base
from diaban.foundation.facts.consolidation.sums import Cells, Ground, Sum, Sums, leaves_of
from diaban.foundation.facts.reading import Asked, read_base, read_named
from diaban.foundation.facts.rollups import columns_of
from diaban.foundation.facts.rules.cells import Cell, indicator_of
from diaban.foundation.facts.rules.columns import Sheet
from diaban.foundation.facts.rules.definitions import NOT_ADDITIVE, Book
from diaban.lib.periods import Period

REASONS = """
    SELECT period_id, indicator_id, category_id, unit_id, reason FROM facts_fact
    WHERE collection_id = %s AND period_id = ANY(%s) AND indicator_id = ANY(%s) AND value IS NULL AND superseded_at IS NULL
"""
SAID = """
    FROM unnest(%s::int[], %s::bigint[]) AS wanted (number, unit_id)
    JOIN unnest(%s::int[], %s::int[], %s::int[], %s::int[]) AS cell (number, period_id, indicator_id, category_id)
         USING (number)
    JOIN facts_fact fact USING (period_id, indicator_id, category_id, unit_id)
    WHERE collection_id = %s AND superseded_at IS NULL
    GROUP BY wanted.number
"""
# Several facts of one unit in a cell come from contributors alone; which units these are is not asked then.
REPORTERS = f"SELECT wanted.number, array_agg(unit_id), bool_or(contributor_id IS NOT NULL) {SAID}"
UNITS_ALONE = f"SELECT wanted.number {SAID} HAVING NOT bool_or(contributor_id IS NOT NULL)"


class Spot(NamedTuple):
    """An indicator in a province and a period."""

    ground: Ground
    code: str


@dataclass
class Gaps:
    """The spots whose leaves some unit left out, and what is known of these units.

    `reasons` are those that units gave, by (period id, cell); `reporters` all that said anything, by (ground, mark): None
    where contributors stand among them; `odd` the units that must be read one by one, by spot; `sheets` their facts.
    """

    spots: dict[Spot, Cells] = field(default_factory=dict)
    reasons: dict[tuple[int, Cell], dict[int, str]] = field(default_factory=dict)
    reporters: dict[tuple[Ground, int], frozenset[int] | None] = field(default_factory=dict)
    odd: dict[Spot, frozenset[int]] = field(default_factory=dict)
    sheets: dict[Period, Sheet] = field(default_factory=dict)

    def having(self, ground: Ground, leaf: Cell, found: Sum) -> frozenset[int] | None:
        """The units that gave a value; None where contributors did."""
        if not found.reported:
            return frozenset()
        if found.mark == ground.mark and found.reported + found.absent == len(ground.units):
            said: frozenset[int] | None = ground.units
        else:
            said = self.reporters[ground, found.mark]
        if said is None or not found.absent:
            return said
        return said.difference(self.reasons.get((ground.period_id, leaf), ()))


def read_gaps(
    collection_id: int,
    catalogue: Catalogue,
    sums: Sums,
    books: Mapping[Period, Book],
    wanted: Iterable[tuple[str, Period]],
) -> Gaps:
    """No query where every unit gave everything; otherwise one or two to know who did not, and three for odd units' facts."""
    gaps = Gaps()
    for code, period in wanted:
        needed = leaves_of(code, books[period])
        for ground in sums.grounds[period]:
            leaves = ground.leaves(needed)
            if not all(map(ground.gave, leaves.values())):
                gaps.spots[Spot(ground, code)] = leaves
    _read_reasons(collection_id, gaps, sums)
    _read_reporters(collection_id, gaps, sums)
    for spot in gaps.spots:
        if odd := _odd(spot, gaps, books[spot.ground.period]):
            gaps.odd[spot] = odd
    if gaps.odd:
        _read_odd(collection_id, catalogue, gaps, books)
    return gaps


Samples = Sequence[tuple[Ground, tuple[int, int]]]  # cells in provinces and periods, as (indicator id, category id)


def reporters_of(collection_id: int, samples: Samples) -> dict[int, frozenset[int] | None]:
    """All units that said anything, by the number of the cell; None where contributors stand among them. One query."""
    said = _of_samples(REPORTERS, collection_id, samples)
    return {number: None if is_mixed else frozenset(units) for number, units, is_mixed in said}


def by_units_alone(collection_id: int, samples: Samples) -> set[int]:
    """The numbers of the cells of which units said something and contributors nothing. One query."""
    return {number for (number,) in _of_samples(UNITS_ALONE, collection_id, samples)}


def _of_samples(query: str, collection_id: int, samples: Samples) -> list[tuple[Any, ...]]:
    cells = [(number, ground.period_id, *place) for number, (ground, place) in enumerate(samples)]
    units = [(number, unit) for number, (ground, _place) in enumerate(samples) for unit in ground.units]
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [*columns_of(units), *columns_of(cells), collection_id])
        return list(cursor)


def reasons_of(
    collection_id: int, periods: Iterable[int], places: Mapping[tuple[int, int], Cell]
) -> dict[tuple[int, Cell], dict[int, str]]:
    """The reasons that units gave instead of a value, by (period id, cell). One query."""
    found: dict[tuple[int, Cell], dict[int, str]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(REASONS, [collection_id, list(periods), list({indicator for indicator, _category in places})])
        for period_id, indicator_id, category_id, unit_id, reason in cursor:
            if cell := places.get((indicator_id, category_id)):
                found[period_id, cell][unit_id] = reason
    return found


def _read_reasons(collection_id: int, gaps: Gaps, sums: Sums) -> None:
    seen = {
        (spot.ground.period_id, leaf)
        for spot, leaves in gaps.spots.items()
        for leaf, found in leaves.items()
        if found.absent
    }
    if not seen:
        return
    places = {sums.places[leaf]: leaf for _period_id, leaf in seen}
    gaps.reasons = reasons_of(collection_id, {period_id for period_id, _leaf in seen}, places)


def _read_reporters(collection_id: int, gaps: Gaps, sums: Sums) -> None:
    """Of each mark that is not everybody's, from the facts of one cell that bears it."""
    one_of = {
        (spot.ground, found.mark): leaf
        for spot, leaves in gaps.spots.items()
        for leaf, found in leaves.items()
        if found.mark != spot.ground.mark and spot.ground.cells.get(leaf) is found
    }
    marks = list(one_of)
    found = reporters_of(collection_id, [(ground, sums.places[one_of[ground, mark]]) for ground, mark in marks])
    gaps.reporters |= {marks[number]: units for number, units in found.items()}


def _odd(spot: Spot, gaps: Gaps, book: Book) -> frozenset[int]:
    """The units whose own facts must be read: of what is computed, all that did not give everything."""
    ground, leaves = spot.ground, gaps.spots[spot]
    is_derived, in_parts = book[spot.code].is_derived, not ground.in_parts.isdisjoint(leaves)
    if book[spot.code].over_units in NOT_ADDITIVE:
        return ground.units if in_parts else frozenset()
    if is_derived and any(not found.reported and leaf not in ground.in_parts for leaf, found in leaves.items()):
        return frozenset()  # nobody gave that leaf, so that nobody gave them all
    having = [_having(spot, leaf, gaps, book) for leaf in leaves]
    known = [units for units in having if units is not None]
    if len(known) < len(having):
        return ground.units
    return ground.units.difference(frozenset.intersection(*known)) if is_derived or in_parts else frozenset()


def _having(spot: Spot, leaf: Cell, gaps: Gaps, book: Book) -> frozenset[int] | None:
    """The units that gave the leaf; None where only their facts can tell."""
    ground, found = spot.ground, gaps.spots[spot][leaf]
    if ground.gave(found):
        return ground.units
    return None if book[leaf].is_base else gaps.having(ground, leaf, found)


def _read_odd(collection_id: int, catalogue: Catalogue, gaps: Gaps, books: Mapping[Period, Book]) -> None:
    """The facts of the odd units, of the indicators that each is odd in, and their base figures."""
    named: set[tuple[int, int, int]] = set()
    with_bases: set[int] = set()
    for spot, units in gaps.odd.items():
        for leaf, is_base in leaves_of(spot.code, books[spot.ground.period]):
            indicator = catalogue.ids[indicator_of(leaf)]
            named.update((spot.ground.period_id, unit, indicator) for unit in units)
            if is_base:
                with_bases |= units
    sheets = read_named(collection_id, catalogue, named)
    base_only = catalogue.only(code for code, definition in catalogue.definitions.items() if definition.is_base)
    periods = {spot.ground.period: spot.ground.period_id for spot in gaps.odd}
    bases = read_base(Asked(collection_id, with_bases, base_only), (period.year for period in periods))
    for period, period_id in periods.items():
        gaps.sheets[period] = with_base(sheets[period_id], bases[period.year])
