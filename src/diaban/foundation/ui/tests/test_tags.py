"""What tags and filters write."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from diaban.foundation.ui.templatetags.ui import date_vi, number, points, signed

TODAY = date(2026, 3, 10)


def written(source: str, address: str = "/", **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get(address)).strip()


def acting(position_id: int | None) -> SimpleNamespace:
    return SimpleNamespace(position_id=position_id, today=TODAY)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2009, 2, 5), "05/02/2009"),
        (datetime(2026, 3, 10, 17, 30, tzinfo=UTC), "11/03/2026 00:30"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_day_is_told_as_here(value: date | None, words: str) -> None:
    assert date_vi(value) == words


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("92.25"), 1, "92,3"),
        (Decimal("-0.04"), 1, "0,0"),
        (-1500, None, "\N{MINUS SIGN}1.500"),
        ("92.5", "1", "92,5"),
        (None, 1, ""),
        ("", 1, ""),
        (0, None, "0"),
    ],
)
def test_a_number_is_told_as_here(value: Decimal | int | str | None, digits: int | str | None, words: str) -> None:
    assert number(value, digits) == words


def test_a_number_is_told_the_english_way_in_english() -> None:
    with override("en"):
        assert number(Decimal("1234567.5")) == "1,234,567.5"


@pytest.mark.parametrize(
    ("value", "words"), [(Decimal("20.5"), "+20,5"), (Decimal(-3), "\N{MINUS SIGN}3,0"), (0, "0,0"), (None, "")]
)
def test_growth_says_its_direction(value: Decimal | None, words: str) -> None:
    assert signed(value, 1) == words


def test_a_difference_of_shares_is_told_in_points() -> None:
    assert points(Decimal("2.5")) == "+2,5 điểm %"
    assert points(None) == ""


@pytest.mark.parametrize(
    ("due_on", "words", "css"),
    [
        (date(2026, 3, 13), "còn 3 ngày", "left left-soon"),
        (date(2026, 3, 20), "còn 10 ngày", "left"),
        (date(2026, 3, 10), "hôm nay", "left left-soon"),
        (date(2026, 3, 8), "quá 2 ngày", "left left-late"),
    ],
)
def test_days_are_counted_from_the_actors_today(due_on: date, words: str, css: str) -> None:
    tag = written("{% days_left due_on %}", due_on=due_on, actor=acting(1))

    assert tag == f'<span class="{css}">{words}</span>'


def test_nothing_is_left_without_a_deadline() -> None:
    assert written("{% days_left due_on %}", due_on=None) == ""


def test_a_form_says_in_which_position_it_was_filled() -> None:
    assert 'name="acting_position" value="17"' in written("{% acting_position %}", actor=acting(17))
    assert written("{% acting_position %}", actor=acting(None)) == ""
    assert written("{% acting_position %}") == ""


@pytest.mark.parametrize(
    ("source", "query"),
    [
        ("{% query_with page=2 %}", "?q=h%C3%A0&amp;s=a&amp;s=b&amp;page=2"),
        ("{% query_with s=None %}", "?q=h%C3%A0"),
        ("{% query_with q='x' %}", "?s=a&amp;s=b&amp;q=x"),
    ],
)
def test_a_query_keeps_the_rest_and_goes_to_the_first_page(source: str, query: str) -> None:
    assert written(source, "/?q=hà&s=a&s=b&page=7") == query


def test_a_status_has_words_a_tone_and_a_shape() -> None:
    tag = written("{% status 'overdue' %}")

    assert "state-late" in tag
    assert "<svg" in tag
    assert "Quá hạn" in tag


def test_a_status_may_be_told_in_other_words_and_may_be_missing() -> None:
    assert "Chưa có trả lời" in written("{% status 'overdue' label='Chưa có trả lời' %}")
    assert written("{% status nothing %}") == ""


def test_words_of_users_are_escaped() -> None:
    tag = written("{% status 'draft' label=label %}", label="<b>")

    assert "&lt;b&gt;" in tag
