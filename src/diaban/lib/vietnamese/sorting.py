"""The order of Vietnamese dictionaries, as text that sorts by code point (`COLLATE "C"`)."""

import re
from functools import lru_cache
from unicodedata import normalize

from diaban.lib.vietnamese.syllables import syllable_of

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"  # one for each letter, above the digits that stand for tones and numbers
_SYMBOL_OF = dict(zip(ALPHABET, _SYMBOLS, strict=True))
_WORD = re.compile(r"[0-9]+|[^\W0-9_](?:[^\W0-9_]|[\u0300-\u036f])*")


def sort_key(text: str) -> str:
    """A key whose plain order is the Vietnamese alphabetical order of the texts.

    Word by word: first a word's letters (a ă â b c d đ e ê …), then its tone (ngang huyền hỏi ngã sắc nặng), then the next
    word; numbers go before letters and by value (Phường 2 before Phường 10); where all that is equal, small letters go before
    capitals. Punctuation and blanks only part words.
    """
    keys, cases = "", ""
    for chunk in text.split():
        key, case = _chunk_key(chunk)
        keys += key
        cases += case
    return f"{keys} {cases}"


@lru_cache(maxsize=16384)
def _chunk_key(chunk: str) -> tuple[str, str]:
    """The keys and the cases of what stands between two blanks: one word as a rule, more where punctuation parts them."""
    parts = [_word_key(word) for word in _WORD.findall(normalize("NFC", chunk))]
    return "".join(key for key, _ in parts), "".join(case for _, case in parts)


def _word_key(word: str) -> tuple[str, str]:
    """The word's part of the key and its case: 0 small, 1 with a capital first, 2 mixed, 3 capitals."""
    if word[0] in "0123456789":
        digits = word.lstrip("0") or "0"
        return f"{min(len(digits), 99):02d}{digits}", "0"
    syllable = syllable_of(word.lower())
    return f"{''.join(map(_symbol, syllable.letters))}{syllable.tone}", _case(word)


def _symbol(letter: str) -> str:
    known = _SYMBOL_OF.get(letter)
    return known or _SYMBOL_OF.get(normalize("NFD", letter)[0], letter)


def _case(word: str) -> str:
    if word.islower():
        return "0"
    if word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        return "1"
    return "3" if word.isupper() else "2"
