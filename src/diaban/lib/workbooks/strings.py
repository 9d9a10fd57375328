"""The texts that cells share, each once."""

import re
import unicodedata

from diaban.lib.workbooks.markup import local, run

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain_text(stored: str) -> str:
    """A stored text as people see it: NFC, line ends as `\\n`, escaped control characters undone (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" in stored:
        stored = _ESCAPED.sub(_unescape, stored)
    return unicodedata.normalize("NFC", stored.replace("\r\n", "\n").replace("\r", "\n"))


def _unescape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r" else ""


def shared_texts(content: bytes | None) -> list[str]:
    """The texts by their number. Formatting of pieces is dropped, and so are readings of Asian letters."""
    if content is None:
        return []
    reader = _Reader()
    run(content, reader.start, reader.end, reader.text)
    return reader.texts


class _Reader:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.listens = False
        self.skips = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "si":
            self.pieces = []
        elif name == "t":
            self.listens = not self.skips
        elif name == "rPh":
            self.skips = True

    def text(self, piece: str) -> None:
        if self.listens:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self.listens = False
        elif name == "si":
            self.texts.append(plain_text("".join(self.pieces)))
        elif name == "rPh":
            self.skips = False
