"""A channel that is not connected yet: each message becomes a JSON file, which whoever connects a service can take up."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from django.utils.functional import Promise

from diaban.foundation.accounts.channels import ChannelDown, Contact, Message, Recipient


def told_in(message: Message) -> dict[str, object]:
    """What a message says to programs: no figure and nothing personal but the account's own name."""
    return {
        "key": message.key,
        "account": message.to.account.username,
        "language": message.to.account.language,
        "url": message.url,
        "notices": [
            {"text": one.text, "reason": one.reason, "at": timezone.localtime(one.created_at).isoformat()}
            for one in message.notices
        ],
    }


@dataclass(frozen=True)
class Filing:
    """Writes into `folder`, one file for each message; the same message again replaces its file."""

    label: Promise | str
    folder: Path
    address_in: Callable[[Contact], str]
    is_connected: bool = False

    def address(self, to: Recipient) -> str:
        return self.address_in(to.contact)

    def send(self, message: Message) -> None:
        said = {"to": self.address(message.to), **told_in(message)}
        unfinished = self.folder / f".{message.key}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(said, ensure_ascii=False, indent=2), encoding="utf-8")
            unfinished.replace(self.folder / f"{message.key}.json")
        except OSError as error:
            raise ChannelDown(str(error)) from error
