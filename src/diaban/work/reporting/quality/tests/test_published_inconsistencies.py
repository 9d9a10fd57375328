"""What was published and does not agree with itself is found, and what does agree is let pass. Each with its source."""

from decimal import Decimal
from math import pi

import pytest

from diaban.work.reporting.quality.rules import (
    Doubt,
    Figure,
    Told,
    fallen,
    not_one_series,
    parts_against_total,
    rest_of_a_whole,
    said_against_computed,
    sources_differ,
)

POINTS = Figure("Điểm phục vụ bưu chính", "điểm")
COUNTRY_KM2 = 331_212


def numbers(*values: int) -> dict[str, Decimal | None]:
    return {f"phần {number}": Decimal(value) for number, value in enumerate(values, start=1)}


def codes(doubts: list[Doubt]) -> list[str]:
    return [doubt.code for doubt in doubts]


def test_a_digit_left_out_of_the_households_of_ha_giang_is_found() -> None:
    """vietnamnet.vn 2267027: 7,318 poor and 24,409 near-poor households beside a total of 94,727 (the likely truth is 70,318)."""
    [doubt] = parts_against_total(
        Figure("Hộ nghèo, cận nghèo", "hộ"), {"nghèo": Decimal(7318), "cận nghèo": Decimal(24409)}, Decimal(94727)
    )

    assert doubt.code == "parts"
    assert "được 31.727 hộ, tổng ghi 94.727 hộ, lệch 63.000" in doubt.message
    assert "Nếu “nghèo” là 70.318 (đã ghi 7.318) thì khớp" in doubt.message


def test_districts_an_article_does_not_name_are_not_zero() -> None:
    """baohagiang.vn 202307: 17 villages newly covered in the first half of 2023, by seven of eleven districts."""
    named: dict[str, Decimal | None] = {
        "Đồng Văn": Decimal(5), "Mèo Vạc": Decimal(2), "Vị Xuyên": Decimal(3), "Xín Mần": Decimal(1),
        "Bắc Quang": Decimal(3), "Quang Bình": Decimal(2), "Yên Minh": Decimal(1),
    }  # fmt: skip
    others: dict[str, Decimal | None] = dict.fromkeys(("Hoàng Su Phì", "Quản Bạ", "Bắc Mê", "TP Hà Giang"))

    [doubt] = parts_against_total(Figure("Thôn được phủ sóng mới", "thôn"), named | others, Decimal(17))

    assert doubt.code == "not_reported"
    assert "7 phần" in doubt.message
    assert "4 phần chưa báo cáo (Hoàng Su Phì, Quản Bạ, Bắc Mê, TP Hà Giang) chưa phải là 0" in doubt.message


def test_communes_without_a_radio_station_are_not_what_is_left() -> None:
    """ictvietnam.vn 53909, November 2022: 9,690 of 10,599 communes have one, yet 918 are said to have none."""
    [doubt] = rest_of_a_whole(Figure("Xã chưa có đài truyền thanh", "xã"), Decimal(10599), Decimal(9690), Decimal(918))

    assert "còn 909 xã, ghi 918 xã, lệch 9" in doubt.message


def radius(points: int) -> Decimal:
    return Decimal((COUNTRY_KM2 / points / pi) ** 0.5)


def test_radius_of_2014_is_set_beside_the_one_worked_out() -> None:
    """m.mic.gov.vn 102304: 12,642 points, 2.82 km said, 2.89 by the formula of the years before."""
    [doubt] = said_against_computed(Figure("Bán kính phục vụ", "km"), Decimal("2.82"), radius(12642), "diện tích")

    assert "ghi 2,82 km, tính lại (diện tích) được 2,89 km" in doubt.message


def test_people_per_postal_point_of_2014_pass() -> None:
    """m.mic.gov.vn 102304: 7,022 people a point, of 88.8 million (rounded: within 50,000 people)."""
    least, most = (Decimal(people) / 12642 for people in (88_750_000, 88_850_000))

    assert least <= Decimal(7022) <= most


