"""Colours, type and the way numbers are written."""

from typing import Any, Literal

Look = Literal["page", "paper"]

# Each is at least 3:1 against white and against the dark page (WCAG 2.2, 1.4.11), and told apart by the colour-blind
# together with its dash and shape.
COLOURS = ("#2f78c0", "#c2640f", "#2b8a55", "#9a5bbd", "#cf4858", "#1d8791", "#77828f", "#9a7410")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 4], [10, 2, 2, 2, 2, 2], [1, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
FONTS: dict[Look, str] = {"page": "Be Vietnam Pro, sans-serif", "paper": "Tinos, Times New Roman, serif"}
SIZES: dict[Look, float] = {"page": 13, "paper": 12}
INKS: dict[Look, str] = {"page": "currentColor", "paper": "#000000"}  # the page's own, light or dark
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
LONGEST_LABEL = 260  # pixels; a longer name is cut with “…” and stands whole in the tooltip
_LETTER: dict[Look, float] = {"page": 0.6, "paper": 0.5}  # mean width of a letter, in its size


def width_of(text: str, look: Look) -> float:
    """About how wide a text is set, in pixels, on the safe side."""
    return len(text) * SIZES[look] * _LETTER[look]


def config(look: Look) -> dict[str, Any]:
    ink, size = INKS[look], SIZES[look]
    words = {
        "labelColor": ink,
        "titleColor": ink,
        "labelFontSize": size,
        "titleFontSize": size,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONTS[look],
        "background": None,
        "view": {"stroke": None},
        "axis": words
        | {"labelLimit": LONGEST_LABEL, "domainColor": ink, "domainOpacity": 0.4, "tickColor": ink, "tickOpacity": 0.4}
        | {"gridColor": ink, "gridOpacity": 0.14, "labelPadding": 6, "labelOverlap": False},
        "legend": words
        | {"orient": "top", "title": None, "labelLimit": 240, "columnPadding": 18, "symbolStrokeWidth": 2},
        "header": words | {"labelFontWeight": "bold", "labelAnchor": "start", "labelLimit": LONGEST_LABEL},
        "text": {"color": ink, "fontSize": size},
        "rule": {"color": ink},
        "title": {
            "color": ink,
            "fontSize": size + 2,
            "fontWeight": "bold",
            "anchor": "start",
            "frame": "group",
            "offset": 12,
        },
        "range": {"category": list(COLOURS), "symbol": list(SHAPES)},
    }
