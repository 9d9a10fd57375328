"""Columns are as wide as their longest word needs, and fill the table."""

import pytest

from diaban.foundation.documents.columns import column_widths
from diaban.foundation.documents.content import Column, Table, rows_of

DAY = "31/12/2009"


def widths(*shares: float, cells: tuple[str, ...]) -> list[float]:
    return column_widths(Table(tuple(Column("", share) for share in shares), rows_of([cells])), 165, 13)


def test_shares_hold_where_words_fit() -> None:
    assert widths(1, 2, cells=("a", "b")) == pytest.approx([55, 110])


def test_a_day_is_not_broken_and_the_others_give_way() -> None:
    first, second, day = widths(4, 4, 0.5, cells=("giao", "giao", DAY))

    assert day > 22  # ten figures at 13 points
    assert first == pytest.approx(second)
    assert first + second + day == pytest.approx(165)


def test_a_word_longer_than_the_page_takes_no_more_than_its_part() -> None:
    words, rest = widths(1, 1, cells=("x" * 500, "b"))

    assert words == pytest.approx(82.5)
    assert words + rest == pytest.approx(165)


def test_too_many_long_words_share_the_page() -> None:
    found = widths(*[1.0] * 12, cells=(DAY,) * 12)

    assert sum(found) == pytest.approx(165)
    assert max(found) == pytest.approx(min(found))
