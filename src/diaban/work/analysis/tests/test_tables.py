"""What stands in the table: the figures of the consolidated report, in whatever order they are looked at."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.reading import end_of
from diaban.lib.workbooks import read_csv
from diaban.work.analysis.pivot import Pivot
from diaban.work.analysis.tables import rows_of
from diaban.work.analysis.tests.worlds import (
    LAST_YEAR,
    NOW,
    PROVINCE,
    Q3,
    Q4,
    Consolidating,
    an_analysed_world,
    choose,
    pivot,
)
from diaban.work.reporting.asking import NothingInSight

pytestmark = pytest.mark.django_db
ADDRESS = "/phan-tich/"


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    return an_analysed_world()


def written(found: Pivot) -> dict[str, list[str]]:
    return {row.head.label: [cell.shown for cell in row.cells] for row in rows_of(found)}


def test_units_by_indicators_with_the_whole_first(world: Consolidating) -> None:
    found = pivot(world, "ct=BC07&ct=BC15")

    assert written(found) == {
        "Tỉnh Sơn Lâm": ["23", "42.000"],
        "Huyện Bắc Sơn": ["23", "42.000"],
        "Huyện Nam Sơn": ["-", "…"],
    }


def test_nought_is_not_what_is_missing(world: Consolidating) -> None:
    found = {row.head.label: row.cells for row in rows_of(pivot(world, "ct=BC07&ct=BC15&ct=BC14"))}["Huyện Nam Sơn"]

    assert [(cell.shown, cell.said) for cell in found] == [
        ("-", ""),
        ("…", "chưa thu thập được"),
        ("…", "chưa có báo cáo"),
    ]


def test_a_total_says_of_how_many_it_is(world: Consolidating) -> None:
    whole = rows_of(pivot(world, "ct=BC07&ct=BC15"))[0]

    assert [cell.coverage for cell in whole.cells] == ["", "1/2"]


def test_every_figure_is_that_of_the_consolidated_report(world: Consolidating) -> None:
    codes = "ct=BC07&ct=BC15&ct=VT26&ct=VT25&ct=BC03&ct=VT16"
    found = pivot(world, codes)

    for unit, place in zip(("P", "D1", "D2"), found.places, strict=True):
        one = world.consolidated(unit)
        for head in found.choice.cells:
            row, total = one.row(head.cell), found.total(place, head.cell, Q4)
            assert (row.value, row.reason, row.expected, row.reported) == (
                total.value, total.reason, total.expected, total.reported
            ), (unit, head.cell)  # fmt: skip


def test_any_two_of_units_indicators_periods_cross(world: Consolidating) -> None:
    by_period = written(pivot(world, "ct=BC07&ct=BC15&hang=dv&cot=ky"))
    turned = written(pivot(world, "ct=BC07&ct=BC15&hang=ky&cot=dv"))
    indicators = written(pivot(world, "ct=BC07&ct=BC15&hang=ct&cot=ky&lop=922"))

    assert by_period["Huyện Nam Sơn"] == ["10", "-"]
    assert turned["Quý IV/2009"] == [column[1] for column in by_period.values()]
    assert list(indicators.values()) == [["10", "-"], ["200", "…"]]


def test_parts_of_a_dimension_stand_under_their_indicator(world: Consolidating) -> None:
    found = written(pivot(world, "ct=BC07&chia=postal_point_type&hang=ct&cot=dv"))

    assert next(iter(found.values()))[0] == "23"
    assert sum(int(row[0].replace("-", "0")) for row in list(found.values())[1:]) == 23


def test_years_are_worked_out_by_the_rule_over_time(world: Consolidating) -> None:
    found = pivot(world, f"ct=BC07&ct=BC15&hang=ct&cot=ky&gop=nam&tu={LAST_YEAR.previous().previous().previous()}")

    one = world.consolidated()
    assert [head.label for head in found.columns] == ["Năm 2008", "Năm 2009"]
    latest = [found.slot(row, found.columns[1]).value for row in found.rows]
    assert latest == [one.row("BC07").cumulative, one.row("BC15").cumulative]


def test_an_earlier_day_knows_less(world: Consolidating) -> None:
    world.accept(Q3, "D2", {"BC07": "99"}, at=NOW)

    before = NOW.date().replace(day=1)
    assert end_of(before) < NOW
    assert written(pivot(world, f"ct=BC07&hang=dv&cot=ky&toi={Q3}"))["Tỉnh Sơn Lâm"] == ["119"]
    assert written(pivot(world, f"ct=BC07&hang=dv&cot=ky&toi={Q3}&den={before}"))["Tỉnh Sơn Lâm"] == ["30"]


def test_nobody_sees_more_than_in_the_consolidated_report(world: Consolidating) -> None:
    own = choose(world, "dia_ban=921", "district_officer")
    with pytest.raises(NothingInSight):
        choose(world, "dia_ban=92", "district_officer")
    with pytest.raises(NothingInSight):
        choose(world, "dia_ban=922", "district_officer")

    assert own.unit.code == "921"


def test_an_indicator_out_of_sight_is_told_and_not_shown(world: Consolidating) -> None:
    found = choose(world, "ct=BC07&ct=KHONG")

    assert [head.cell for head in found.cells] == ["BC07"]
    assert "KHONG" in found.problems[0]


def test_each_figure_opens_what_it_is_made_of(world: Consolidating) -> None:
    client = world.here.world.client("director")
    found = pivot(world, "ct=BC07&ct=VT25")

    addresses = [found.slot(row, column).href for row in found.rows for column in found.columns]

    assert all(addresses)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_page_shows_it_in_few_queries(
    world: Consolidating, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.here.world.client("specialist")
    client.get(f"{ADDRESS}?{PROVINCE}")

    with django_assert_max_num_queries(30):
        page = client.get(f"{ADDRESS}?{PROVINCE}&ct=BC07&ct=BC15&ct=VT25&hinh=ban_do").content.decode()

    assert "Huyện Nam Sơn" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    "address",
    ["", "?tu=x", "?hang=ky&cot=ky", "?page=99999", "?lop=la", "?nhom=1&bac=99&moc=a;b&hinh=ban_do&lop_mau=tay"],
)
def test_any_address_is_answered(world: Consolidating, address: str) -> None:
    assert world.here.world.client("specialist").get(f"{ADDRESS}{address}").status_code == 200


def test_the_workbook_holds_numbers_and_says_what_is_missing(world: Consolidating) -> None:
    client = world.here.world.client("specialist")

    file = client.get(f"{reverse('analysis:file', args=['xlsx'])}?{PROVINCE}&ct=BC07&ct=BC15")

    sheet = ZipFile(BytesIO(file.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<v>42000</v>" in sheet
    assert "chưa thu thập được" in sheet


def test_the_text_file_has_a_figure_a_line(world: Consolidating) -> None:
    client = world.here.world.client("specialist")

    file = client.get(f"{reverse('analysis:file', args=['csv'])}?{PROVINCE}&ct=BC07&ct=BC15")

    rows = read_csv(file.content)
    assert len(rows) == 1 + 3 * 2
    assert [row[4:6] for row in rows if row[0] == "Huyện Nam Sơn"] == [["0", ""], ["", "not_collected"]]
