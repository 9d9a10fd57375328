"""How large a file may be before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes unless named otherwise. `rows`, `columns` and `area` bound where the last filled cell of a sheet may stand;
    `ratio` is the unpacked size over the packed one, of files that unpack to more than a mebibyte."""

    content: int = 20 * MEBIBYTE
    unpacked: int = 96 * MEBIBYTE
    entry: int = 48 * MEBIBYTE
    entries: int = 2000
    ratio: int = 200
    sheets: int = 50
    rows: int = 50_000
    columns: int = 1000
    area: int = 1_000_000
    cells: int = 500_000
    names: int = 20_000

    @property
    def tags(self) -> int:
        """The most tags of a sheet: a cell has six with its formula and value; rows and rules come besides."""
        return 6 * self.cells + 200_000
