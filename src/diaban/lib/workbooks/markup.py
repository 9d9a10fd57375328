"""XML read so that nothing in it can reach out or blow up: no document type, no entities, UTF-8 only."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from diaban.lib.workbooks.refusals import DamagedWorkbook, HostileWorkbook

_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")


@dataclass(slots=True)
class Element:
    """An element by its local name, with its parent's; attributes by local names too."""

    name: str
    parent: str
    attributes: dict[str, str]
    text: str = ""


def check_markup(content: bytes) -> None:
    """Refuse what could hide from a parser: declarations, other encodings. Raises `HostileWorkbook`, `DamagedWorkbook`."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        raise HostileWorkbook
    declared = _ENCODING.match(content)
    if declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        raise HostileWorkbook


def run(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Parse and call back. Raises `HostileWorkbook`, `DamagedWorkbook`."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as problem:
        raise DamagedWorkbook from problem


def _refuse(*_declared: object) -> None:
    raise HostileWorkbook


def local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def elements(content: bytes) -> list[Element]:
    """Every element of a small part, in the order they begin, each with its own text."""
    found: list[Element] = []
    open_: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        parent = open_[-1].name if open_ else ""
        element = Element(local(name), parent, {local(key): value for key, value in attributes.items()})
        found.append(element)
        open_.append(element)

    def end(_name: str) -> None:
        open_.pop()

    def text(piece: str) -> None:
        open_[-1].text += piece

    run(content, start, end, text)
    return found
