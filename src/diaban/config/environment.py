"""Reads settings from the environment; all that is wrong is said at once, in one message."""

import os
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
# A statement is planned once for a connection: planning took most of the database's time.
PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 2}


class Environment:
    """Typed reading of variables that share a prefix.

    A bad value is remembered, not raised, so that `finish()` can name every bad variable together.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default).strip()

    def flag(self, name: str, *, default: bool) -> bool:
        words = {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }
        return self._read(name, default, lambda raw: words[raw.lower()], "one of 1, 0, true, false, yes, no")

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        def parse(raw: str) -> int:
            value = int(raw)
            if value < least:
                raise ValueError(raw)
            return value

        return self._read(name, default, parse, f"a whole number of at least {least}")

    def words(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        return [word.strip() for word in self.text(name, ",".join(default)).split(",") if word.strip()]

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks as `10.1.0.0/16`, commas between."""
        wanted = "networks like 10.1.0.0/16, with commas between"
        return self._read(name, (), lambda _raw: tuple(map(ip_network, self.words(name))), wanted)

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name) or default).expanduser().resolve()

    def postgres(self, name: str) -> dict[str, object] | None:
        """A `postgresql://user:password@host:port/name?option=value` address as Django's database settings."""
        return self._read(name, None, parse_postgres, "postgresql://USER:PASSWORD@HOST:PORT/NAME")

    def problem(self, sentence: str) -> None:
        self.problems.append(sentence)

    def finish(self) -> None:
        """Raise `ImproperlyConfigured` with every problem found, or return."""
        if self.problems:
            raise ImproperlyConfigured("Địa Bàn cannot start with these settings:\n  - " + "\n  - ".join(self.problems))

    def _read(self, name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
        raw = self.text(name)
        if not raw:
            return default
        try:
            return parse(raw)
        except (ValueError, KeyError):
            self.problem(f"{name} must be {wanted}; it is {_harmless(name, raw)}")
            return default


def parse_postgres(url: str) -> dict[str, object]:
    """Database settings from an address. Raises ValueError where it is not one of PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError(url)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": {**PLANNED_ONCE, **options},
    }


def _harmless(name: str, raw: str) -> str:
    return "set to something else (not shown)" if "SECRET" in name or "URL" in name else repr(raw)
