"""The link by which a unit answers without signing in, and the actor that its holder is."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import constant_time_compare, salted_hmac

from diaban.foundation.acts.actor import Grant, NotPermitted, Reach
from diaban.foundation.acts.catalogue import act_kind

ANSWER_BY_LINK = "requests.answer_by_link"
_SALT = "diaban.work.requests.links"
_KEY, _SEAL = 16, 20  # characters: 96 random bits, and 80 bits of the seal


def new_key() -> str:
    return secrets.token_urlsafe(12)


def token_of(key: str) -> str:
    """What stands in the address: the key with its seal, so that the database alone opens no link."""
    return key + _seal(key)


def key_of(token: str) -> str | None:
    """The key of a token that we made; None for any other."""
    key, seal = token[:_KEY], token[_KEY:]
    return key if len(token) == _KEY + _SEAL and constant_time_compare(seal, _seal(key)) else None


def _seal(key: str) -> str:
    return salted_hmac(_SALT, key, algorithm="sha256").hexdigest()[:_SEAL]


@dataclass(frozen=True)
class LinkHolder:
    """Whoever opened the link of one receiver: may answer for it, and nothing else."""

    receiver_name: str
    organisation_id: int
    person: str
    today: date
    account_id: None = None
    position_id: None = None

    @property
    def label(self) -> str:
        return f"{self.person}, {self.receiver_name} (qua liên kết, không đăng nhập)"

    def may(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant | None:
        return Grant(None, f"Liên kết trả lời gửi riêng cho {self.receiver_name}") if act == ANSWER_BY_LINK else None

    def reaches(self, act: str) -> tuple[Reach, ...]:
        return ()

    def require(self, act: str, field: str | None = None, unit_id: int | None = None) -> Grant:
        grant = self.may(act, field, unit_id)
        if grant is None:
            raise NotPermitted(str(act_kind(act).label))
        return grant
