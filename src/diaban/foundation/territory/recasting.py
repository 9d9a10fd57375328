"""Where the land of units lies on another day, as exact shares. Whether figures may be recast at all is not asked here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from diaban.foundation.territory.models import Containment, Level, Unit
from diaban.foundation.territory.queries import links_from
from diaban.foundation.territory.rules import WHOLE, Share, SharesDoNotAddUp, compose, largest_remainder, merged

__all__ = ["Share", "SharesDoNotAddUp", "largest_remainder", "shares_at_levels", "shares_between", "shares_of_days"]


def shares_between(
    from_day: date, to_day: date, unit_ids: Collection[int], level: str | None = None
) -> dict[int, list[Share]]:
    """Of each unit of `from_day`, its shares (unit id, fraction, assumed) in the units of `to_day`, by unit id.

    The shares of a unit sum to 1, composed through every reform between. `level` asks for targets of that level, the
    unit's own by default; a target above holds the sum of its parts. An empty list says that no share can be known:
    backward, for all but units that stayed; for a unit above the communes that ended without successors (a district)
    unless all its communes came into one target; for a target below the unit. Seven queries and two a reform at most.
    """
    return shares_of_days({from_day: unit_ids}, to_day, level)[from_day]


Shares = dict[int, list[Share]]  # by unit


def shares_of_days(asked: Mapping[date, Collection[int]], to_day: date, level: str | None = None) -> dict[date, Shares]:
    """As `shares_between`, for units of several days at once: only what ended above the communes is asked for day by day."""
    return shares_at_levels(asked, to_day, [level])[0]


def shares_at_levels(
    asked: Mapping[date, Collection[int]], to_day: date, wanted: Sequence[str | None]
) -> list[dict[date, Shares]]:
    """As `shares_of_days`, in units of several levels at once, in the order of the levels."""
    levels = dict(Unit.objects.filter(pk__in=set().union(*asked.values())).values_list("pk", "level"))
    ahead = {unit_id for day, unit_ids in asked.items() if day <= to_day for unit_id in unit_ids}
    links = links_from(ahead, to_day) if ahead else {}
    ends = {unit_id: compose(links, unit_id) for unit_id in ahead}
    stayed = {unit_id: compose({}, unit_id) for unit_id in levels}
    holders = _holders(
        (share.unit_id for found in (ends, stayed) for parts in found.values() for share in parts), to_day
    )
    by_day = {
        day: {one: (ends if day <= to_day else stayed)[one] for one in unit_ids} for day, unit_ids in asked.items()
    }
    return [
        {day: _shares_of_day(day, to_day, level, parts, levels, holders) for day, parts in by_day.items()}
        for level in wanted
    ]


def _shares_of_day(
    from_day: date,
    to_day: date,
    level: str | None,
    ends: Mapping[int, list[Share]],
    levels: Mapping[int, str],
    holders: Mapping[str, Mapping[int, int]],
) -> dict[int, list[Share]]:
    found = {
        unit_id: _complete(merged(parts, holders.get(level or levels[unit_id], {}))) for unit_id, parts in ends.items()
    }
    ended = [unit_id for unit_id in ends if not found[unit_id] and levels[unit_id] != Level.COMMUNE]
    if level is not None and ended and to_day >= from_day:
        found.update(_by_communes(from_day, to_day, ended, level))
    return found


def _complete(shares: list[Share]) -> list[Share]:
    """The shares if they are all there, none otherwise."""
    if len(shares) == 1:
        return shares if shares[0].share == 1 else []
    return shares if sum((share.share for share in shares), Fraction()) == 1 else []


def _holders(unit_ids: Iterable[int], on: date) -> dict[str, dict[int, int]]:
    """By level, the unit of that level that each unit lay in that day, or was. One query."""
    rows = Containment.objects.filter(descendant__in=set(unit_ids), valid__contains=on)
    holders: dict[str, dict[int, int]] = defaultdict(dict)
    for unit_id, holder_id, level in rows.values_list("descendant_id", "ancestor_id", "ancestor__level"):
        holders[level][unit_id] = holder_id
    return holders


def _by_communes(from_day: date, to_day: date, unit_ids: list[int], level: str) -> dict[int, list[Share]]:
    """The one unit of `level` that all communes of each unit came into, whole; nothing where there are several."""
    rows = Containment.objects.filter(ancestor__in=unit_ids, descendant__level=Level.COMMUNE, valid__contains=from_day)
    communes: dict[int, list[int]] = defaultdict(list)
    for unit_id, commune_id in rows.values_list("ancestor_id", "descendant_id"):
        communes[unit_id].append(commune_id)
    shares = shares_between(from_day, to_day, {leaf for leaves in communes.values() for leaf in leaves}, level)
    found: dict[int, list[Share]] = {}
    for unit_id in unit_ids:
        parts = [shares[leaf] for leaf in communes[unit_id]]
        targets = {share.unit_id for part in parts for share in part}
        is_one = len(targets) == 1 and all(parts)
        found[unit_id] = [Share(target, WHOLE, assumed=False) for target in targets] if is_one else []
    return found
