"""Sockets: what a room asks of strangers, as a typed protocol it owns; `config/wiring.py` plugs them."""

from typing import Any, Generic, TypeVar

from django.core.checks import CheckMessage, Error

T = TypeVar("T")


class DoublyPlugged(RuntimeError):
    """A socket that takes one plug was given two."""


class Unplugged(RuntimeError):
    """A socket was used before anything was plugged into it."""


class Socket(Generic[T]):
    """A place for exactly one plug."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._plug: T | None = None
        _SOCKETS.append(self)

    def plug(self, plug: T) -> None:
        if self._plug is not None and self._plug is not plug:
            raise DoublyPlugged(self.name)
        self._plug = plug

    def __call__(self) -> T:
        if self._plug is None:
            raise Unplugged(self.name)
        return self._plug

    @property
    def is_plugged(self) -> bool:
        return self._plug is not None


class Strip(Generic[T]):
    """A place for any number of plugs, each under its own name, in the order of plugging."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._plugs: dict[str, T] = {}

    def plug(self, name: str, plug: T) -> None:
        if self._plugs.setdefault(name, plug) is not plug:
            raise DoublyPlugged(f"{self.name}: {name}")

    def __call__(self) -> tuple[T, ...]:
        return tuple(self._plugs.values())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._plugs)

    def find(self, name: str) -> T | None:
        return self._plugs.get(name)


_SOCKETS: list["Socket[Any]"] = []


def check_sockets(**_options: object) -> list[CheckMessage]:
    """A system check: every socket that was made is plugged."""
    return [
        Error(f"The socket {socket.name} is not plugged", id="acts.E001")
        for socket in _SOCKETS
        if not socket.is_plugged
    ]
