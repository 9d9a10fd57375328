"""Text made comparable: one Unicode form, without diacritics, or without the spellings that are only habit."""

import re
from functools import lru_cache
from unicodedata import category, normalize

from diaban.lib.vietnamese.syllables import syllable_of

_DROPPED_CATEGORIES = ("Mn", "Cf")  # combining marks; invisible characters that come along when text is pasted
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
# A syllable whose only vowel is i or y: there the two letters are a habit of spelling (Quí = Quý, Mĩ = Mỹ).
_ONLY_VOWEL_IS_Y = re.compile(r"(qu|[bcdđghklmnpqrstvx]*)y([cghmnpt]*)")


class _Folding(dict[int, str]):
    """A table for `str.translate` that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        kept = "".join(part for part in normalize("NFD", chr(code)) if category(part) not in _DROPPED_CATEGORIES)
        self[code] = kept
        return kept


_folding = _Folding({ord("đ"): "d"})


def nfc(text: str) -> str:
    """The text in Unicode form NFC, in which everything is stored and compared."""
    return normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, without any diacritics, đ as d, blanks collapsed: "Xín  Mần" and its NFD form give "xin man"."""
    folded = text.lower()
    if not folded.isascii():
        folded = folded.translate(_folding)
    return " ".join((folded if folded.isascii() else normalize("NFC", folded)).split())


def trigrams(text: str) -> list[str]:
    """The distinct runs of three characters of the folded text, sorted; blanks between words count, ends are not padded.

    `stored @> trigrams(query)` holds wherever the folded query occurs in the folded text, so that a GIN index narrows an
    infix search down; the candidates are then compared with LIKE. A query under three characters gives [] and narrows nothing.
    """
    folded = fold(text)
    return sorted({folded[at : at + 3] for at in range(len(folded) - 2)})


def loose_key(text: str) -> str:
    """A key that is equal for two spellings of the same sound, to be compared only, never shown.

    It forgets letter case, repeated blanks, the place of the tone mark (Hoá = Hóa, Thuỷ = Thủy) and i or y where it is the
    syllable's only vowel (Quí = Quý, Lí = Lý, but tai ≠ tay, thúi ≠ thúy). Tones and letters count: Hà ≠ Ha, and two
    renderings of a minority's name (Xà Phìn, Sà Phìn) stay two names: that they are one place is for a person to say.
    """
    return " ".join(_WORD.sub(_loose_word, nfc(text).lower()).split())


def _loose_word(found: re.Match[str]) -> str:
    return _loose_syllable(found.group())


@lru_cache(maxsize=16384)
def _loose_syllable(word: str) -> str:
    syllable = syllable_of(word)
    letters = _ONLY_VOWEL_IS_Y.sub(r"\1i\2", syllable.letters) if _is_y_alone(syllable.letters) else syllable.letters
    return f"{letters}:{syllable.tone}" if syllable.tone else letters


def _is_y_alone(letters: str) -> bool:
    return _ONLY_VOWEL_IS_Y.fullmatch(letters) is not None
