"""Composing adds what the decree prescribes and the author need not type."""

from dataclasses import replace
from datetime import date

import pytest

from diaban.foundation.documents.composing import (
    close_with_mark,
    compose,
    date_in_words,
    end_items,
    label_headings,
    point_letter,
    roman,
)
from diaban.foundation.documents.content import (
    Annex,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Picture,
    Row,
    SignOff,
    Spacer,
    Table,
)
from diaban.foundation.documents.tests.papers import FIGURES, conclusions, decision, letter, minutes, report


def texts(blocks: tuple[object, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading | Paragraph)]


def test_headings_are_numbered_by_level_and_start_anew_below_each_other() -> None:
    levels = [
        (1, "kết quả"),
        (2, "Bưu chính"),
        (3, "Thư"),
        (3, "Báo"),
        (4, "Riêng"),
        (2, "Viễn thông"),
        (3, "Trạm"),
        (1, "đánh giá"),
        (2, "Chung"),
    ]

    labelled = label_headings(Heading(level, text) for level, text in levels)

    assert texts(labelled) == [
        "I. KẾT QUẢ", "1. Bưu chính", "a) Thư", "b) Báo", "Riêng", "2. Viễn thông", "a) Trạm", "II. ĐÁNH GIÁ", "1. Chung",
    ]  # fmt: skip


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert [point_letter(at) for at in range(1, 9)] == list("abcdđegh")
    assert point_letter(24) == "aa"


@pytest.mark.parametrize(("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (2026, "MMXXVI")])
def test_roman_numbers(number: int, letters: str) -> None:
    assert roman(number) == letters


@pytest.mark.parametrize(
    "written", ["trân trọng báo cáo.", "trân trọng báo cáo", "trân trọng báo cáo./.", "trân trọng báo cáo. "]
)
def test_the_last_word_is_followed_by_the_end_mark_once(written: str) -> None:
    assert close_with_mark((Paragraph(written), Spacer())) == (Paragraph("trân trọng báo cáo./."), Spacer())
    assert close_with_mark((Bullets(("một", written)),)) == (Bullets(("một", "trân trọng báo cáo./.")),)


def test_after_a_picture_the_end_mark_is_a_line_of_its_own() -> None:
    assert close_with_mark((Picture("<svg/>"),)) == (Picture("<svg/>"), Paragraph("./."))
    assert close_with_mark(()) == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_below_ten_and_months_one_and_two_carry_a_zero(day: date, words: str) -> None:
    assert date_in_words(day) == words


def test_a_draft_leaves_room_for_number_and_day() -> None:
    composed = compose(conclusions())

    assert composed.number_line.replace("\u00a0", "_") == "Số: ________/TB-STTTT"
    assert composed.place_date.replace("\u00a0", "_") == "Hà Giang, ngày ____ tháng 10 năm 2009"
    assert date_in_words(None).split() == ["ngày", "tháng", "năm"]


def test_a_paper_dated_before_the_decree_says_that_it_is_a_reconstruction() -> None:
    assert any("Bản phục dựng minh họa" in notice for notice in compose(conclusions()).notices)
    assert compose(report()).notices == ("Số liệu minh họa",)


def test_a_letter_has_no_heading_but_a_short_subject() -> None:
    composed = compose(letter())

    assert (composed.type_name, composed.subject) == ("", "")
    assert composed.short_subject.startswith("V/v đề nghị phối hợp")


def test_minutes_have_no_line_of_place_and_date() -> None:
    assert compose(minutes()).place_date == ""
    assert compose(report()).place_date == "Hà Giang, ngày 05 tháng 10 năm 2026"


def test_a_decision_names_its_authority_and_decides() -> None:
    composed = compose(decision())

    assert composed.enacting == "GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert composed.deciding == "QUYẾT ĐỊNH:"
    assert composed.bases[-1].endswith("Chánh Văn phòng.")
    assert composed.bases[0].endswith(";")


def test_lists_end_their_lines_and_one_receiver_stands_bare() -> None:
    assert compose(report()).addressees == ("Bộ Khoa học và Công nghệ;", "Ủy ban nhân dân tỉnh Hà Giang.")
    assert compose(letter()).addressees == ("Ủy ban nhân dân huyện Hoàng Su Phì",)
    assert compose(replace(letter(), recipients=("- Như trên;", "Lưu: VT."))).recipients == ("Như trên;", "Lưu: VT.")


def test_annexes_are_numbered_only_when_there_are_several_and_say_what_they_belong_to() -> None:
    two = compose(report()).annexes
    one = compose(report(annexes=(Annex("Biểu số liệu", (FIGURES,)),))).annexes

    assert [annex.label for annex in two] == ["Phụ lục I", "Phụ lục II"]
    assert [annex.label for annex in one] == ["Phụ lục"]
    assert (
        two[0].reference
        == "(Kèm theo Báo cáo số 05/BC-STTTT ngày 05 tháng 10 năm 2026 của Sở Thông tin và Truyền thông)"
    )
    assert one[0].body == (FIGURES,)
    assert texts(two[1].body) == ["Không có thôn nào./."]


def test_a_subject_bears_no_full_stop() -> None:
    composed = compose(replace(report(), subject="Tình hình thực hiện: đào tạo cán bộ."))

    assert composed.subject == "Tình hình thực hiện: đào tạo cán bộ"


def test_items_end_with_their_signs() -> None:
    short = Bullets(("Báo cáo", "Kiến nghị"))
    sentences = Bullets(("Giao việc. Hạn: 15/01/2010", "Có sóng chưa?"))

    assert end_items((short, sentences)) == (
        Bullets(("Báo cáo;", "Kiến nghị.")),
        Bullets(("Giao việc. Hạn: 15/01/2010.", "Có sóng chưa?")),
    )


def test_a_form_that_is_signed_below_its_table_bears_no_end_mark() -> None:
    plain = Table((Column("Mục"),), (Row(("Nội dung",)),))
    signed = replace(plain, sign_off=(SignOff("Nơi nhận"),))

    assert close_with_mark((signed,)) == (signed,)
    assert close_with_mark((plain,)) == (plain, Paragraph("./."))
