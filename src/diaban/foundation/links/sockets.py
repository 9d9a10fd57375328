"""What rooms tell of the things of a chain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Strip


@dataclass(frozen=True)
class Figure:
    """A figure that a thing was to move, as it is written: from where, to where, where it is now; "" for what is not known.

    `url` is the page of what the figure is made of, "" where there is none. One that `is_read` no further stands with its target
    alone.
    """

    label: str
    baseline: str
    target: str
    target_label: str
    now: str
    now_label: str
    url: str = ""
    is_read: bool = True


@dataclass(frozen=True)
class Standing:
    """How a thing stands: codes of the vocabulary of statuses, each once, and the figures it is measured by."""

    states: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


# (reader, what he sees of one kind, day) -> how each stands, by id; what has no state is left out. Plugged under the kind.
# Two queries at most for all; the figure of the first thing that has one may be read.
STANDINGS: Strip[Callable[[Actor, Sequence[Any], date], Mapping[int, Standing]]] = Strip("links.standings")
