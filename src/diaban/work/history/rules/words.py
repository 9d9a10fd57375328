"""What the words of a sheet mean: periods, names of places, columns that hold no figures of their own."""

import re
from dataclasses import dataclass
from functools import lru_cache

from diaban.lib.periods import BadPeriod, Calendar, Kind, Period
from diaban.lib.vietnamese import fold, roman

ROMAN = {roman(number).lower(): number for number in range(1, 13)}
_QUARTER = re.compile(r"\bq(?:uy)?\s*\.?\s*(iv|iii|ii|i|[1-4])\b")
_MONTH = re.compile(r"\b(?:thang|t)\s*\.?\s*(1[0-2]|0?[1-9])\b(?!\s*thang)")
_SPANS = (
    (re.compile(r"\b(?:6|sau) thang cuoi nam\b"), Kind.HALF, 2),
    (re.compile(r"\b(?:6|sau) thang\b"), Kind.HALF, 1),
    (re.compile(r"\b(?:9|chin) thang\b"), Kind.NINE_MONTHS, 1),
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOTAL = re.compile(r"(?:tong|tong so|tong cong|cong|chung)?(?: ?(?:toan|ca) (?:tinh|huyen|tp|thanh pho|nuoc)\b.*)?")
_NOT_OWN = re.compile(
    r"\b(so voi|so sanh|tang|giam|cung ky|luy ke|ty le|ti le|ke hoach|% |tt|stt|ghi chu|thu tu)\b|%$|^tt$"
)  # fmt: skip
_NUMBERING = re.compile(r"^(?:[ivxlc]+|\d+(?:\.\d+)*|[a-gk-o])\s*[.)/:-]\s*|^[-+*•]\s*")
_OFFICE = re.compile(
    r"^(?:ubnd|uy ban nhan dan|phong vh&tt|phong vh-tt|phong van hoa va thong tin|phong vhtt)\s+(?:cac\s+)?"
)
_KINDS = (
    ("thanh pho", "thành phố"), ("thi xa", "thị xã"), ("thi tran", "thị trấn"), ("dac khu", "đặc khu"), ("tinh", "tỉnh"),
    ("huyen", "huyện"), ("quan", "quận"), ("phuong", "phường"), ("xa", "xã"), ("tp", "thành phố"), ("tx", "thị xã"),
    ("tt", "thị trấn"), ("h", "huyện"), ("p", "phường"), ("x", "xã"),
)  # fmt: skip
_SHORT = frozenset({"tp", "tx", "tt", "h", "p", "x"})
# A yearbook says a place twice: "Huyện Đồng Văn - Dong Van district", "TỔNG SỐ - TOTAL"; "Bà Rịa - Vũng Tàu" is one name.
_HALVES = re.compile(r"\n|\s+[-–]\s+|\s*/\s*")
_ENGLISH = re.compile(r"\b(?:total|province|district|town|township|city|commune|ward|whole (?:country|province))\b")
_UNIT_LINE = re.compile(r"^\(?(?:dvt|don vi tinh|don vi|unit)\s*:")
THOUSANDS = (("trieu", 1_000_000), ("nghin", 1_000), ("ngan", 1_000), ("1000", 1_000), ("1.000", 1_000))


@dataclass(frozen=True)
class Named:
    """A place as written: what it is called without its kind, the kind if one is written, and what it is said to lie in.

    `name` keeps its diacritics as typed.
    """

    name: str
    kind: str
    inside: str


def period_in(text: str, calendar: Calendar, *, year: int | None = None) -> Period | None:
    """The one period that a text names ("Quý I/2024", "Q1-2024", "6 tháng đầu năm 2024", "2024-Q1"); `year` where it names
    none itself. None where it names none, or several."""
    try:
        return Period.parse(text, calendar)
    except BadPeriod:
        pass
    folded = fold(text)
    years = {int(found) for found in _YEAR.findall(folded)} or ({year} if year else set())
    kinds = _kinds_in(folded)
    if len(years) != 1 or len(kinds) > 1 or not (kinds or _YEAR.search(folded)):
        return None
    kind, number = next(iter(kinds), (Kind.YEAR, 1))
    return Period.of(years.pop(), kind, number, calendar=calendar)


def _kinds_in(folded: str) -> set[tuple[Kind, int]]:
    for pattern, kind, number in _SPANS:
        if pattern.search(folded):
            return {(kind, number)}
    quarters = {(Kind.QUARTER, ROMAN.get(found) or int(found)) for found in _QUARTER.findall(folded)}
    return quarters or {(Kind.MONTH, int(found)) for found in _MONTH.findall(folded)}


def year_in(text: str) -> int | None:
    """The one year that a text names."""
    years = {int(found) for found in _YEAR.findall(fold(text))}
    return years.pop() if len(years) == 1 else None


def is_total(text: str) -> bool:
    """Does a row of this name hold the sum of others?"""
    plain = _plain(in_vietnamese(text))
    return bool(plain) and _TOTAL.fullmatch(plain) is not None


def holds_no_figures(text: str) -> bool:
    """Does a head say that the column compares, numbers or remarks?"""
    return _NOT_OWN.search(fold(text)) is not None


def is_estimate(text: str) -> bool:
    """Does a head say that its figures are not final: "ước", or a yearbook's "sơ bộ"?"""
    return re.search(r"\b(?:uoc|so bo)\b", fold(text)) is not None


def in_vietnamese(text: str) -> str:
    """What stands before its English in a table of two languages; the whole text where there is none."""
    first, *rest = _HALVES.split(text.strip(), maxsplit=1)
    if rest and (_ENGLISH.search(rest[0].lower()) or fold(first).endswith(fold(rest[0]))):
        return first
    return text


def tells_unit(text: str) -> bool:
    """Does a text above a table say in what its figures are counted: "ĐVT: nghìn thuê bao"?"""
    return _UNIT_LINE.match(fold(text)) is not None


def scale_in(text: str, unit_name: str) -> int:
    """By how much figures under a head are to be multiplied: "nghìn thuê bao" of what is counted one by one gives 1000."""
    head, unit = fold(text), fold(unit_name)
    return next((size for word, size in THOUSANDS if re.search(rf"\b{word}\b", head) and word not in unit), 1)


@lru_cache(maxsize=4096)  # a name stands in every row of its unit, and is asked for by several rules
def named(text: str) -> Named:
    """What a place is called: "3. TP. Hà Giang", "UBND huyện Xín Mần", "xã Tân Tiến (Yên Sơn)"."""
    text = " ".join(in_vietnamese(text).split())
    inside = ""
    if found := re.fullmatch(r"(.+?)\s*[(,]\s*([^(),]+?)\s*\)?", text):
        text, inside = found[1], found[2]
    while match := _NUMBERING.match(fold(text)):
        text = text[match.end() :].strip()
    if match := _OFFICE.match(fold(text)):
        text = text[match.end() :]
    folded = fold(text)
    for written, kind in _KINDS:
        found_kind = re.match(rf"{written}(?:\.\s*|\s+)" if written in _SHORT else rf"{written}\s+", folded)
        if found_kind and len(folded) > found_kind.end():
            return Named(text[found_kind.end() :].strip(), kind, inside)
    return Named(text.strip(" .:"), "", inside)


def key_of(name: str) -> str:
    """Equal for spellings of a name that differ in diacritics, in i and y, in hyphens."""
    return " ".join(fold(name).replace("y", "i").replace("-", " ").replace("'", "").split())


def _plain(text: str) -> str:
    return _NUMBERING.sub("", fold(text)).strip(" .:")
