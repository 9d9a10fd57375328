"""Look-ups, each on its day."""

from datetime import date
from decimal import Decimal

import pytest

from diaban.foundation.territory import queries
from diaban.foundation.territory.loading import Loaded
from diaban.foundation.territory.tests.makers import TODAY

pytestmark = pytest.mark.slow

VISIT = date(2009, 10, 19)
EVE = date(2025, 6, 30)


def names(found: list[queries.Found]) -> list[str]:
    return [f"{line.version.full_name}, {line.path}".rstrip(", ") for line in found]


def test_a_code_means_another_unit_on_another_day(country: Loaded) -> None:
    called = [queries.version_of(queries.unit_on("01117", day).pk, day).name for day in (VISIT, EVE, TODAY)]
    units = {queries.unit_on("01117", day).pk for day in (VISIT, EVE, TODAY)}

    assert called == ["Ngán Chiên", "Trung Thịnh", "Trung Thịnh"]
    assert len(units) == 3


def test_a_code_that_nobody_has_that_day_is_unknown(country: Loaded) -> None:
    with pytest.raises(queries.UnknownUnit):
        queries.unit_on("033", TODAY)


def test_a_unit_has_no_version_on_a_day_it_did_not_exist(country: Loaded) -> None:
    district = queries.unit_on("033", VISIT)

    with pytest.raises(queries.UnknownUnit):
        queries.version_of(district.pk, TODAY)
    assert queries.versions_of([district.pk], TODAY) == {}
    assert queries.nearest_versions([district.pk], TODAY)[district.pk].full_name == "Huyện Xín Mần"


def test_the_tree_of_ha_giang_in_2009_has_a_town_and_ten_districts(country: Loaded) -> None:
    branches = queries.tree(VISIT, queries.unit_on("02", VISIT).pk)

    assert {branch.version.full_name: branch.children for branch in branches} == {
        "Huyện Bắc Mê": 13,
        "Huyện Bắc Quang": 23,
        "Huyện Đồng Văn": 19,
        "Thị xã Hà Giang": 8,
        "Huyện Hoàng Su Phì": 25,
        "Huyện Mèo Vạc": 18,
        "Huyện Quản Bạ": 13,
        "Huyện Quang Bình": 15,
        "Huyện Vị Xuyên": 24,
        "Huyện Xín Mần": 19,
        "Huyện Yên Minh": 18,
    }


def test_the_tree_begins_with_the_country(country: Loaded) -> None:
    (root,) = queries.tree(TODAY)

    assert (root.version.full_name, root.children) == ("Việt Nam", 34)


def test_the_country_of_each_day_has_its_communes(country: Loaded) -> None:
    root = queries.unit_on("VN", TODAY).pk

    assert len(queries.descendants(root, TODAY, "commune")) == 3_321
    assert len(queries.descendants(root, EVE, "commune")) == 10_040
    assert len(queries.descendants(root, VISIT, "commune")) == 10_042


def test_ancestors_go_from_the_nearest_up(country: Loaded) -> None:
    commune = queries.unit_on("01108", VISIT).pk

    assert [version.full_name for version in queries.ancestors(commune, VISIT)] == [
        "Huyện Xín Mần",
        "Tỉnh Hà Giang",
        "Việt Nam",
    ]


@pytest.mark.parametrize("text", ["xin man", "Xín Mần", "XÍN  MẦN"])
def test_search_does_not_mind_diacritics_and_puts_the_present_first(country: Loaded, text: str) -> None:
    assert names(queries.search(text, today=TODAY)) == [
        "Xã Xín Mần, Tỉnh Tuyên Quang",
        "Huyện Xín Mần, Tỉnh Hà Giang",
        "Xã Xín Mần, Huyện Xín Mần, Tỉnh Hà Giang",
    ]


def test_search_puts_exact_names_before_beginnings_before_the_rest(country: Loaded) -> None:
    found = names(queries.search("ha giang", today=TODAY))

    assert found[0] == "Tỉnh Hà Giang"
    assert found.index("Thành phố Hà Giang, Tỉnh Hà Giang") < found.index("Phường Hà Giang 1, Tỉnh Tuyên Quang")


