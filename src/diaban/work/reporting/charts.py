"""Charts of consolidated figures as SVG, drawn without a browser; the table they come from stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import vl_convert

from diaban.lib.vietnamese import format_number

FONT = "Tinos, Times New Roman, serif"
INK, BAR, AVERAGE = "#1f2933", "#2563a8", "#b45309"
MOST_BARS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: Decimal


def bars(
    items: Sequence[Bar],
    *,
    unit_name: str,
    digits: int,
    average: Decimal | None = None,
    title: str = "",
    width: int = 360,
) -> str:
    """Bars lying down, the longest first, each with its number; `average` is drawn as a line with its number.

    Of more than `MOST_BARS` the highest are shown. Half of a page wide as it is.
    """
    ranked = sorted(items, key=lambda bar: -bar.value)[:MOST_BARS]
    rows = [
        {"name": bar.name, "value": float(bar.value), "label": format_number(bar.value, digits), "place": place}
        for place, bar in enumerate(ranked)
    ]
    most = max((row["value"] for row in rows if isinstance(row["value"], float)), default=1.0)
    value = {"field": "value", "type": "quantitative", "title": unit_name, "scale": {"domainMax": most * 1.15}}
    axis = {"tickCount": 4, "grid": True, "gridColor": "#e5e7eb", "labels": False, "ticks": False, "domain": False}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": BAR, "height": 12}, "encoding": {"x": {**value, "axis": axis}}},
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "color": INK, "fontSize": 11},
            "encoding": {"x": {"field": "value", "type": "quantitative"}, "text": {"field": "label"}},
        },
    ]
    if average is not None:
        layers += _average(average, digits)
    return _svg(
        {
            "width": width,
            **({"title": {"text": title, "anchor": "start"}} if title else {}),
            "height": {"step": 18},
            "data": {"values": rows},
            "encoding": {"y": {"field": "name", "type": "nominal", "title": None, "sort": {"field": "place"}}},
            "layer": layers,
        }
    )


def _average(average: Decimal, digits: int) -> list[dict[str, Any]]:
    data = {"values": [{"at": float(average), "label": f"Chung: {format_number(average, digits)}"}]}
    at = {"field": "at", "type": "quantitative"}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": AVERAGE, "strokeDash": [4, 3]},
            "encoding": {"x": at, "y": {}},
        },
        {
            "data": data,
            "mark": {"type": "text", "color": AVERAGE, "dy": -6, "baseline": "bottom", "fontSize": 11},
            "encoding": {"x": at, "y": {"value": 0}, "text": {"field": "label"}},
        },
    ]


def _svg(spec: dict[str, Any]) -> str:
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
    words = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    }
    spec["config"] = {
        "background": "#ffffff",
        "font": FONT,
        "view": {"stroke": None},
        "title": {"font": FONT, "fontSize": 12, "color": INK},
        "axis": {**words, "labelColor": INK, "titleColor": INK},
        "axisY": {"ticks": False, "domain": True, "domainColor": "#9ca3af", "labelLimit": 170, "labelPadding": 6},
    }
    return vl_convert.vegalite_to_svg(spec)
