"""The places that stand beside one another, and who reported for each in every period: on the map of the period or another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db.models import Q

from diaban.foundation.facts.consolidation import Area
from diaban.foundation.facts.consolidation.crossing import INSIDE, OUTSIDE
from diaban.foundation.facts.models import CollectionKind, Fact
from diaban.foundation.territory.models import Containment, Coverage, Level, UnitVersion
from diaban.foundation.territory.queries import nearest_versions, old_districts, reform_days
from diaban.foundation.territory.recasting import Share, shares_between
from diaban.foundation.territory.rules import merged
from diaban.lib.periods import Period
from diaban.work.analysis.asking import Choice
from diaban.work.analysis.rules import Grain
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.reporters import expected_in

Expected = Mapping[Period, frozenset[int]]
Shares = Mapping[Period, Mapping[int, Sequence[Share]]]


@dataclass(frozen=True)
class Place:
    """A row of units. `key` writes it in the address; `version` is its unit as called on the day of the table."""

    key: str
    name: str
    unit_id: int
    grain: Grain
    version: UnitVersion | None = None
    members: frozenset[int] | None = None


@dataclass(frozen=True)
class Ground:
    """The places of a table in order, and the whole; `sources` say from which collection each period's figures come.

    `units` are the whole's reporters in each period. On another map `shares` tell where their land lies.
    """

    places: tuple[Place, ...]
    whole: Place
    sources: Mapping[Period, int]
    units: Expected
    holders: Mapping[Period, Mapping[int, int]]
    shares: Shares | None
    inside: frozenset[int]
    reforms: tuple[date, ...]

    def area(self, place: Place) -> Area:
        """Who reports for a place."""
        own = place.unit_id if place.grain is not Grain.REPORTERS else 0
        if self.shares is not None:
            return self._on_the_map(place, own)
        return Area({period: self._reporters(place, period) for period in self.units}, own)

    def _reporters(self, place: Place, period: Period) -> frozenset[int]:
        units = self.units[period]
        if place.grain is Grain.WHOLE:
            return units
        if place.grain is Grain.REPORTERS:
            return units & {place.unit_id}
        here = frozenset(unit for unit, holder in self.holders[period].items() if holder == place.unit_id)
        return units & (here | (place.members or frozenset()))

    def _on_the_map(self, place: Place, own: int) -> Area:
        members = self.inside if place.grain is Grain.WHOLE else place.members or frozenset({place.unit_id})
        expected, shares = {}, {}
        for period, found in (self.shares or {}).items():
            parts = {unit: _into(each, members) for unit, each in found.items() if unit in self.units[period]}
            shares[period] = {
                unit: each for unit, each in parts.items() if not each or any(one.unit_id == INSIDE for one in each)
            }
            expected[period] = frozenset(shares[period])
        return Area(expected, own, shares)


def _into(shares: Sequence[Share], members: frozenset[int]) -> list[Share]:
    """The part of a unit in the place and the rest; nothing where that is not known."""
    return merged(shares, {one.unit_id: INSIDE if one.unit_id in members else OUTSIDE for one in shares})


def ground_of(choice: Choice) -> Ground:
    """Everything about the places of a choice. Five queries; five more for old districts, four for past figures or for
    periods before the area was there, the territory's own for another map."""
    form, root = choice.form, choice.unit.unit_id
    periods = choice.periods
    reforms = reform_days() if len(periods) > 1 or choice.map_on is not None else []
    there = _existed(choice.unit, periods)
    sources, past = _sources(choice, there)
    units = _owed(choice, [period for period in periods if period not in past], there) | past
    every = frozenset().union(*units.values())
    holders = _holders(every, choice.grain, periods)
    shares = None if choice.map_on is None else _shares(units, choice.map_on, reforms)
    inside: frozenset[int] = frozenset()
    if choice.map_on is not None:
        rows = Containment.objects.filter(ancestor=root, valid__contains=choice.map_on)
        inside = frozenset(rows.filter(descendant__level=form.level).values_list("descendant_id", flat=True))
    whole = Place("", choice.unit.full_name, root, Grain.WHOLE, choice.unit)
    ground = Ground((), whole, sources, units, holders, shares, inside, tuple(reforms))
    return replace(ground, places=tuple(_places(choice, ground, every)))


def _owed(choice: Choice, periods: Sequence[Period], there: Collection[Period]) -> dict[Period, frozenset[int]]:
    """The units that were to report on the form; of periods before the area was there, and on another map, those that it
    descends from. Three queries, two more where both are needed."""
    if not periods:
        return {}
    schedules = list(Schedule.objects.filter(form=choice.form, is_on=True).select_related("form"))
    owed: dict[Period, frozenset[int]] = {}
    for by_descent in (False, True):
        asked = [period for period in periods if (period not in there or choice.map_on is not None) is by_descent]
        if asked:
            owed |= expected_in(schedules, choice.unit.unit_id, asked, by_descent=by_descent)
    return owed


def _existed(unit: UnitVersion, periods: Iterable[Period]) -> set[Period]:
    """The periods on whose last day the area was there; before that, what it descends from stands for it. One query, none
    where it was called the same all the time."""
    wanted = set(periods)
    if all(period.last_day in unit.valid for period in wanted):
        return wanted
    lives = list(UnitVersion.objects.filter(unit=unit.unit_id).values_list("valid", flat=True))
    return {period for period in wanted if any(period.last_day in valid for valid in lives)}


