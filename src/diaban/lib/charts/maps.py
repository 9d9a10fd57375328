"""Maps by classes: areas filled where their borders are known, symbols where only a point is, tiles where nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, cos, radians, sqrt
from typing import Any

from diaban.lib.charts.classes import Classes
from diaban.lib.charts.drawing import address, draw
from diaban.lib.charts.looks import INKS, Look, width_of
from diaban.lib.charts.marks import Bar, figure, sentence, spoken

RAMPS = {
    1: ("#6aaed6",),
    2: ("#c6dbef", "#2f78c0"),
    3: ("#d6e6f4", "#6aaed6", "#1c6ab0"),
    4: ("#d6e6f4", "#9ac8e0", "#4a98c9", "#105ba4"),
    5: ("#dce9f6", "#abd0e6", "#6aaed6", "#3787c0", "#0d539b"),
    6: ("#dce9f6", "#b9d6ea", "#89bedc", "#539ecd", "#2b7bba", "#0a4a90"),
    7: ("#e3eef9", "#c6dbef", "#9ac8e0", "#6aaed6", "#4090c5", "#1f6fb3", "#08468b"),
}
NO_VALUE = "#b8bec4"
NO_VALUE_SAID = "chưa có số liệu"
_TALLEST, _MARGIN, _NARROWEST = 640, 26, 400
_TILE, _TILE_HEIGHT = 150, 52
_MOST_NAMED = 40  # places whose names are written on the map
_LETTERS = 22  # of a name on a tile


@dataclass(frozen=True, slots=True)
class Ground:
    """A place of a map. `geometry` is a GeoJSON MultiPolygon and `point` (longitude, latitude), in degrees; None where
    nobody gave one. `short` is what is written on the map, the whole label where it is blank."""

    label: str
    value: Decimal | None
    geometry: Mapping[str, Any] | None = None
    point: tuple[float, float] | None = None
    href: str | None = None
    estimated: bool = False
    short: str = ""


def map_picture(
    grounds: Sequence[Ground],
    classes: Classes | None,
    *,
    title: str,
    unit: str = "",
    digits: int | None = None,
    look: Look = "page",
    width: int = 720,
    heading: bool = False,
    description: str = "",
) -> str:
    """The places by the class of their value; those without one in grey. Places that cannot be placed are left out, but
    where none can be, all stand as tiles in their order. `classes` is None where there is no value at all."""
    if not grounds:
        return ""
    placed = [one for one in grounds if one.geometry or one.point]
    scale = _scale(classes, digits)
    rows = [_row(one, classes, scale, digits, unit, look) for one in placed or grounds]
    drawn = _on_land(placed, rows, scale, width, look) if placed else _tiles(grounds, rows, scale, width)
    layers, across, height = drawn
    spec = {
        "width": across,
        "height": height,
        "autosize": {"type": "pad"},
        "layer": layers,
        "view": {"stroke": None},
    }
    told = description or sentence(row["words"] for row in rows)
    return draw(spec, title=title, description=told, look=look, heading=heading)


def _scale(classes: Classes | None, digits: int | None) -> dict[str, str]:
    """The colour of each class by its words, then of no value."""
    words = classes.labels(digits) if classes else []
    return dict(zip(words, RAMPS.get(len(words), RAMPS[7]), strict=False)) | {NO_VALUE_SAID: NO_VALUE}


def _row(
    one: Ground, classes: Classes | None, scale: Mapping[str, str], digits: int | None, unit: str, look: Look
) -> dict[str, Any]:
    bar = Bar(one.label, one.value, estimated=one.estimated)
    has = one.value is not None and classes is not None
    number = classes.of(one.value) if has and classes and one.value is not None else -1
    return {
        "name": one.short or one.label,
        "class": list(scale)[number] if has else NO_VALUE_SAID,
        "rank": number,
        "figure": figure(bar, digits),
        "words": spoken(one.label, bar, digits, unit),
        "estimated": one.estimated,
        "href": address(one.href, look),
    }


def _colour(scale: Mapping[str, str]) -> dict[str, Any]:
    return {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": list(scale), "range": list(scale.values())},
        "legend": {"symbolType": "square", "symbolStrokeWidth": 0, "symbolSize": 180, "orient": "bottom", "columns": 3},
    }


def _on_land(
    placed: Sequence[Ground], rows: Sequence[dict[str, Any]], scale: Mapping[str, str], width: int, look: Look
) -> tuple[list[dict[str, Any]], int, int]:
    """Areas under symbols under names; the width and the height they take."""
    to_pixels, across, height = _fitted(placed, width)
    marks = {"description": {"field": "words"}, "href": {"field": "href"}, "color": _colour(scale)}
    shapes, spots = [], []
    for one, row in zip(placed, rows, strict=True):
        if one.geometry:
            rings = [
                [[to_pixels(point) for point in ring] for ring in polygon] for polygon in one.geometry["coordinates"]
            ]
            shapes.append(row | {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": rings}})
        elif one.point:
            x, y = to_pixels(one.point)
            spots.append(row | {"x": x, "y": y, "size": 60 + 90 * (row["rank"] + 1)})
    layers: list[dict[str, Any]] = []
    if shapes:
        estimated = {"condition": {"test": "datum.estimated", "value": [4, 3]}, "value": [1, 0]}
        layers.append({
            "data": {"values": shapes},
            "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
            "mark": {"type": "geoshape", "stroke": INKS[look], "strokeWidth": 0.8, "strokeOpacity": 0.6},
            "encoding": marks | {"strokeDash": estimated},
        })  # fmt: skip
    if spots:
        place = {axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in "xy"}
        size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
        circle = {"type": "circle", "opacity": 0.85, "stroke": INKS[look], "strokeWidth": 0.6}
        layers.append({"data": {"values": spots}, "mark": circle, "encoding": {**marks, **place, "size": size}})
    layers += _names(placed, rows, to_pixels)
    return layers, across, height


def _names(placed: Sequence[Ground], rows: Sequence[dict[str, Any]], to_pixels: Any) -> list[dict[str, Any]]:
    """The names of not too many places, each in its middle or under its symbol."""
    if len(placed) > _MOST_NAMED:
        return []
    values = []
    for one, row in zip(placed, rows, strict=True):
        x, y = to_pixels(one.point or _middle(one.geometry or {}))
        values.append({"name": row["name"], "figure": row["figure"], "x": x, "y": y + (0 if one.geometry else 16)})
    place = {axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in "xy"}
    text: dict[str, Any] = {"type": "text", "fontSize": 10, "aria": False}
    halo = text | {"stroke": "#ffffff", "strokeWidth": 3, "strokeOpacity": 0.85, "color": "#ffffff"}
    black = text | {"color": "#1d2733"}
    lines = (("name", -1), ("figure", 11))
    return [
        {"data": {"values": values}, "mark": mark | {"dy": down}, "encoding": {**place, "text": {"field": field}}}
        for field, down in lines
        for mark in (halo, black)
    ]


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The middle of the box of the largest part."""
    boxes = [_box(polygon[0]) for polygon in geometry["coordinates"]]
    west, south, east, north = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return (west + east) / 2, (south + north) / 2


