"""The land that a series is about: which units hold it on each day, and how figures of units come to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.territory.models import Containment, Level, UnitVersion
from diaban.foundation.territory.queries import connected_units, links_from
from diaban.foundation.territory.rules import Share, compose, merged

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
OUTSIDE = 0  # where the land of a unit lies that is not in the area


@dataclass(frozen=True)
class Reporters:
    """Units of one level whose figures make an area's; `shares` say how much of each where that is not all."""

    level: str
    units: frozenset[int]
    shares: Mapping[int, list[Share]] | None = None


@dataclass(frozen=True)
class Land:
    """Communes through time, with what they lay in. `ids` is closed: no commune outside it ever shared land with one inside."""

    ids: frozenset[int]
    lives: Mapping[int, list[DateRange]]
    holders: Mapping[int, list[tuple[int, str, DateRange]]]
    contents: Mapping[int, list[tuple[int, DateRange]]]
    links: Mapping[int, list[Share]]
    _composed: dict[int, list[Share]] = field(default_factory=dict)
    _alive: dict[date, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def units(self) -> frozenset[int]:
        """Every unit that may have reported for the land or a part of it."""
        return self.ids | self.contents.keys()

    def alive(self, day: date) -> frozenset[int]:
        if day not in self._alive:
            self._alive[day] = frozenset(
                unit for unit in self.ids if any(_holds(valid, day) for valid in self.lives.get(unit, ()))
            )
        return self._alive[day]

    def tiling(self, communes: frozenset[int], day: date) -> list[Reporters]:
        """By level, from above, the units that hold these communes of a day and nothing else."""
        found = []
        for level in LEVELS[:-1]:
            holders = frozenset(
                unit for unit in self._above(communes, day, level) if self.inside(unit, day) <= communes
            )
            if holders and frozenset().union(*(self.inside(unit, day) for unit in holders)) == communes:
                found.append(Reporters(level, holders))
        return [*found, Reporters(Level.COMMUNE, communes)] if communes else found

    def recast(self, area: frozenset[int], day: date, on_map: date) -> list[Reporters] | None:
        """By level, the units of a day with their shares in an area of communes of another map; None where these cannot be
        known, as after that map's end."""
        alive = self.alive(day)
        if day > on_map:
            later = alive - self.alive(on_map)
            if later:
                return None
        shares = {unit: _into(self._ends(unit), area) for unit in alive}
        inside = {unit: parts for unit, parts in shares.items() if parts}
        found = []
        for level in LEVELS[:-1]:
            holders = self._above(frozenset(inside), day, level)
            if holders and all(self._is_whole(unit, day, inside) for unit in holders):
                found.append(Reporters(level, holders))
        return [*found, Reporters(Level.COMMUNE, frozenset(inside), inside)]

    def _ends(self, unit: int) -> list[Share]:
        """Where a unit lies on the map, composed once for all areas and days."""
        if unit not in self._composed:
            self._composed[unit] = compose(self.links, unit)
        return self._composed[unit]

    def _is_whole(self, unit: int, day: date, inside: Mapping[int, list[Share]]) -> bool:
        return all(len(inside.get(commune, ())) == 1 for commune in self.inside(unit, day))

    def _above(self, communes: Iterable[int], day: date, level: str) -> frozenset[int]:
        return frozenset(
            holder
            for commune in communes
            for holder, of_level, valid in self.holders.get(commune, ())
            if of_level == level and _holds(valid, day)
        )

    def inside(self, unit: int, day: date) -> frozenset[int]:
        """The communes that lay in a unit above them that day."""
        return frozenset(commune for commune, valid in self.contents.get(unit, ()) if _holds(valid, day))


def _into(shares: list[Share], area: frozenset[int]) -> list[Share]:
    """The part of a unit in the area (as unit 1) and the rest; nothing where no part is."""
    if all(share.unit_id not in area for share in shares):
        return []
    parts = merged(shares, {share.unit_id: 1 if share.unit_id in area else OUTSIDE for share in shares})
    return parts if sum((share.share for share in parts), Fraction()) == 1 else []


def land_of(communes: Iterable[int], from_day: date, to_day: date, on_map: date | None) -> Land:
    """Everything about the communes and those they share land with between two days. Six queries and one a reform."""
    ids = connected_units(communes, from_day, to_day)
    lives: dict[int, list[DateRange]] = defaultdict(list)
    for unit, valid in UnitVersion.objects.filter(unit__in=ids).values_list("unit_id", "valid"):
        lives[unit].append(valid)
    holders: dict[int, list[tuple[int, str, DateRange]]] = defaultdict(list)
    above = Containment.objects.filter(descendant__in=ids, distance__gt=0, ancestor__level__in=LEVELS)
    for unit, holder, level, valid in above.values_list("descendant_id", "ancestor_id", "ancestor__level", "valid"):
        holders[unit].append((holder, level, valid))
    contents: dict[int, list[tuple[int, DateRange]]] = defaultdict(list)
    holding = {holder for found in holders.values() for holder, _level, _valid in found}
    below = Containment.objects.filter(ancestor__in=holding, descendant__level=Level.COMMUNE)
    for holder, unit, valid in below.values_list("ancestor_id", "descendant_id", "valid"):
        contents[holder].append((unit, valid))
    return Land(ids, lives, holders, contents, links_from(ids, on_map) if on_map else {})


def communes_in(unit: UnitVersion, on: date) -> frozenset[int]:
    """The communes of a unit on a day; itself if it is one. One query."""
    if unit.unit.level == Level.COMMUNE:
        return frozenset({unit.unit_id})
    inside = Containment.objects.filter(ancestor=unit.unit_id, descendant__level=Level.COMMUNE, valid__contains=on)
    return frozenset(inside.values_list("descendant_id", flat=True))


def _holds(valid: DateRange, day: date) -> bool:
    return (valid.lower is None or valid.lower <= day) and (valid.upper is None or day < valid.upper)
