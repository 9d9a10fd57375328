"""Leaf and node hashes (SHA-256 with the prefixes 0x00 and 0x01), roots, inclusion proofs."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

LEAF, NODE = b"\x00", b"\x01"


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(LEAF + content).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree hash over leaf hashes; of no leaves, the hash of nothing (RFC 6962, 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(root(leaves[:split]), root(leaves[split:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that, with the leaf, give the root (RFC 6962, 2.1.1). Raises IndexError for a leaf that is not there."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root(leaves[:split])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree: bytes) -> bool:
    """Whether a proof shows that `leaf` stands at `index` of a tree of `size` leaves with that root."""
    if not 0 <= index < size:
        return False
    return _folded(leaf, index, size, list(proof)) == tree


def _folded(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    if size == 1:
        return leaf if not proof else None
    if not proof:
        return None
    split, other = _split(size), proof[-1]
    if index < split:
        left = _folded(leaf, index, split, proof[:-1])
        return _node(left, other) if left is not None else None
    right = _folded(leaf, index - split, size - split, proof[:-1])
    return _node(other, right) if right is not None else None


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def canonical_json(content: Any) -> bytes:
    """JSON with sorted keys and no blanks, of strings, integers, booleans, null, lists and maps only.

    Raises TypeError for anything else: a decimal is passed as its string, a float never.
    """
    _refuse_others(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _refuse_others(content: Any) -> None:
    match content:
        case None | bool() | int() | str():
            return
        case dict():
            for key, item in content.items():
                if not isinstance(key, str):
                    raise TypeError(f"a key must be text: {key!r}")
                _refuse_others(item)
        case list() | tuple():
            for item in content:
                _refuse_others(item)
        case _:
            raise TypeError(f"{type(content).__name__} has no canonical form")
