"""Borders out of a stranger's file: read without harm, matched with units, kept as versions."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from diaban.faces.cli.main import build_parser
from diaban.faces.cli.territory import run
from diaban.foundation.acts.actor import NotPermitted, SettingUp, SystemActor
from diaban.foundation.journal.models import Entry
from diaban.foundation.territory import geojson
from diaban.foundation.territory.boundaries import boundaries_of
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.geojson import BadGeoJSON, read_features, simplified
from diaban.foundation.territory.models import Boundary, Unit
from diaban.foundation.territory.services import LoadedBoundaries, load_boundaries
from diaban.foundation.territory.tests.makers import TODAY, a_unit

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ACTOR = SettingUp("thử", TODAY)


def square(west: float, south: float, **words: object) -> dict[str, Any]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "Feature", "properties": words, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def ground(db: None) -> dict[str, Unit]:
    province = a_unit("province", "92", "Sơn Lâm", "tỉnh")
    north = a_unit("district", "921", "Bắc Sơn", "huyện", province)
    south = a_unit("district", "922", "Nam Sơn", "huyện", province)
    communes = {
        code: a_unit("commune", code, name, "xã", parent)
        for code, name, parent in (("09201", "Đông Hà", north), ("09202", "Tân Tiến", north), ("09203", "Tân Tiến", south))
    }  # fmt: skip
    rebuild_derived(TODAY)
    return {"P": province, **communes}


def load(ground: dict[str, Unit], *features: object, **how: Any) -> LoadedBoundaries:
    given: dict[str, Any] = {"level": "commune", "on": TODAY, "source": "vẽ để thử", "actor": ACTOR, "at": NOW} | how
    return load_boundaries(content=collection(*features), ground_id=ground["P"].pk, **given)


def test_areas_are_matched_by_code_then_by_name(ground: dict[str, Unit]) -> None:
    done = load(
        ground,
        square(104, 22, ma="9201"),
        square(105, 22, TEN_XA="Xã Tân Tiến", ten_huyen="Nam Sơn"),
    )

    assert {(one.version.code, one.way) for one in done.matching.found} == {("09201", "code"), ("09203", "name")}
    assert [unit.code for unit in done.matching.without] == ["09202"]
    assert set(boundaries_of(unit.pk for unit in ground.values())) == {ground["09201"].pk, ground["09203"].pk}


def test_what_does_not_match_is_told_with_the_reason(ground: dict[str, Unit]) -> None:
    broken = square(104, 22, ma="09202")
    broken["geometry"]["coordinates"][0][1] = [500_000, 2_400_000]

    done = load(
        ground,
        square(104, 22, ma="09201"),
        square(105, 22, ten="dong ha"),
        square(106, 22, ten="Tân Tiến"),
        square(106, 22, ten="Nơi lạ"),
        square(106, 22),
        broken,
        {"type": "Feature", "properties": {"ma": "09203"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
        "không phải vùng",
    )

    assert [(number, why.split("(")[0].strip()) for number, _words, why in done.matching.lost] == [
        (2, "trùng đơn vị với vùng số 1"),
        (3, "có nhiều đơn vị cùng tên, cần mã"),
        (4, "không có đơn vị nào tên này"),
        (5, "không có mã, không có tên"),
        (6, "tọa độ không phải kinh độ, vĩ độ"),
        (7, "hình không phải vùng"),
        (8, "không phải một vùng"),
    ]
    assert done.changed == 1


def test_a_better_border_is_a_new_version_and_the_same_one_is_none(ground: dict[str, Unit]) -> None:
    load(ground, square(104, 22, ma="09201"))
    again = load(ground, square(104, 22, ma="09201"))
    better = load(ground, square(104, 22.5, ma="09201"))

    versions = Boundary.objects.order_by("number")
    assert [again.changed, better.changed] == [0, 1]
    assert [(one.number, one.superseded_at is None) for one in versions] == [(1, False), (2, True)]
    assert boundaries_of([ground["09201"].pk])[ground["09201"].pk] == versions[1].geometry
    assert Entry.objects.filter(verb="territory.boundaries_loaded").count() == 2


def test_a_dry_run_keeps_nothing(ground: dict[str, Unit]) -> None:
    done = load(ground, square(104, 22, ma="09201"), is_dry=True)

    assert (done.changed, Boundary.objects.count()) == (1, 0)


def test_it_is_not_for_everybody(ground: dict[str, Unit]) -> None:
    with pytest.raises(NotPermitted):
        load(ground, square(104, 22, ma="09201"), actor=SystemActor("thử", TODAY))


def test_a_crossed_ring_is_mended_and_bends_too_small_are_left_out() -> None:
    bow = [[104, 22], [105, 23], [105, 22], [104, 23], [104, 22]]
    wavy = [[104 + step / 1000, 22 + (step % 2) / 100_000] for step in range(1001)] + [[105, 23], [104, 23], [104, 22]]
    shapes = [{"type": "Polygon", "coordinates": [ring]} for ring in (bow, wavy)]

    found = read_features(collection(*({"type": "Feature", "properties": {}, "geometry": one} for one in shapes)))

    assert all(one.land is not None and one.land.is_valid for one in found)
    assert found[0].land is not None
    assert len(found[0].land.geoms) == 2
    assert found[1].land is not None
    assert len(simplified(found[1].land, 0.0005)["coordinates"][0][0]) == 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"type": "Feature"}',
        b'{"type": "FeatureCollection", "features": {}}',
        b'{"type": "FeatureCollection", "features": [NaN]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(BadGeoJSON):
        read_features(content)


@pytest.mark.parametrize(("limit", "most"), [("MOST_BYTES", 50), ("MOST_FEATURES", 1), ("MOST_POINTS", 8)])
def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(geojson, limit, most)

    with pytest.raises(BadGeoJSON):
        read_features(collection(square(104, 22), square(105, 22)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.update(geometry=None),
        lambda one: one["geometry"].update(coordinates=[]),
        lambda one: one["geometry"].update(coordinates=[[[1, 2], [1, 2], [1, 2], [1, 2]]]),
        lambda one: one["geometry"].update(coordinates=[[["a", 2], [1, 2], [3, 2], [1, 5]]]),
        lambda one: one["geometry"].update(coordinates=[[[True, 2], [1, 2], [3, 2], [1, 5]]]),
        lambda one: one["geometry"].update(type="MultiPolygon"),
        lambda one: one.update(geometry={"type": "GeometryCollection", "geometries": []}),
        lambda one: one.update(properties=[1]),
    ],
)
def test_a_broken_area_spoils_no_other(spoil: Callable[[dict[str, Any]], None]) -> None:
    broken = square(104, 22)
    spoil(broken)

    found = read_features(collection(broken, square(105, 22)))

    assert found[1].land is not None
    assert found[0].land is None or found[0].words == {}


def test_the_command_takes_a_file_in(
    ground: dict[str, Unit], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ranh-gioi.geojson"
    file.write_bytes(collection(square(104, 22, ma="09201"), square(105, 22, ten="Nơi lạ")))
    options = build_parser().parse_args(
        ["territory", "boundaries", "load", str(file), "--unit", "92", "--on", str(TODAY)]
    )

    code = run(options)

    said = capsys.readouterr()
    assert code == 0
    assert "Khớp 1 vùng" in said.out
    assert "Nơi lạ" in said.err + said.out
    assert Boundary.objects.count() == 1


def test_the_command_tells_a_file_that_is_none(ground: dict[str, Unit], tmp_path: Path) -> None:
    file = tmp_path / "khong.geojson"
    file.write_bytes(b"PK")
    options = build_parser().parse_args(["territory", "boundaries", "load", str(file), "--on", str(date(2026, 7, 1))])

    assert run(options) == 1
