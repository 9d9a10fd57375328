"""The ways by which notices leave the system, and what a plug of one has to offer: `config/wiring.py` plugs them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.acts.sockets import Socket, Strip


class NotReached(Exception):
    """This account cannot be reached this way; the message says why. Others can."""


class ChannelDown(Exception):
    """Nobody can be reached this way now; what waits is tried again later."""


@dataclass(frozen=True)
class Contact:
    """Where a person is reached; blank where not known."""

    phone: str = ""
    zalo: str = ""


@dataclass(frozen=True)
class Recipient:
    """An account with its person's contact."""

    account: Account
    contact: Contact = Contact()


@dataclass(frozen=True)
class Message:
    """What one account is told at once: its notices, oldest first, and where they are read.

    `key` is the same however often it is tried, so that who receives it twice can see that.
    """

    key: str
    to: Recipient
    notices: Sequence[Notice]
    url: str


class Channel(Protocol):
    """One way out. `is_connected` is False for one that only writes into files: nobody is reached; the pages say so."""

    @property
    def label(self) -> Promise | str: ...
    @property
    def is_connected(self) -> bool: ...

    def address(self, to: Recipient) -> str:
        """The recipient's address here; blank where he has none."""
        ...

    def send(self, message: Message) -> None:
        """Send it. Raises `NotReached` or `ChannelDown`."""
        ...


channels: Strip[Channel] = Strip("accounts.channels")
CONTACTS: Socket[Callable[[Iterable[int]], Mapping[int, Contact]]] = Socket("accounts.contacts")
