"""What this room asks of rooms above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Socket, Strip
from diaban.foundation.acts.subjects import Subject
from diaban.lib.periods import Period


@dataclass(frozen=True)
class Asked:
    """A place where an indicator is asked for: a form and its row, as the actor may see it."""

    title: str
    note: str
    url: str | None


ASKED_IN: Strip[Callable[[Actor, str], list[Asked]]] = Strip("facts.asked_in")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure of an indicator in one period over a ground: no value where there is none, whole where everybody
    expected has reported. `url` is the page of what it is made of."""

    period: Period
    value: Decimal | None
    is_estimated: bool = False
    is_whole: bool = True
    url: str = ""


# (indicator's code, category, unit, first and last day of the periods, known by the end of a day) -> figures, oldest first
Measure = Callable[[str, str, int, tuple[date, date], date | None], Sequence[Measured]]
# Plugged by whoever knows which reporters an area's figures are made of.
MEASURE: Socket[Measure] = Socket("facts.measure")


@dataclass(frozen=True)
class Aim:
    """Something that was to move the figure of an indicator, and how it stands, as the actor may see it."""

    subject: Subject
    label: str
    url: str
    states: tuple[str, ...]


# (reader, indicator's code, unit) -> what aims at the indicator's figure over the unit or in it. Three queries at most.
AIMS: Strip[Callable[[Actor, str, int], Sequence[Aim]]] = Strip("facts.aims")
