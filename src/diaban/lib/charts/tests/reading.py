"""What stands in a drawn chart."""

from xml.etree import ElementTree as Tree

SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> Tree.Element:
    return Tree.fromstring(svg)  # noqa: S314 - drawn by the code under test


def words(svg: str) -> list[str]:
    return [element.text or "" for element in read(svg).iter(f"{SVG}text")]


def links(svg: str) -> dict[str, str]:
    """What each link is called, and where it leads."""
    return {element.get("aria-label", ""): element.get("href", "") for element in read(svg).iter(f"{SVG}a")}


def tooltips(svg: str) -> list[str]:
    root = read(svg)
    return [element.text or "" for element in root.iter(f"{SVG}title") if element is not root[0]]
