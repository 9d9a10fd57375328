"""What a workbook shows besides its form: whose report it is, and the figures to compare with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from diaban.work.reporting.workbook.key import Key


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the table. `basis` is the document that issued the form; `signers` from left to right."""

    key: Key
    title: str
    form_number: str
    reporter: str
    receiver: str
    period_label: str
    span_label: str = ""
    basis: str = ""
    signers: tuple[str, ...] = ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ")
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that stand beside: of the period before, a year ago, planned for the year, and (`so_far`) of flows the sum of
    the year's earlier periods, None where it is not known. A total that is absent there is a stock, its own cumulative value.
    `supplied` names cells that others filled.
    """

    previous: Mapping[str, Decimal] = field(default_factory=dict)
    last_year: Mapping[str, Decimal] = field(default_factory=dict)
    plan: Mapping[str, Decimal] = field(default_factory=dict)
    so_far: Mapping[str, Decimal | None] = field(default_factory=dict)
    supplied: Collection[str] = ()
