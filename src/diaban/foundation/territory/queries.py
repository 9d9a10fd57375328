"""Reads of the territory. Every look-up names its day."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When

from diaban.foundation.territory.models import Containment, Coverage, Kind, Level, Succession, Unit, UnitVersion
from diaban.foundation.territory.rules import Share, compose, connected, shares_from
from diaban.lib.vietnamese import fold

KIND_WORDS = {fold(kind): kind for kind in Kind.values} | {
    "tp": "thành phố",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
}
ONE_DAY = timedelta(days=1)
MOST_VERSIONS = 4
_STEPS = """
    WITH RECURSIVE reached (unit_id) AS (
        SELECT unnest(%s::bigint[])
        UNION SELECT step.{to} FROM reached JOIN territory_succession step ON step.{back} = reached.unit_id AND step."on" <= %s
    )
    SELECT step.predecessor_id, step.successor_id, step.weight, step.assumed
    FROM reached JOIN territory_succession step ON step.{from_} = reached.unit_id AND step."on" <= %s
    ORDER BY step.predecessor_id, step.successor_id
"""
FORWARD = _STEPS.format(to="successor_id", back="predecessor_id", from_="predecessor_id")
INTO = _STEPS.format(to="predecessor_id", back="successor_id", from_="predecessor_id")


class UnknownUnit(LookupError):
    """No unit has that code, or that unit has no version, on that day."""


@dataclass(frozen=True)
class Branch:
    """A unit in the tree of a day, with the number of units directly below it."""

    version: UnitVersion
    children: int


@dataclass(frozen=True)
class Found:
    """A search result: a version, the full names of what it lay in from the nearest up, and whether it holds still."""

    version: UnitVersion
    path: str
    is_current: bool


@dataclass(frozen=True)
class Step:
    """One succession in a unit's past or future, `depth` reforms away. `share` is the predecessor's part that went over."""

    succession: Succession
    predecessor: UnitVersion
    successor: UnitVersion
    share: Fraction
    depth: int

    @property
    def percent(self) -> Decimal:
        """The share in hundredths, to be shown; two decimals."""
        return Decimal(round(self.share * 10_000)) / 100


@dataclass(frozen=True)
class Lineage:
    """All versions of a unit by time, what it came from (nearest first) and what became of it."""

    versions: list[UnitVersion]
    past: list[Step]
    future: list[Step]


@dataclass(frozen=True)
class OldDistrict:
    """A district of the past and the communes of a later day that mostly descend from it; None for those from no district."""

    district: UnitVersion | None
    communes: list[UnitVersion]


@dataclass(frozen=True)
class Group:
    """Units of two days that hold the same land together, and no smaller set of them does."""

    before: frozenset[int]
    after: frozenset[int]


def reform_days() -> list[date]:
    """The days on which units succeeded others, newest first."""
    return list(Succession.objects.order_by("-on").values_list("on", flat=True).distinct())


def unit_on(code: str, on: date) -> Unit:
    """The unit that had the code that day, at whatever level. Raises `UnknownUnit`."""
    version = version_with(code, on)
    if version is None:
        raise UnknownUnit(f"{code} ({on})")
    return version.unit


def version_with(code: str, on: date) -> UnitVersion | None:
    """What had the code that day, at whatever level. One query."""
    return UnitVersion.objects.on(on).filter(code=code).select_related("unit").first()


def version_of(unit_id: int, on: date) -> UnitVersion:
    """What the unit was called that day. Raises `UnknownUnit` where it did not exist."""
    version = UnitVersion.objects.on(on).filter(unit=unit_id).select_related("unit").first()
    if version is None:
        raise UnknownUnit(f"{unit_id} ({on})")
    return version


def versions_of(unit_ids: Iterable[int], on: date) -> dict[int, UnitVersion]:
    """What the units were called that day, by unit id; those that did not exist are left out. One query."""
    found = UnitVersion.objects.on(on).filter(unit__in=set(unit_ids)).select_related("unit")
    return {version.unit_id: version for version in found}


def nearest_versions(unit_ids: Iterable[int], on: date) -> dict[int, UnitVersion]:
    """As `versions_of`, but a unit that had ended is called by its last name, and one to come by its first. One query."""
    return nearest_of(UnitVersion.objects.filter(unit__in=set(unit_ids)).select_related("unit"), on)


def nearest_of(versions: QuerySet[UnitVersion], on: date) -> dict[int, UnitVersion]:
    """By unit, that of its versions which holds on the day, else the last before, else the first. One query."""
    nearest: dict[int, UnitVersion] = {}
    for version in versions.order_by("unit", "valid"):
        if version.unit_id not in nearest or (version.first_day or date.min) <= on:
            nearest[version.unit_id] = version
    return nearest


def tree(on: date, parent_id: int | None = None) -> list[Branch]:
    """The units directly below one, or at the top, in order of names, with the number of units below each. Two queries."""
    versions = list(UnitVersion.objects.on(on).filter(parent=parent_id).in_order().select_related("unit"))
    below = UnitVersion.objects.on(on).filter(parent__in=[version.unit_id for version in versions])
    numbers = Counter(below.values_list("parent_id", flat=True))
    return [Branch(version, numbers[version.unit_id]) for version in versions]


def descendants(unit_id: int, on: date, level: str | None = None) -> list[UnitVersion]:
    """The units below one that day, of one level or all, in order of names. One query."""
    below = Containment.objects.filter(ancestor=unit_id, valid__contains=on, distance__gt=0).values("descendant")
    versions = UnitVersion.objects.on(on).filter(unit__in=below)
    if level is not None:
        versions = versions.filter(unit__level=level)
    return list(versions.in_order().select_related("unit"))


def units_on(on: date, *, under: int | None = None, level: str = "") -> QuerySet[UnitVersion]:
    """The units of a day, of one level or all, inside one or anywhere, in order of names."""
    versions = UnitVersion.objects.on(on).select_related("unit").in_order()
    if under is not None:
        inside = Containment.objects.filter(ancestor=under, valid__contains=on, distance__gt=0)
        versions = versions.filter(unit__in=inside.values("descendant"))
    return versions.filter(unit__level=level) if level else versions


def ancestors(unit_id: int, on: date) -> list[UnitVersion]:
    """The units above one that day, from the nearest up. One query."""
    return ancestors_of([unit_id], on).get(unit_id, [])


def ancestors_of(unit_ids: Iterable[int], on: date) -> dict[int, list[UnitVersion]]:
    """As `ancestors`, for many. Two queries."""
    rows = Containment.objects.filter(descendant__in=set(unit_ids), valid__contains=on, distance__gt=0)
    above = list(rows.order_by("distance").values_list("descendant_id", "ancestor_id"))
    versions = versions_of((ancestor for _unit, ancestor in above), on)
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    for unit_id, ancestor in above:
        found[unit_id].append(versions[ancestor])
    return dict(found)


def search(text: str, on: date | None = None, limit: int = 20, *, today: date | None = None) -> list[Found]:
    """Units whose name holds the text, whatever its diacritics, or whose code it is.

    Exact names come before beginnings before the rest, then what exists on `today` (by default: what has not ended)
    before what is past, then larger units. With `on`, only names of that day; without, each unit once, by the latest
    name that matches. Four queries at most.
    """
    folded = " ".join(fold(text).split())
    if not folded:
        return []
    exact, begins, holds = (_named(folded, lookup) for lookup in ("exact", "startswith", "contains"))
    versions = UnitVersion.objects.filter(holds | Q(code=text.strip())).select_related("unit")
    is_current = Q(valid__contains=today) if today else Q(valid__upper_inf=True)
    ranked = versions.annotate(
        rank=Case(When(exact | Q(code=text.strip()), then=0), When(begins, then=1), default=2),
        is_past=Case(When(is_current, then=0), default=1),
        height=Case(*(When(unit__level=level, then=place) for place, level in enumerate(Level.values)), default=9),
    ).order_by("rank", "is_past", "height", "sort_key", "unit_id", "-valid")
    chosen: dict[int, UnitVersion] = {}
    for version in (ranked.on(on) if on else ranked)[: limit * MOST_VERSIONS]:
        chosen.setdefault(version.unit_id, version)
    return _with_paths(list(chosen.values())[:limit], today)


def _named(folded: str, lookup: str) -> Q:
    """The name alone, or with its kind before it ("xa xin man"), under one lookup."""
    condition = Q(**{f"name_folded__{lookup}": folded})
    for words, kind in KIND_WORDS.items():
        if folded.startswith(words + " "):
            condition |= Q(kind=kind, **{f"name_folded__{lookup}": folded.removeprefix(words + " ")})
    return condition


def _with_paths(versions: Sequence[UnitVersion], today: date | None) -> list[Found]:
    """Each version beside what it lay in on its last day, or today. Two queries for each distinct last day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for version in versions:
        by_day[version.last_day or today or date.max].append(version.unit_id)
    above = {day: ancestors_of(unit_ids, day) for day, unit_ids in by_day.items()}
    found = []
    for version in versions:
        day = version.last_day or today or date.max
        path = ", ".join(upper.full_name for upper in above[day].get(version.unit_id, []) if upper.parent_id)
        found.append(Found(version, path, version.last_day is None or version.last_day >= (today or date.max)))
    return found


