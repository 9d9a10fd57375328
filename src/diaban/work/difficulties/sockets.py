"""What this room asks of strangers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Socket
from diaban.work.difficulties.models import Difficulty


@dataclass(frozen=True)
class Came:
    """Something that was asked of others because of a matter: by whom, of whom, until when, how it stands."""

    title: str
    url: str
    issuer: str
    who: str
    state: str
    due_on: date | None


@dataclass(frozen=True)
class Directed:
    """What came of a matter, as far as the reader sees it; and where he may ask others for more, blank where he may not."""

    begin_url: str
    came: Sequence[Came]


DIRECTED: Socket[Callable[[Actor, Difficulty], Directed]] = Socket("difficulties.directed")
