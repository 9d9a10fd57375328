"""Which units stand beside one another, and who reported for each: across reforms, from past figures, of a whole country."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.http import QueryDict

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.territory.derived import rebuild_derived
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.tests.makers import a_unit
from diaban.work.analysis.asking import choice_of
from diaban.work.analysis.pivot import Pivot, pivot_of
from diaban.work.analysis.rules import Grain
from diaban.work.analysis.tables import rows_of
from diaban.work.analysis.tests.worlds import FORM, NOW, PROVINCE, Q3, Q4, Consolidating, an_analysed_world, pivot
from diaban.work.reporting.tests.test_consolidated_on_another_map import REFORM, merge, on_the_map

pytestmark = pytest.mark.django_db
AFTER = date(2010, 8, 1)
SETTING_UP = SettingUp("thử", NOW.date())


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> Consolidating:
    return an_analysed_world()


def written(found: Pivot) -> dict[str, list[str]]:
    return {row.head.label: [cell.shown for cell in row.cells] for row in rows_of(found)}


def later(world: Consolidating, query: str) -> Pivot:
    return pivot_of(choice_of(world.here.actor("director", AFTER), QueryDict(f"{PROVINCE}&{query}")))


def test_on_another_map_the_units_are_those_of_that_map(world: Consolidating) -> None:
    merged = merge(world)

    found = later(world, f"ct=BC07&ct=VT26&hang=dv&cot=ct&ban_do={REFORM}")

    one = on_the_map(world, merged.pk)
    assert list(written(found)) == ["Tỉnh Sơn Lâm", "Huyện Sơn Hợp"]
    assert [found.slot(found.rows[1], column).value for column in found.columns] == [
        one.row("BC07").value,
        one.row("VT26").value,
    ]


def test_a_reform_between_two_periods_is_told(world: Consolidating) -> None:
    merge(world)

    found = later(world, "ct=BC07&hang=dv&cot=ky&toi=stat:2010-Q3")

    assert [(one.period.code, "01/07/2010" in one.words) for one in found.breaks] == [("2010-Q3", True)]
    assert {"Huyện Sơn Hợp", "Huyện Bắc Sơn (cũ)"} <= set(written(found))
    assert written(found)["Huyện Bắc Sơn (cũ)"][-1] == "x"


def test_past_figures_stand_in_for_periods_without_reports(world: Consolidating) -> None:
    earlier = Q3.previous()
    past = open_collection(code="past", name="Sổ cũ", kind="import", actor=SETTING_UP, at=NOW)
    rows = [NewFact("BC07", world.unit(name), earlier, Decimal(7)) for name in ("D1", "D2")]
    accept_facts(collection_id=past.pk, rows=rows, source=Subject("history.sheet", 1), actor=SETTING_UP, at=NOW)

    found = pivot(world, f"ct=BC07&hang=dv&cot=ky&tu={earlier}")
    first = found.slot(found.rows[0], found.columns[0])

    assert written(found)["Tỉnh Sơn Lâm"] == ["14", "30", "23"]
    assert (first.is_past, first.href) == (True, "")
    assert found.columns[0].note == "số lịch sử"
    assert "chưa đối chiếu" in found.breaks[0].words


def test_a_year_of_two_sources_has_no_figure(world: Consolidating) -> None:
    first = Q3.previous().previous()
    past = open_collection(code="past", name="Sổ cũ", kind="import", actor=SETTING_UP, at=NOW)
    rows = [NewFact("BC15", world.unit("D1"), first, Decimal(7))]
    accept_facts(collection_id=past.pk, rows=rows, source=Subject("history.sheet", 1), actor=SETTING_UP, at=NOW)

    found = pivot(world, f"ct=BC15&hang=dv&cot=ky&gop=nam&tu={first}")

    assert {found.slot(row, found.columns[0]).reason for row in found.rows} == {"not_computable"}


@pytest.mark.parametrize("is_asked_of_all", [True, False])
def test_a_country_has_its_provinces_from_their_sums_where_all_are_asked(
    world: Consolidating, *, is_asked_of_all: bool
) -> None:
    here = world.here
    country = a_unit("country", "VN", "Việt Nam", "nước")
    UnitVersion.objects.filter(unit=here.world.units["P"]).update(parent=country)
    a_unit("district", "931", "Đông", "huyện", a_unit("province", "93", "Hà Bắc", "tỉnh", country))
    rebuild_derived(NOW.date())
    Mandate.objects.filter(organisation=here.world.organisations["so"], unit=here.world.units["P"]).update(unit=country)
    here.schedule.unit = country
    here.schedule.save(update_fields=["unit"])
    if is_asked_of_all:  # nobody was told to owe the period: every district is taken to
        Obligation.objects.filter(period=str(Q4)).update(period="stat:2010-Q4")
    query = f"bieu={FORM}&dia_ban=VN&toi={Q4}&tu={Q4}&ct=BC07&ct=VT25&theo={Grain.PROVINCES}"

    from_sums = pivot_of(choice_of(here.actor("director"), QueryDict(query)))
    from_facts = pivot_of(choice_of(here.actor("director"), QueryDict(f"{query}&den={NOW.date()}")))

    assert from_sums.is_from_sums is is_asked_of_all
    assert not from_facts.is_from_sums
    assert rows_said(from_sums) == rows_said(from_facts)
    assert [row[0] for row in written(from_sums).values()] == (["23", "…", "23"] if is_asked_of_all else ["23", "23"])


def rows_said(found: Pivot) -> list[list[tuple[str, str]]]:
    return [[(cell.shown, cell.coverage) for cell in row.cells] for row in rows_of(found)]
