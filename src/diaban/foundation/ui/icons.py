"""Icons from the Tabler set, as inline SVG: no request of their own, coloured by the text around them."""

import re
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INNER = re.compile(r"<svg.*?>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
_BLANKS = re.compile(r"\s+")


class UnknownIcon(LookupError):
    """No icon has that name."""


@cache
def icon(name: str) -> SafeString:
    """The outline icon `name` (tabler.io/icons), hidden from screen readers: the words beside it say the same.

    Raises `UnknownIcon`.
    """
    file = settings.NODE_MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise UnknownIcon(name)
    found = _INNER.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise UnknownIcon(name)
    strokes = _BLANKS.sub(" ", found[1]).replace("> <", "><").replace(" />", "/>").strip()
    strokes = _FRAME.sub("", strokes)
    return mark_safe(  # noqa: S308 (drawn from our own package, under a checked name)
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75"'
        f' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{strokes}</svg>'
    )
