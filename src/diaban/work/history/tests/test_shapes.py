"""The head and the rows of sheets in the shapes that offices keep them in."""

import pytest

from diaban.lib.periods import Calendar, Period
from diaban.lib.vietnamese import fold
from diaban.work.history.reading import read_sheets
from diaban.work.history.rules.tables import NoTable, Table, table_of
from diaban.work.history.rules.words import in_vietnamese, is_total, key_of, named, period_in
from diaban.work.history.tests.sheets import Cell, text_table, workbook

PLACES = {key_of(name) for name in ("Xín Mần", "Hoàng Su Phì", "Hà Giang", "Tân Tiến")}


def is_place(text: str) -> bool:
    return is_total(text) or key_of(named(text).name) in PLACES


def table(rows: list[list[Cell]], *, csv: bool = False) -> Table:
    (read,) = read_sheets(text_table(rows) if csv else workbook(rows)).rows.values()
    return table_of(read, is_place)


def heads(found: Table) -> dict[int, str]:
    return {head.column: head.text for head in found.heads}


@pytest.mark.parametrize("csv", [False, True])
def test_titles_stand_above_the_head_and_numbering_is_no_part_of_it(csv: bool) -> None:
    found = table(
        [
            ["UBND TỈNH HÀ GIANG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
            [],
            ["THUÊ BAO ĐIỆN THOẠI NĂM 2024"],
            [],
            ["TT", "Đơn vị", "Quý I", "Quý II"],
            ["A", "B", 1, 2],
            [1, "Huyện Xín Mần", "1.234,5", "…"],
            [2, "H. Hoàng Su Phì", 1300, "-"],
            [None, "Tổng cộng", 2534.5, 0],
            ["Người lập biểu"],
        ],
        csv=csv,
    )

    assert (found.first, found.place_column) == (8, 2)
    assert heads(found) == {1: "TT", 2: "Đơn vị", 3: "Quý I", 4: "Quý II"}
    assert "THUÊ BAO ĐIỆN THOẠI NĂM 2024" in found.titles


def test_a_yearbook_says_everything_in_two_languages() -> None:
    found = table(
        [
            ["210. Số thuê bao điện thoại phân theo huyện/thị xã"],
            ["Number of telephone subscribers by district"],
            [None, None, "ĐVT: Nghìn thuê bao - Unit: Thous. subscribers"],
            [None, 2008, "Sơ bộ\nPrel. 2009"],
            ["TỔNG SỐ - TOTAL", "20\u00a0100", "21\u00a0100,5"],
            ["Thị xã Hà Giang - Ha Giang town", "1\u00a0000", ".."],
            ["Huyện Xín Mần\nXin Man district", "-", "…"],
            ["Hoàng Su Phì - Hoang Su Phi", 3, 4],
            ["Nguồn: Cục Thống kê. Source: Statistical office"],
        ]
    )

    assert (found.first, found.place_column) == (5, 1)
    assert heads(found) == {2: "2008", 3: "Sơ bộ Prel. 2009"}
    assert found.titles[-1].startswith("ĐVT")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Huyện Đồng Văn - Dong Van district", "Huyện Đồng Văn"),
        ("CẢ NƯỚC / WHOLE COUNTRY", "CẢ NƯỚC"),
        ("Hà Giang - Ha Giang", "Hà Giang"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Huyện Ia H’Drai", "Huyện Ia H’Drai"),
    ],
)
def test_english_behind_a_name_is_no_part_of_it(text: str, said: str) -> None:
    assert in_vietnamese(text) == said


def test_a_merged_head_stands_over_every_column_below_it() -> None:
    found = table(
        [
            ["STT", "Huyện", "Năm 2024", None, "Năm 2025", None, "Ghi chú"],
            [None, None, "Quý I", "Quý II", "Quý I", "Quý II"],
            [1, "Xín Mần", 1, 2, 3, 4, "đã kiểm tra"],
        ]
    )

    assert heads(found) == {
        1: "STT", 2: "Huyện", 3: "Năm 2024 · Quý I", 4: "Năm 2024 · Quý II",
        5: "Năm 2025 · Quý I", 6: "Năm 2025 · Quý II", 7: "Ghi chú",
    }  # fmt: skip


def test_a_district_without_figures_above_the_first_row_belongs_to_the_rows() -> None:
    found = table([["Đơn vị", "Q1/2024"], ["I. Huyện Xín Mần"], ["Xã Tân Tiến", 5]])

    assert found.first == 2


def test_a_sheet_without_places_is_no_table() -> None:
    with pytest.raises(NoTable):
        table([["Kính gửi"], ["Số", 5]])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Quý I/2024", "2024-Q1"), ("QUÝ IV NĂM 2024", "2024-Q4"), ("Q3-2024", "2024-Q3"), ("quý 2.2025", "2025-Q2"),
        ("6 tháng đầu năm 2024", "2024-H1"), ("6 tháng cuối năm 2024", "2024-H2"), ("9 tháng năm 2024", "2024-9M"),
        ("Tháng 3/2024", "2024-M03"), ("Năm 2024", "2024"), ("2024-Q2", "2024-Q2"), ("Ước quý II/2025", "2025-Q2"),
        ("Quý III", "2023-Q3"),
    ],
)  # fmt: skip
def test_a_period_is_read_from_words(text: str, code: str) -> None:
    assert period_in(text, Calendar.STATISTICAL, year=2023) == Period.parse(code, Calendar.STATISTICAL)


@pytest.mark.parametrize("text", ["Quý I, quý II năm 2024", "Quý I năm 2024, 2025", "Thuê bao", "Tổng số", "Ghi chú"])
def test_words_that_name_no_one_period_give_none(text: str) -> None:
    assert period_in(text, Calendar.STATISTICAL) is None


@pytest.mark.parametrize(
    ("text", "name", "kind", "inside"),
    [
        ("1. TP. Hà Giang", "Hà Giang", "thành phố", ""), ("UBND huyện Xín Mần", "Xín Mần", "huyện", ""),
        ("II. H.Hoàng Su Phì", "Hoàng Su Phì", "huyện", ""), ("- Xã Tân Tiến (Yên Sơn)", "Tân Tiến", "xã", "Yên Sơn"),
        ("TT Vinh Quang", "Vinh Quang", "thị trấn", ""), ("Thị trấn Cốc Pài", "Cốc Pài", "thị trấn", ""),
        ("p. Minh Xuân", "Minh Xuân", "phường", ""), ("Xã Xín Mần", "Xín Mần", "xã", ""), ("Phú Linh", "Phú Linh", "", ""),
    ],
)  # fmt: skip
def test_a_place_is_read_whatever_stands_before_it(text: str, name: str, kind: str, inside: str) -> None:
    found = named(text)

    assert (found.name, found.kind, found.inside) == (name, kind, inside)


@pytest.mark.parametrize("text", ["Tổng", "Tổng cộng:", "CỘNG", "Toàn tỉnh", "Tổng số toàn tỉnh Hà Giang", "* Tổng số"])
def test_rows_of_totals_are_known(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["Xã Cộng Hòa", "Cộng Hòa", "Tống Phan", "Toàn Thắng", "Chung Chải"])
def test_places_called_like_totals_are_places(text: str) -> None:
    assert not is_total(text), fold(text)