def _box(points: Iterable[Sequence[float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*((point[0], point[1]) for point in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _fitted(placed: Sequence[Ground], width: int) -> tuple[Any, int, int]:
    """Degrees to pixels, north up, true in shape in the middle; how wide and how high that is, at most `width`."""
    points: list[tuple[float, float]] = []
    for one in placed:
        if one.geometry:
            west, south, east, north = _box(point for polygon in one.geometry["coordinates"] for point in polygon[0])
            points += [(west, south), (east, north)]
        elif one.point:
            points.append(one.point)
    west, south, east, north = _box(points)
    narrow = cos(radians((south + north) / 2))
    across, up = max((east - west) * narrow, 0.01), max(north - south, 0.01)
    zoom = min((width - 2 * _MARGIN) / across, (_TALLEST - 2 * _MARGIN) / up)
    taken = max(min(width, _NARROWEST), round(across * zoom) + 2 * _MARGIN)
    left = (taken - across * zoom) / 2

    def to_pixels(point: Sequence[float]) -> list[float]:
        return [round(left + (point[0] - west) * narrow * zoom, 1), round(_MARGIN + (north - point[1]) * zoom, 1)]

    return to_pixels, taken, round(up * zoom) + 2 * _MARGIN


def _tiles(
    grounds: Sequence[Ground], rows: Sequence[dict[str, Any]], scale: Mapping[str, str], width: int
) -> tuple[list[dict[str, Any]], int, int]:
    """One tile a place, in the order given; as near to a square as the width lets; the width and the height they take."""
    columns = max(1, min(width // _TILE, ceil(sqrt(len(grounds) * 2))))
    wide = width / columns
    values = [
        row
        | {
            "x": (number % columns) * wide,
            "x2": (number % columns + 1) * wide - 4,
            "y": number // columns * _TILE_HEIGHT,
            "y2": (number // columns + 1) * _TILE_HEIGHT - 4,
            "middle": (number % columns + 0.5) * wide - 2,
            "short": _short(row["name"], wide),
            "ink": "#ffffff" if row["rank"] >= 0 and row["rank"] > len(scale) / 2 else "#10202f",
        }
        for number, row in enumerate(rows)
    ]
    plain: dict[str, Any] = {"type": "quantitative", "scale": None, "axis": None}
    box = {name: {"field": name, **plain} for name in ("x", "y")} | {name: {"field": name} for name in ("x2", "y2")}
    ink = {"color": {"field": "ink", "type": "nominal", "scale": None, "legend": None}}
    rect = {
        "mark": {"type": "rect", "cornerRadius": 3},
        "encoding": {**box, "color": _colour(scale), "description": {"field": "words"}, "href": {"field": "href"}},
    }
    texts = [
        {
            "mark": {"type": "text", "fontSize": size, "dy": down, "aria": False, "baseline": "top"},
            "encoding": {
                "x": {"field": "middle", **plain},
                "y": {"field": "y", **plain},
                "text": {"field": field},
                **ink,
            },
        }
        for field, size, down in (("short", 11, 8), ("figure", 13, 25))
    ]
    layers = [{"data": {"values": values}, **layer} for layer in (rect, *texts)]
    return layers, width, ceil(len(grounds) / columns) * _TILE_HEIGHT


def _short(name: str, wide: float) -> str:
    letters = max(6, min(_LETTERS, int(_LETTERS * wide / max(width_of("m" * _LETTERS, "page"), 1))))
    return name if len(name) <= letters else f"{name[: letters - 1]}…"
