from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.periods import BadPeriod, Calendar, Kind, Period
from diaban.lib.periods.tests.periods import periods


@given(periods())
def test_what_is_written_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(period.code, period.calendar) == period


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nd09:2025-Q1", "nd09:2025-Q1"),
        (" stat:2025-m2 ", "stat:2025-M02"),
        ("STAT:2025", "stat:2025"),
        ("nd09:2025-9m", "nd09:2025-9M"),
        ("stat:2025-10-01..2025-10-15", "stat:2025-10-01..2025-10-15"),
    ],
)
def test_reads_the_full_form(text: str, written: str) -> None:
    assert str(Period.parse(text)) == written


def test_both_days_of_a_range_are_in_it() -> None:
    period = Period.parse("2025-10-01..2025-10-15", Calendar.STATISTICAL)

    assert (period.kind, period.start, period.end) == (Kind.RANGE, date(2025, 10, 1), date(2025, 10, 16))


@pytest.mark.parametrize(
    "text",
    [
        "", "2025-Q5", "2025-Q0", "2025-M13", "2025-H3", "2025-9M1", "2025-Q", "Q1/2025", "25-Q1", "2025-02-30..2025-03-01",
        "2025-10-15..2025-10-01", "2025-Q1-", "1066-Q1", "9999", "0000", "2025-Y",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_vietnamese(text: str) -> None:
    with pytest.raises(BadPeriod, match=r"Kỳ|kỳ"):
        Period.parse(text, Calendar.STATISTICAL)


def test_the_calendar_must_be_known_and_agree() -> None:
    with pytest.raises(BadPeriod, match="chưa rõ lịch"):
        Period.parse("2025-Q1")
    with pytest.raises(BadPeriod, match="Không có lịch báo cáo “lunar”"):
        Period.parse("lunar:2025-Q1")
    with pytest.raises(BadPeriod, match="không thuộc lịch"):
        Period.parse("nd09:2025-Q1", Calendar.STATISTICAL)


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_bad_period(text: str) -> None:
    try:
        period = Period.parse(text, Calendar.ND09)
    except BadPeriod:
        return
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("code", "label", "label_en"),
    [
        ("2025-Q1", "Quý I/2025", "Q1 2025"),
        ("2025-M02", "Tháng 02/2025", "February 2025"),
        ("2025-H1", "6 tháng đầu năm 2025", "First half of 2025"),
        ("2025-H2", "6 tháng cuối năm 2025", "Second half of 2025"),
        ("2025-9M", "9 tháng năm 2025", "First nine months of 2025"),
        ("2025", "Năm 2025", "2025"),
        ("2025-10-01..2025-10-15", "Từ 01/10/2025 đến 15/10/2025", "1 October 2025 to 15 October 2025"),
    ],
)
def test_labels(code: str, label: str, label_en: str) -> None:
    period = Period.parse(code, Calendar.ND09)

    assert (period.label(), period.label_en()) == (label, label_en)


def test_inside_a_sentence_a_label_begins_small_and_keeps_its_figures() -> None:
    assert Period.parse("stat:2025-Q4").label(inside=True) == "quý IV/2025"


def test_the_span_names_first_and_last_day() -> None:
    assert Period.parse("nd09:2025-Q1").span_label() == "từ 15/12/2024 đến 14/03/2025"
