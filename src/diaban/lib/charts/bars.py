"""Comparing places or groups: bars lie down, so that long names can be read."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from diaban.lib.charts.drawing import address, draw
from diaban.lib.charts.looks import COLOURS, INKS, LONGEST_LABEL, Look, width_of
from diaban.lib.charts.marks import Bar, Stack, figure, sentence, spoken
from diaban.lib.vietnamese import format_number

_STEP = 28
_PALER = {"condition": {"test": "datum.estimated", "value": 0.35}, "value": 1}
_DASHED = {"condition": {"test": "datum.estimated", "value": [4, 3]}, "value": [1, 0]}


def bar_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    unit: str = "",
    digits: int | None = None,
    reference: tuple[str, Decimal] | None = None,
    look: Look = "page",
    width: int = 600,
    heading: bool = False,
    description: str = "",
) -> str:
    """Bars in the order given, their values beside them; an estimated one is paler, outlined in dashes and says “ước”.

    `reference` is a named value drawn across (a plan, an average). `heading` draws the title too. Empty where there are no bars.
    """
    if not bars:
        return ""
    rows = [_row(number, bar, bar.label, digits, unit, look) for number, bar in enumerate(bars)]
    values = [bar.value for bar in bars if bar.value is not None] + ([reference[1]] if reference else [])
    labels = [bar.label for bar in bars]
    across = _across("value", unit, _scale(values, [row["figure"] for row in rows], labels, width, look))
    stroke = {"condition": {"test": "datum.estimated", "value": COLOURS[0]}, "value": None}
    bar_marks = {
        "mark": {"type": "bar", "height": {"band": 0.68}, "color": COLOURS[0]},
        "encoding": {
            "x": across,
            "description": {"field": "words"},
            "href": {"field": "href"},
            "fillOpacity": _PALER,
            "stroke": stroke,
            "strokeDash": _DASHED,
        },
    }
    layers = [
        *_reference(reference, digits, look),
        bar_marks,
        *_figures("datum.at >= 0", "left", across),
        *_figures("datum.at < 0", "right", across),
    ]
    spec = _lying(rows, labels, layers, width, look)
    told = description or sentence(row["words"] for row in rows)
    return draw(spec, title=title, description=told, look=look, heading=heading)


def stacked_bar(
    stacks: Sequence[Stack],
    *,
    title: str,
    unit: str = "",
    digits: int | None = None,
    share: bool = False,
    look: Look = "page",
    width: int = 600,
    heading: bool = False,
    description: str = "",
) -> str:
    """Each bar the sum of its parts, totals beside; with `share` each bar is a hundred percent. Values are not negative.

    Series keep one colour, in the order they first appear. A part without a value is left out. Empty where there are no stacks.
    """
    if not stacks:
        return ""
    rows = [
        _row(number, part, f"{stack.label}, {part.label}", digits, unit, look) | {"series": part.label, "place": place}
        for number, stack in enumerate(stacks)
        for place, part in enumerate(stack.parts)
        if part.value is not None
    ]
    labels = [stack.label for stack in stacks]
    totals = [_total(number, stack, digits) for number, stack in enumerate(stacks)]
    series = list(dict.fromkeys(part.label for stack in stacks for part in stack.parts))
    sums = [Decimal(str(total["at"])) for total in totals]
    scale = {} if share else _scale(sums, [total["figure"] for total in totals], labels, width, look)
    across = _across("value", "%" if share else unit, scale) | {"stack": "normalize" if share else "zero"}
    if share:
        across["axis"] = {"tickCount": 5, "format": ".0%"}
        across["title"] = None
    parts = _parts(series, across, look, width)
    ends = [] if share else _figures("true", "left", _across("at", unit, scale), totals)
    spec = _lying(rows, labels, [parts, *ends], width, look)
    told = description or sentence(row["words"] for row in rows)
    return draw(spec, title=title, description=told, look=look, heading=heading)


def _parts(series: Sequence[str], across: dict[str, Any], look: Look, width: int) -> dict[str, Any]:
    """The parts of all stacks, coloured by series, with the legend above."""
    colours = [COLOURS[at % len(COLOURS)] for at in range(len(series))]
    widest = max((width_of(name, look) for name in series), default=0)
    colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(series), "range": colours},
        "legend": {"columns": max(1, int(width // (40 + widest)))},
    }
    return {
        "mark": {"type": "bar", "height": {"band": 0.68}, "strokeWidth": 1},
        "encoding": {
            "x": across,
            "color": colour,
            "order": {"field": "place", "type": "quantitative"},
            "description": {"field": "words"},
            "href": {"field": "href"},
            "fillOpacity": _PALER,
        },
    }


def _row(number: int, bar: Bar, label: str, digits: int | None, unit: str, look: Look) -> dict[str, Any]:
    return {
        "n": number,
        "value": None if bar.value is None else float(bar.value),
        "at": float(bar.value or 0),
        "figure": figure(bar, digits),
        "words": spoken(label, bar, digits, unit),
        "estimated": bar.estimated,
        "href": address(bar.href, look),
    }


def _total(number: int, stack: Stack, digits: int | None) -> dict[str, Any]:
    values = [part.value for part in stack.parts if part.value is not None]
    total = Bar(
        stack.label, sum(values, Decimal(0)) if values else None, None, any(part.estimated for part in stack.parts)
    )
    return {"n": number, "at": float(total.value or 0), "figure": figure(total, digits)}


def _lying(
    rows: list[dict[str, Any]], labels: Sequence[str], layers: list[dict[str, Any]], width: int, look: Look
) -> dict[str, Any]:
    """Bars one under another. They go by number, since two places may have one name; the axis shows the names."""
    axis = {
        "labelExpr": f"{json.dumps(labels)}[datum.value]",
        "labelLimit": LONGEST_LABEL,
        "minExtent": _extent(labels, look),
        "ticks": False,
        "grid": False,
        "domain": False,
    }
    y = {
        "field": "n",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": axis,
        "scale": {"domain": list(range(len(labels)))},
    }
    return {
        "width": width,
        "height": {"step": _STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": layers,
    }


def _across(field: str, unit: str, scale: dict[str, Any]) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": unit or None, "scale": scale, "axis": {"tickCount": 5}}


def _figures(
    test: str, align: str, across: dict[str, Any], rows: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """The values at the ends of bars."""
    layer: dict[str, Any] = {
        "transform": [{"filter": test}],
        "mark": {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "dx": 5 if align == "left" else -5,
            "aria": False,
        },
        "encoding": {"x": across | {"field": "at"}, "text": {"field": "figure"}},
    }
    return [layer | {"data": {"values": rows}} if rows else layer]


def _extent(labels: Sequence[str], look: Look) -> float:
    return min(LONGEST_LABEL, max(width_of(label, look) for label in labels))


def _scale(
    values: Sequence[Decimal], figures: Sequence[str], labels: Sequence[str], width: int, look: Look
) -> dict[str, Any]:
    """From zero, with room for the values beside the longest bars."""
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    reach = float(high - low) or 1.0
    room = max(width_of(text, look) for text in figures) + 10
    plot = max(width - _extent(labels, look) - 20, 3 * room)
    extra = reach * room / (plot - room)
    return {"domain": [float(low) - (extra if low < 0 else 0), float(high) + extra], "nice": False}


def _reference(reference: tuple[str, Decimal] | None, digits: int | None, look: Look) -> list[dict[str, Any]]:
    """A named value as a dashed line across all bars, its name above."""
    if reference is None:
        return []
    name, value = reference
    data = {"values": [{"at": float(value), "text": f"{name}: {format_number(value, digits)}"}]}
    x = {"field": "at", "type": "quantitative"}
    line = {
        "type": "rule",
        "strokeDash": [5, 4],
        "strokeWidth": 1.5,
        "opacity": 0.55,
        "color": INKS[look],
        "aria": False,
    }
    words = {"type": "text", "align": "center", "baseline": "bottom", "dy": -4, "aria": False}
    return [
        {"data": data, "mark": line, "encoding": {"x": x, "y": None}},
        {"data": data, "mark": words, "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "text"}}},
    ]
