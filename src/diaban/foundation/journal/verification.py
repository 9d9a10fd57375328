"""Verification: is what stands in the journal what was sealed? Names the first row that is not."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from diaban.foundation.journal.leaves import leaf_of, link_content
from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.foundation.journal.sealing import FIRST_PREVIOUS
from diaban.lib.merkle import root

LEAF_BYTES = 32


@dataclass(frozen=True)
class Verdict:
    """What verification found. `broken` names the first row or seal that is not as sealed."""

    is_intact: bool
    entries: int
    seals: int
    head: str
    broken: str = ""
    sentence: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class _Broken(Exception):
    """The first fault: (name of the row or seal, sentence)."""


def verify(*, expected_head: str = "") -> Verdict:
    """Walk the chain from its first seal. `expected_head` is a hash printed earlier: it must stand in the chain."""
    previous, count, seals, seen = FIRST_PREVIOUS, 0, 0, set()
    try:
        for seals, link in enumerate(Seal.objects.order_by("number").iterator(chunk_size=50), 1):
            _check_link(link, seals, previous)
            _check_rows(link)
            previous = link.hash
            seen.add(link.hash)
            count += link.count
        if expected_head and expected_head not in seen:
            raise _Broken(
                f"niêm phong {expected_head[:12]}",
                "Mã niêm phong đã công bố không có trong chuỗi: nhật ký đã bị viết lại.",
            )
    except _Broken as fault:
        name, sentence = fault.args
        return Verdict(False, count, seals, previous, name, sentence)
    return Verdict(True, count, seals, previous if seals else "")


def _check_link(link: Seal, expected_number: int, previous: str) -> None:
    name = f"niêm phong số {link.number}"
    if link.number != expected_number:
        raise _Broken(name, f"Thiếu niêm phong số {expected_number} trong chuỗi.")
    if link.previous_hash != previous or hashlib.sha256(link_content(link)).hexdigest() != link.hash:
        raise _Broken(name, f"Niêm phong số {link.number} không khớp với niêm phong trước nó.")


def _check_rows(link: Seal) -> None:
    """The leaves must be those that the chain holds the root of; then each row, in order, must be its leaf."""
    leaves = bytes(link.leaves)
    sealed = [leaves[start : start + LEAF_BYTES] for start in range(0, len(leaves), LEAF_BYTES)]
    if len(leaves) != link.count * LEAF_BYTES or root(sealed).hex() != link.root:
        raise _Broken(f"niêm phong số {link.number}", f"Niêm phong số {link.number} không khớp với số dòng của nó.")
    found = _by_position(link, len(sealed))
    for position, leaf in enumerate(sealed):
        row = found.get(position)
        if row is None:
            neighbour = found.get(position - 1)
            after = f" (sau dòng {neighbour.pk})" if neighbour else ""
            raise _Broken(
                f"dòng thứ {position + 1} của niêm phong số {link.number}",
                f"Một dòng nhật ký đã bị xóa{after}, niêm phong số {link.number}.",
            )
        if not _is_as_sealed(row, leaf):
            raise _Broken(_name(row), f"{_kind(row)} số {row.pk} đã bị sửa sau khi niêm phong: {row}.")


def _by_position(link: Seal, size: int) -> dict[int, Entry | Reading]:
    """The rows that name this seal, by their place in it. One without a place of its own was slipped in."""
    found: dict[int, Entry | Reading] = {}
    strays: list[Entry | Reading] = []
    leaves = bytes(link.leaves)
    for row in _rows(link):
        position = row.position_in_seal
        if position is None or position >= size:
            strays.append(row)
        elif position not in found:
            found[position] = row
        else:
            leaf = leaves[position * LEAF_BYTES : (position + 1) * LEAF_BYTES]
            genuine, stray = (row, found[position]) if _is_as_sealed(row, leaf) else (found[position], row)
            found[position] = genuine
            strays.append(stray)
    if strays:
        row = strays[0]
        missing = next((place for place in range(size) if place not in found), None)
        moved = "đã bị chuyển khỏi chỗ" if missing is not None else "được chèn thêm"
        raise _Broken(_name(row), f"{_kind(row)} số {row.pk} {moved} trong niêm phong số {link.number}: {row}.")
    return found


def _is_as_sealed(row: Entry | Reading, leaf: bytes) -> bool:
    try:
        return leaf_of(row) == leaf
    except TypeError:  # changed into something that could never have been sealed, such as a fraction
        return False


def _name(row: Entry | Reading) -> str:
    return f"{type(row).__name__} {row.pk}"


def _kind(row: Entry | Reading) -> str:
    return "Dòng nhật ký" if isinstance(row, Entry) else "Dòng truy cập"


def _rows(link: Seal) -> Iterator[Entry | Reading]:
    yield from Entry.objects.filter(seal=link).order_by("id").iterator()
    yield from Reading.objects.filter(seal=link).order_by("id").iterator()
