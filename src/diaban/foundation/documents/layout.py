"""The numbers of a document form: a family of margins, sizes and boxes, valid from a day.

`ND30` is Annex I of Decree 30/2020/NĐ-CP, in force from 5 March 2020. Where the decree gives a range the sample size of
its own table is taken. Lengths are millimetres, type sizes points.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Margins:
    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """Points, by the component of the decree's sample table."""

    nation: float
    motto: float
    agency: float
    number: float
    place_date: float
    title: float
    short_subject: float
    body: float
    signer: float
    recipients_head: float
    recipients: float
    page_number: float
    notice: float


@dataclass(frozen=True, slots=True)
class Family:
    """One way of laying papers out. `left_box` and `right_box` share the text width of an upright page."""

    code: str
    basis: str
    valid_from: date
    page_width: float
    page_height: float
    margins: Margins
    sizes: Sizes
    left_box: float
    right_box: float
    motto_width: float
    indent: float
    paragraph_gap_pt: float
    line_factor: float
    signature_gap: float
    rule_share: float

    def holds_on(self, day: date | None) -> bool:
        return day is None or day >= self.valid_from

    def text_width(self, *, landscape: bool) -> float:
        page = self.page_height if landscape else self.page_width
        return page - self.margins.left - self.margins.right


ND30: Final = Family(
    code="nd30",
    basis="Nghị định 30/2020/NĐ-CP",
    valid_from=date(2020, 3, 5),
    page_width=210,
    page_height=297,
    margins=Margins(top=20, bottom=20, left=30, right=15),
    sizes=Sizes(
        nation=12,
        motto=13,
        agency=12,
        number=13,
        place_date=13,
        title=14,
        short_subject=12,
        body=14,
        signer=14,
        recipients_head=12,
        recipients=11,
        page_number=13,
        notice=10,
    ),
    # The name of the nation at 12 points bold is 87.7 mm wide and must stay on one line.
    left_box=75,
    right_box=90,
    motto_width=56.1,  # of “Độc lập - Tự do - Hạnh phúc” at 13 points bold: the rule below is as long
    indent=12.7,
    paragraph_gap_pt=6,
    line_factor=1.1,
    signature_gap=28,
    rule_share=0.42,
)
FAMILIES: Final = {family.code: family for family in (ND30,)}

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


def table_size(columns: int) -> float:
    """Points for the text of a table: the decree leaves them free, a wide table must still be read on paper."""
    for limit, size in ((5, 13.0), (7, 12.0), (9, 11.0)):
        if columns <= limit:
            return size
    return 10.0
