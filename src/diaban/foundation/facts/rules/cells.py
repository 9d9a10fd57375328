"""How a cell is named: "BC07" a total, "BC07__level_1" a part of it; and how a category is written."""

from collections.abc import Mapping

Cell = str
TOTAL = ""


class NotCanonical(ValueError):
    """A category key that is not in its one canonical form."""


def category_key(members: Mapping[str, str]) -> str:
    """The canonical key of a set of members, given as dimension → code: "" for the total."""
    return ";".join(f"{dimension}={members[dimension]}" for dimension in sorted(members))


def members_of(key: str) -> dict[str, str]:
    """The members of a key, dimension → code. Raises `NotCanonical`."""
    members: dict[str, str] = {}
    for term in key.split(";") if key else ():
        dimension, equals, code = term.partition("=")
        if not (dimension and equals and code):
            raise NotCanonical(key)
        members[dimension] = code
    if category_key(members) != key:
        raise NotCanonical(key)
    return members


def cell_of(indicator: str, key: str) -> Cell:
    """The name of a cell on a form: codes are unique within an indicator, so one member needs no dimension."""
    members = members_of(key)
    return "__".join([indicator, *members.values()])


def indicator_of(cell: Cell) -> str:
    """The indicator that a cell belongs to."""
    return cell.split("__", 1)[0]
