"""What rooms above add to the page of an organisation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Strip


@dataclass(frozen=True)
class Part:
    """A template and what it shows; the template finds it as `part.context`. At most three queries."""

    template: str
    context: Mapping[str, Any]


PARTS: Strip[Callable[[Actor, int, date], Part]] = Strip("organisations.parts")
