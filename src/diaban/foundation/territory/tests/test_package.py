"""What the package says, before we correct or add anything."""

import unicodedata
from collections import Counter

import pytest

from diaban.foundation.territory.package import OddName, Reform, read_package, split_name


@pytest.fixture(scope="module")
def reform() -> Reform:
    return read_package()


def test_the_package_has_both_sides_of_the_reform(reform: Reform) -> None:
    before = Counter(place.level for place in reform.before)
    after = Counter(place.level for place in reform.after)

    assert before == {"province": 63, "district": 696, "commune": 10_040}
    assert after == {"province": 34, "commune": 3_321}


def test_every_commune_of_before_became_something_and_every_commune_of_today_came_from_something(
    reform: Reform,
) -> None:
    old = {place.code for place in reform.before if place.level == "commune"}
    new = {place.code for place in reform.after if place.level == "commune"}

    assert {link.old_code for link in reform.communes} == old
    assert {link.new_code for link in reform.communes} == new


def test_most_communes_went_whole_and_some_were_divided(reform: Reform) -> None:
    parts = Counter(Counter(link.old_code for link in reform.communes).values())

    assert parts == {1: 9_569, 2: 397, 3: 58, 4: 15, 5: 1}


def test_codes_are_used_once_on_each_side(reform: Reform) -> None:
    for side in (reform.before, reform.after):
        assert len({place.code for place in side}) == len(side)


def test_no_commune_left_its_province_for_another_than_the_province_did(reform: Reform) -> None:
    became = {link.old_code: link.new_code for link in reform.provinces}
    old = {place.code: place.parent_code for place in reform.before}
    new = {place.code: place.parent_code for place in reform.after}

    for link in reform.communes:
        assert became[old[old[link.old_code] or ""] or ""] == new[link.new_code]


def test_names_are_composed_and_clean(reform: Reform) -> None:
    for place in (*reform.before, *reform.after):
        assert place.name == unicodedata.normalize("NFC", place.name) == " ".join(place.name.split())


def test_an_island_district_counts_as_one_commune_of_its_name(reform: Reform) -> None:
    islands = [place for place in reform.before if place.code.endswith("-00")]

    assert sorted(place.name for place in islands) == ["Bạch Long Vĩ", "Côn Đảo", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn"]
    assert {(place.level, place.kind) for place in islands} == {("commune", "huyện")}


def test_a_name_is_split_whatever_its_capitals_and_form() -> None:
    assert split_name("Thị Trấn  Ái Tử") == ("thị trấn", "Ái Tử")
    assert split_name(unicodedata.normalize("NFD", "Xã Xà Bang")) == ("xã", "Xà Bang")
    with pytest.raises(OddName):
        split_name("Làng Chuông")
