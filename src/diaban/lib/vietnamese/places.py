"""Capitals in the names of administrative units (Decree 30/2020, Annex II)."""

import re

from diaban.lib.vietnamese.folding import nfc

KINDS = (
    "thủ đô",
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "tỉnh",
    "quận",
    "huyện",
    "phường",
    "xã",
    "thôn",
    "tổ dân phố",
)
# People and events after whom wards are named. Longer than the decree's own examples, shorter than the map: add what is missing.
NAMESAKES = frozenset(
    """
    An Dương Vương|Bùi Hữu Nghĩa|Bùi Thị Xuân|Cao Thắng|Cách mạng Tháng Tám|Châu Văn Liêm|Chu Văn An|Hai Bà Trưng|Hà Huy Tập
    |Hoàng Diệu|Hoàng Hoa Thám|Hoàng Văn Thụ|Hồ Chí Minh|Hồ Tùng Mậu|Lê Chân|Lê Đại Hành|Lê Hồng Phong|Lê Ích Mộc|Lê Lợi
    |Lê Thanh Nghị|Lương Văn Tri|Lý Thái Tổ|Lý Thường Kiệt|Minh Khai|Minh Phụng|Ngô Mây|Ngô Quyền|Nguyễn An Ninh
    |Nguyễn Bỉnh Khiêm|Nguyễn Cư Trinh|Nguyễn Du|Nguyễn Đại Năng|Nguyễn Nghiêm|Nguyễn Phúc|Nguyễn Thái Bình|Nguyễn Thái Học
    |Nguyễn Thị Minh Khai|Nguyễn Trãi|Nguyễn Úy|Nguyễn Văn Cừ|Phạm Đình Hổ|Phạm Ngũ Lão|Phạm Sư Mạnh|Phan Bội Châu
    |Phan Chu Trinh|Phan Đình Phùng|Quang Trung|Tô Hiệu|Trần Hưng Đạo|Trần Liễu|Trần Lãm|Trần Nguyên Hãn|Trần Nhân Tông
    |Trần Phú|Trần Quang Diệu|Trần Thành Ngọ|Trưng Vương|Trương Định|Trương Quang Trọng|Võ Thị Sáu|Đào Duy Từ|Đội Cấn
    |Điện Biên Phủ
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_KIND = re.compile(rf"({'|'.join(KINDS)})\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_NUMBER_FIRST = re.compile(r"[0-9]+\b|[IVX]+$")
_PART = re.compile(r"[^\s-]+")


def title_place(name: str, *, named_after_someone: bool | None = None) -> str:
    """The name of a unit in a sentence: "xã Xín Mần", "tỉnh Hà Giang", but "Phường 1", "Phường Minh Khai".

    The common noun is small; it is capital where the proper part is a number, a person or a historical event, and in
    "Thủ đô". Who is a person the text does not say: `NAMESAKES` lists the usual ones, `named_after_someone` overrules it. Each
    syllable of the proper part gets a capital; a part written in mixed case (N'Jang) is left as it is. A name without a
    common noun keeps none.
    """
    clean = " ".join(nfc(name).split())
    found = _KIND.fullmatch(clean)
    if found is None:
        return _proper(clean)
    kind, proper = found[1].lower(), _proper(found[2])
    is_namesake = is_named_after_someone(proper) if named_after_someone is None else named_after_someone
    if is_namesake or kind == "thủ đô" or _NUMBER_FIRST.match(proper):
        kind = kind.capitalize()
    return f"{kind} {proper}"


def is_named_after_someone(proper_part: str) -> bool:
    """Whether the list knows the name, without its common noun, as a person's or an event's."""
    return _proper(" ".join(nfc(proper_part).split())) in _KNOWN


def _proper(name: str) -> str:
    is_number = _NUMBER_FIRST.fullmatch(name) is not None
    return name if is_number else _PART.sub(_with_capital, name)


def _with_capital(found: re.Match[str]) -> str:
    part = found.group()
    if part.islower() or (part.isupper() and len(part) > 1):
        return part[:1].upper() + part[1:].lower()
    return part


_KNOWN = frozenset(_proper(name) for name in NAMESAKES)
