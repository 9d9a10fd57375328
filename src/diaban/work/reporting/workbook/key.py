"""What ties a workbook to a report: the hidden sheet that says whose it is, and the names of its cells."""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from hashlib import sha256

FORMAT = "1"
HIDDEN = "_diaban"
FIGURES, WORDS, TABLES = "Biểu số liệu", "Phần lời", "Bảng kèm theo"
FIRST_PLACE = 10  # the row of the hidden sheet where the list of cells begins

# Excel takes a name such as BC07 or TT11 for the cell in column BC, row 7, and calls a workbook that defines it damaged.
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+")


@dataclass(frozen=True, slots=True)
class Key:
    """Which report a workbook is for: codes of form and unit, the version's number, the period in full (`nd09:2026-Q1`)."""

    form: str
    version: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class Place:
    """A cell to be filled, as the hidden sheet lists it.

    `kind` is whole, number, tick, name, text or rows; `a1` stands on the sheet of that kind; `keeps` is last period's figure
    of a stock, which "nt" (như trước) repeats; `label` is how messages call it.
    """

    name: str
    kind: str
    a1: str
    keeps: str
    label: str

    @property
    def line(self) -> str:
        """As it stands on the hidden sheet."""
        return f"{self.name}|{self.kind}|{self.a1}|{self.keeps}|{self.label}"

    @classmethod
    def read(cls, line: str) -> "Place":
        """From a line of the hidden sheet, whatever has become of it."""
        name, kind, a1, keeps, label = (line.split("|", 4) + [""] * 4)[:5]
        return cls(name, kind, a1, keeps, label)


def defined_name(cell: str) -> str:
    """The defined name of a cell: its own, with `_` before one that Excel would take for a cell's address (`_BC07`)."""
    return f"_{cell}" if _LIKE_A_CELL.fullmatch(cell) else cell


def cell_name(defined: str) -> str:
    """The cell that a defined name stands for; programs may also have named `BC07` plainly."""
    plain = defined.removeprefix("_")
    return plain if _LIKE_A_CELL.fullmatch(plain) else defined


def checksum(key: Key, places: Iterable[Place]) -> str:
    """A digest of everything on the hidden sheet: it shows a change made by hand, it is no secret."""
    lines = [FORMAT, *map(str, astuple(key)), *(place.line for place in places)]
    return sha256("\n".join(lines).encode()).hexdigest()[:20]