def test_search_understands_the_kind_before_the_name(country: Loaded) -> None:
    assert names(queries.search("tx ha giang", VISIT)) == ["Thị xã Hà Giang, Tỉnh Hà Giang"]
    assert "Xã Xà Bang, Huyện Châu Đức, Tỉnh Bà Rịa - Vũng Tàu" in names(queries.search("xa bang"))


def test_search_of_a_day_knows_only_the_names_of_that_day(country: Loaded) -> None:
    assert names(queries.search("ngan chien", VISIT)) == ["Xã Ngán Chiên, Huyện Xín Mần, Tỉnh Hà Giang"]
    assert queries.search("ngan chien", TODAY) == []


def test_search_finds_codes(country: Loaded) -> None:
    assert [line.version.name for line in queries.search("01117")] == ["Trung Thịnh", "Ngán Chiên", "Trung Thịnh"]


def test_search_takes_signs_as_they_are(country: Loaded) -> None:
    assert queries.search("%") == []
    assert queries.search("  ") == []


def test_the_past_of_a_commune_reaches_through_two_reforms(country: Loaded) -> None:
    lineage = queries.past_and_future(queries.unit_on("01075", TODAY).pk)

    assert [(step.depth, step.predecessor.name) for step in lineage.past] == [
        (1, "Nậm Dịch"),
        (1, "Nậm Ty"),
        (1, "Tả Sử Choóng"),
        (2, "Bản Péo"),
        (2, "Nậm Dịch"),
    ]
    assert lineage.future == []


def test_the_future_of_a_divided_commune_says_its_shares(country: Loaded) -> None:
    quang_trung = queries.unit_on("00688", EVE).pk

    lineage = queries.past_and_future(quang_trung)

    assert [(step.successor.name, step.percent, step.succession.assumed) for step in lineage.future] == [
        ("Hà Giang 1", Decimal(50), True),
        ("Hà Giang 2", Decimal(50), True),
    ]
    assert sum(queries.shares(quang_trung).values()) == 1


def test_communes_of_today_stand_under_the_district_most_of_them_come_from(country: Loaded) -> None:
    groups = queries.old_districts(queries.unit_on("08", TODAY).pk, TODAY)

    listed = {group.district.name: [c.name for c in group.communes] for group in groups if group.district}
    assert sum(len(communes) for communes in listed.values()) == 124
    assert len(listed) == 18
    assert listed["Xín Mần"] == ["Khuôn Lùng", "Nấm Dẩn", "Pà Vầy Sủ", "Quảng Nguyên", "Trung Thịnh", "Xín Mần"]
    assert "Thông Nguyên" in listed["Hoàng Su Phì"]
    last = queries.last_districts(queries.unit_on("08", TODAY).pk, TODAY)
    assert [district.name for district in last] == list(listed)


def test_communes_of_a_day_with_districts_stand_under_their_own(country: Loaded) -> None:
    province = queries.unit_on("02", VISIT).pk
    groups = queries.old_districts(province, VISIT)

    assert queries.last_districts(province, VISIT) == [group.district for group in groups]
    assert {group.district.name: len(group.communes) for group in groups if group.district}["Hoàng Su Phì"] == 25


def test_the_reform_of_july_2025_falls_into_3030_groups(country: Loaded) -> None:
    groups = queries.connected_groups(date(2025, 7, 1))

    assert len(groups) == 3_030
    assert sum(len(group.after) == 1 for group in groups) == 2_907
    assert max(len(group.after) for group in groups) == 75
    assert sum(group.before == group.after for group in groups) == 137


def test_groups_reach_through_two_reforms(country: Loaded) -> None:
    peo = queries.unit_on("01078", VISIT).pk
    today = queries.unit_on("01075", TODAY).pk

    (group,) = [group for group in queries.groups_between(VISIT, TODAY) if peo in group.before]

    assert today in group.after
    assert queries.unit_on("01075", EVE).pk not in group.before | group.after
