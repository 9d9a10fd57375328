"""What this room asks of rooms above it."""

from collections.abc import Callable, Collection

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.sockets import Socket

# The organisations of the actor's legal body: itself, those above it and every room that works in its name.
OFFICES: Socket[Callable[[Actor], Collection[int]]] = Socket("journal.offices")
