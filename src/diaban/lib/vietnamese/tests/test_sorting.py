import random
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.vietnamese import sort_key
from diaban.lib.vietnamese.sorting import ALPHABET


def assert_in_order(*texts: str) -> None:
    assert all(sort_key(first) < sort_key(second) for first, second in pairwise(texts))


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert_in_order(*ALPHABET)
    assert_in_order("Can", "Căn", "Cân", "Dan", "Đan", "Em", "Êm", "Ga")


def test_tones_come_after_letters_in_the_order_of_dictionaries() -> None:
    assert_in_order("ma", "mà", "mả", "mã", "má", "mạ", "mai")
    assert_in_order("Hoà", "Hoả", "Hoá", "Hoàng")


def test_words_are_compared_one_by_one() -> None:
    assert_in_order("Ba", "Ba Bể", "Ba Vì", "Bà Rịa", "Bả", "Bai")
    assert_in_order("Xín Mần", "Xín Mần 2", "Xín Mầng")
    assert_in_order("Hà Giang", "Hà Giang 1", "Hà Nội", "Hạ Long")


def test_numbers_go_by_value_before_letters() -> None:
    assert_in_order("Phường 2", "Phường 9", "Phường 10", "Phường 100", "Phường An", "Phường Ân")


def test_case_counts_last() -> None:
    assert_in_order("hà giang", "Hà Giang", "HÀ GIANG", "hà giang a")


def test_punctuation_and_blanks_only_part_words() -> None:
    assert sort_key("Bà Rịa - Vũng Tàu") == sort_key(" Bà  Rịa-Vũng Tàu.")
    assert_in_order("Bà Rịa", "Bà Rịa - Vũng Tàu", "Bà Triệu")


def test_other_letters_find_their_place() -> None:
    assert_in_order("Buôn Ca", "Buôn Če", "Buôn Da", "Buôn Z", "Buôn Ω")


@pytest.mark.parametrize("text", ["Hoàng Su Phì", "Đồng Văn", "Mèo Vạc", "ẤT"])
def test_the_unicode_form_does_not_matter(text: str) -> None:
    assert sort_key(normalize("NFD", text)) == sort_key(text)


def test_both_places_of_the_tone_mark_sort_together() -> None:
    assert sort_key("Hoá") == sort_key("Hóa")


def test_districts_of_ha_giang_stand_in_order() -> None:
    districts = [
        "Bắc Mê",
        "Bắc Quang",
        "Đồng Văn",
        "Hoàng Su Phì",
        "Mèo Vạc",
        "Quản Bạ",
        "Quang Bình",
        "Vị Xuyên",
        "Xín Mần",
        "Yên Minh",
    ]
    mixed = random.Random(7).sample(districts, len(districts))

    assert sorted(mixed, key=sort_key) == districts


@given(st.text(max_size=30))
def test_python_and_bytes_order_keys_alike(text: str) -> None:
    other = "Hà Giang"

    assert (sort_key(text) < sort_key(other)) == (sort_key(text).encode() < sort_key(other).encode())
