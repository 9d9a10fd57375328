"""Capitals in the names of administrative units (Decree 30/2020, Annex II)."""

import re

from diaban.lib.vietnamese.folding import nfc

KINDS = "thủ đô|thành phố|thị xã|thị trấn|đặc khu|tỉnh|quận|huyện|phường|xã|thôn|tổ dân phố"
# People and events after whom wards are named. Longer than the decree's own examples, shorter than the map: add what is missing.
NAMESAKES = """
    An Dương Vương, Bùi Hữu Nghĩa, Bùi Thị Xuân, Cao Thắng, Chu Văn An, Châu Văn Liêm, Cách mạng Tháng Tám,
    Hai Bà Trưng, Hoàng Diệu, Hoàng Hoa Thám, Hoàng Văn Thụ, Hà Huy Tập, Hồ Chí Minh, Hồ Tùng Mậu, Lê Chân,
    Lê Hồng Phong, Lê Lợi, Lê Thanh Nghị, Lê Ích Mộc, Lê Đại Hành, Lý Thái Tổ, Lý Thường Kiệt, Lương Văn Tri,
    Minh Khai, Minh Phụng, Nguyễn An Ninh, Nguyễn Bỉnh Khiêm, Nguyễn Cư Trinh, Nguyễn Du, Nguyễn Nghiêm,
    Nguyễn Phúc, Nguyễn Thái Bình, Nguyễn Thái Học, Nguyễn Thị Minh Khai, Nguyễn Trãi, Nguyễn Văn Cừ, Nguyễn Úy,
    Nguyễn Đại Năng, Ngô Mây, Ngô Quyền, Phan Bội Châu, Phan Chu Trinh, Phan Đình Phùng, Phạm Ngũ Lão,
    Phạm Sư Mạnh, Phạm Đình Hổ, Quang Trung, Trưng Vương, Trương Quang Trọng, Trương Định, Trần Hưng Đạo,
    Trần Liễu, Trần Lãm, Trần Nguyên Hãn, Trần Nhân Tông, Trần Phú, Trần Quang Diệu, Trần Thành Ngọ, Tô Hiệu,
    Võ Thị Sáu, Điện Biên Phủ, Đào Duy Từ, Đội Cấn
"""
_KIND = re.compile(rf"({KINDS})\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_ROMAN = re.compile(r"[IVX]+")
_NUMBER_FIRST = re.compile(rf"[0-9]+\b|{_ROMAN.pattern}$")
_PART = re.compile(r"[^\s-]+")


def title_place(name: str, *, named_after_someone: bool | None = None) -> str:
    """The name of a unit in a sentence: "xã Xín Mần", "tỉnh Hà Giang", but "Phường 1", "Phường Minh Khai".

    The common noun is small; it is capital where the proper part is a number, a person or a historical event, and in
    "Thủ đô". Who is a person the text does not say: `NAMESAKES` lists the usual ones, `named_after_someone` overrules it. Each
    syllable of the proper part gets a capital; what already has one (N'Jang, II) is left as it is, unless the whole part is
    in capitals. A name without a common noun gets none.
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
    shouted = name.isupper()
    return _PART.sub(lambda found: _with_capital(found.group(), shouted=shouted), name)


def _with_capital(part: str, *, shouted: bool) -> str:
    if part.islower() or (shouted and not _ROMAN.fullmatch(part)):
        return part[:1].upper() + part[1:].lower()
    return part


_KNOWN = frozenset(_proper(" ".join(name.split())) for name in NAMESAKES.split(","))
