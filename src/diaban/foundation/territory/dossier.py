"""The dossier of a place (hồ sơ địa bàn): each room tells what it knows of one unit, section by section."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Strip


@dataclass(frozen=True, slots=True)
class Said:
    """One cell of a section's table: words, an address they lead to, or the code of a status shown in its place."""

    text: str = ""
    url: str = ""
    status: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What one room tells: a lead in one sentence, a table, a chart (SVG, blank for none), where there is more.

    `empty` is said where the room has nothing to tell yet.
    """

    title: str
    lead: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Said]] = field(default_factory=tuple)
    chart: str = ""
    more: str = ""
    empty: str = ""


# (reader, unit, day) -> a section of what the reader may see; None where the unit is no matter of the room. Four queries at most.
Source = Callable[[Actor, int, date], Section | None]
sources: Strip[Source] = Strip("territory.dossier")


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one unit that a face keeps."""

    label: str
    url: str


pages_of_unit: Strip[Callable[[UUID], Page]] = Strip("territory.pages")


def dossier(actor: Actor, unit_id: int, on: date) -> list[Section]:
    """The sections of a unit that the actor may see, in the order they were plugged."""
    told = (source(actor, unit_id, on) for source in sources())
    return [section for section in told if section is not None]
