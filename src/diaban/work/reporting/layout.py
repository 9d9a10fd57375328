"""What stands on a form version, as plain values: what cells, validation and workbooks are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from diaban.foundation.ui.language import in_language


@dataclass(frozen=True, slots=True)
class Valid:
    """Days on which something holds: `lower` is the first, `upper` the first no more; None is open."""

    lower: date | None = None
    upper: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.lower is None or self.lower <= day) and (self.upper is None or day < self.upper)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as far as a form needs it. `numerator`, `denominator` are codes, blank where there are none."""

    code: str
    name: str
    unit_name: str
    value_type: str
    digits: int
    least: Decimal | None = None
    most: Decimal | None = None
    numerator: str = ""
    denominator: str = ""
    scale: Decimal = Decimal(1)
    formula: str = ""
    valid: Valid = field(default_factory=Valid)

    @property
    def is_derived(self) -> bool:
        """Whether it is computed and never reported."""
        return bool(self.numerator or self.formula)

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers are values of it."""
        return self.value_type in {"integer", "rank", "boolean"}


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a row's dimension with the label the form prints."""

    code: str
    label: str
    valid: Valid = field(default_factory=Valid)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form. `parts` are all members of its dimension in print order, whatever the day."""

    position: int
    section: int
    indicator: str
    dimension: str
    mode: str
    required: str
    provider: str
    frequency: str = "every"
    prefill_last: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    note: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the words. `columns` are (code, label) pairs where it is a table."""

    code: str
    part: str
    heading: str
    kind: str
    required: bool
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of the form: an expression that must be true where all its cells have values."""

    code: str
    kind: str
    expression: str
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """A section: its number and title, the catalogue's word for its recipient and the field by which that one is found."""

    number: int
    title: str
    recipient: str
    field_code: str
    section_id: int = 0
    title_en: str = ""

    @property
    def called(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title, self.title_en)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A form version. `measures` holds every indicator the rows name, and those their ratios and formulas need; `stamp` is that
    of the catalogue it was read with, None of one that is being written.

    Two layouts are never equal, so that what is worked out from one can be remembered under it.
    """

    version_id: int
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    measures: Mapping[str, Measure]
    headings: tuple[Heading, ...] = ()
    rules: tuple[Rule, ...] = ()
    stamp: tuple[int | None, ...] | None = None

    def only(self, blocks: Sequence[Block]) -> "Layout":
        """The layout with those sections only; words belong to no section and stay."""
        numbers = {block.number for block in blocks}
        lines = tuple(line for line in self.lines if line.section in numbers)
        return replace(self, blocks=tuple(blocks), lines=lines)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the indicators that have rows, in the order of the paper."""
        return tuple(dict.fromkeys(line.indicator for line in self.lines))