def past_and_future(unit_id: int) -> Lineage:
    """The unit's versions and every succession that leads to it or away from it, through all reforms.

    Three queries a reform each way, two more.
    """
    versions = list(UnitVersion.objects.filter(unit=unit_id).order_by("valid").select_related("unit"))
    past = _successions(unit_id, "successor_id", "predecessor_id")
    future = _successions(unit_id, "predecessor_id", "successor_id")
    shares = _shares_of({row.predecessor_id for _depth, row in (*past, *future)})
    names = _names_around([row for _depth, row in (*past, *future)])
    steps = [
        [
            Step(row, names[row.pk][0], names[row.pk][1], shares[row.predecessor_id][row.successor_id], depth)
            for depth, row in rows
        ]
        for rows in (past, future)
    ]
    for side in steps:
        side.sort(key=lambda step: (step.depth, -step.share, step.predecessor.sort_key, step.successor.sort_key))
    return Lineage(versions, *steps)


def _successions(unit_id: int, here: str, there: str) -> list[tuple[int, Succession]]:
    """The successions reached from a unit in one direction, with the number of reforms between."""
    rows: dict[int, tuple[int, Succession]] = {}
    frontier, depth = {unit_id}, 1
    while frontier:
        found = [row for row in Succession.objects.filter(**{f"{here}__in": frontier}) if row.pk not in rows]
        rows.update((row.pk, (depth, row)) for row in found)
        frontier, depth = {getattr(row, there) for row in found}, depth + 1
    return list(rows.values())


