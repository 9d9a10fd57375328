"""The units of Viet Nam before and after 1 July 2025, read from the package `vietnamadminunits`.

The package keeps one SQLite table for each side and a JSON file that says what became of what. Five island districts have
no communes; the package counts each as one commune without a code, and so do we (10,040 in all).
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

KINDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "tỉnh", "huyện", "quận", "xã")
ISLAND_SUFFIX = "-00"

BEFORE = """
    SELECT province, provinceCode, provinceLat, provinceLon, district, districtCode, districtLat, districtLon,
           ward, wardCode, wardLat, wardLon, provinceKey, districtKey, wardKey
    FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode
"""
AFTER = """
    SELECT province, provinceCode, provinceLat, provinceLon, ward, wardCode, wardLat, wardLon, wardAreaKm2,
           provinceKey, wardKey
    FROM admin_units ORDER BY provinceCode, wardCode
"""


class PackageMissing(RuntimeError):
    """`vietnamadminunits` is not installed, or has not the files that version 1.0.4 has."""


class OddName(ValueError):
    """A name that begins with no kind of unit."""


@dataclass(frozen=True)
class Place:
    """A unit on one side of the reform. `code` is official, but for a commune of an island district (`318-00`)."""

    level: str
    code: str
    name: str
    kind: str
    parent_code: str | None
    lat: Decimal | None = None
    lon: Decimal | None = None
    area: Decimal | None = None


@dataclass(frozen=True, order=True)
class Link:
    """What lay in the old unit, or a part of it, now lies in the new one."""

    old_code: str
    new_code: str


@dataclass(frozen=True)
class Reform:
    """Both sides of 1 July 2025 and the links between communes and between provinces, as the package has them."""

    before: tuple[Place, ...]
    after: tuple[Place, ...]
    communes: tuple[Link, ...]
    provinces: tuple[Link, ...]


def read_package() -> Reform:
    """All rows of the package, in the order of codes. Raises `PackageMissing`."""
    folder = _folder()
    old_rows = _rows(folder / "dataset.db", BEFORE)
    new_rows = _rows(folder / "dataset.db", AFTER)
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    old_codes = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": _old_code(row) for row in old_rows
    }
    new_codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new_rows}
    communes = {Link(old_codes[old], new_codes[new]) for old, new in _pairs(converter)}
    return Reform(
        before=tuple(_places_before(old_rows)),
        after=tuple(_places_after(new_rows)),
        communes=tuple(sorted(communes)),
        provinces=tuple(sorted(_province_links(converter["DICT_PROVINCE"], old_rows, new_rows))),
    )


def split_name(text: str) -> tuple[str, str]:
    """("xã", "Xín Mần") from "Xã Xín Mần": composed letters (NFC), single spaces, a straight apostrophe.

    Raises `OddName`.
    """
    clean = " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())
    for kind in KINDS:
        if clean.lower().startswith(kind + " "):
            return kind, clean[len(kind) + 1 :]
    raise OddName(text)


def _folder() -> Path:
    """The package's data, found without importing the package: importing it parses megabytes."""
    spec = find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise PackageMissing("vietnamadminunits")
    folder = Path(spec.submodule_search_locations[0]) / "data"
    for name in ("dataset.db", "converter_2025.json"):
        if not (folder / name).is_file():
            raise PackageMissing(name)
    return folder


def _rows(database: Path, query: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(query).fetchall()


def _old_code(row: sqlite3.Row) -> str:
    return str(row["wardCode"] or row["districtCode"] + ISLAND_SUFFIX)


def _pairs(converter: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """(key of the old commune, key of the new one): the undivided are listed by successor, the divided by predecessor."""
    for province, successors in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new, olds in successors.items():
            for old in olds:
                yield old, (province, new)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            for part in parts:
                yield old, (province, part["newWardKey"])


def _province_links(
    became: dict[str, list[str]], old_rows: list[sqlite3.Row], new_rows: list[sqlite3.Row]
) -> Iterator[Link]:
    old_codes = {row["provinceKey"]: row["provinceCode"] for row in old_rows}
    new_codes = {row["provinceKey"]: row["provinceCode"] for row in new_rows}
    for new, olds in became.items():
        for old in olds:
            yield Link(old_codes[old], new_codes[new])


def _places_before(rows: list[sqlite3.Row]) -> Iterator[Place]:
    province = district = None
    for row in rows:
        if row["provinceCode"] != province:
            province = row["provinceCode"]
            yield _place("province", row, "province", code=province, parent_code=None)
        if row["districtCode"] != district:
            district = row["districtCode"]
            yield _place("district", row, "district", code=district, parent_code=province)
        name = "ward" if row["ward"] else "district"
        yield _place("commune", row, name, code=_old_code(row), parent_code=district)


def _places_after(rows: list[sqlite3.Row]) -> Iterator[Place]:
    province = None
    for row in rows:
        if row["provinceCode"] != province:
            province = row["provinceCode"]
            yield _place("province", row, "province", code=province, parent_code=None)
        yield _place("commune", row, "ward", code=row["wardCode"], parent_code=province, area=row["wardAreaKm2"])


def _place(
    level: str, row: sqlite3.Row, prefix: str, *, code: str, parent_code: str | None, area: float | None = None
) -> Place:
    kind, name = split_name(row[prefix])
    lat, lon = row[f"{prefix}Lat"], row[f"{prefix}Lon"]
    return Place(
        level=level,
        code=code,
        name=name,
        kind=kind,
        parent_code=parent_code,
        lat=None if lat is None else round(Decimal(str(lat)), 6),
        lon=None if lon is None else round(Decimal(str(lon)), 6),
        area=round(Decimal(str(area)), 2) if area else None,
    )
