"""GeoJSON of borders (RFC 7946) read without harm: size, depth and numbers are bounded, nothing of it is trusted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

MOST_BYTES = 80 * 1024 * 1024
MOST_FEATURES, MOST_POINTS, MOST_PROPERTIES = 20_000, 6_000_000, 60
LONGEST_WORD = 300
PRECISION = 5  # decimals of a degree: a metre


class BadGeoJSON(ValueError):
    """The file is no GeoJSON of borders. The message says why, in Vietnamese."""


@dataclass(frozen=True)
class Feature:
    """One area: its properties as words, by their names in lower case, and its land; None, with why, where that is broken."""

    number: int
    words: Mapping[str, str]
    land: MultiPolygon | None
    fault: str = ""


def read_features(content: bytes) -> list[Feature]:
    """The areas of a FeatureCollection. Raises `BadGeoJSON` for the file; a broken area only says so of itself."""
    if len(content) > MOST_BYTES:
        raise BadGeoJSON(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB.")
    try:
        whole = json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        raise BadGeoJSON("Tệp không phải GeoJSON đọc được.") from problem
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        raise BadGeoJSON("Tệp phải là một FeatureCollection có các vùng (features).")
    if len(features) > MOST_FEATURES:
        raise BadGeoJSON(f"Tệp có hơn {MOST_FEATURES} vùng.")
    budget = _Budget(MOST_POINTS)
    return [_feature(number, one, budget) for number, one in enumerate(features, start=1)]


@dataclass
class _Budget:
    """How many points may still be read."""

    points: int

    def spend(self, number: int) -> None:
        self.points -= number
        if self.points < 0:
            raise BadGeoJSON(f"Tệp có hơn {MOST_POINTS} điểm; hãy giản lược đường ranh giới trước.")


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _feature(number: int, one: object, budget: _Budget) -> Feature:
    if not isinstance(one, dict):
        return Feature(number, {}, None, "không phải một vùng")
    words = _words(one.get("properties"))
    try:
        return Feature(number, words, _land(one.get("geometry"), budget))
    except _Broken as problem:
        return Feature(number, words, None, str(problem))


def _words(properties: object) -> dict[str, str]:
    """The properties that are words or numbers."""
    if not isinstance(properties, dict):
        return {}
    plain = {
        str(name).lower(): str(value)[:LONGEST_WORD].strip()
        for name, value in list(properties.items())[:MOST_PROPERTIES]
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    return {name: word for name, word in plain.items() if word}


class _Broken(ValueError):
    """What is wrong with one area."""


def _land(geometry: object, budget: _Budget) -> MultiPolygon:
    if not isinstance(geometry, dict):
        raise _Broken("không có hình")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list):
        raise _Broken("hình không phải vùng (Polygon, MultiPolygon)")
    polygons = coordinates if kind == "MultiPolygon" else [coordinates]
    return _valid([Polygon(rings[0], rings[1:]) for rings in (_rings(one, budget) for one in polygons)])


def _rings(polygon: object, budget: _Budget) -> list[list[tuple[float, float]]]:
    if not isinstance(polygon, list) or not polygon:
        raise _Broken("vùng không có đường bao")
    return [_ring(ring, budget) for ring in polygon]


def _ring(ring: object, budget: _Budget) -> list[tuple[float, float]]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _Broken("đường bao có ít hơn bốn điểm")
    budget.spend(len(ring))
    return [_point(point) for point in ring]


def _point(point: object) -> tuple[float, float]:
    if not isinstance(point, list) or not 2 <= len(point) <= 4 or not all(type(each) in {int, float} for each in point):
        raise _Broken("tọa độ không phải số")
    lon, lat = point[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise _Broken("tọa độ không phải kinh độ, vĩ độ (tệp VN-2000 phải chuyển sang WGS 84)")
    return float(lon), float(lat)


def _valid(polygons: list[Polygon]) -> MultiPolygon:
    """The land with its crossings and overlaps mended."""
    whole = MultiPolygon(polygons)
    return _areas(whole if whole.is_valid else shapely.make_valid(whole))


def _areas(found: BaseGeometry) -> MultiPolygon:
    """Only what has an extent."""
    parts = [part for part in getattr(found, "geoms", [found]) if not part.is_empty]
    flat = [area for part in parts for area in (part.geoms if isinstance(part, MultiPolygon) else [part])]
    polygons = [area for area in flat if isinstance(area, Polygon) and area.area > 0]
    if not polygons:
        raise _Broken("vùng không có diện tích")
    return MultiPolygon(polygons)


def simplified(land: MultiPolygon, tolerance: float) -> dict[str, Any]:
    """The land as a GeoJSON MultiPolygon with no bend smaller than `tolerance` degrees; itself where nothing would be left."""
    less = _kept(shapely.set_precision(land.simplify(tolerance), 10**-PRECISION)) or land
    found = mapping(less)
    polygons = [[[_rounded(point) for point in ring] for ring in polygon] for polygon in found["coordinates"]]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _kept(found: BaseGeometry) -> MultiPolygon | None:
    try:
        return _areas(found)
    except _Broken:
        return None


def _rounded(point: tuple[float, ...]) -> list[float]:
    return [round(point[0], PRECISION), round(point[1], PRECISION)]
