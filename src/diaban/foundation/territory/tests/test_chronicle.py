"""The history that is loaded: a unit is its extent."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from diaban.foundation.territory.chronicle import (
    REFORM_DAY,
    Chronicle,
    Life,
    known_history,
    misread_links,
    tell,
)
from diaban.foundation.territory.package import Reform, read_package


@pytest.fixture(scope="module")
def package() -> Reform:
    return read_package()


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return known_history()


def communes_on(chronicle: Chronicle, day: date, parents: set[str]) -> list[str]:
    return [
        spell.name
        for life in chronicle.lives
        if life.level == "commune"
        for spell in life.spells
        if (spell.since or date.min) <= day < (spell.until or date.max) and spell.parent in parents
    ]


def called(chronicle: Chronicle, code: str, level: str) -> list[Life]:
    return [life for life in chronicle.lives if life.level == level and any(s.code == code for s in life.spells)]


def test_the_package_alone_changes_9903_communes_by_10465_links(package: Reform) -> None:
    passages = [passage for passage in tell(package).passages if passage.predecessor.startswith("commune")]

    assert len(passages) == 10_465
    assert len({passage.predecessor for passage in passages}) == 9_903


def test_137_communes_and_11_provinces_go_on(chronicle: Chronicle) -> None:
    lasting = Counter(
        life.level for life in chronicle.lives if life.spells[0].since is None and life.spells[-1].until is None
    )

    assert lasting == {"country": 1, "province": 11, "commune": 137}


def test_a_merged_province_is_another_unit_even_if_the_name_stays(chronicle: Chronicle) -> None:
    old, new = sorted(called(chronicle, "08", "province"), key=lambda life: life.spells[0].since or date.min)

    assert [spell.name for spell in (*old.spells, *new.spells)] == ["Tuyên Quang", "Tuyên Quang"]
    assert (old.spells[0].until, new.spells[0].since) == (REFORM_DAY, REFORM_DAY)


def test_a_province_that_kept_its_extent_has_one_unbroken_spell(chronicle: Chronicle) -> None:
    (hanoi,) = called(chronicle, "01", "province")

    assert [(spell.since, spell.until) for spell in hanoi.spells] == [(None, None)]


def test_an_island_district_goes_on_as_a_special_zone(chronicle: Chronicle) -> None:
    (island,) = called(chronicle, "318-00", "commune")

    assert [(spell.kind, spell.name) for spell in island.spells] == [
        ("huyện", "Bạch Long Vĩ"),
        ("đặc khu", "Bạch Long Vĩ"),
    ]


def test_the_parts_of_a_divided_commune_are_equal_and_assumed(chronicle: Chronicle) -> None:
    parts: dict[str, list[tuple[object, bool]]] = defaultdict(list)
    for passage in chronicle.passages:
        parts[passage.predecessor].append((passage.weight, passage.assumed))

    assert all(len(set(found)) == 1 and found[0][1] is (len(found) > 1) for found in parts.values())


def test_spells_follow_one_another_without_holes(chronicle: Chronicle) -> None:
    for life in chronicle.lives:
        assert all(
            one.until == other.since is not None for one, other in zip(life.spells, life.spells[1:], strict=False)
        )


def test_keys_are_unique(chronicle: Chronicle) -> None:
    assert len({life.key for life in chronicle.lives}) == len(chronicle.lives)


def test_every_parent_and_every_end_of_a_passage_is_a_unit(chronicle: Chronicle) -> None:
    keys = {life.key for life in chronicle.lives}

    assert {spell.parent for life in chronicle.lives for spell in life.spells} - {None} <= keys
    assert {end for passage in chronicle.passages for end in (passage.predecessor, passage.successor)} <= keys


def test_ha_giang_had_195_communes_in_2009_and_193_from_2020(chronicle: Chronicle) -> None:
    districts = {
        life.key for life in chronicle.lives if life.level == "district" and life.spells[0].parent == "province:02:"
    }

    assert len(communes_on(chronicle, date(2009, 10, 19), districts)) == 195
    assert len(communes_on(chronicle, date(2019, 12, 31), districts)) == 195
    assert len(communes_on(chronicle, date(2020, 1, 1), districts)) == 193


def test_the_code_of_ngan_chien_went_to_the_new_trung_thinh(chronicle: Chronicle) -> None:
    lives = sorted(called(chronicle, "01117", "commune"), key=lambda life: life.spells[0].since or date.min)

    assert [life.spells[0].name for life in lives] == ["Ngán Chiên", "Trung Thịnh", "Trung Thịnh"]


def test_the_town_of_ha_giang_became_a_city_without_becoming_another_unit(chronicle: Chronicle) -> None:
    (town,) = called(chronicle, "024", "district")

    assert [(spell.kind, spell.until) for spell in town.spells] == [
        ("thị xã", date(2010, 9, 27)),
        ("thành phố", REFORM_DAY),
    ]


def test_a_misread_link_is_in_the_package_and_its_successor_takes_a_namesake_instead(package: Reform) -> None:
    names = {place.code: (place.kind, place.name) for place in package.before}
    kept = set(package.communes) - misread_links()

    for link in misread_links():
        others = {other.old_code for other in kept if other.new_code == link.new_code}

        assert link in package.communes
        assert names[link.old_code] in {names[code] for code in others}


def test_the_successor_of_a_misread_link_draws_on_no_commune_of_that_district(package: Reform) -> None:
    district = {place.code: place.parent_code for place in package.before}
    kept = set(package.communes) - misread_links()

    for link in misread_links():
        others = {district[other.old_code] for other in kept if other.new_code == link.new_code}

        assert district[link.old_code] not in others


def test_no_commune_lost_all_its_links_as_misread(package: Reform) -> None:
    kept = {link.old_code for link in package.communes if link not in misread_links()}

    assert {link.old_code for link in misread_links()} <= kept
