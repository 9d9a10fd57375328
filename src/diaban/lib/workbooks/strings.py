"""The texts that cells share, each once."""

import re
import unicodedata

from diaban.lib.workbooks.markup import Node, space_of, tree

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain_text(stored: str) -> str:
    """A stored text as people see it: NFC, line ends as `\\n`, escaped control characters undone (ECMA-376 part 1, 22.9.2.19)."""
    if stored.isascii() and "_" not in stored and "\r" not in stored:
        return stored
    if "_x" in stored:
        stored = _ESCAPED.sub(_unescape, stored)
    return unicodedata.normalize("NFC", stored.replace("\r\n", "\n").replace("\r", "\n"))


def _unescape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r" else ""


def text_of(node: Node, space: str) -> str:
    """What stands in a text. Formatting of its pieces is dropped, and so are readings of Asian letters."""
    piece, run = f"{space}t", f"{space}r"
    return "".join(
        (child.text if child.tag == piece else child.findtext(piece)) or ""
        for child in node
        if child.tag in {piece, run}
    )


def shared_texts(content: bytes | None) -> list[str]:
    """The texts by their number. Raises `DamagedWorkbook`."""
    if content is None:
        return []
    root = tree(content)
    space = space_of(root)
    return [plain_text(text_of(item, space)) for item in root.iter(f"{space}si")]
