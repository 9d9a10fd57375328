"""What was taken in from a sheet is taken back whole, and what stood before stands again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.facts.models import Collection
from diaban.foundation.facts.services import check_rollups
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World
from diaban.work.history import services
from diaban.work.history.models import COLLECTION, HistorySheet
from diaban.work.history.services import NotWithdrawn, withdraw_sheet
from diaban.work.history.tests.sheets import NOW, TODAY, Cell, a_ground, workbook
from diaban.work.history.tests.test_importing import BY_DISTRICT, bring, current, take

pytestmark = pytest.mark.django_db
CORRECTED: list[list[Cell]] = [*BY_DISTRICT[:4], [2, "Nam Sơn", 21, "-"], [None, "Tổng cộng", 1255, 0]]
FIRST_QUARTER = ("922", "BC15", "stat:2024-Q1")


def withdraw(world: World, sheet: HistorySheet, reason: str = "Nhầm năm", later: int = 1) -> tuple[int, int]:
    found = withdraw_sheet(
        sheet_id=sheet.pk, reason=reason, actor=world.actor("specialist", TODAY), at=NOW + timedelta(minutes=later)
    )
    return found.gone, found.restored


def test_all_that_a_sheet_brought_is_gone_and_what_it_replaced_stands_again() -> None:
    world = a_ground()
    take(world, bring(world, workbook(BY_DISTRICT)))
    before = current()
    newer = bring(world, workbook(CORRECTED))
    take(world, newer)

    assert withdraw(world, newer) == (1, 1)

    assert current() == before
    assert check_rollups().different == 0
    newer.refresh_from_db()
    assert (newer.is_taken, newer.is_withdrawn, newer.withdrawn_reason) == (False, True, "Nhầm năm")
    assert Entry.objects.filter(verb="history.withdrawn", subject_id=newer.pk).exists()


def test_what_was_taken_back_itself_never_comes_back() -> None:
    world = a_ground()
    older, newer = bring(world, workbook(BY_DISTRICT)), bring(world, workbook(CORRECTED))
    take(world, older)
    take(world, newer)

    assert withdraw(world, older) == (3, 0)
    assert current() == {FIRST_QUARTER: (Decimal(21), "")}
    assert withdraw(world, newer, later=2) == (1, 0)

    assert current() == {}
    assert check_rollups().different == 0


def test_a_sheet_that_was_taken_back_may_be_taken_in_again() -> None:
    world = a_ground()
    sheet = bring(world, workbook(BY_DISTRICT))
    take(world, sheet)
    before = current()
    withdraw(world, sheet)

    assert take(world, sheet) == 4

    assert current() == before


def test_nothing_is_taken_back_without_a_reason_or_before_it_was_taken_in_or_by_others() -> None:
    world = a_ground()
    sheet = bring(world, workbook(BY_DISTRICT))
    with pytest.raises(NotWithdrawn):
        withdraw(world, sheet)
    take(world, sheet)

    with pytest.raises(NotWithdrawn):
        withdraw(world, sheet, reason=" ")
    with pytest.raises(NotPermitted):
        withdraw_sheet(sheet_id=sheet.pk, reason="x", actor=world.actor("auditor", TODAY), at=NOW)

    assert len(current()) == 4


def test_what_a_report_took_from_it_keeps_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    world = a_ground()
    sheet = bring(world, workbook(BY_DISTRICT))
    take(world, sheet)
    asked: list[set[tuple[int, str, str]]] = []

    def resting(collection_id: int, places: set[tuple[int, str, str]]) -> list[tuple[object, None]]:
        asked.append(places)
        choice = type("Choice", (), {"report": "Báo cáo quý I", "label": "Thư", "pk": 1})()
        return [(choice, None)]

    monkeypatch.setattr(services, "resting_on", resting)
    page = world.client("specialist").post(
        reverse("history:withdraw", kwargs={"uid": sheet.uid}), {"reason": "Nhầm"}, follow=True
    )

    assert "Báo cáo quý I đang lấy số “Thư”" in page.content.decode()
    assert (world.units["D2"].pk, "stat:2024-Q1", "BC15") in asked[0]
    assert len(current()) == 4
    assert Collection.objects.get(code=COLLECTION).deliveries.filter(source_id=subject_of(sheet).id).count() == 1
