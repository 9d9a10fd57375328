from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.vietnamese import fold, loose_key, nfc, trigrams

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
VIETNAMESE = st.text(alphabet=LETTERS + LETTERS.upper() + " -'0123456789", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Xín Mần", "xin man"),
        (normalize("NFD", "Xín Mần"), "xin man"),
        ("ĐƯỜNG  Lý\tThường\u00a0Kiệt ", "duong ly thuong kiet"),
        ("Hoàng Su Phì", "hoang su phi"),
        ("Sở TT&TT", "so tt&tt"),
        ("Cư M'gar", "cu m'gar"),
        ("Hà\u200b Giang", "ha giang"),
        ("", ""),
    ],
)
def test_folds_to_bare_lower_case(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(VIETNAMESE)
def test_every_vietnamese_text_folds_to_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_form_does_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text))


def test_composes() -> None:
    assert nfc(normalize("NFD", "Quản Bạ")) == "Quản Bạ"
    assert len(nfc("ệ")) == 1


def test_trigrams_run_over_blanks_without_repetition() -> None:
    assert trigrams("Xín Mần") == [" ma", "in ", "man", "n m", "xin"]
    assert trigrams("aaaa") == ["aaa"]
    assert trigrams("Hà") == []


@given(VIETNAMESE, st.integers(0, 40), st.integers(0, 40))
def test_a_piece_of_a_text_has_only_trigrams_of_the_text(text: str, start: int, length: int) -> None:
    piece = fold(text)[start : start + length].strip()

    assert set(trigrams(piece)) <= set(trigrams(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoá", "Hóa"), ("Thuỷ", "Thủy"), ("Hoà Bình", "HÒA  BÌNH"), ("khoẻ", "khỏe"), ("Quí", "Quý"), ("Mĩ", "Mỹ"),
        ("Lí Bôn", "Lý Bôn"), ("Tỉ", "Tỷ"), ("quít", "quýt"), ("y tế", "i tế"), ("Quỳnh", "Quình"),
        (normalize("NFD", "Thuỷ"), "Thủy"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_sound_meet(one: str, other: str) -> None:
    assert loose_key(one) == loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xà Phìn", "Sà Phìn"), ("tai", "tay"), ("thúi", "thúy"), ("Hà", "Ha"), ("Hà", "Hả"), ("Đa", "Da"),
        ("mây", "mâi"), ("Tân", "Tan"), ("yên", "iên"), ("Xã 1", "Xã 2"),
    ],
)  # fmt: skip
def test_two_sounds_stay_apart(one: str, other: str) -> None:
    assert loose_key(one) != loose_key(other)
