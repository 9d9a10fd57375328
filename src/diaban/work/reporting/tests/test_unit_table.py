"""Units × indicators: every total by its rule, places by what is good, columns that a person keeps, files to print."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diaban.work.reporting.display import certain, figure
from diaban.work.reporting.queries.units import places_of, unit_table
from diaban.work.reporting.tests.consolidation_world import FORM, NOW, Q4, Consolidating, a_consolidating_world
from diaban.work.reporting.unit_paper import unit_paper

D = Decimal
PROVINCE = {"bieu": FORM, "ky": str(Q4), "dia_ban": "92"}


@given(values=st.dictionaries(st.integers(1, 30), st.decimals(0, 100, places=1), min_size=1), is_falling=st.booleans())
def test_better_figures_stand_first_and_equals_share_a_place(values: dict[int, Decimal], *, is_falling: bool) -> None:
    places = places_of(values, is_falling=is_falling)

    assert min(places.values()) == 1
    for one in values:
        better = [
            other for other in values if (values[other] < values[one] if is_falling else values[other] > values[one])
        ]
        assert places[one] == len(better) + 1


def test_where_neither_more_nor_less_is_better_nobody_has_a_place() -> None:
    assert places_of({1: D(3), 2: D(5)}, is_falling=None) == {}


@pytest.fixture
def world() -> Any:
    with time_machine.travel(NOW, tick=False):
        world = a_consolidating_world()
        world.accept(Q4, "D2", {"BC07": "30", "VT26": "8"}, at=NOW)
        yield world


@pytest.mark.django_db
def test_the_whole_is_what_the_consolidated_report_says(world: Consolidating) -> None:
    one = world.consolidated()

    table = unit_table(one, one.layout.indicators)

    rows = {column.code: one.row(column.code) for column in table.columns}
    said = {
        column.code: figure(certain(rows[column.code]), column.digits, rows[column.code].reason)
        for column in table.columns
    }
    assert {column.code: cell.shown for column, cell in zip(table.columns, table.whole, strict=True)} == said
    units = one.by_unit()
    for at, column in enumerate(table.columns):
        for row in table.units:
            assert row.cells[at].value == units.figures[column.code][row.unit.unit_id].value


@pytest.mark.django_db
def test_fewer_white_spots_stand_first_and_who_has_no_figure_has_no_place(world: Consolidating) -> None:
    table = unit_table(world.consolidated(), ["VT26", "VT17"])

    cells = {row.unit.code: row.cells for row in table.units}
    assert [(code, cells[code][0].value, cells[code][0].rank) for code in ("921", "922")] == [
        ("921", D(58), 2),
        ("922", D(8), 1),
    ]
    assert (cells["922"][1].shown, cells["922"][1].rank) == ("…", None)


@pytest.mark.django_db
def test_the_paper_numbers_its_columns_and_names_units_of_measure(world: Consolidating) -> None:
    one = world.consolidated()

    paper = unit_paper(
        one, unit_table(one, ["BC07", "VT26"]), number="02/TTTT-H", has_places=True, actor=world.here.actor("director")
    )

    assert paper.numbers == ("A", "B", "1", "2", "3", "4")
    assert [column.heads[-1] for column in paper.columns[2:]] == [
        "Số liệu\n(điểm)",
        "Thứ hạng",
        "Số liệu\n(thôn)",
        "Thứ hạng",
    ]
    assert [row.look for row in paper.rows] == ["total", "plain", "plain"]
    assert paper.number == "02/TTTT-H"


@pytest.mark.django_db
def test_the_chosen_columns_are_kept_for_the_person(world: Consolidating) -> None:
    client = world.here.world.client("specialist")
    page = reverse("reporting:consolidation_units")

    moved: Any = client.post(
        f"{reverse('reporting:choose_unit_columns')}?ky={Q4}&bieu={FORM}",
        {"ct": ["VT26", "nonsense"], "bieu_so": "0\t7"},
    )

    assert "ct=VT26&hang=0&bieu_so=07" in moved.url
    again = client.get(page, PROVINCE).context["columns"]
    assert (again.codes, again.has_places, again.number) == (("VT26",), False, "07")
    assert world.here.world.client("director").get(page, PROVINCE).context["columns"].codes != ("VT26",)
    assert client.get(page, {**PROVINCE, "ct": "BC07"}).context["columns"].codes == ("BC07",)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_it_is_a_file_of_each_kind(world: Consolidating, kind: str, start: bytes) -> None:
    response = world.here.world.client("director").get(
        reverse("reporting:consolidation_units_file", args=[kind]), {**PROVINCE, "ct": "BC07,VT26"}
    )

    assert response.content.startswith(start)
    assert response["Content-Disposition"].endswith(f'.{kind}"')
