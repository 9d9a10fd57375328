"""The dossier of a place (hồ sơ địa bàn): each room tells what it knows of one unit, section by section."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Strip
from diaban.foundation.territory.models import Containment, UnitVersion
from diaban.foundation.territory.queries import UnknownUnit, nearest_of

T = TypeVar("T")


class Lying(NamedTuple):
    """That the unit lay in another, or was itself, from `since` (None: always) until before `until` (None: still)."""

    unit_id: int
    steps: int
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, eq=False)
class Place:
    """One unit as its sections are told to one reader on one day; it lives as long as one request.

    `version` is what the unit is called that day, or the nearest to it. `once` is for what several sections read alike.
    """

    actor: Actor
    version: UnitVersion
    on: date
    lying: Sequence[Lying]
    _read: dict[Callable[["Place"], Any], Any] = field(default_factory=dict, repr=False)

    @property
    def unit_id(self) -> int:
        return self.version.unit_id

    @property
    def uid(self) -> UUID:
        return self.version.unit.uid

    def above(self, day: date | None = None) -> list[tuple[int, int]]:
        """What the unit lies in that day, or today, itself first, each with the steps between; nothing where it did not exist."""
        return [(one.unit_id, one.steps) for one in self.lying if one.holds_on(day or self.on)]

    def once(self, read: "Callable[[Place], T]") -> T:
        """What `read` finds of this place, asked once however many sections ask."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast("T", self._read[read])


def place_of(actor: Actor, uid: UUID, on: date) -> Place:
    """The place of a unit. One query. Raises `UnknownUnit`."""
    line = JSONObject(
        unit="ancestor_id", steps="distance", since=RangeStartsWith("valid"), until=RangeEndsWith("valid")
    )
    lines = Containment.objects.filter(descendant=OuterRef("unit")).order_by("distance").values(line=line)
    found = UnitVersion.objects.filter(unit__uid=uid).select_related("unit").annotate(lines=ArraySubquery(lines))
    versions = nearest_of(found, on)
    if not versions:
        raise UnknownUnit(str(uid))
    (version,) = versions.values()
    lying = [
        Lying(one["unit"], one["steps"], _day(one["since"]), _day(one["until"])) for one in version.__dict__["lines"]
    ]
    return Place(actor, version, on, lying)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


@dataclass(frozen=True, slots=True)
class Said:
    """One cell of a section's table: words, an address they lead to, or the code of a status shown in its place."""

    text: str = ""
    url: str = ""
    status: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart (SVG) that is drawn only where it is looked at; `about` says what it shows."""

    about: str
    draw: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Section:
    """What one room tells: a lead in one sentence, a table, a picture, where there is more.

    `empty` is said where the room has nothing to tell yet: what to do next. `key` is the name it was plugged under.
    """

    title: str
    lead: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Said]] = field(default_factory=tuple)
    picture: Picture | None = None
    more: str = ""
    empty: str = ""
    key: str = ""

    @property
    def lines(self) -> list[list[tuple[str, Said]]]:
        """The rows, each cell under its head."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


# A place -> a section of what the reader may see; None where the unit is no matter of the room. Four queries at most.
Source = Callable[[Place], Section | None]
sources: Strip[Source] = Strip("territory.dossier")


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one unit that a face keeps."""

    label: str
    url: str


pages_of_unit: Strip[Callable[[UUID], Page]] = Strip("territory.pages")


def dossier(place: Place) -> list[Section]:
    """The sections of a unit that the reader may see, in the order they were plugged."""
    told = ((name, source(place)) for name, source in zip(sources.names, sources(), strict=True))
    return [replace(section, key=name) for name, section in told if section is not None]


def section_of(place: Place, key: str) -> Section | None:
    """One section by the name it was plugged under."""
    source = sources.find(key)
    section = source(place) if source is not None else None
    return None if section is None else replace(section, key=key)
