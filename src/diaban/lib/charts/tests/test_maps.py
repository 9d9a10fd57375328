"""Places on maps: filled by class, as symbols, as tiles."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.charts import Ground, classes_of, map_picture
from diaban.lib.charts.maps import NO_VALUE, RAMPS
from diaban.lib.charts.tests.reading import SVG, read, tooltips, words


def square(west: float, south: float) -> dict[str, Any]:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def fills(svg: str) -> list[str]:
    return [element.get("fill", "") for element in read(svg).iter(f"{SVG}path")]


THREE = classes_of([Decimal(1), Decimal(5), Decimal(9)], "equal", 3)


def test_areas_are_filled_by_class_and_those_without_a_value_in_grey() -> None:
    grounds = [
        Ground("Xã A", Decimal(1), square(104, 22)),
        Ground("Xã B", Decimal(9), square(105, 22), href="/b/"),
        Ground("Xã C", None, square(104, 21)),
    ]

    svg = map_picture(grounds, THREE, title="a", unit="điểm")

    assert {RAMPS[3][0], RAMPS[3][2], NO_VALUE} <= set(fills(svg))
    assert {"Xã A: 1 điểm", "Xã B: 9 điểm", "Xã C: chưa có số liệu"} <= set(tooltips(svg))
    assert {"từ 1,0 đến 3,7", "trên 6,3 đến 9,0", "chưa có số liệu"} <= set(
        words(map_picture(grounds, THREE, title="a", digits=1))
    )
    assert 'href="/b/"' in svg


def test_north_is_up_and_east_is_right() -> None:
    svg = map_picture(
        [Ground("Nam", Decimal(1), point=(104.0, 21.0)), Ground("Bắc", Decimal(9), point=(105.0, 23.0))],
        THREE,
        title="a",
    )

    at = {}
    for element in read(svg).iter(f"{SVG}text"):
        x, y = element.get("transform", "translate(0,0)")[10:-1].split(",")[:2]
        at[element.text] = float(x), float(y.rstrip(")"))
    assert at["Bắc"][1] < at["Nam"][1]
    assert at["Bắc"][0] > at["Nam"][0]


def test_places_without_land_are_tiles_in_order() -> None:
    svg = map_picture([Ground(f"Xã {n}", Decimal(n)) for n in (1, 5, 9)] + [Ground("Xã X", None)], THREE, title="a")

    assert [word for word in words(svg) if word and word.startswith("Xã")] == ["Xã 1", "Xã 5", "Xã 9", "Xã X"]
    assert {"1", "5", "9", "…"} <= set(words(svg))


def test_a_value_on_a_bound_belongs_below() -> None:
    classes = classes_of([Decimal(0), Decimal(100)], "manual", 0, [Decimal(50), Decimal(10)])

    assert [classes.of(Decimal(value)) for value in (0, 10, 11, 50, 51)] == [0, 0, 1, 1, 2]
    assert classes.labels(0) == ["từ 0 đến 10", "trên 10 đến 50", "trên 50 đến 100"]


@given(
    st.lists(st.integers(-1000, 1000).map(Decimal), min_size=1, max_size=60),
    st.integers(1, 7),
    st.sampled_from(["quantile", "equal"]),
)
def test_every_value_has_a_class_and_no_class_is_more_than_asked(values: list[Decimal], number: int, way: Any) -> None:
    classes = classes_of(values, way, number)

    assert len(classes) <= number
    assert {classes.of(value) for value in values} <= set(range(len(classes)))
    assert list(classes.bounds) == sorted(set(classes.bounds))
    if way == "quantile":
        assert {classes.of(value) for value in values} == set(range(len(classes)))


def test_no_values_have_no_classes() -> None:
    with pytest.raises(ValueError, match="no values"):
        classes_of([], "equal", 3)
