"""Sentences of the report: the change, which way is good, estimates, who is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.wording import Said, Setting, comparisons, counted, coverage, listed, sentence, why_none

YEAR_END = Setting("toàn tỉnh", date(2009, 12, 31), "quý IV năm 2009", "huyện")
POINTS = Said(
    name="Số điểm phục vụ bưu chính",
    unit_name="điểm",
    value=Decimal(1923),
    direction="up",
    of_plan=Decimal("98.2"),
    of_last_year=Decimal("104.5"),
    expected=11,
    reported=11,
)
REVENUE = Said(
    name="Doanh thu dịch vụ viễn thông",
    unit_name="triệu đồng",
    value=Decimal("510.5"),
    kind="flow",
    digits=1,
    direction="up",
    cumulative=Decimal(2000),
    of_plan=Decimal(100),
    of_last_year=Decimal("95.5"),
)
WHITE = Said(
    name="Số thôn trắng sóng di động",
    unit_name="thôn",
    value=Decimal(124),
    direction="down",
    of_plan=Decimal(124),
    of_last_year=Decimal("88.57"),
)
COVERED = Said(
    name="Tỷ lệ thôn được phủ sóng di động",
    unit_name="%",
    value=Decimal("70.854271"),
    kind="ratio",
    digits=1,
    direction="up",
    numerator=Decimal(141),
    denominator=Decimal(199),
    points_from_last_year=Decimal("2.31"),
    points_from_plan=Decimal("-1.2"),
)


def test_a_stock_is_told_with_its_change_and_the_plan() -> None:
    assert sentence(POINTS, YEAR_END) == (
        "Đến 31/12/2009, toàn tỉnh có 1.923 điểm phục vụ bưu chính (tăng 4,5% so với cùng kỳ, đạt 98,2% kế hoạch)."
    )


def test_a_flow_is_told_for_the_period_and_the_year_so_far() -> None:
    assert sentence(REVENUE, YEAR_END) == (
        "Trong quý IV năm 2009, doanh thu dịch vụ viễn thông đạt 510,5 triệu đồng (giảm 4,5% so với cùng kỳ); "
        "lũy kế từ đầu năm 2.000,0 triệu đồng, đạt 100% kế hoạch năm."
    )


def test_in_the_first_period_the_year_so_far_is_not_repeated() -> None:
    told = sentence(replace(REVENUE, cumulative=REVENUE.value), replace(YEAR_END, is_first=True))

    assert told.endswith("(giảm 4,5% so với cùng kỳ, đạt 100% kế hoạch năm).")


def test_where_down_is_good_a_fall_is_an_achievement() -> None:
    assert sentence(WHITE, YEAR_END) == (
        "Đến 31/12/2009, toàn tỉnh có 124 thôn trắng sóng di động "
        "(giảm được 11,4% so với cùng kỳ, còn cao hơn mức kế hoạch 24%)."
    )


def test_where_down_is_good_a_rise_is_told_as_work_to_do() -> None:
    change, plan = comparisons(replace(WHITE, of_last_year=Decimal(110), of_plan=Decimal(90)))

    assert change == "còn tăng 10% so với cùng kỳ, cần khắc phục"
    assert plan == "thấp hơn mức kế hoạch 10%"


def test_percentages_move_by_points() -> None:
    assert sentence(COVERED, YEAR_END) == (
        "Đến 31/12/2009, tỷ lệ thôn được phủ sóng di động đạt 70,9%, tương ứng 141/199 "
        "(tăng 2,3 điểm % so với cùng kỳ, thấp hơn kế hoạch 1,2 điểm %)."
    )


def test_an_estimate_says_so() -> None:
    assert "toàn tỉnh ước có 1.923 điểm" in sentence(replace(POINTS, estimated=True), YEAR_END)
    assert "ước đạt 510,5 triệu đồng" in sentence(replace(REVENUE, estimated=True), YEAR_END)


def test_an_incomplete_figure_names_who_is_missing_and_is_compared_with_nothing() -> None:
    told = sentence(replace(POINTS, reported=10, missing=("huyện Đồng Văn",)), YEAR_END)

    assert told == (
        "Đến 31/12/2009, toàn tỉnh có 1.923 điểm phục vụ bưu chính (số liệu của 10/11 huyện; chưa có: huyện Đồng Văn)."
    )


def test_none_at_all_is_told_in_words() -> None:
    assert sentence(replace(WHITE, value=Decimal(0), of_plan=None, of_last_year=None), YEAR_END) == (
        "Đến 31/12/2009, toàn tỉnh không có thôn trắng sóng di động."
    )


@pytest.mark.parametrize(
    ("of_last_year", "words"),
    [
        ("100", "bằng cùng kỳ"),
        ("100.04", "xấp xỉ cùng kỳ"),
        ("320", "gấp 3,2 lần cùng kỳ"),
        ("99.5", "giảm 0,5% so với cùng kỳ"),
    ],
)
def test_small_and_great_changes(of_last_year: str, words: str) -> None:
    assert comparisons(replace(POINTS, of_last_year=Decimal(of_last_year)))[0] == words


def test_nothing_last_year_is_no_percentage() -> None:
    assert comparisons(replace(POINTS, of_last_year=None, last_year=Decimal(0)))[0] == "cùng kỳ không phát sinh"


def test_what_cannot_be_added_has_bounds() -> None:
    places = Said("Số vị trí trạm BTS", "vị trí", None, reason="not_additive", least=Decimal(30), most=Decimal(39))

    assert sentence(places, YEAR_END) == (
        "Số vị trí trạm BTS: từ 30 đến 39 vị trí, chưa loại được phần trùng giữa các huyện."
    )
    assert sentence(replace(places, most=Decimal(30)), YEAR_END) == "Số vị trí trạm BTS: 30 vị trí."


def test_what_has_no_value_says_why() -> None:
    refused = replace(REVENUE, value=None, reason="refused")

    assert sentence(refused, YEAR_END) == ""
    assert why_none(refused) == "doanh thu dịch vụ viễn thông (doanh nghiệp không cung cấp)"


def test_abbreviations_keep_their_capitals() -> None:
    assert counted("Số lượng thuê bao điện thoại") == "thuê bao điện thoại"
    assert why_none(Said("TTHC trực tuyến", "%", None, reason="not_yet")).startswith("TTHC")


def test_many_names_are_cut_short() -> None:
    assert listed([f"xã {n}" for n in range(9)]) == "xã 0, xã 1, xã 2, xã 3, xã 4 và 4 đơn vị khác"


@given(expected=st.integers(0, 200), reported=st.integers(0, 200))
def test_coverage_is_told_exactly_when_something_is_missing(expected: int, reported: int) -> None:
    told = coverage(replace(POINTS, expected=expected, reported=reported), YEAR_END)

    assert bool(told) == (reported < expected)


@given(
    value=st.decimals(0, 10**9, places=2),
    of_last_year=st.none() | st.decimals(0, 1000, places=6),
    of_plan=st.none() | st.decimals(0, 1000, places=6),
    direction=st.sampled_from(["up", "down", "neutral"]),
    estimated=st.booleans(),
)
def test_every_sentence_is_whole(
    value: Decimal, of_last_year: Decimal | None, of_plan: Decimal | None, direction: str, estimated: bool
) -> None:
    told = sentence(
        replace(
            POINTS,
            value=value,
            of_last_year=of_last_year,
            of_plan=of_plan,
            direction=direction,  # type: ignore[arg-type] # sampled from its literals
            estimated=estimated,
        ),
        YEAR_END,
    )

    assert told.endswith(".")
    assert not told.endswith("..")
    assert "  " not in told
    assert told.count("(") == told.count(")")
    assert not (direction == "up" and "cần khắc phục" in told)
