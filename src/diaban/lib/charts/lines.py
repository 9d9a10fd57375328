"""Change over periods. A gap in the values is a gap in the line."""

import json
from collections.abc import Sequence
from typing import Any

from diaban.lib.charts.drawing import address, draw
from diaban.lib.charts.looks import COLOURS, DASHES, INKS, SHAPES, Look, width_of
from diaban.lib.charts.marks import ESTIMATED, Line, figure, sentence, spoken

_HEIGHT, _PANEL_HEIGHT = 240, 110
_SHOWN_VALUES = 8  # a single line of so many points has its values written beside them
_ROTATED, _SLANTED = -45, 22  # degrees; pixels that a slanted label takes along the axis
_NARROW = 300
_VALUES = 48  # pixels for the values beside a small chart
_BEFORE = -14  # pixels that the mark of a break stands before its point
_BESIDE = 70  # pixels that the values' axis takes


def line_chart(
    lines: Sequence[Line],
    *,
    title: str,
    unit: str = "",
    digits: int | None = None,
    from_zero: bool = True,
    look: Look = "page",
    width: int = 600,
    heading: bool = False,
    description: str = "",
    breaks: Sequence[tuple[str, str]] = (),
) -> str:
    """Lines over the labels of their points, in the order these first appear; estimated points are hollow.

    Lines differ by colour, dash and shape. `breaks` are (label, words): before that point what is counted was another
    thing; a dashed line marked “≠” stands before it. Empty where there are no points.
    """
    labels = _labels(lines)
    if not labels:
        return ""
    rows = _rows(lines, labels, digits, unit, look)
    layers = _layers(lines, unit, labels, look, width, from_zero=from_zero)
    if len(lines) == 1 and len(labels) <= _SHOWN_VALUES:
        layers.append(_beside("isValid(datum.value)", {"field": "figure"}, -12))
    else:
        layers.append(_SAYS_ESTIMATED)
    layers += _breaks(breaks, labels, look)
    spec = {
        "width": width,
        "height": _HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "data": {"values": rows},
        "layer": layers,
    }
    changes = [f"từ {label}: {words}" for label, words in breaks]
    told = description or sentence([*(row["words"] for row in rows), *changes])
    return draw(spec, title=title, description=told, look=look, heading=heading)


def small_multiples(
    lines: Sequence[Line],
    *,
    title: str,
    unit: str = "",
    digits: int | None = None,
    shared_scale: bool = False,
    columns: int = 3,
    look: Look = "page",
    width: int = 720,
    heading: bool = False,
    description: str = "",
) -> str:
    """One small chart for each line, its name above; with `shared_scale` all by one measure. Empty where there are no points."""
    labels = _labels(lines)
    if not labels:
        return ""
    rows = _rows(lines, labels, digits, unit, look)
    columns = min(columns, len(lines))
    panel = max(90, width // columns - 72)
    one = [Line("", line.points) for line in lines[:1]]
    spec = {
        "data": {"values": rows},
        "facet": {"field": "line", "type": "ordinal", "sort": None, "title": None, "header": _header(lines, panel)},
        "columns": columns,
        "spacing": {"row": 22, "column": 24},
        "resolve": {
            "scale": {"y": "shared" if shared_scale else "independent"},
            "axis": {"x": "independent", "y": "independent"},
        },
        "spec": {
            "width": panel,
            "height": _PANEL_HEIGHT,
            "layer": [*_layers(one, unit, labels, look, panel, from_zero=True, values_width=_VALUES), _SAYS_ESTIMATED],
        },
    }
    told = description or sentence(row["words"] for row in rows)
    return draw(spec, title=title, description=told, look=look, heading=heading)


def _breaks(breaks: Sequence[tuple[str, str]], labels: Sequence[str], look: Look) -> list[dict[str, Any]]:
    """A dashed line before each point where figures stop being comparable, one for all that is said of it."""
    said: dict[int, list[str]] = {}
    for label, words in breaks:
        if label in labels:
            said.setdefault(labels.index(label), []).append(words)
    if not said:
        return []
    values = [{"n": n, "words": f"Từ {labels[n]}: {'; '.join(words)}"} for n, words in said.items()]
    x = {"x": {"field": "n", "type": "ordinal"}, "xOffset": {"value": _BEFORE}}
    ink = {"color": INKS[look], "opacity": 0.7}
    rule = {"type": "rule", "strokeDash": [3, 3], "strokeWidth": 1.5} | ink
    sign = {"type": "text", "text": "≠", "baseline": "bottom", "dy": -1, "aria": False} | ink
    return [
        {"data": {"values": values}, "mark": rule, "encoding": {**x, "description": {"field": "words"}}},
        {"data": {"values": values}, "mark": sign, "encoding": {**x, "y": {"value": 0}}},
    ]


def _labels(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(point.label for line in lines for point in line.points))


def _rows(
    lines: Sequence[Line], labels: Sequence[str], digits: int | None, unit: str, look: Look
) -> list[dict[str, Any]]:
    return [
        {
            "line": number,
            "n": labels.index(point.label),
            "value": None if point.value is None else float(point.value),
            "figure": figure(point, digits),
            "words": spoken(f"{line.name}, {point.label}" if line.name else point.label, point, digits, unit),
            "estimated": point.estimated,
            "href": address(point.href, look),
        }
        for number, line in enumerate(lines)
        for point in line.points
    ]


def _header(lines: Sequence[Line], panel: int) -> dict[str, Any]:
    return {"labelExpr": f"{json.dumps([line.name for line in lines])}[datum.value]", "labelLimit": panel + _VALUES}


def _layers(
    lines: Sequence[Line],
    unit: str,
    labels: Sequence[str],
    look: Look,
    width: int,
    *,
    from_zero: bool,
    values_width: int = 0,
) -> list[dict[str, Any]]:
    """`values_width` is the least that the axis of values takes, so that charts below one another stand in line."""
    encoding = {
        "x": {
            "field": "n",
            "type": "ordinal",
            "title": None,
            "scale": {"domain": list(range(len(labels))), "type": "point", "padding": 0.3},
            "axis": _axis(labels, look, width),
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": unit or None,
            "scale": {"zero": from_zero},
            "axis": {
                "tickCount": 4,
                "domain": False,
                "ticks": False,
                "titleAnchor": "end",
                "titleAngle": 0,
                "titleAlign": "left",
                "titleY": -12,
                "minExtent": values_width,
            },
        },
    }
    series = _series(lines, look, width)
    line = {
        "mark": {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-filter-domains", "aria": False},
        "encoding": encoding | series | _dashes(lines),
    }
    points = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "size": 46, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            **encoding,
            **series,
            "fill": series["stroke"],
            "fillOpacity": {"condition": {"test": "datum.estimated", "value": 0}, "value": 1},
            "description": {"field": "words"},
            "href": {"field": "href"},
        },
    }
    return [line, points]


