"""Numbers and symbols of administrative documents: Decree 30/2020/NĐ-CP, Annex I part I.II.3 and Annex III.

`05/BC-STTTT` is ordinal, slash, symbol. A named type puts its abbreviation first; a công văn, which has none, puts the
agency and the unit that drafted it (`12/STTTT-VP`). A province's normative document also carries the year
(`18/2016/QĐ-UBND`).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _


class BadNumber(ValueError):
    """What was typed is not a document number; the message is a Vietnamese sentence for whoever typed it."""


@dataclass(frozen=True, slots=True)
class PaperType:
    """A type of paper: `code` is ours and stable, `abbreviation` the legal one (a công văn has none)."""

    code: str
    name: str
    abbreviation: str | None
    order: int


def _table() -> dict[str, PaperType]:
    named = (
        ("NQ", "Nghị quyết"),
        ("QĐ", "Quyết định"),
        ("CT", "Chỉ thị"),
        ("QC", "Quy chế"),
        ("QyĐ", "Quy định"),
        ("TC", "Thông cáo"),
        ("TB", "Thông báo"),
        ("HD", "Hướng dẫn"),
        ("CTr", "Chương trình"),
        ("KH", "Kế hoạch"),
        ("PA", "Phương án"),
        ("ĐA", "Đề án"),
        ("DA", "Dự án"),
        ("BC", "Báo cáo"),
        ("BB", "Biên bản"),
        ("TTr", "Tờ trình"),
        ("HĐ", "Hợp đồng"),
        ("CĐ", "Công điện"),
        ("BGN", "Bản ghi nhớ"),
        ("BTT", "Bản thỏa thuận"),
        ("GUQ", "Giấy ủy quyền"),
        ("GM", "Giấy mời"),
        ("GGT", "Giấy giới thiệu"),
        ("GNP", "Giấy nghỉ phép"),
        ("PG", "Phiếu gửi"),
        ("PC", "Phiếu chuyển"),
        ("PB", "Phiếu báo"),
    )
    types = {code: PaperType(code, name, code, order) for order, (code, name) in enumerate(named, start=1)}
    # Article 7 lists these two beside the named types; Annex III gives them no abbreviation.
    for code, name in (("CV", "Công văn"), ("ThC", "Thư công")):
        types[code] = PaperType(code, name, None, len(types) + 1)
    return types


TYPES: Final = _table()
COPIES: Final = {"SY": "Bản sao y", "TrS": "Bản trích sao", "SL": "Bản sao lục"}

_GROUP = r"[A-ZĐ][A-Za-zĐđ0-9&.]*"
_SYMBOL = re.compile(rf"[A-ZĐ][A-Za-zĐđ&]*(?:-{_GROUP})+")
_NUMBER = re.compile(rf"(?P<ordinal>\d+)/(?:(?P<year>\d{{4}})/)?(?P<symbol>{_SYMBOL.pattern})")
_LOOKALIKES = str.maketrans(
    {"Ð": "Đ", "Ɖ": "Đ", "–": "-", "—": "-", "‐": "-", "\u2011": "-"}
)  # U+00D0 and U+0189 are not the Vietnamese Đ


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as registered. `str()` prints it by the decree: padded below ten, nothing but `/` and `-` between."""

    ordinal: int
    symbol: str
    year: int | None = None

    def __post_init__(self) -> None:
        if self.ordinal < 1:
            raise BadNumber(_("Số văn bản bắt đầu từ 01."))
        if not _SYMBOL.fullmatch(self.symbol):
            raise BadNumber(
                _("Ký hiệu “%(symbol)s” không đúng, ví dụ đúng: BC-STTTT hoặc STTTT-VP.") % {"symbol": self.symbol}
            )

    def __str__(self) -> str:
        middle = f"/{self.year}" if self.year else ""
        return f"{pad_ordinal(self.ordinal)}{middle}/{self.symbol}"

    @property
    def type_code(self) -> str:
        """The type its symbol names; a symbol that begins with no abbreviation of Annex III is a công văn's."""
        first = self.symbol.partition("-")[0]
        return first if first in TYPES and TYPES[first].abbreviation else "CV"


def pad_ordinal(ordinal: int) -> str:
    return f"{ordinal:02d}"


def symbol_of(type_code: str, agency: str, unit: str | None = None) -> str:
    """The symbol of a paper: `BC-STTTT`; for a công văn `STTTT-VP`, whose drafting unit is compulsory."""
    abbreviation = TYPES[type_code].abbreviation
    groups = (abbreviation, agency, unit) if abbreviation else (agency, unit)
    if not abbreviation and not unit:
        raise BadNumber(_("Ký hiệu công văn phải có tên viết tắt của đơn vị soạn thảo."))
    return "-".join(group for group in groups if group)


def parse_number(text: str) -> DocumentNumber:
    """Read a typed number, forgiving spaces, a leading “Số:”, long dashes and the foreign letters that look like Đ."""
    clean = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)
    clean = re.sub(r"\s+", "", clean)
    clean = re.sub(r"^[Ss]ố:?", "", clean)
    found = _NUMBER.fullmatch(clean)
    if not found:
        raise BadNumber(
            _("“%(text)s” không phải số, ký hiệu văn bản, ví dụ đúng: 05/BC-STTTT.") % {"text": text.strip()}
        )
    year = found["year"]
    return DocumentNumber(int(found["ordinal"]), found["symbol"], int(year) if year else None)


def is_well_written(text: str) -> bool:
    """Whether `text` is a number exactly as the decree writes it."""
    try:
        return str(parse_number(text)) == text
    except BadNumber:
        return False


def sort_key(number: DocumentNumber) -> tuple[int, int, str, int]:
    """Registers list by year, then type in the order of Annex III, then symbol, then ordinal."""
    return (number.year or 0, TYPES[number.type_code].order, number.symbol, number.ordinal)
