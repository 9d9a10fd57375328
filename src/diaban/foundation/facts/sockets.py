"""What this room asks of rooms above it."""

from collections.abc import Callable
from dataclasses import dataclass

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Strip


@dataclass(frozen=True)
class Asked:
    """A place where an indicator is asked for: a form and its row, as the actor may see it."""

    title: str
    note: str
    url: str | None


ASKED_IN: Strip[Callable[[Actor, str], list[Asked]]] = Strip("facts.asked_in")
