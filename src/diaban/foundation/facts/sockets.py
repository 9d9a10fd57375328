"""What this room asks of rooms above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Socket, Strip
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
    expected has reported."""

    period: Period
    value: Decimal | None
    is_estimated: bool = False
    is_whole: bool = True


# (indicator's code, category, unit, first and last day of the periods, known by the end of a day) -> figures, oldest first
Measure = Callable[[str, str, int, tuple[date, date], date | None], Sequence[Measured]]
# Plugged by whoever knows which reporters an area's figures are made of.
MEASURE: Socket[Measure] = Socket("facts.measure")
