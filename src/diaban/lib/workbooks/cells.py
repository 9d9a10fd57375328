"""A place in a workbook and what stands there."""

from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_FIFTEEN = Context(prec=15)
_LARGEST = 308  # power of ten: what the format's floating point can hold


class CellKind(StrEnum):
    EMPTY = "empty"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """A cell; rows and columns are counted from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """`C5`, as people call it."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell holds.

    `text` is what was typed, in NFC; of a number its plain digits with a point, of a date ISO, of a boolean TRUE or FALSE,
    of an error its code. `number` is exact, in the fifteen digits that Excel keeps; a date's is its serial number. A formula
    shows its last computed result, whose kind is `shows`. `is_percent`: the cell is formatted so that 0.15 reads 15%.
    """

    kind: CellKind
    text: str = ""
    number: Decimal | None = None
    shows: CellKind = CellKind.EMPTY
    day: date | None = None
    is_percent: bool = False


EMPTY = CellValue(CellKind.EMPTY)


def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """0 where the letters are no column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column if column <= LAST_COLUMN else 0


@lru_cache(maxsize=1 << 16)
def position(a1: str) -> tuple[int, int] | None:
    """Row and column of `C5` or `$C$5`; None where it is no cell of a sheet."""
    a1 = a1.replace("$", "")
    letters = a1.rstrip("0123456789")
    digits = a1[len(letters) :]
    column, row = _column(letters), int(digits) if 0 < len(digits) < 8 else 0
    return (row, column) if column and 0 < row <= LAST_ROW else None


def exact_number(stored: str) -> Decimal | None:
    """The number a file stores, without the noise of binary fractions: 0.30000000000000004 is 0.3. None if it is none."""
    if len(stored) <= 15 and stored.isdecimal():
        return Decimal(stored)
    try:
        number = _FIFTEEN.create_decimal(stored)
    except InvalidOperation:
        return None
    if not number:
        return Decimal(0) if number.is_finite() else None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return None
    number = _FIFTEEN.normalize(number)
    exponent = number.as_tuple().exponent
    return Decimal(int(number)) if isinstance(exponent, int) and exponent > 0 else number
