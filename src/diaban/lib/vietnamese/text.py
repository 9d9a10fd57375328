"""Letters: composed form, folding, keys for sorting and for tolerant matching."""

import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"": "0", "̀": "1", "̉": "2", "̃": "3", "́": "4", "̣": "5"}  # ngang huyền hỏi ngã sắc nặng
ORDER = {
    letter: chr(ord("A") + index) if index < 26 else chr(ord("a") + index - 26) for index, letter in enumerate(ALPHABET)
}


def nfc(text: str) -> str:
    """The text with composed letters, as TCVN 6909:2001 has them."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, single blanks: "Xín Mần" and its decomposed form give "xin man"."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))
    return " ".join(bare.replace("đ", "d").split())


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """A key that sorts by code point as a Vietnamese dictionary does: word by word, letters, then tones, then case."""
    words = [_word_key(word) for word in nfc(text).split()]
    letters = " ".join(key[0] for key in words)
    tones = " ".join(key[1] for key in words)
    return f"{letters}!{tones}!{nfc(text).swapcase()}" if words else ""


@lru_cache(maxsize=65536)
def _word_key(word: str) -> tuple[str, str]:
    """A word's letters by their place in the alphabet, and its tone (of its one toned letter)."""
    letters, tone = [], "0"
    for letter in word.lower():
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        tone = next((TONES[mark] for mark in marks if mark in TONES), tone)
        shaped = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in TONES))
        letters.append(_place(shaped))
    return "".join(letters), tone


def _place(letter: str) -> str:
    if letter in ORDER:
        return ORDER[letter]
    if letter.isdigit():
        return letter
    return "" if not letter.isalnum() else "z" + letter


def trigrams(text: str) -> list[str]:
    """The three-letter pieces of the folded text, blanks around each word counted, without repetition, in order."""
    pieces: dict[str, None] = {}
    for word in fold(text).split():
        padded = f"  {word} "
        pieces |= dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2))
    return list(pieces)


def loose_key(text: str) -> str:
    """A key under which spellings of one name meet: place of the tone mark (Hóa, Hoá) and i for y (Quý, Quí).

    It keeps letters and tones apart otherwise: Xà Phìn and Sà Phìn stay two names.
    """
    words = []
    for word in nfc(text).lower().split():
        parts = unicodedata.normalize("NFD", word)
        tone = next((mark for mark in parts if mark in TONES), "")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        words.append(bare.replace("y", "i") + TONES[tone])
    return " ".join(words)
