"""What a typed cell means."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.facts.models import Reason
from diaban.lib.vietnamese import format_number
from diaban.work.requests.rules import Asked, Kind, Typed, read, shown, time_left, totals

DUE = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def one(kind: Kind, *, required: bool = True, choices: tuple[str, ...] = ()) -> Asked:
    return Asked("c1", "Cột", kind, is_required=required, choices=choices)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.WHOLE, "1.923", "1923"),
        (Kind.NUMBER, "-92,50", "-92.5"),
        (Kind.DATE, "5/2/2026", "2026-02-05"),
        (Kind.DATE, "2026-02-05", "2026-02-05"),
        (Kind.YES_NO, "CÓ", "yes"),
        (Kind.YES_NO, "khong", "no"),
        (Kind.CHOICE, "viettel", "Viettel"),
        (Kind.TEXT, " một \n hai ", "một \n hai"),
    ],
)
def test_a_cell_is_read(kind: Kind, typed: str, value: str) -> None:
    column = one(kind, choices=("VNPT", "Viettel") if kind is Kind.CHOICE else ())

    assert read([column], Typed({"c1": typed}), Reason.values).values == {"c1": value}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.WHOLE, "1,5"),
        (Kind.WHOLE, "-1"),
        (Kind.NUMBER, "1.5"),
        (Kind.NUMBER, "9" * 16),
        (Kind.DATE, "31/02/2026"),
        (Kind.DATE, "01/01/0001"),
        (Kind.YES_NO, "có lẽ"),
        (Kind.CHOICE, "Gmobile"),
        (Kind.TEXT, "a" * 501),
        (Kind.WHOLE, ""),
    ],
)
def test_a_cell_is_refused(kind: Kind, typed: str) -> None:
    found = read([one(kind, choices=("VNPT", "Viettel"))], Typed({"c1": typed}), Reason.values)

    assert set(found.faults) == {"c1"}
    assert not found.values


def test_a_number_goes_before_the_reason_beside_it_and_an_unknown_reason_is_told() -> None:
    assert read([one(Kind.WHOLE)], Typed({"c1": "3"}, {"c1": "not_yet"}), Reason.values).reasons == {}
    assert "c1" in read([one(Kind.WHOLE)], Typed({}, {"c1": "vì mưa"}), Reason.values).faults


def test_what_is_optional_may_be_blank() -> None:
    found = read([one(Kind.TEXT, required=False)], Typed(), Reason.values)

    assert (found.values, found.faults) == ({}, {})


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_number_written_and_read_is_the_same(value: Decimal) -> None:
    column = one(Kind.NUMBER)

    kept = read([column], Typed({"c1": format_number(value)}), Reason.values).values["c1"]

    assert Decimal(kept) == value
    assert shown(column, kept, "") == format_number(value)


def test_over_nothing_a_total_is_no_value() -> None:
    total = totals([one(Kind.WHOLE)], [{}, {}], asked=3)[0]

    assert (total.total, total.given, total.of, total.is_whole) == (None, 0, 3, False)


@pytest.mark.parametrize(
    ("label", "unit_name", "total"),
    [
        ("Số thôn", "thôn", Decimal("137.5")),
        ("Doanh thu", "triệu đồng/tháng", Decimal("137.5")),
        ("Hộ dùng smartphone", "%", None),
        ("Tỷ lệ hộ có Internet", "", None),
        ("Thuê bao", "thuê bao/100 dân", None),
    ],
)
def test_shares_are_not_added_but_told_from_the_least_to_the_most(
    label: str, unit_name: str, total: Decimal | None
) -> None:
    column = Asked("c1", label, Kind.NUMBER, unit_name)

    found = totals([column], [{"c1": "82.5"}, {"c1": "55"}], asked=3)[0]

    assert found.total == total
    assert (found.least, found.most) == ((None, None) if total else (Decimal(55), Decimal("82.5")))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-75, "còn 1 giờ 15 phút"),
        (-5, "còn 5 phút"),
        (30, "quá 30 phút"),
        (-3000, "còn 2 ngày"),
        (-1500, "còn 1 ngày 1 giờ"),
    ],
)
def test_the_time_that_is_left(minutes: int, words: str) -> None:
    assert time_left(DUE, DUE + timedelta(minutes=minutes)) == words
