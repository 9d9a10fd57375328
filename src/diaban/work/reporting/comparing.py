"""Two reports side by side: what each says in a cell, and by how much they differ. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from diaban.work.reporting.cells import NAME, Cell, Kind


@dataclass(frozen=True, slots=True)
class Compared:
    """One cell in two reports; None where a report has no value there.

    `percent` is the growth from the first to the second, None where it has no meaning; of indicators that are shares
    only the difference, in points, is told.
    """

    cell: Cell
    first: Decimal | None
    second: Decimal | None
    is_share: bool

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def difference(self) -> Decimal | None:
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def percent(self) -> Decimal | None:
        if self.is_share or self.first is None or self.second is None or self.first <= 0:
            return None
        return (self.second - self.first) * 100 / self.first


def compared(
    cells: Sequence[Cell], first: Mapping[str, Decimal], second: Mapping[str, Decimal], *, only_different: bool = False
) -> list[Compared]:
    """The figure cells in the order of the paper; those without a value on both sides are left out."""
    rows = [
        Compared(cell, first.get(cell.name), second.get(cell.name), cell.unit_name == "%")
        for cell in cells
        if cell.indicator and not cell.name.startswith(NAME) and cell.kind is not Kind.TEXT
    ]
    return [
        row for row in rows if (row.first is not None or row.second is not None) and (row.differs or not only_different)
    ]
