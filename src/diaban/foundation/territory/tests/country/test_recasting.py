"""Figures of one map on another."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diaban.foundation.territory import queries
from diaban.foundation.territory.loading import Loaded
from diaban.foundation.territory.recasting import Share, largest_remainder, shares_between
from diaban.foundation.territory.tests.makers import TODAY

pytestmark = pytest.mark.slow

VISIT = date(2009, 10, 19)
EVE = date(2025, 6, 30)
Recast = dict[int, list[Share]]


def unit(code: str, day: date) -> int:
    return queries.unit_on(code, day).pk


@pytest.fixture
def whole_country(country: Loaded) -> Recast:
    communes = queries.descendants(unit("VN", EVE), EVE, "commune")
    return shares_between(EVE, TODAY, [version.unit_id for version in communes])


def test_every_commune_lies_somewhere_today_and_wholly(whole_country: Recast) -> None:
    assert len(whole_country) == 10_040
    assert all(sum(share.share for share in shares) == 1 for shares in whole_country.values())
    assert sum(any(share.assumed for share in shares) for shares in whole_country.values()) == 442


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(0, 2))
def test_recasting_keeps_the_total_of_the_country(whole_country: Recast, seed: int, digits: int) -> None:
    draw = Random(seed)
    figures = {unit_id: Decimal(draw.randint(0, 10**7)).scaleb(-digits) for unit_id in whole_country}

    recast: dict[int, Decimal] = defaultdict(Decimal)
    for unit_id, shares in whole_country.items():
        parts = largest_remainder(figures[unit_id], {share.unit_id: share.share for share in shares}, digits)
        for target, part in parts.items():
            recast[target] += part

    assert sum(recast.values()) == sum(figures.values())
    assert len(recast) == 3_321


def test_a_commune_of_2009_is_recast_through_both_reforms(country: Loaded) -> None:
    shares = shares_between(VISIT, TODAY, [unit("01078", VISIT)])

    assert list(shares.values()) == [[Share(unit("01075", TODAY), Fraction(1), assumed=False)]]


def test_recasting_stops_at_the_day_asked_for(country: Loaded) -> None:
    peo = unit("01078", VISIT)

    assert shares_between(VISIT, EVE, [peo]) == {peo: [Share(unit("01075", EVE), Fraction(1), assumed=False)]}
    assert shares_between(VISIT, date(2019, 12, 31), [peo]) == {peo: [Share(peo, Fraction(1), assumed=False)]}


def test_a_divided_commune_is_certain_where_all_its_parts_lie_together(country: Loaded) -> None:
    quang_trung = unit("00688", EVE)

    to_communes = shares_between(EVE, TODAY, [quang_trung])[quang_trung]
    to_provinces = shares_between(EVE, TODAY, [quang_trung], "province")[quang_trung]

    assert [(share.share, share.assumed) for share in to_communes] == [(Fraction(1, 2), True), (Fraction(1, 2), True)]
    assert to_provinces == [Share(unit("08", TODAY), Fraction(1), assumed=False)]


def test_a_province_is_recast_as_a_whole(country: Loaded) -> None:
    old = unit("02", VISIT)

    assert shares_between(VISIT, TODAY, [old]) == {old: [Share(unit("08", TODAY), Fraction(1), assumed=False)]}


def test_a_district_has_no_heir_of_its_level_but_lies_in_one_province(country: Loaded) -> None:
    district = unit("033", VISIT)

    assert shares_between(VISIT, TODAY, [district]) == {district: []}
    assert shares_between(VISIT, TODAY, [district], "commune") == {district: []}
    assert shares_between(VISIT, TODAY, [district], "province") == {
        district: [Share(unit("08", TODAY), Fraction(1), assumed=False)]
    }


def test_an_island_district_lies_whole_in_its_commune_of_today(country: Loaded) -> None:
    ly_son = unit("536", EVE)

    (share,) = shares_between(EVE, TODAY, [ly_son], "commune")[ly_son]

    assert queries.version_of(share.unit_id, TODAY).full_name == "Đặc khu Lý Sơn"


def test_backward_only_units_that_stayed_have_shares(country: Loaded) -> None:
    hanoi, tuyen_quang = unit("01", TODAY), unit("08", TODAY)

    assert shares_between(TODAY, VISIT, [hanoi, tuyen_quang]) == {
        hanoi: [Share(hanoi, Fraction(1), assumed=False)],
        tuyen_quang: [],
    }