def test_sites_and_devices_of_base_stations_are_not_one_series() -> None:
    """Hà Giang 2018 to 2023; 992 are sites, the others devices (dientungaynay.vn 7516: 2,168 devices in 2020)."""
    of = Figure("Trạm BTS", "trạm")
    series = [
        Told("2018", Decimal(1700), defined="thiết bị"),
        Told("2020", Decimal(992), defined="vị trí"),
        Told("2022", Decimal(2418), defined="thiết bị"),
        Told("2023", Decimal(2833), defined="thiết bị"),
    ]

    assert codes(not_one_series(of, series)) == ["definition", "definition"]
    assert codes(fallen(of, Decimal(992), Decimal(1700))) == ["fall"]
    assert not_one_series(of, [one for one in series if one.defined == "thiết bị"]) == []


def test_coverage_of_people_and_of_villages_is_not_compared() -> None:
    """Hà Giang: 98.5 % (dientungaynay.vn 7516), 98.6 % (congthuong.vn 170695), 98.16 % of villages (baohagiang.vn 202307)."""
    people, villages = "tỷ lệ dân số", "tỷ lệ thôn"
    series = [
        Told("2020", Decimal("98.5"), defined=people),
        Told("01/2022", Decimal("98.6"), defined=people),
        Told("07/2023", Decimal("98.16"), defined=villages),
    ]

    [doubt] = not_one_series(Figure("Phủ sóng", "%"), series)

    assert "98,6% (01/2022) đến 98,16% (07/2023) không so sánh trực tiếp được" in doubt.message


def test_ranks_of_an_article_and_of_the_official_table_are_not_compared() -> None:
    """Hà Giang's DTI: 26 by tothethao.vn 765073, 57 by dti.gov.vn/xep-hang-2022."""
    rank = Figure("Xếp hạng DTI", kind="rank")
    article, table = (
        Told("2021", Decimal(26), source="bài báo"),
        Told("2022", Decimal(57), source="bảng xếp hạng DTI 2022"),
    )

    assert codes(not_one_series(rank, [article, table])) == ["source"]
    assert codes(not_one_series(rank, [Told("2021", Decimal(26)), table])) == ["source"]


def test_area_of_xin_man_stands_by_both_sources() -> None:
    """Xín Mần: 587.02 km², elsewhere 58,383.2 ha."""
    [doubt] = sources_differ(
        Figure("Diện tích", "km²"),
        [
            Told("2019", Decimal("587.02"), source="trang huyện"),
            Told("2019", Decimal("58383.2") / 100, source="kiểm kê đất"),
        ],
    )

    assert "trang huyện: 587,02 km²; kiểm kê đất: 583,832 km²; lệch 3,188" in doubt.message


def test_growth_is_not_told_across_a_break() -> None:
    """thongkequangngai.gov.vn p318: 1,105,000 telephones 2010, 1,213,000 in 2011; then the clean-up of prepaid cards."""
    phones = Figure("Thuê bao điện thoại", "thuê bao")
    steady = [Told("2010", Decimal(1105000)), Told("2011", Decimal(1213000))]
    cleaned = Told("2013", Decimal(1000000), broken="rà soát thuê bao trả trước theo Thông tư 04/2012/TT-BTTTT")

    assert not_one_series(phones, steady) == []
    assert codes(not_one_series(phones, [*steady, cleaned])) == ["series_break"]


def added(total: int, *parts: int) -> list[Doubt]:
    return parts_against_total(POINTS, numbers(*parts), Decimal(total))


def said(text: str, computed: Decimal, unit: str = "%") -> list[Doubt]:
    return said_against_computed(Figure("Chỉ tiêu", unit), Decimal(text), computed, "")


def series(*points: Told) -> list[Doubt]:
    return not_one_series(Figure("Chỉ tiêu"), points)


