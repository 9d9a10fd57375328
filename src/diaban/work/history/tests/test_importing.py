"""Sheets of past figures are taken in whole or not at all, and nothing in them is guessed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.facts.models import CollectionKind, Fact, Indicator
from diaban.foundation.files.models import File
from diaban.foundation.mandates.tests.personas import World
from diaban.work.history.matching import FIGURES, LEAVE_OUT, SKIPPED, Answer, Match, Matching
from diaban.work.history.models import COLLECTION, HistorySheet
from diaban.work.history.queries import opened
from diaban.work.history.services import NotTaken, bring_sheet, match_sheet, take_in
from diaban.work.history.tests.sheets import NOW, TODAY, Cell, a_ground, text_table, workbook

pytestmark = pytest.mark.django_db

BY_DISTRICT: list[list[Cell]] = [
    ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
    ["BC15 THEO HUYỆN NĂM 2024"],
    ["TT", "Huyện", "Quý I", "Quý II"],
    [1, "Bắc Sơn", "1.234", "…"],
    [2, "H. Nam sơn", 20, "-"],
    [None, "Tổng cộng", 1254, 0],
]
BY_COMMUNE: list[list[Cell]] = [
    ["Xã", "BC15 Quý I/2025"],
    ["Huyện Bắc Sơn", None],
    ["Đông Hà", 1],
    ["Tân Tiến", 2],
    ["Huyện Nam Sơn", None],
    ["Xã Tân Tiến", 3],
    ["TT. Hạ Giang", 4],
]


def bring(world: World, content: bytes, name: str = "so-lieu.xlsx") -> HistorySheet:
    ground = world.units["P"].pk
    actor = world.actor("specialist", TODAY)
    return bring_sheet(content=content, file_name=name, unit_id=ground, actor=actor, at=NOW).sheet


def rematched(world: World, sheet: HistorySheet, **changes: object) -> HistorySheet:
    matching = replace(Matching.from_json(sheet.matching), **changes)  # type: ignore[arg-type]  # any of its fields
    return match_sheet(sheet_id=sheet.pk, matching=matching, actor=world.actor("specialist", TODAY), at=NOW)


def take(world: World, sheet: HistorySheet) -> int:
    return len(take_in(sheet_id=sheet.pk, actor=world.actor("specialist", TODAY), at=NOW).to_take)


def current() -> dict[tuple[str, str, str], tuple[Decimal | None, str]]:
    facts = Fact.objects.filter(superseded_at=None, collection__code=COLLECTION).order_by("pk")
    rows = facts.values_list("unit__versions__code", "indicator__code", "period__code", "value", "reason")
    return {(unit, code, period): (value, reason) for unit, code, period, value, reason in rows}


@pytest.mark.parametrize("csv", [False, True])
def test_a_sheet_becomes_facts_of_past_figures_with_its_file_kept(csv: bool) -> None:
    world = a_ground()
    sheet = bring(world, text_table(BY_DISTRICT) if csv else workbook(BY_DISTRICT), "cu.csv" if csv else "cu.xlsx")

    assert take(world, sheet) == 4

    assert current() == {
        ("921", "BC15", "stat:2024-Q1"): (Decimal(1234), ""),
        ("921", "BC15", "stat:2024-Q2"): (None, "not_collected"),
        ("922", "BC15", "stat:2024-Q1"): (Decimal(20), ""),
        ("922", "BC15", "stat:2024-Q2"): (Decimal(0), "none_occurred"),
    }
    assert Fact.objects.filter(collection__code=COLLECTION)[0].collection.kind == CollectionKind.IMPORT
    assert File.objects.get(subject_kind="history.sheet", subject_id=sheet.pk).title.startswith("cu.")


def test_the_same_file_again_changes_nothing() -> None:
    world = a_ground()
    content = workbook(BY_DISTRICT)
    take(world, bring(world, content))

    again = bring(world, content)

    assert take(world, again) == 0
    assert (HistorySheet.objects.count(), Fact.objects.filter(collection__code=COLLECTION).count()) == (1, 4)


def test_a_corrected_file_supersedes_what_it_says_otherwise_and_nothing_else() -> None:
    world = a_ground()
    take(world, bring(world, workbook(BY_DISTRICT)))
    corrected: list[list[Cell]] = [*BY_DISTRICT[:4], [2, "Nam Sơn", 21, "-"], [None, "Tổng cộng", 1255, 0]]

    assert take(world, bring(world, workbook(corrected))) == 1

    assert current()["922", "BC15", "stat:2024-Q1"] == (Decimal(21), "")
    assert Fact.objects.filter(collection__code=COLLECTION).exclude(superseded_at=None).count() == 1


def test_communes_of_one_name_are_told_apart_by_the_district_above_them() -> None:
    world = a_ground()

    take(world, rematched(world, bring(world, workbook(BY_COMMUNE)), level="commune"))

    assert {unit: value for (unit, _code, _period), (value, _reason) in current().items()} == {
        "92101": 1, "92103": 2, "92203": 3, "92202": 4,
    }  # fmt: skip


def test_a_name_of_two_units_is_asked_and_nothing_is_taken_in_until_it_is_answered() -> None:
    world = a_ground()
    sheet = bring(world, workbook([["Xã", "BC15 Quý I/2025"], ["Tân Tiến", 2], ["Đông Hà", 1]]))

    with pytest.raises(NotTaken) as refusal:
        take(world, sheet)
    (question,) = opened(sheet).dry().questions

    assert [finding.place for finding in refusal.value.findings] == ["A2"]
    assert {unit.code for unit in question.candidates} == {"92103", "92203"}
    assert current() == {}
    sheet = rematched(world, sheet, rows={2: Answer("Tân Tiến", "92203")})
    assert take(world, sheet) == 2
    assert ("92203", "BC15", "stat:2025-Q1") in current()


def test_an_unknown_name_is_asked_and_may_be_left_out() -> None:
    world = a_ground()
    sheet = bring(world, workbook([["Xã", "BC15 Quý I/2025"], ["Đông Hà", 1], ["Xã Không Có", 2]]))

    with pytest.raises(NotTaken):
        take(world, sheet)

    assert take(world, rematched(world, sheet, rows={3: Answer("Xã Không Có", LEAVE_OUT)})) == 1


def test_a_name_is_looked_for_on_the_map_of_the_last_day_of_the_period() -> None:
    world = a_ground()
    sheet = bring(
        world, workbook([["Xã", "BC15 Quý II/2025", "BC15 Quý III/2025"], ["Đông Hà", 1, 1], ["Đông Tây", None, 5]])
    )

    take(world, sheet)
    early = bring(world, workbook([["Xã", "BC15 Quý II/2025"], ["Đông Hà", 1], ["Đông Tây", 5]]))

    assert current()["92111", "BC15", "stat:2025-Q3"] == (Decimal(5), "")
    assert [finding.place for finding in opened(early).dry().errors] == ["A3"]


def test_wrong_cells_are_named_and_keep_everything_out() -> None:
    world = a_ground()
    rows: list[list[Cell]] = [
        ["Huyện", "BC15 Quý I/2024", "BC15 Quý II/2024"],
        ["Bắc Sơn", "1,234.5", -3],
        ["Nam Sơn", "khoảng 20", 7],
        ["huyện Nam Sơn", 5, 5],
    ]

    with pytest.raises(NotTaken) as refusal:
        take(world, bring(world, workbook(rows)))

    assert [finding.place for finding in refusal.value.findings] == ["B2", "C2", "B3", "C4"]
    assert current() == {}


def test_a_column_nobody_decided_about_keeps_the_sheet_out() -> None:
    world = a_ground()
    sheet = bring(world, workbook([["Huyện", "BC15 Quý I/2024", "Điểm nọ"], ["Bắc Sơn", 1, 2], ["Nam Sơn", 1, 2]]))

    assert [finding.place for finding in opened(sheet).dry().errors] == ["cột C"]

    columns = {**Matching.from_json(sheet.matching).columns, 3: Match(SKIPPED)}
    assert take(world, rematched(world, sheet, columns=columns)) == 2


def test_a_total_that_its_rows_do_not_come_to_is_said_at_its_cell() -> None:
    world = a_ground()
    wrong: list[list[Cell]] = [*BY_DISTRICT[:-1], [None, "Tổng cộng", 1250, 0]]

    dry = opened(bring(world, workbook(wrong))).dry()

    assert not dry.errors
    assert [(finding.place, "1.254" in finding.message) for finding in dry.warnings] == [("C6", True)]


def test_figures_in_thousands_are_multiplied() -> None:
    world = a_ground()
    sheet = bring(world, workbook([["Huyện", "BC15 (nghìn) Quý I/2024"], ["Bắc Sơn", "1,5"], ["Nam Sơn", 2]]))

    take(world, sheet)

    assert current()["921", "BC15", "stat:2024-Q1"] == (Decimal(1500), "")


def test_periods_may_stand_in_a_column_of_their_own_and_units_as_codes() -> None:
    world = a_ground()
    rows: list[list[Cell]] = [
        ["Mã", "Đơn vị", "Kỳ", "BC15"],
        [921, "Bắc Sơn", "Quý I/2024", 1],
        [921, "Bắc Sơn", "Quý II/2024", 2],
        ["922", "(huyện mới đổi tên)", "Quý I/2024", 3],
    ]

    take(world, bring(world, workbook(rows)))

    assert {key: value for key, (value, _reason) in current().items()} == {
        ("921", "BC15", "stat:2024-Q1"): 1, ("921", "BC15", "stat:2024-Q2"): 2, ("922", "BC15", "stat:2024-Q1"): 3,
    }  # fmt: skip


def test_a_file_for_each_period_is_matched_as_the_one_before() -> None:
    world = a_ground()
    first = bring(world, workbook([["Báo cáo Quý I/2024"], ["Huyện", "Cột A"], ["Bắc Sơn", 1], ["Nam Sơn", 2]]))
    take(world, rematched(world, first, columns={2: Match(FIGURES, "BC15")}))

    second = bring(world, workbook([["Báo cáo Quý II/2024"], ["Huyện", "Cột A"], ["Bắc Sơn", 3], ["Nam Sơn", 4]]))

    assert take(world, second) == 2
    assert current()["921", "BC15", "stat:2024-Q2"] == (Decimal(3), "")


def test_computed_and_unknown_indicators_are_refused() -> None:
    world = a_ground()
    sheet = bring(world, workbook([["Huyện", "Quý I/2024"], ["Bắc Sơn", 1], ["Nam Sơn", 2]]))

    computed = Indicator.objects.filter(over_units="RATIO")[0].code
    for cell, words in ((computed, "tính tự động"), ("ZZ99", "không có chỉ tiêu")):
        dry = opened(rematched(world, sheet, columns={2: Match(FIGURES, cell, "2024-Q1")})).dry()
        assert words in dry.errors[0].message


@pytest.mark.parametrize("persona", ["clerk", "auditor", "commune_officer", "enterprise"])
def test_only_keepers_of_registers_bring_sheets(persona: str) -> None:
    world = a_ground()

    with pytest.raises(NotPermitted):
        bring_sheet(
            content=workbook(BY_DISTRICT),
            file_name="a.xlsx",
            unit_id=world.units["P"].pk,
            actor=world.actor(persona, TODAY),
            at=NOW,
        )
