"""Periods and figures as the reader's language writes them."""

import pytest
from django.utils.translation import override

from diaban.foundation.ui.language import figures_read, period_name


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("1.234.567,8", "1,234,567.8"),
        ("ước 12,5*", "ước 12.5*"),
        ("+2,5 điểm %", "+2.5 điểm %"),
        ("5", "5"),
        ("-", "-"),
        ("…", "…"),
    ],
)
def test_figures_in_a_text_are_turned_round_for_english_readers_alone(text: str, english: str) -> None:
    with override("en"):
        assert figures_read(text) == english
    with override("vi"):
        assert figures_read(text) == text


def test_a_period_is_named_in_both_languages() -> None:
    with override("en"):
        assert (period_name("stat:2009-Q4"), period_name("")) == ("Q4 2009", "")
    with override("vi"):
        assert (period_name("stat:2009-Q4"), period_name("stat:2009-Q4", inside=True)) == ("Quý IV/2009", "quý IV/2009")