def _names_around(rows: Sequence[Succession]) -> dict[int, tuple[UnitVersion, UnitVersion]]:
    """Of each succession, the predecessor as it was called the day before and the successor on the day. Two queries a day."""
    names: dict[int, tuple[UnitVersion, UnitVersion]] = {}
    for day in {row.on for row in rows}:
        that_day = [row for row in rows if row.on == day]
        olds = nearest_versions((row.predecessor_id for row in that_day), day - ONE_DAY)
        news = nearest_versions((row.successor_id for row in that_day), day)
        names.update((row.pk, (olds[row.predecessor_id], news[row.successor_id])) for row in that_day)
    return names


def shares(predecessor_id: int) -> dict[int, Fraction]:
    """The exact share of each direct successor, by unit id; empty for a unit that was not succeeded."""
    return _shares_of([predecessor_id]).get(predecessor_id, {})


def _shares_of(predecessor_ids: Iterable[int]) -> dict[int, dict[int, Fraction]]:
    rows = Succession.objects.filter(predecessor__in=set(predecessor_ids))
    weights: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for predecessor, successor, weight in rows.values_list("predecessor_id", "successor_id", "weight"):
        weights[predecessor][successor] = weight
    return {predecessor: shares_from(parts) for predecessor, parts in weights.items()}