def _sources(choice: Choice, there: Collection[Period]) -> tuple[dict[Period, int], dict[Period, frozenset[int]]]:
    """The collection of each period: the form's; of a period for which it has nothing, that of past figures, with the
    units that spoke there. One query and one more for past figures."""
    own = choice.form.collection_id
    rows = (
        Fact.objects.filter(
            Q(collection=own) | Q(collection__kind=CollectionKind.IMPORT),
            period__code__in=[str(period) for period in choice.periods],
            indicator__code__in=choice.codes,
            superseded_at=None,
        )
        .order_by()
        .values_list("period__code", "collection_id", "unit__level")
        .distinct()
    )
    known: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code, collection, level in rows:
        known[code][collection].add(level)
    sources, levels = dict.fromkeys(choice.periods, own), dict[Period, str]()
    for period in choice.periods:
        found = known.get(str(period), {})
        if own not in found and found:
            sources[period] = min(found)
            spoke = found[sources[period]]
            levels[period] = choice.form.level if choice.form.level in spoke else min(spoke)
    return sources, _inside(choice, levels, there)


def _inside(choice: Choice, levels: Mapping[Period, str], there: Collection[Period]) -> dict[Period, frozenset[int]]:
    """The units of a level that lay in the area in each period; of those before it was there, and on another map, those
    that it descends from. Two queries."""
    if not levels:
        return {}
    root, found = choice.unit.unit_id, dict[Period, frozenset[int]]()
    for is_there in (True, False):
        asked = {
            period: level for period, level in levels.items() if (period in there and choice.map_on is None) is is_there
        }
        if not asked:
            continue
        of_levels = set(asked.values())
        lives = list(
            Containment.objects.filter(ancestor=root, descendant__level__in=of_levels).values_list(
                "descendant_id", "descendant__level", "valid"
            )
            if is_there
            else Coverage.objects.filter(unit=root, covered__level__in=of_levels).values_list(
                "covered_id", "covered__level", "covered__versions__valid"
            )
        )
        for period, level in asked.items():
            here = (unit for unit, of_level, valid in lives if of_level == level and period.last_day in valid)
            found[period] = frozenset(here)
    return found


def _holders(units: Collection[int], grain: Grain, periods: Iterable[Period]) -> dict[Period, dict[int, int]]:
    """By period, the district or province that each unit lay in. One query, none where none are asked for."""
    levels = {Grain.DISTRICTS: Level.DISTRICT, Grain.PROVINCES: Level.PROVINCE}
    if grain not in levels:
        return {period: {} for period in periods}
    rows = list(
        Containment.objects.filter(descendant__in=units, ancestor__level=levels[grain]).values_list(
            "descendant_id", "ancestor_id", "valid"
        )
    )
    return {period: {unit: holder for unit, holder, valid in rows if period.last_day in valid} for period in periods}


def _shares(units: Expected, map_on: date, days: Sequence[date]) -> Shares:
    """Where the land of each period's reporters lies on the map. Asked once for all periods between two reforms."""
    eras: dict[tuple[date, ...], list[Period]] = defaultdict(list)
    for period in units:
        first, last = sorted((period.last_day, map_on))
        eras[tuple(day for day in days if first < day <= last)].append(period)
    found: dict[Period, Mapping[int, Sequence[Share]]] = {}
    for between, periods in eras.items():
        every = frozenset().union(*(units[period] for period in periods))
        if between:
            shares = shares_between(periods[0].last_day, map_on, every)
        else:
            shares = {unit: [Share(unit, Fraction(1), assumed=False)] for unit in every}
        found |= {period: {unit: shares[unit] for unit in units[period]} for period in periods}
    return found


def _places(choice: Choice, ground: Ground, every: frozenset[int]) -> list[Place]:
    match choice.grain:
        case Grain.WHOLE:
            return []
        case Grain.DISTRICTS:
            return _districts(choice)
        case Grain.PROVINCES:
            held = {holder for found in ground.holders.values() for holder in found.values()}
            return _named(held, choice.day, Grain.PROVINCES)
    units = ground.inside if choice.map_on is not None else every
    if choice.group:
        units = units & _in_group(choice, ground)
    return _named(units, choice.day, Grain.REPORTERS)


def _districts(choice: Choice) -> list[Place]:
    """Old districts, each with the communes of the day that mostly descend from it."""
    places = []
    for old in old_districts(choice.unit.unit_id, choice.day):
        if old.district is None:
            continue
        is_past = old.district.last_day is not None and old.district.last_day < choice.day
        name = f"{old.district.full_name} (cũ)" if is_past else old.district.full_name
        members = frozenset(commune.unit_id for commune in old.communes)
        places.append(
            Place(old.district.code, name, old.district.unit_id, Grain.DISTRICTS, old.district, members=members)
        )
    return places


def _in_group(choice: Choice, ground: Ground) -> frozenset[int]:
    """The reporters of an old district, of any period."""
    for place in _districts(choice):
        if place.key == choice.group:
            rows = Containment.objects.filter(ancestor=place.unit_id).values_list("descendant_id", flat=True)
            return (place.members or frozenset()) | frozenset(rows)
    return frozenset()


def _named(units: Collection[int], day: date, grain: Grain) -> list[Place]:
    """Units in the order of their names on the day; those that ended by their last. One query."""
    versions = sorted(nearest_versions(units, day).values(), key=lambda one: (one.sort_key, one.unit_id))
    return [
        Place(_key(version, day), _called(version, day), version.unit_id, grain, version, frozenset({version.unit_id}))
        for version in versions
    ]


def _key(version: UnitVersion, day: date) -> str:
    """The code; with its last day where it had ended by then, since codes come back for other units."""
    is_past = version.last_day is not None and version.last_day < day
    return f"{version.code}~{version.last_day:%Y%m%d}" if is_past else version.code


def _called(version: UnitVersion, day: date) -> str:
    is_past = version.last_day is not None and version.last_day < day
    return f"{version.full_name} (cũ)" if is_past else version.full_name
