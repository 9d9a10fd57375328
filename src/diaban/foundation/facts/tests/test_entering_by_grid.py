"""Base figures and plans of a year typed into a grid, or brought by workbook."""

import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.facts.consolidation import consolidate
from diaban.foundation.facts.models import Fact, Plan
from diaban.foundation.facts.services import enter_base, set_plans
from diaban.foundation.facts.tests.figures import NOW, QUARTER, base, collection, indicators
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world

BASE, PLANS = reverse("facts:base_figures"), reverse("facts:plans")


@pytest.fixture
def world(db: None) -> World:
    world = a_world()
    collection()
    return world


def cell(world: World, unit: str, code: str) -> str:
    return f"{world.units[unit].uid}__{code}"


def seen(client: Client, address: str) -> str:
    found = re.search(r'name="truoc" value="([^"]*)"', client.get(address).content.decode())
    assert found
    return unescape(found[1])


def base_of(world: World, unit: str, code: str) -> list[Decimal | None]:
    facts = Fact.objects.filter(unit=world.units[unit], indicator__code=code, superseded_at=None)
    return list(facts.values_list("value", flat=True))


def test_only_what_was_changed_is_entered(world: World) -> None:
    base(world.units["D1"].pk, 2026, {"DB01": 58000})
    client, address = world.client("specialist"), f"{BASE}?nam=2026"

    client.post(address, {"truoc": seen(client, address), cell(world, "D2", "DB01"): "41.500"})

    assert base_of(world, "D2", "DB01") == [Decimal(41500)]
    assert Fact.objects.filter(unit=world.units["D1"]).count() == 1
    assert Entry.objects.filter(verb="facts.base_entered").latest("pk").changes["figures"] == [None, 1]


def test_a_wrong_cell_is_told_and_nothing_is_entered(world: World) -> None:
    client, address = world.client("specialist"), f"{BASE}?nam=2026"
    typed = {cell(world, "D1", "DB01"): "58.000", cell(world, "D2", "DB01"): "nhiều"}

    answer = client.post(address, {"truoc": seen(client, address), **typed})

    assert answer.status_code == 422
    assert "không phải là số" in answer.content.decode()
    assert 'value="58.000"' in answer.content.decode()
    assert base_of(world, "D1", "DB01") == []


def test_what_someone_else_wrote_meanwhile_is_not_overwritten(world: World) -> None:
    client, address = world.client("specialist"), f"{BASE}?nam=2026"
    before = seen(client, address)
    base(world.units["D1"].pk, 2026, {"DB01": 60000})

    answer = client.post(address, {"truoc": before, cell(world, "D1", "DB01"): "58.000"})

    assert answer.status_code == 422
    assert "60.000" in answer.content.decode()
    assert base_of(world, "D1", "DB01") == [Decimal(60000)]


def test_the_workbook_comes_back_filled(world: World) -> None:
    client, address = world.client("specialist"), f"{BASE}?nam=2026"
    sent = client.get(reverse("facts:base_workbook"), {"nam": "2026"})
    book = load_workbook(BytesIO(sent.content))
    sheet = book.worksheets[0]
    assert [sheet.cell(4, 1).value, sheet.cell(5, 2).value] == ["921", "Huyện Nam Sơn"]
    sheet.cell(4, 3).value, sheet.cell(5, 3).value = 58000, 41500
    filled = BytesIO()
    book.save(filled)

    client.post(address, {"nop_tep": "1", "workbook": SimpleUploadedFile("bieu.xlsx", filled.getvalue())})

    assert (base_of(world, "D1", "DB01"), base_of(world, "D2", "DB01")) == ([Decimal(58000)], [Decimal(41500)])


def test_another_workbook_is_refused_with_a_sentence(world: World) -> None:
    client = world.client("specialist")

    answer = client.post(BASE, {"nop_tep": "1", "workbook": SimpleUploadedFile("bieu.xlsx", b"PK nothing")})

    assert answer.status_code == 422


def test_a_plan_of_the_province_fills_the_column_of_the_consolidation(world: World) -> None:
    client, address = world.client("province_leader"), f"{PLANS}?nam=2026&linh_vuc=post"
    typed = {"can_cu": "QĐ 15/QĐ-UBND", cell(world, "P", "BC14"): "12.000"}

    answer = client.post(address, {"truoc": seen(client, address), **typed})

    province = world.units["P"].pk
    found = consolidate(
        collection_id=collection().pk,
        indicators=indicators("BC14"),
        unit_id=province,
        period=QUARTER,
        expected_unit_ids={world.units["D1"].pk, world.units["D2"].pk},
    )
    assert answer.status_code == 302
    assert found.rows[0].plan == Decimal(12000)
    assert Plan.objects.get(unit=province).basis == "QĐ 15/QĐ-UBND"
    assert Entry.objects.filter(verb="facts.plan_set").count() == 1


def test_a_plan_needs_the_paper_it_was_given_by(world: World) -> None:
    client, address = world.client("province_leader"), f"{PLANS}?nam=2026&linh_vuc=post"

    answer = client.post(address, {"truoc": seen(client, address), cell(world, "P", "BC14"): "12.000"})

    assert answer.status_code == 422
    assert not Plan.objects.exists()


def test_figures_of_units_elsewhere_are_refused(world: World) -> None:
    elsewhere = [(world.units["D2"].pk, "BC14", Decimal(1))]

    with pytest.raises(NotPermitted):
        set_plans(year=2026, figures=elsewhere, basis="QĐ", actor=world.actor("district_leader"), at=NOW)
    with pytest.raises(NotPermitted):
        enter_base(year=2026, figures=elsewhere, actor=world.actor("district_leader"), at=NOW)


def test_a_page_that_was_tampered_with_is_not_trusted(world: World) -> None:
    client = world.client("specialist")

    answer = client.post(f"{BASE}?nam=2026", {"truoc": json.dumps([1]), cell(world, "C11", "DB01"): "5"})

    assert answer.status_code == 302
    assert base_of(world, "C11", "DB01") == []


def test_a_figure_that_was_seen_and_blanked_is_taken_away_by_a_newer_version(world: World) -> None:
    unit = world.units["D1"].pk
    actor = world.actor("specialist", QUARTER.last_day)
    enter_base(year=2026, figures=[(unit, "DB01", Decimal(5000))], actor=actor, at=NOW)
    client = world.client("specialist")
    address = f"{BASE}?nam=2026"

    client.post(address, {"truoc": seen(client, address), cell(world, "D1", "DB01"): ""})

    current = Fact.objects.get(unit=unit, indicator__code="DB01", superseded_at=None)
    assert (current.value, current.reason, current.version) == (None, "not_collected", 2)
    assert Entry.objects.filter(verb="facts.base_entered").count() == 2


def test_a_plan_is_taken_away_by_its_paper_and_its_versions_stay(world: World) -> None:
    unit, actor = world.units["D1"].pk, world.actor("province_leader", QUARTER.last_day)
    code = "BC14"
    set_plans(year=2026, figures=[(unit, code, Decimal(50))], basis="QĐ 1", actor=actor, at=NOW)

    set_plans(year=2026, figures=[(unit, code, None)], basis="QĐ 2", actor=actor, at=NOW)

    assert not Plan.objects.filter(unit=unit).exists()
    assert list(Plan.given.get(unit=unit).versions.values_list("value", "basis")) == [(50, "QĐ 1"), (None, "QĐ 2")]

    set_plans(year=2026, figures=[(unit, code, Decimal(40))], basis="QĐ 3", actor=actor, at=NOW)
    assert Plan.objects.get(unit=unit).value == 40
