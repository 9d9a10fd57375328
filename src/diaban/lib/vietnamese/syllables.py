"""A syllable taken apart: its letters and its tone."""

from typing import NamedTuple
from unicodedata import normalize

# ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_TONE_OF_MARK = {mark: tone for tone, mark in enumerate(TONE_MARKS) if mark}
_WITHOUT_TONE = {ord(mark): None for mark in _TONE_OF_MARK}


class Syllable(NamedTuple):
    """`letters` keep ă â đ ê ô ơ ư (NFC) and lost their tone mark; `tone` is 0-5 in the order of `TONE_MARKS`."""

    letters: str
    tone: int


def syllable_of(word: str) -> Syllable:
    """Take a word apart; where it carries two tone marks (two syllables in one word) the first is its tone."""
    if word.isascii():
        return Syllable(word, 0)
    spread = normalize("NFD", word)
    tone = next((_TONE_OF_MARK[character] for character in spread if character in _TONE_OF_MARK), 0)
    return Syllable(normalize("NFC", spread.translate(_WITHOUT_TONE)), tone)
