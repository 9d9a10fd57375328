"""Categories as they stand in the database: canonical sets of known members."""

from collections.abc import Iterable, Mapping

from diaban.foundation.facts.models import Category, Member
from diaban.foundation.facts.rules.cells import TOTAL, members_of


class UnknownMember(LookupError):
    """A category names a member that no dimension has."""


def ids_of(keys: Iterable[str]) -> dict[str, int]:
    """The ids of the categories, made where there were none. One query, a few more where rows are made.

    Raises `NotCanonical` or `UnknownMember`.
    """
    wanted = set(keys)
    found = dict(Category.objects.filter(key__in=wanted).values_list("key", "pk"))
    missing = sorted(wanted - found.keys())
    return found | _made(missing) if missing else found


def _made(keys: list[str]) -> dict[str, int]:
    members = {key: members_of(key) for key in keys}
    known = _known_members(members.values())
    Category.objects.bulk_create([Category(key=key) for key in keys], ignore_conflicts=True)
    ids = dict(Category.objects.filter(key__in=keys).values_list("key", "pk"))
    through = Category.members.through
    through.objects.bulk_create(
        [
            through(category_id=ids[key], member_id=known[pair])
            for key, named in members.items()
            for pair in named.items()
        ],
        ignore_conflicts=True,
    )
    return ids


def _known_members(named: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], int]:
    wanted = {pair for members in named for pair in members.items()}
    rows = Member.objects.filter(dimension__code__in={dimension for dimension, _code in wanted})
    known = {(dimension, code): pk for dimension, code, pk in rows.values_list("dimension__code", "code", "pk")}
    for dimension, code in sorted(wanted - known.keys()):
        raise UnknownMember(f"{dimension}={code}")
    return known


def keys_by_id() -> dict[int, str]:
    """Every category's key by its id. One query."""
    return dict(Category.objects.values_list("pk", "key"))


def total_id() -> int:
    """The id of the total. One query."""
    return Category.objects.values_list("pk", flat=True).get(key=TOTAL)
