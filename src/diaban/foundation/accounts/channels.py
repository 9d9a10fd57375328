"""The ways by which notices leave the system: mail is plugged; a telephone's or Zalo's service may be, without a change here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from diaban.foundation.accounts.models import Account, Notice
from diaban.foundation.acts.sockets import Strip


class NotReached(Exception):
    """This account cannot be reached this way; the message says why. Others can."""


class ChannelDown(Exception):
    """Nobody can be reached this way now; what waits is tried again later."""


@dataclass(frozen=True)
class Message:
    """What one account is told at once: its notices, oldest first, and where they are read."""

    account: Account
    notices: Sequence[Notice]
    url: str


class Channel(Protocol):
    def reaches(self, account: Account) -> bool:
        """Whether the account has an address here."""
        ...

    def send(self, message: Message) -> None:
        """Send it. Raises `NotReached` or `ChannelDown`."""
        ...


channels: Strip[Channel] = Strip("accounts.channels")
