"""How wide the columns of a table print: by their shares, but none narrower than its longest word."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from diaban.foundation.documents.content import Table

_MM_PER_POINT: Final = 25.4 / 72
_WHITE: Final = 2.6  # millimetres at the sides of a cell, and a hair for the fonts that stand in for Times New Roman
_NARROW: Final = frozenset("iìíỉĩịjltfrI.,;:'!|()[]/- ")
_MOST: Final = 0.4  # a word longer than this share of the table is broken wherever it must


def column_widths(table: Table, room: float, size: float) -> list[float]:
    """Millimetres of each column where so many are to be filled by text of `size` points."""
    total = sum(column.width for column in table.columns)
    widths = [room * column.width / total for column in table.columns]
    needs = [min(need, room * _MOST) for need in _needs(table, size)]
    if sum(needs) >= room:
        return [room * need / sum(needs) for need in needs]
    return _raised(widths, needs)


def _raised(widths: Sequence[float], needs: Sequence[float]) -> list[float]:
    """What the narrow ones lack is taken from those that have more than they need, evenly."""
    lack = sum(max(need - width, 0) for width, need in zip(widths, needs, strict=True))
    spare = sum(max(width - need, 0) for width, need in zip(widths, needs, strict=True))
    share = lack / spare if spare else 0.0
    return [need if width < need else width - (width - need) * share for width, need in zip(widths, needs, strict=True)]


def _needs(table: Table, size: float) -> list[float]:
    heads = [_longest([column.title], size, bold=True) for column in table.columns]
    cells = zip(*(row.cells for row in table.rows), strict=True) if table.rows else ([] for _ in heads)
    plain = [_longest(column, size, bold=False) for column in cells]
    return [max(head, text) + _WHITE for head, text in zip(heads, plain, strict=True)]


def _longest(texts: Iterable[str], size: float, *, bold: bool) -> float:
    words = {word for text in texts for word in re.split(r"[\s-]+", text)}
    return max((words_width(word, size, bold=bold) for word in words), default=0.0)


def words_width(word: str, size: float, *, bold: bool) -> float:
    """About how many millimetres a line takes in Times New Roman: capitals 0.72 of the size, figures 0.5, narrow letters 0.31,
    others 0.5; bold letters a little more."""
    wide = sum(0.31 if char in _NARROW else 0.5 if char.isdigit() else 0.72 if char.isupper() else 0.5 for char in word)
    return wide * (1.06 if bold else 1.0) * size * _MM_PER_POINT
