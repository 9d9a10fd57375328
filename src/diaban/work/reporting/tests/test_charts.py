"""Bars of units: Vietnamese numbers, the longest first, no more than can be read."""

import re
from decimal import Decimal

from diaban.work.reporting.charts import MOST_BARS, Bar, bars


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_numbers_are_written_as_vietnamese_write_them() -> None:
    svg = bars([Bar("Huyện Bắc Sơn", Decimal("1923.5")), Bar("Huyện Nam Sơn", Decimal(30))], unit_name="điểm", digits=1)

    assert {"1.923,5", "30,0", "Huyện Bắc Sơn", "điểm"} <= set(words(svg))


def test_the_longest_come_first_and_the_rest_is_left_out() -> None:
    items = [Bar(f"Xã {number}", Decimal(number)) for number in range(1, MOST_BARS + 6)]

    names = [word for word in words(bars(items, unit_name="điểm", digits=0)) if word.startswith("Xã")]

    assert names == [f"Xã {number}" for number in range(MOST_BARS + 5, 5, -1)]


def test_the_same_figures_give_the_same_picture() -> None:
    items = [Bar("A", Decimal(1)), Bar("B", Decimal(2))]

    assert bars(items, unit_name="%", digits=0, average=Decimal("1.5")) == bars(
        items, unit_name="%", digits=0, average=Decimal("1.5")
    )
    assert "Chung: 1,5" in words(bars(items, unit_name="%", digits=1, average=Decimal("1.5")))


def test_a_picture_that_stands_alone_has_a_title() -> None:
    assert "Số điểm" in words(bars([Bar("A", Decimal(1))], unit_name="điểm", digits=0, title="Số điểm"))
