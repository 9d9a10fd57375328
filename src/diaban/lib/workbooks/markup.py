"""XML read so that nothing in it can reach out or blow up: no document type, no entities, UTF-8 only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from xml.etree import ElementTree

from diaban.lib.workbooks.refusals import DamagedWorkbook, HostileWorkbook

Node: TypeAlias = ElementTree.Element
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


def tree(content: bytes) -> Node:
    """The root of a part that `check_markup` let pass. Raises `DamagedWorkbook`."""
    try:
        parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314 (no document type, so no entity)
        return ElementTree.fromstring(content, parser)  # noqa: S314 (as above)
    except ElementTree.ParseError as problem:
        raise DamagedWorkbook from problem


def space_of(node: Node) -> str:
    """The namespace of an element as it stands before the names of its kind: `{http://…}`, or nothing."""
    return node.tag[: node.tag.rfind("}") + 1]


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    return name.rpartition("}")[2]


def elements(content: bytes) -> Iterator[Element]:
    """Every element of a small part, in the order they begin, each with its own text. Raises `DamagedWorkbook`."""
    waiting = [(tree(content), "")]
    while waiting:
        node, parent = waiting.pop()
        name = local(node.tag)
        yield Element(name, parent, {local(key): value for key, value in node.items()}, node.text or "")
        waiting += [(child, name) for child in reversed(node)]
