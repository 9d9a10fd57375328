"""What an official paper says, apart from how it looks: frozen values that a room builds, stores and hands over.

Nothing here knows a page, a font or a file format. Texts are plain Vietnamese; headings carry no numbers, lists no
dashes, `Nơi nhận` no semicolons: composing adds them. A paper without a number or a date is a draft.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from diaban.foundation.documents.numbering import TYPES

Align = Literal["left", "center", "right"]
_FEW_ROWS: Final = 9
_FEW_LETTERS: Final = 1500
AUTHORITY_MARKS: Final = ("TM.", "Q.", "KT.", "TL.", "TUQ.")


class BadPaper(ValueError):
    """A paper contradicts itself: an unknown type, a row that does not fit its table."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the body; composing numbers it by level: `I.`, `1.`, `a)`, and none at level 4."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise BadPaper(f"heading level {self.level}: 1 to 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `bold_lead` (“Điều 1.”, “Thời gian:”) stands bold before it."""

    text: str
    bold_lead: str | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is its share of the table's width, a number column is set to the right unless told."""

    title: str
    width: float = 1.0
    align: Align | None = None
    kind: Literal["text", "number"] = "text"

    @property
    def alignment(self) -> Align:
        return self.align or ("right" if self.kind == "number" else "left")


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """A head over the columns `first` to `last` (from 0, both inside); a column in no group reaches over both lines."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SignOff:
    """A place to sign under a table or a form: title, what to write, and the name once known."""

    title: str
    hint: str = "(Ký, ghi rõ họ tên)"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are texts, already formatted. `number_row` is the line `A B C 1 2 3` under the heads."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head_groups: tuple[HeadGroup, ...] = ()
    number_row: tuple[str, ...] | None = None
    caption: str | None = None
    unit: str | None = None
    notes: tuple[str, ...] = ()
    sign_off: tuple[SignOff, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.columns)
        lines = [row.cells for row in self.rows] + ([self.number_row] if self.number_row else [])
        if not width or any(len(line) != width for line in lines):
            raise BadPaper(f"table: every row needs {width} cells, and at least one column")
        covered = [at for group in self.head_groups for at in range(group.first, group.last + 1)]
        if covered != sorted(set(covered)) or any(not 0 <= at < width for at in covered):
            raise BadPaper("table: head groups must stand in order, inside the table, without overlap")

    @property
    def stays_together(self) -> bool:
        """Whether no page parts it: few rows, unless what they say might be longer than a page."""
        said = sum(len(cell) for row in self.rows for cell in row.cells)
        return len(self.rows) < _FEW_ROWS and said < _FEW_LETTERS


@dataclass(frozen=True, slots=True)
class Picture:
    svg: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty space of so many millimetres."""

    height: float = 6.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Table | Picture | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Agency:
    """Who issues: the superior's name (“UBND tỉnh Hà Giang”), its own, and the place that stands before the date."""

    name: str
    place: str
    superior: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. `on_behalf_of` are the lines above the title, each with its mark: “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”."""

    title: str
    name: str = ""
    on_behalf_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in self.on_behalf_of:
            if not line.upper().startswith(AUTHORITY_MARKS):
                raise BadPaper(f"“{line}” begins with none of {', '.join(AUTHORITY_MARKS)}")


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex. `reference` replaces the line “(Kèm theo …)” that composing writes from the paper itself."""

    title: str
    body: tuple[Block, ...]
    landscape: bool = False
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper.

    `symbol` is what follows the slash (`BC-STTTT`); `number` the whole number once given (`05/BC-STTTT`). `issued_on`
    is the day of issue; a draft prints only month and year of `expected_on`. `enacting` is the line in capitals above
    the legal bases of a decision (“GIÁM ĐỐC SỞ …”). `notices` stand under the title and on every page.
    """

    type_code: str
    agency: Agency
    symbol: str
    subject: str
    body: tuple[Block, ...]
    signer: Signer
    number: str | None = None
    issued_on: date | None = None
    expected_on: date | None = None
    addressees: tuple[str, ...] = ()
    enacting: str | None = None
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    secretary: Signer | None = None
    notices: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    def __post_init__(self) -> None:
        if self.type_code not in TYPES:
            raise BadPaper(f"“{self.type_code}” is no type of Annex III")

    @property
    def is_draft(self) -> bool:
        return self.number is None or self.issued_on is None

    @property
    def day(self) -> date | None:
        """The day the paper counts as written on: of issue, else the expected one."""
        return self.issued_on or self.expected_on


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed working page that is no official paper: it bears no number and nobody signs it.

    `day` is the day of what it tells.
    """

    title: str
    subject: str
    agency: Agency
    day: date
    body: tuple[Block, ...]
    notices: tuple[str, ...] = ()


def rows_of(lines: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Plain rows from lists of cells."""
    return tuple(Row(tuple(line)) for line in lines)
