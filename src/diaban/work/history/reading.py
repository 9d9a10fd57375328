"""A file as an office keeps it, read sheet by sheet into cells."""

from dataclasses import dataclass
from functools import lru_cache

from diaban.foundation.files.sniffing import XLSX
from diaban.lib.workbooks import CellKind, CellValue, is_workbook, read_csv, read_workbook
from diaban.work.history.rules.tables import Rows

EMPTY = CellValue(CellKind.EMPTY)


@dataclass(frozen=True)
class Sheets:
    """The sheets of a file by name, in order; a text table has one without a name."""

    rows: dict[str, Rows]

    @property
    def first(self) -> str:
        """The sheet with the most cells, the first of these."""
        return max(
            self.rows,
            key=lambda name: sum(sum(cell.kind is not CellKind.EMPTY for cell in row) for row in self.rows[name]),
        )


@lru_cache(maxsize=4)  # a sheet is matched page after page, and its file never changes
def read_sheets(content: bytes) -> Sheets:
    """Raises `WorkbookRefused`."""
    if is_workbook(content):
        book = read_workbook(content)
        return Sheets({name: book.sheet_rows(name) for name in book.sheets})
    rows = read_csv(content)
    width = max(map(len, rows), default=0)
    return Sheets({"": [[_text(row[at] if at < len(row) else "") for at in range(width)] for row in rows]})


def _text(text: str) -> CellValue:
    text = text.strip()
    return CellValue(CellKind.TEXT, text, shows=CellKind.TEXT) if text else EMPTY


KINDS = frozenset({XLSX, "text/csv"})
