"""Whose border is whose: areas of a file matched with the units of a day; borders as they are known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaban.foundation.territory.geojson import Feature
from diaban.foundation.territory.models import Boundary, UnitVersion
from diaban.foundation.territory.queries import KIND_WORDS, units_on, versions_of
from diaban.lib.vietnamese import fold

CODES = ("code", "ma", "ma_dvhc", "ma_xa", "maxa", "ma_huyen", "mahuyen", "ma_tinh", "matinh", "gso_code", "id")
NAMES = ("name", "ten", "ten_dvhc", "ten_xa", "tenxa", "ten_huyen", "ten_tinh", "tentinh", "full_name", "name_vi")
PARENTS = ("parent", "ten_cha", "ten_tinh", "province", "ten_huyen", "district")


@dataclass(frozen=True)
class Found:
    """An area and its unit; how it was known: by "code" or by "name"."""

    feature: Feature
    version: UnitVersion
    way: str


@dataclass(frozen=True)
class Matching:
    """What of a file has a unit, and what not with the reason, as (number of the area, its words, why)."""

    found: tuple[Found, ...]
    lost: tuple[tuple[int, str, str], ...]
    without: tuple[UnitVersion, ...]


def match(
    features: Sequence[Feature],
    *,
    on: date,
    level: str,
    under: int | None = None,
    code_key: str = "",
    name_key: str = "",
) -> Matching:
    """Each area's unit of a level on a day: by its code, else by its name if only one unit is called so. Two queries."""
    units = list(units_on(on, under=under, level=level))
    by_code = {unit.code.lstrip("0"): unit for unit in units}
    by_name = _by_name(units)
    parents = {unit_id: fold(one.name) for unit_id, one in _parents(units, on).items()}
    found: dict[int, Found] = {}
    lost: list[tuple[int, str, str]] = []
    for feature in features:
        codes, names = (code_key,) if code_key else CODES, (name_key,) if name_key else NAMES
        said = _said(feature, (*names, *codes))
        one = _by_its_code(feature, codes, by_code) or _by_its_name(feature, names, by_name, parents)
        if feature.land is None:
            lost.append((feature.number, said, feature.fault))
        elif isinstance(one, str):
            lost.append((feature.number, said, one))
        elif one.version.unit_id in found:
            lost.append((feature.number, said, f"trùng đơn vị với vùng số {found[one.version.unit_id].feature.number}"))
        else:
            found[one.version.unit_id] = one
    without = tuple(unit for unit in units if unit.unit_id not in found)
    return Matching(tuple(found.values()), tuple(lost), without)


def _parents(units: Iterable[UnitVersion], on: date) -> dict[int, UnitVersion]:
    return versions_of({unit.parent_id for unit in units if unit.parent_id}, on)


def _said(feature: Feature, names: Sequence[str]) -> str:
    return ", ".join(feature.words[name] for name in names if name in feature.words)[:120]


def _by_name(units: Iterable[UnitVersion]) -> dict[str, list[UnitVersion]]:
    """Units by their folded name, alone and with the kind before it."""
    named: dict[str, list[UnitVersion]] = defaultdict(list)
    for unit in units:
        for name in {fold(unit.name), fold(unit.full_name)}:
            named[name].append(unit)
    return named


def _by_its_code(feature: Feature, keys: Sequence[str], by_code: Mapping[str, UnitVersion]) -> Found | None:
    for key in keys:
        unit = by_code.get(feature.words.get(key.lower(), "").removesuffix(".0").lstrip("0"))
        if unit is not None:
            return Found(feature, unit, "code")
    return None


def _by_its_name(
    feature: Feature,
    keys: Sequence[str],
    by_name: Mapping[str, list[UnitVersion]],
    parents: Mapping[int, str],
) -> Found | str:
    """The one unit of that name; of several, the one in the place that the area names as its parent."""
    name = next((feature.words[key.lower()] for key in keys if key.lower() in feature.words), "")
    if not name:
        return "không có mã, không có tên"
    units = by_name.get(fold(name)) or by_name.get(_without_kind(fold(name)), [])
    if len(units) > 1:
        above = {_without_kind(fold(feature.words[key])) for key in PARENTS if key in feature.words}
        units = [unit for unit in units if parents.get(unit.parent_id or 0) in above] or units
    if len(units) == 1:
        return Found(feature, units[0], "name")
    return "có nhiều đơn vị cùng tên, cần mã" if units else "không có đơn vị nào tên này"


def _without_kind(folded: str) -> str:
    return next((folded.removeprefix(f"{word} ") for word in KIND_WORDS if folded.startswith(f"{word} ")), folded)


def boundaries_of(unit_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The borders that are known of the units, by unit id, as GeoJSON MultiPolygons. One query."""
    rows = Boundary.objects.filter(unit__in=set(unit_ids), superseded_at=None)
    return dict(rows.values_list("unit_id", "geometry"))
