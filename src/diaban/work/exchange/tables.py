"""The columns of a table of figures, one figure a row: what they are called in files of programs and of people."""

from collections.abc import Mapping, Sequence
from typing import Final

from diaban.foundation.facts.models import Reason
from diaban.lib.vietnamese import fold

HEADS: Final = {
    "period": "Kỳ",
    "unit": "Mã đơn vị",
    "indicator": "Mã chỉ tiêu",
    "category": "Phân tổ",
    "contributor": "Mã cơ quan cung cấp",
    "value": "Giá trị",
    "reason": "Lý do không có số",
    "estimated": "Số ước",
    "unit_name": "Đơn vị hành chính",
    "indicator_name": "Chỉ tiêu",
    "measure": "Đơn vị tính",
}
TOLD: Final = frozenset({"unit_name", "indicator_name", "measure"})  # for the reader's eyes; not read back
NEEDED: Final = frozenset({"period", "unit", "indicator", "value"})
TRUE: Final = frozenset({"1", "x", "true", "co", "yes", "uoc"})
FALSE: Final = frozenset({"", "0", "false", "khong", "no"})
_BY_WORDS: Final = {fold(words): name for name, title in HEADS.items() for words in (name, title)}
_REASONS: Final = {fold(words): code for code, label in Reason.choices for words in (code, str(label))}


def head_of(texts: Sequence[str]) -> dict[str, int] | None:
    """Where each known column stands; None where the row is not a head. The first of two that are called the same counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        name = _BY_WORDS.get(fold(text.strip()))
        if name is not None:
            found.setdefault(name, place)
    return found if found.keys() >= NEEDED else None


def strange_heads(texts: Sequence[str]) -> list[str]:
    """Headings that are none of ours."""
    return [text.strip() for text in texts if text.strip() and fold(text.strip()) not in _BY_WORDS]


def reason_of(text: str) -> str | None:
    """The code of a reason given by code or in words; "" for none, None for what is no reason."""
    return _REASONS.get(fold(text.strip())) if text.strip() else ""


def is_marked(text: str) -> bool | None:
    """Whether a mark is set; None for what is neither."""
    word = fold(text.strip())
    return True if word in TRUE else False if word in FALSE else None


def at(row: Mapping[str, str], name: str) -> str:
    return row.get(name, "").strip()
