"""From a Vega-Lite specification to an SVG that a page can hold as it is.

vl-convert is loaded only when something is drawn: its JavaScript engine must not be there before workers fork.
"""

import hashlib
from typing import Any
from xml.etree import ElementTree as Tree

from diaban.lib.charts.looks import NUMBERS, Look, config

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_HERE = "https://diagram.invalid"  # Vega keeps absolute addresses only: taken off again once it has drawn
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_LINK, _TITLE, _DESCRIPTION = f"{{{_SVG}}}a", f"{{{_SVG}}}title", f"{{{_SVG}}}desc"
_DROPPED = ("role", "aria-roledescription", "aria-hidden", "aria-label", "class")

Tree.register_namespace("", _SVG)


class BadLink(ValueError):
    """An address that does not stay on this site."""


def address(href: str | None, look: Look) -> str | None:
    """How a mark's link is handed to Vega; on paper there are none. Raises `BadLink`."""
    if href is None or look == "paper":
        return None
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        raise BadLink(href)
    return _HERE + href


def draw(spec: dict[str, Any], *, title: str, description: str, look: Look, heading: bool) -> str:
    """The picture, with its title and description for those who do not see it, its marks' words as tooltips."""
    import vl_convert

    whole = {"$schema": SCHEMA, "config": config(look), "padding": 4, **spec}
    if heading:
        whole["title"] = title
    svg = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[], format_locale=NUMBERS)
    root = Tree.fromstring(svg)  # noqa: S314 - just written by Vega, not sent by anyone
    _name_marks(root)
    _describe(root, title, description)
    return Tree.tostring(root, encoding="unicode", short_empty_elements=True)


def _name_marks(root: Tree.Element) -> None:
    """Vega's roles and labels off; a labelled mark gets its words as a title, and so does the link around it."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in list(root.iter()):
        words = element.get("aria-label") if element.get("role") == "graphics-symbol" else None
        for name in _DROPPED:
            element.attrib.pop(name, None)
        if words and len(element) == 0:
            Tree.SubElement(element, _TITLE).text = words
            if parents[element].tag == _LINK:
                parents[element].set("aria-label", words)
        if element.tag == _LINK:
            _settle_link(element, parents[element])


def _settle_link(link: Tree.Element, parent: Tree.Element) -> None:
    """Back to a path on this site; Vega also puts links around marks that have none."""
    target = link.attrib.pop(f"{{{_XLINK}}}href")
    link.attrib.pop("target", None)
    if target.startswith(_HERE):
        link.set("href", target.removeprefix(_HERE))
    else:
        place = list(parent).index(link)
        parent[place : place + 1] = list(link)


def _describe(root: Tree.Element, title: str, description: str) -> None:
    """A picture is one image to a screen reader, unless it holds links: then it is a group that can be gone through."""
    key = hashlib.sha256(Tree.tostring(root) + title.encode()).hexdigest()[:10]
    for place, (tag, text) in enumerate(((_TITLE, title), (_DESCRIPTION, description))):
        element = Tree.Element(tag, {"id": f"chart-{key}-{place}"})
        element.text = text
        root.insert(place, element)
    root.set("role", "group" if root.find(f".//{_LINK}") is not None else "img")
    root.set("aria-labelledby", f"chart-{key}-0")
    root.set("aria-describedby", f"chart-{key}-1")
    root.set("class", "chart")
