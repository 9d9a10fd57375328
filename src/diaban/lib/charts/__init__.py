"""Charts as SVG: one picture for the page, the paper and the message; marks can be links, nothing runs."""

from diaban.lib.charts.bars import bar_chart, stacked_bar
from diaban.lib.charts.classes import Classes, classes_of
from diaban.lib.charts.lines import line_chart, small_multiples
from diaban.lib.charts.looks import Look
from diaban.lib.charts.maps import Ground, map_picture
from diaban.lib.charts.marks import Bar, Line, Point, Stack

__all__ = [
    "Bar",
    "Classes",
    "Ground",
    "Line",
    "Look",
    "Point",
    "Stack",
    "bar_chart",
    "classes_of",
    "line_chart",
    "map_picture",
    "small_multiples",
    "stacked_bar",
]
