"""What a chart shows, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from diaban.lib.vietnamese import format_number

MISSING, ESTIMATED = "…", "ước"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, or one part of a stack. None is no value, shown as “…”. `href` is a path on this site."""

    label: str
    value: Decimal | None
    href: str | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of parts; equal labels of parts are one series over all stacks."""

    label: str
    parts: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a place along a line, mostly a period."""

    label: str
    value: Decimal | None
    href: str | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    points: tuple[Point, ...]


def figure(mark: Bar | Point, digits: int | None) -> str:
    """The value in Vietnamese, as it stands beside its mark."""
    if mark.value is None:
        return MISSING
    number = format_number(mark.value, digits)
    return f"{number} ({ESTIMATED})" if mark.estimated else number


def spoken(label: str, mark: Bar | Point, digits: int | None, unit: str) -> str:
    """The mark in words: “Xã Tân Trịnh: 1.234 thuê bao (ước)”."""
    if mark.value is None:
        return f"{label}: chưa có số liệu"
    number = format_number(mark.value, digits)
    words = f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".rstrip()
    return f"{label}: {words} ({ESTIMATED})" if mark.estimated else f"{label}: {words}"


def sentence(words: Iterable[object]) -> str:
    """What all marks say, for those who hear the picture."""
    return "; ".join(str(word) for word in words) + "."
