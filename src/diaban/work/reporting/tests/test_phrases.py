"""Stock sentences: what is supplied is sound, what is typed is checked, what fills a blank is never read as one."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.phrases import BLANKS, PHRASES, SAMPLES, SUPPLIED, faults_of
from diaban.work.reporting.tests.test_wording import POINTS, WHITE, YEAR_END
from diaban.work.reporting.wording import Said, comparisons, sentence

D = Decimal


@pytest.mark.parametrize("key", PHRASES)
def test_what_is_supplied_is_sound_and_has_an_example(key: str) -> None:
    phrase = PHRASES[key]

    assert faults_of(key, phrase.text) == []
    assert set(phrase.blanks) <= BLANKS.keys() == SAMPLES.keys()
    assert "{" not in SUPPLIED.sample(key)


@given(st.sampled_from(sorted(PHRASES)), st.text(max_size=60))
def test_whatever_is_accepted_can_be_said(key: str, text: str) -> None:
    if not faults_of(key, text):
        said = SUPPLIED.replaced(key, text).sample(key)

        assert not re.search(r"[{}]", said)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "để trống"),
        ("tăng nhiều so với cùng kỳ", "Thiếu chỗ điền {muc}"),
        ("tăng {muc} {so}", "không có chỗ điền {so}"),
        ("tăng {muc.__class__}", "Dấu { }"),
        ("tăng {muc!r} {muc}", "Dấu { }"),
        ("tăng {{muc}}", "Dấu { }"),
        ("tăng {muc}\nhết", "một dòng"),
        ("tăng {muc}" + "!" * 300, "quá 300"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(text: str, fault: str) -> None:
    assert fault in " ".join(faults_of("rise_bad", text))


def test_what_fills_a_blank_is_not_read_again() -> None:
    phrases = SUPPLIED.replaced("count", "{dia_ban}: {ten} ({so})")

    assert "điểm {so}" in sentence(replace(POINTS, name="Số điểm {so}"), YEAR_END, phrases)


def test_an_offices_own_words_stand_in_the_sentence() -> None:
    phrases = SUPPLIED.replaced("fall_good", "giảm {muc}, đáng khích lệ").replaced("when_stock", "")

    assert sentence(WHITE, YEAR_END, phrases) == (
        "Toàn tỉnh có 124 thôn trắng sóng di động (giảm 11,4%, đáng khích lệ, còn cao hơn mức kế hoạch 24%)."
    )


def said(direction: str, of_last_year: str | None, last_year: str | None = "10") -> Said:
    return replace(
        POINTS,
        direction=direction,  # type: ignore[arg-type]  # one of the three words
        of_plan=None,
        of_last_year=None if of_last_year is None else D(of_last_year),
        last_year=None if last_year is None else D(last_year),
    )


@pytest.mark.parametrize(
    ("one", "key"),
    [
        (said("up", "110"), "rise_good"),
        (said("down", "110"), "rise_bad"),
        (said("neutral", "110"), "rise"),
        (said("up", "90"), "fall_bad"),
        (said("down", "90"), "fall_good"),
        (said("neutral", "90"), "fall"),
        (said("up", "100"), "same"),
        (said("up", "100.01"), "nearly_same"),
        (said("up", "320"), "many_times"),
        (said("up", None, "0"), "from_nothing"),
        (said("up", None, None), "no_earlier"),
    ],
)
def test_each_case_has_its_own_sentence(one: Said, key: str) -> None:
    blanks = {"muc": " {muc}", "lan": " {lan}"}
    marked = SUPPLIED.replaced(key, f"CÂU{''.join(blanks[name] for name in PHRASES[key].blanks)}")

    assert comparisons(one, marked)[0].startswith("CÂU")
    others = {other for other in PHRASES if other != key}
    assert all(comparisons(one, SUPPLIED.replaced(other, "KHÁC"))[0].find("KHÁC") < 0 for other in others)
