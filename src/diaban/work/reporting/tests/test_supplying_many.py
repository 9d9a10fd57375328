"""An enterprise supplies its figures for many localities at once; they confirm or object; both sides see."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.lib.periods import Calendar, Period
from diaban.lib.workbooks import Column, write_table
from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report, Schedule
from diaban.work.reporting.queries.figures import entry_of
from diaban.work.reporting.services import (
    NotSupplied,
    draft_schedule,
    load_forms,
    open_report,
    save_draft,
    supply_period,
    switch_on,
)
from diaban.work.reporting.tests.worlds import ASSUMED

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)
MARCH = Period.between(date(2026, 3, 1), date(2026, 3, 14), calendar=Calendar.ND09)
FTTH, STATIONS = "VT07__ftth", "VT17__4g"


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    """A thematic report is asked of the communes, whose form has rows of enterprises."""
    world = a_world()
    setting_up = SettingUp("thử nghiệm", TODAY)
    a_catalogue()
    form = next(one for one in load_forms(actor=setting_up, at=NOW) if one.code == "commune_quarter_2026")
    schedule = draft_schedule(
        form=form, title="Chuyên đề băng rộng", unit_id=world.units["P"].pk, counterpart_id=world.organisations["so"].pk,
        valid_from=MARCH.start, valid_to=MARCH.end, kind="thematic", due_on=date(2026, 3, 30), basis=ASSUMED_LETTER,
        deadlines=[], short_path=True, actor=setting_up, at=NOW,
    )  # fmt: skip
    switch_on(schedule_id=schedule.pk, actor=setting_up, at=NOW)
    return world


ASSUMED_LETTER = type(ASSUMED)(letter_symbol="85/SKHCN", letter_on=TODAY)


def supplied(world: World, figures: dict[str, dict[str, str]], *, persona: str = "enterprise") -> int:
    return supply_period(
        schedule_id=Schedule.objects.get().pk,
        period=MARCH,
        figures={world.units[name].pk: cells for name, cells in figures.items()},
        actor=world.actor(persona, TODAY),
        at=NOW,
    )


def name_of(world: World, unit: str, cell: str) -> str:
    return f"{world.units[unit].uid}__{cell}"


def value_of(world: World, unit: str, cell: str) -> str:
    version = Report.objects.get(unit=world.units[unit]).versions.get()
    return str(entry_of(version).values.get(cell, version.supplied.get(cell, {}).get("reason", "")))


def test_one_page_gives_figures_to_many_localities_and_begins_their_reports(world: World) -> None:
    client = world.client("enterprise")
    grid = client.get(reverse("reporting:supplies")).context["grid"]
    typed = {name_of(world, "C11", FTTH): "1.200", name_of(world, "C21", FTTH): "-", "truoc": "{}"}

    client.post(reverse("reporting:supplies"), typed)

    assert {column.name for column in grid.columns} >= {FTTH, "VT17__4g"}
    assert "BC07__level_1" not in {column.name for column in grid.columns}  # post is not its field
    assert (value_of(world, "C11", FTTH), value_of(world, "C21", FTTH)) == ("1200", "0")
    assert Report.objects.count() == 2


def test_the_first_page_tells_how_much_is_still_to_be_given_and_by_when(world: World) -> None:
    client = world.client("enterprise")
    columns = len(client.get(reverse("reporting:supplies")).context["grid"].columns)
    (before,) = client.get("/").context["supplies"]
    supplied(world, {"C11": {FTTH: "100", STATIONS: "4"}})

    page = client.get("/")

    (grid,) = page.context["supplies"]
    assert (before.waiting - grid.waiting, before.waiting) == (2, columns * len(grid.rows))
    assert grid.due_on == date(2026, 3, 30)
    assert f"ky={MARCH}" in page.content.decode()
    assert world.client("district_officer").get("/").context["supplies"] == []


def test_each_enterprise_gives_its_own_part_and_the_cell_is_their_sum(world: World) -> None:
    supplied(world, {"C11": {FTTH: "100"}})
    supplied(world, {"C11": {FTTH: "40"}}, persona="other_enterprise")
    assert value_of(world, "C11", FTTH) == "140"

    supplied(world, {"C11": {FTTH: "90"}})
    assert value_of(world, "C11", FTTH) == "130"

    supplied(world, {"C11": {FTTH: "kcc"}}, persona="other_enterprise")
    assert value_of(world, "C11", FTTH) == "refused"  # a sum without one of them would be too small

    supplied(world, {"C11": {FTTH: ""}}, persona="other_enterprise")
    assert value_of(world, "C11", FTTH) == "90"


def test_a_wrong_cell_is_told_and_nothing_is_written(world: World) -> None:
    typed = {name_of(world, "C11", FTTH): "12", name_of(world, "C12", FTTH): "mười", "truoc": "{}"}

    page = world.client("enterprise").post(reverse("reporting:supplies"), typed)

    assert page.status_code == 422
    assert [cell.name for row in page.context["grid"].rows for cell in row.cells if cell.fault] == [typed_name(typed)]
    assert not Report.objects.exists()


def typed_name(typed: dict[str, str]) -> str:
    return next(name for name, text in typed.items() if text == "mười")


def test_all_or_none(world: World) -> None:
    with pytest.raises(NotSupplied):
        supplied(world, {"C11": {FTTH: "1"}, "C12": {"CN03": "1"}})

    assert not Report.objects.exists()


def test_who_does_not_provide_is_refused(world: World) -> None:
    with pytest.raises(NotPermitted):
        supplied(world, {"C11": {FTTH: "1"}}, persona="specialist")


def test_the_locality_confirms_or_objects_and_a_new_figure_waits_again(world: World) -> None:
    supplied(world, {"C11": {FTTH: "100", STATIONS: "5"}})
    officer = world.actor("commune_officer", TODAY)
    report = open_report(
        schedule_id=Schedule.objects.get().pk, unit_id=world.units["C11"].pk, period=MARCH, actor=officer, at=NOW
    )
    said = Filling(confirmed={FTTH: True}, objections={STATIONS: "Xã chỉ có 3 trạm."})
    save_draft(report_id=report.pk, filling=said, actor=officer, at=NOW)
    client = world.client("enterprise")

    def states() -> dict[str, tuple[str, str]]:
        grid = client.get(reverse("reporting:supplies")).context["grid"]
        cells = [cell for row in grid.rows for cell in row.cells if cell.state]
        return {cell.column: (cell.state, cell.objection) for cell in cells}

    assert states() == {FTTH: ("confirmed", ""), STATIONS: ("objected", "Xã chỉ có 3 trạm.")}
    assert "VNPT" in world.client("commune_officer").get(reverse("reporting:entry", args=[report.uid])).content.decode()

    supplied(world, {"C11": {FTTH: "101", STATIONS: "-"}})
    assert states() == {}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    supplied(world, {"C11": {FTTH: "100"}})
    typed = {name_of(world, "C11", FTTH): "7", "truoc": "{}"}  # the page was made before

    page = world.client("enterprise").post(reverse("reporting:supplies"), typed)

    assert page.status_code == 422
    assert value_of(world, "C11", FTTH) == "100"


def test_the_workbook_that_was_downloaded_is_filled_and_sent_back(world: World) -> None:
    supplied(world, {"C12": {FTTH: "8"}})
    client = world.client("enterprise")
    assert client.get(reverse("reporting:supplies_workbook")).status_code == 200
    heads = [Column("Mã"), Column("Đơn vị"), Column(f"{FTTH} cáp quang"), Column(f"{STATIONS} trạm 4G")]

    def sent(*rows: tuple[str | None, ...]) -> Any:
        written = BytesIO()
        write_table(written, title="Số", columns=heads, rows=rows)
        file = SimpleUploadedFile("so.xlsx", written.getvalue())
        return client.post(reverse("reporting:supplies"), {"nop_tep": "1", "workbook": file})

    refused = sent(("92101", "Xã Đông Hà", "12", "1"), ("92102", "Xã Tây Hà", "", "abc"))
    assert refused.status_code == 422
    assert value_of(world, "C12", FTTH) == "8"

    assert sent(("92101", "Xã Đông Hà", "12", "1"), ("92102", "Xã Tây Hà", "", "3")).status_code == 302
    assert [value_of(world, "C11", FTTH), value_of(world, "C12", FTTH), value_of(world, "C12", STATIONS)] == [
        "12",
        "8",
        "3",
    ]


def test_the_page_stays_within_thirty_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    supplied(world, {name: {FTTH: "1"} for name in ("C11", "C12", "C21")})
    client = world.client("enterprise")
    client.get(reverse("reporting:supplies"))

    with django_assert_max_num_queries(30):
        client.get(reverse("reporting:supplies"))