def links_from(unit_ids: Iterable[int], until: date) -> dict[int, list[Share]]:
    """The direct shares of the units and of all that followed them by `until`, for `rules.compose`. One query."""
    return _shares_by_predecessor(_followed(FORWARD, unit_ids, until))


def _shares_by_predecessor(rows: Iterable[tuple[int, int, Decimal, bool]]) -> dict[int, list[Share]]:
    weights: dict[int, dict[int, Decimal]] = defaultdict(dict)
    assumed: set[tuple[int, int]] = set()
    for predecessor, successor, weight, is_assumed in rows:
        weights[predecessor][successor] = weight
        if is_assumed:
            assumed.add((predecessor, successor))
    return {
        predecessor: [
            Share(successor, share, (predecessor, successor) in assumed)
            for successor, share in shares_from(parts).items()
        ]
        for predecessor, parts in weights.items()
    }


def _followed(sql: str, unit_ids: Iterable[int], until: date) -> list[tuple[int, int, Decimal, bool]]:
    """Successions (predecessor, successor, weight, assumed) reached step by step from the units, by `until`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [sorted(set(unit_ids)), until, until])
        return list(cursor.fetchall())


def old_districts(province_unit_id: int, on: date, communes: Sequence[UnitVersion] | None = None) -> list[OldDistrict]:
    """The communes of a province of `on` (or those of them that are given) under the old district that most of each descends
    from, in order of names. Four queries, one less with the communes given.

    Most means the largest sum of shares of the units that were communes when there last were districts; ties go to the
    district first in order of names. A commune that lies in a district on `on` itself stands under that.
    """
    if communes is None:
        communes = descendants(province_unit_id, on, Level.COMMUNE)
    communes = sorted(communes, key=lambda one: (one.sort_key, one.unit_id))
    links = _links_into((version.unit_id for version in communes), on)
    last = _last_districts({version.unit_id for version in communes} | set(links), on)
    sums: dict[int, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for unit_id, district_id in last.items():
        for share in compose(links, unit_id):
            sums[share.unit_id][district_id] += share.share
    names = nearest_versions(last.values(), on)
    grouped: dict[int | None, list[UnitVersion]] = defaultdict(list)
    for version in communes:
        parts = sums[version.unit_id]
        ranked = sorted(parts, key=lambda key: (-parts[key], names[key].sort_key, key))
        grouped[ranked[0] if ranked else None].append(version)
    districts = sorted((district for district in grouped if district), key=lambda key: (names[key].sort_key, key))
    listed = [OldDistrict(names[district], grouped[district]) for district in districts]
    return listed + ([OldDistrict(None, grouped[None])] if None in grouped else [])


def heirs_of(unit_ids: Collection[int], before: date, on: date) -> dict[int, set[int]]:
    """By unit of `before`, what holds its ground on `on`: itself where it still stands, else the units of its level that it
    went to, or, where that level is no more, those that its parts went to. Three queries, one where all still stand.
    """
    there = Containment.objects.filter(ancestor__in=unit_ids, distance=0, valid__contains=on)
    found = {unit: {unit} for unit in there.values_list("ancestor_id", flat=True)}
    gone = set(unit_ids) - found.keys()
    if not gone:
        return found
    parts = Containment.objects.filter(ancestor__in=gone, valid__contains=before)
    holding: dict[int, dict[int, int]] = defaultdict(dict)  # by part, the units that it is a part of, and how deep
    for unit, part, distance in parts.values_list("ancestor_id", "descendant_id", "distance"):
        holding[part][unit] = distance
    heirs: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Coverage.objects.filter(covered__in=holding, covered__level=F("unit__level")).exclude(unit__in=gone)
    for heir, part in rows.values_list("unit_id", "covered_id"):
        for unit, distance in holding[part].items():
            heirs[unit][distance].add(heir)
    return found | {unit: by_depth[min(by_depth)] for unit, by_depth in heirs.items()}


def last_districts(unit_id: int, on: date) -> list[UnitVersion]:
    """The districts inside a unit on that day, else the last before it: of a unit of today also those of what it came from.
    In order of names; one query. `old_districts` tells the communes of each."""
    inside = Containment.objects.filter(ancestor=unit_id).values_list("descendant_id", flat=True)
    ground = inside.union(Coverage.objects.filter(unit=unit_id).values_list("covered_id", flat=True))
    begun = Q(valid__startswith__lte=on) | Q(valid__startswith=None)
    districts = UnitVersion.objects.filter(begun, unit__in=ground, unit__level=Level.DISTRICT)
    found = list(districts.in_order().select_related("unit"))
    last = max((min(on, one.last_day or on) for one in found), default=on)
    return [one for one in found if (one.first_day or last) <= last <= (one.last_day or last)]


def _links_into(unit_ids: Iterable[int], on: date) -> dict[int, list[Share]]:
    """The direct shares of every unit that the units descend from by successions up to `on`, also what went elsewhere. One
    query."""
    return _shares_by_predecessor(_followed(INTO, unit_ids, on))


def _last_districts(unit_ids: Iterable[int], on: date) -> dict[int, int]:
    """The district of each unit on the last day, up to `on`, that any of them lay in one."""
    rows = Containment.objects.filter(descendant__in=unit_ids, ancestor__level=Level.DISTRICT)
    last: dict[date, dict[int, int]] = defaultdict(dict)
    for unit_id, district_id, valid in rows.values_list("descendant_id", "ancestor_id", "valid"):
        if valid.lower is None or valid.lower <= on:
            last[min(on, valid.upper - ONE_DAY) if valid.upper else on][unit_id] = district_id
    return last[max(last)] if last else {}


def connected_groups(on: date, level: str = Level.COMMUNE) -> list[Group]:
    """The groups of the reform of that day: all units of a level, each with those it shares land with."""
    return groups_between(on - ONE_DAY, on, level)


def groups_between(from_day: date, to_day: date, level: str = Level.COMMUNE) -> list[Group]:
    """The units of two days, `from_day` being the earlier, in the smallest groups that hold the same land on both.

    A unit that stayed is a group of its own. What began without a predecessor or ended without a successor has one empty
    side. Three queries.
    """
    before = set(Unit.objects.filter(level=level, versions__valid__contains=from_day).values_list("pk", flat=True))
    after = set(Unit.objects.filter(level=level, versions__valid__contains=to_day).values_list("pk", flat=True))
    rows = Succession.objects.filter(on__gt=from_day, on__lte=to_day, predecessor__level=level)
    links = [*rows.values_list("predecessor_id", "successor_id"), *((unit_id, unit_id) for unit_id in before | after)]
    return [Group(group & before, group & after) for group in connected(links)]


def connected_units(unit_ids: Iterable[int], from_day: date, to_day: date) -> frozenset[int]:
    """The units and all that share land with them through the reforms after `from_day` up to `to_day`, whichever side:
    those of them that exist on a day hold the same land together as on any other. A query a step."""
    found = frontier = set(unit_ids)
    rows = Succession.objects.filter(on__gt=from_day, on__lte=to_day)
    while frontier:
        links = rows.filter(Q(predecessor__in=frontier) | Q(successor__in=frontier))
        frontier = {unit for link in links.values_list("predecessor_id", "successor_id") for unit in link} - found
        found = found | frontier
    return frozenset(found)