DEVICES, SITES = "thiết bị", "vị trí"
# Every figure that the sources give together: what is to be said of it, "" where it agrees with itself.
PUBLISHED: list[tuple[str, list[Doubt], str]] = [
    ("m.mic.gov.vn 102300: 18,502 postal points, radius 2.39 km", said("2.39", radius(18502), "km"), ""),
    ("m.mic.gov.vn 102300: 17,976 postal points, radius 2.42 km", said("2.42", radius(17976), "km"), ""),
    ("m.mic.gov.vn 102300: 17,898 postal points, radius 2.43 km", said("2.43", radius(17898), "km"), ""),
    ("mic.gov.vn 102302: 14,911 postal points, radius 2.66 km", said("2.66", radius(14911), "km"), ""),
    ("m.mic.gov.vn 102304: 12,642 postal points, radius 2.82 km", said("2.82", radius(12642), "km"), "computed"),
    ("m.mic.gov.vn 102304: 12,642 postal points by type", added(12642, 2332, 8085, 680, 1545), ""),
    ("mic.gov.vn 102302: 14,911 postal points by type", added(14911, 2545, 8095, 2776, 1495), ""),
    ("ictvietnam.vn 53909: 9,690 of 10,599 communes are 91.4 %", said("91.4", Decimal(969000) / 10599), ""),
    (
        "ictvietnam.vn 53909: 918 communes without radio",
        rest_of_a_whole(POINTS, Decimal(10599), Decimal(9690), Decimal(918)),
        "rest",
    ),
    (
        "thongkequangngai.gov.vn p318: telephones 2011 in percent of 2010",
        said("109.77", Decimal(121300000) / 1105000),
        "",
    ),
    (
        "thongkequangngai.gov.vn p318: 2013, after the clean-up of prepaid cards",
        series(Told("2011", Decimal(1213000)), Told("2013", Decimal(1000000), broken="rà soát thuê bao trả trước")),
        "series_break",
    ),
    ("baohagiang.vn 202307: stations by technology, 2,833", added(2833, 734, 1010, 1086, 3), ""),
    ("vietnamnet.vn 2267027: 7,318 + 24,409 households, 94,727 in all", added(94727, 7318, 24409), "parts"),
    ("vietnamnet.vn 2267027 with its likely truth: 70,318", added(94727, 70318, 24409), ""),
    (
        "ictnews.vietnamnet.vn 25940, dientungaynay.vn 7516: 1,700 stations 2018, 992 sites 2020",
        series(Told("2018", Decimal(1700), defined=DEVICES), Told("2020", Decimal(992), defined=SITES)),
        "definition",
    ),
    (
        "dientungaynay.vn 7516, congthuong.vn 170695: 2,168 devices 2020, 2,418 in 2022",
        series(Told("2020", Decimal(2168), defined=DEVICES), Told("2022", Decimal(2418), defined=DEVICES)),
        "",
    ),
    (
        "congthuong.vn 170695, baohagiang.vn 202307: coverage of people 98.6 %, of villages 98.16 %",
        series(Told("2022", Decimal("98.6"), defined="dân số"), Told("2023", Decimal("98.16"), defined="thôn")),
        "definition",
    ),
    (
        "tothethao.vn 765073, dti.gov.vn/xep-hang-2022: DTI rank 26, rank 57",
        series(Told("2021", Decimal(26), source="bài báo"), Told("2022", Decimal(57), source="DTI")),
        "source",
    ),
    ("Xín Mần 2019: urban and rural population", added(67999, 5605, 62394), ""),
    (
        "Xín Mần 2019: 587.02 km², 58,383.2 ha",
        sources_differ(
            POINTS,
            [
                Told("2019", Decimal("587.02"), source="trang huyện"),
                Told("2019", Decimal("583.832"), source="kiểm kê"),
            ],
        ),
        "sources",
    ),
    ("vietnamnet.vn 2064153: 43 + 193 points of the specialised network", added(236, 43, 193), ""),
    (
        "ictnews.vietnamnet.vn 25940: 554,000 telephones, 846,500 people, 65.4 per 100",
        said("65.4", Decimal(55400000) / 846500),
        "",
    ),
    ("baotuyenquang 202601: white and low villages", added(273, 91, 182), ""),
    ("baotuyenquang 202601: 91 white of 3,802 villages, 97.6 % covered", said("97.6", Decimal(371100) / 3802), ""),
    (
        "baotuyenquang 202601: 3,711 villages are those not white",
        rest_of_a_whole(POINTS, Decimal(3802), Decimal(91), Decimal(3711)),
        "",
    ),
]


@pytest.mark.parametrize(("source", "doubts", "expected"), PUBLISHED, ids=[one[0] for one in PUBLISHED])
def test_what_a_source_says_is_doubted_where_it_does_not_agree(source: str, doubts: list[Doubt], expected: str) -> None:
    assert ";".join(codes(doubts)) == expected, source