def _series(lines: Sequence[Line], look: Look, width: int) -> dict[str, Any]:
    """How lines differ; a single one needs no legend."""
    if len(lines) == 1:
        return {"stroke": {"value": COLOURS[0]}}
    names = [line.name for line in lines]
    domain = list(range(len(lines)))
    legend = {
        "offset": 28,
        "labelExpr": f"{json.dumps(names)}[datum.value]",
        "columns": max(1, int(width // (50 + max(width_of(name, look) for name in names)))),
    }
    scales = {"stroke": COLOURS, "shape": SHAPES}
    return {
        channel: {
            "field": "line",
            "type": "ordinal",
            "legend": legend,
            "scale": {"domain": domain, "range": [values[at % len(values)] for at in domain]},
        }
        for channel, values in scales.items()
    }


def _dashes(lines: Sequence[Line]) -> dict[str, Any]:
    """As conditions, not as a scale: the legend shows the shapes whole."""
    tests = [{"test": f"datum.line == {at}", "value": DASHES[at % len(DASHES)]} for at in range(1, len(lines))]
    return {"strokeDash": {"condition": tests, "value": DASHES[0]}} if tests else {}


def _axis(labels: Sequence[str], look: Look, width: int) -> dict[str, Any]:
    """Labels lie where they fit, else they are set aslant, and only so many that none touches another; in a narrow chart
    only the first and the last."""
    last, room = len(labels) - 1, (width - _BESIDE) / len(labels)
    axis: dict[str, Any] = {
        "labelExpr": f"{json.dumps(labels)}[datum.value]",
        "labelAngle": 0,
        "ticks": False,
        "grid": False,
    }
    if max(width_of(label, look) for label in labels) <= room:
        return axis
    if width < _NARROW:
        first_left = {"condition": {"test": "datum.value == 0", "value": "left"}, "value": "right"}
        return axis | {"values": sorted({0, last}), "labelAlign": first_left if last else "center"}
    every = 1 + int(_SLANTED / room)
    slanted = {"labelAngle": _ROTATED, "labelAlign": "right", "labelBaseline": "top"}
    return axis | slanted | {"values": list(range(last % every, last + 1, every))}


def _beside(test: str, text: dict[str, Any], down: int) -> dict[str, Any]:
    """Words at points; `down` is how far below them, in pixels."""
    return {
        "transform": [{"filter": test}],
        "mark": {"type": "text", "dy": down, "aria": False},
        "encoding": {
            "x": {"field": "n", "type": "ordinal"},
            "y": {"field": "value", "type": "quantitative"},
            "text": text,
        },
    }


_SAYS_ESTIMATED = _beside("datum.estimated && isValid(datum.value)", {"value": ESTIMATED}, -12)
