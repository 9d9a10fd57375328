"""A file of figures is tried first, taken in whole or not at all, once; and what is given out comes back the same."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from diaban.faces.cli import facts
from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.facts.accepting import NewFact
from diaban.foundation.facts.models import Collection, CollectionKind, Fact
from diaban.foundation.facts.services import accept_facts, open_collection
from diaban.foundation.facts.tests.figures import SETTING_UP, a_catalogue
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.lib.periods import Calendar, Period
from diaban.lib.workbooks import Column, write_table
from diaban.work.exchange import queries
from diaban.work.exchange.examining import Dry, Verdict, examine
from diaban.work.exchange.models import FactImport
from diaban.work.exchange.reading import NotReadable, read_lines
from diaban.work.exchange.services import NotForImports, NotTaken, bring_file, take_in
from diaban.work.exchange.writing import as_file

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 20, 3, tzinfo=UTC)
Q1 = Period.parse("stat:2026-Q1")
HEAD = "period,unit,indicator,category,contributor,value,reason,estimated"
GOOD = f"""{HEAD}
2026-Q1,921,BC07,,,23,,
2026-Q1,921,BC07,level_1,,1,,
nd09:2026-Q1,92101,BC02,vnpost,,1234.5,,1
2026-Q1,922,BC07,,,,not_collected,
"""


@pytest.fixture
def world() -> World:
    found = a_world()
    a_catalogue()
    return found


def brought(world: World, content: str | bytes, by: str = "specialist", code: str = "nguon-khac") -> FactImport:
    raw = content.encode() if isinstance(content, str) else content
    return bring_file(
        content=raw, file_name="so.csv", collection=code, collection_name="Nguồn khác", actor=world.actor(by), at=NOW
    ).imported


def taken(world: World, content: str | bytes) -> Dry:
    return take_in(import_id=brought(world, content).pk, actor=world.actor("specialist"), at=NOW)


def standing(code: str = "nguon-khac") -> set[tuple[object, ...]]:
    names = ("period__code", "unit__versions__code", "indicator__code", "category__key", "contributor_id", "value", "reason", "is_estimated")  # fmt: skip
    return set(Fact.objects.filter(collection__code=code, superseded_at=None).values_list(*names))


def refusals(world: World, rows: Sequence[str], by: str = "specialist") -> list[str]:
    content = "\n".join([HEAD, *rows]).encode()
    dry = examine(read_lines(content, Calendar.STATISTICAL), "nguon-khac", world.actor(by))
    return [one.why for one in dry.outcomes if one.verdict is Verdict.REFUSED]


def test_a_file_is_tried_then_taken_in_once_with_its_journal(world: World) -> None:
    one = brought(world, GOOD)
    tried = queries.examined(one, world.actor("specialist")).counts

    before = Fact.objects.count()
    take_in(import_id=one.pk, actor=world.actor("specialist"), at=NOW)
    again = take_in(import_id=one.pk, actor=world.actor("specialist"), at=NOW)

    assert tried == {"added": 4, "changed": 0, "same": 0, "refused": 0}
    assert before == 0
    assert Fact.objects.count() == 4
    assert (
        "nd09:2026-Q1",
        "92101",
        "BC02",
        "postal_enterprise=vnpost",
        None,
        Decimal("1234.5"),
        "",
        True,
    ) in standing()
    assert ("stat:2026-Q1", "922", "BC07", "", None, None, "not_collected", False) in standing()
    assert again.counts == {"added": 0, "changed": 0, "same": 4, "refused": 0}
    assert Collection.objects.get(code="nguon-khac").kind == CollectionKind.IMPORT
    verbs = list(Entry.objects.filter(subject_kind="exchange.import").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["exchange.brought", "exchange.taken_in"]


def test_the_same_file_is_the_import_that_is_there(world: World) -> None:
    assert brought(world, GOOD) == brought(world, GOOD)
    assert brought(world, GOOD + "\n") != brought(world, GOOD)


def test_a_later_file_changes_what_it_says_otherwise_and_nothing_else(world: World) -> None:
    taken(world, GOOD)

    found = taken(world, GOOD.replace("BC07,,,23", "BC07,,,24"))

    assert found.counts == {"added": 0, "changed": 1, "same": 3, "refused": 0}
    [change] = queries.shown(found.of(Verdict.CHANGED))
    assert (change.before, change.after) == ("23", "24")
    assert Fact.objects.filter(superseded_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-Q9,921,BC07,,,1,,", "kỳ"),
        ("2027-Q1,921,BC07,,,1,,", "chưa bắt đầu"),
        ("2026-Q1,999,BC07,,,1,,", "Không có đơn vị mang mã “999”"),
        ("2026-Q1,921,XX99,,,1,,", "Không có chỉ tiêu “XX99”"),
        ("2026-Q1,921,VT19,,,1,,", "tính tự động"),
        ("2026-Q1,921,BC07,lạ,,1,,", "không có phân tổ “lạ”"),
        ('2026-Q1,921,BC07,,,"1.234,5",,', "dấu chấm thập phân"),
        ("2026-Q1,921,BC07,,,1.923,,", "số nguyên"),
        ("2026-Q1,921,BC07,,,-1,,", "nhỏ hơn 0"),
        ("2026-Q1,921,BC07,,,,,", "cũng không có lý do"),
        ("2026-Q1,921,BC07,,,3,refused,", "Đã có giá trị"),
        ("2026-Q1,921,BC07,,,3,none_occurred,", "thì giá trị là 0"),
        ("2026-Q1,921,BC07,,,,vì bận,", "Không có lý do “vì bận”"),
        ("2026-Q1,921,BC07,,,3,,chắc", "Số ước"),
        ("2026-Q1,921,BC07,,ai-do,3,,", "cơ quan cung cấp mang mã “ai-do”"),
    ],
)
def test_a_row_that_is_no_figure_is_refused_with_the_reason(world: World, row: str, why: str) -> None:
    found = refusals(world, [row, "2026-Q1,922,BC07,,,1,,"])

    assert len(found) == 1
    assert why in found[0]


def test_of_an_indicator_before_its_time_only_that_it_does_not_apply_is_taken(world: World) -> None:
    found = refusals(world, ["2009-Q3,921,VT08,,,,not_applicable,", "2009-Q3,922,VT08,,,5,,"])

    assert found == ["Chỉ tiêu VT08 không dùng vào ngày 30/09/2009."]


def test_two_figures_of_one_cell_are_refused(world: World) -> None:
    uid = world.organisations["vnpt"].uid
    rows = ["2026-Q1,921,BC07,,,1,,", "2026-Q1,921,BC07,,,1,,", f"2026-Q1,921,BC07,,{uid},1,,"]

    assert [why.split(":")[0] for why in refusals(world, rows)] == [
        "Trùng với dòng 2",
        "Cùng một ô vừa có số của đơn vị vừa có số của cơ quan cung cấp",
    ]


def test_one_refused_row_keeps_the_whole_file_out(world: World) -> None:
    with pytest.raises(NotTaken) as refusal:
        taken(world, GOOD + "2026-Q1,921,XX99,,,1,,\n")

    assert [one.line.place for one in refusal.value.refused] == ["dòng 6"]
    assert Fact.objects.count() == 0


def test_figures_outside_the_mandate_are_refused_row_by_row(world: World) -> None:
    ahead = "2026-Q1,921,BC07,,,1,,"

    assert refusals(world, [ahead]) == []
    assert "ngoài lĩnh vực, địa bàn" in refusals(world, [ahead], by="district_officer")[0]
    for persona in ("district_officer", "enterprise", "clerk", "auditor", "unit_admin"):
        with pytest.raises(NotPermitted):
            brought(world, GOOD, by=persona)


def test_only_the_office_that_brought_it_takes_it_in(world: World) -> None:
    one = brought(world, GOOD)

    with pytest.raises(NotPermitted):
        take_in(import_id=one.pk, actor=SETTING_UP, at=NOW)


def test_a_form_s_collection_takes_no_files(world: World) -> None:
    open_collection(code="bieu", name="Biểu", kind=CollectionKind.FORM, actor=SETTING_UP, at=NOW)

    with pytest.raises(NotForImports, match="biểu mẫu báo cáo"):
        brought(world, GOOD, code="bieu")
    with pytest.raises(NotForImports, match="ghi tên"):
        bring_file(
            content=GOOD.encode(), file_name="x", collection="moi", actor=world.actor("specialist"), at=NOW
        )  # fmt: skip


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b'{"dataValues": 1}', b'{"x', b"\x00\x01", b'{"dataValues": [], "orgUnitIdScheme": "uid"}'])  # fmt: skip
def test_what_is_no_file_of_figures_is_refused(content: bytes) -> None:
    with pytest.raises(NotReadable):
        read_lines(content, Calendar.STATISTICAL)


def test_a_workbook_filled_by_people_is_read_as_people_write(world: World) -> None:
    stream = BytesIO()
    columns = [Column("Kỳ"), Column("Mã đơn vị"), Column("Mã chỉ tiêu"), Column("Phân tổ"), Column("Giá trị"), Column("Ghi chú")]  # fmt: skip
    rows = [["2026-Q1", "921", "BC02", "vnpost", "1.234,5", "a"], ["2026-Q1", "922", "BC07", "", "-", ""]]
    write_table(stream, title="Bảng của xã", columns=columns, rows=rows)

    found = taken(world, stream.getvalue())

    assert found.counts["refused"] == 0
    assert found.strange == ("Ghi chú",)
    assert ("stat:2026-Q1", "921", "BC02", "postal_enterprise=vnpost", None, Decimal("1234.5"), "", False) in standing()
    assert ("stat:2026-Q1", "922", "BC07", "", None, Decimal(0), "none_occurred", False) in standing()


def test_data_values_take_what_they_share_from_the_set(world: World) -> None:
    values = [
        {"dataElement": "BC07", "orgUnit": "921", "value": 23},
        {"dataElement": "BC02", "orgUnit": "922", "categoryOptionCombo": "vnpost", "value": "10.5", "comment": "estimated"},
        {"dataElement": "BC07", "orgUnit": "922", "value": "1", "deleted": True},
        {"dataElement": "BC07", "orgUnit": "922", "period": "2026W1", "value": "1"},
    ]  # fmt: skip
    read = read_lines(json.dumps({"period": "2026Q1", "dataValues": values}).encode(), Calendar.STATISTICAL)

    dry = examine(read, "nguon-khac", world.actor("specialist"))

    assert [one.verdict for one in dry.outcomes] == [Verdict.ADDED, Verdict.ADDED, Verdict.REFUSED, Verdict.REFUSED]
    assert [one.line.place for one in dry.refused] == ["dataValues[2]", "dataValues[3]"]
    assert "không xóa được" in dry.refused[0].why
    assert "2026W1" in dry.refused[1].why


@pytest.mark.parametrize("kind", ["csv", "xlsx", "dhis2"])
def test_what_is_given_out_comes_back_the_same(world: World, kind: str) -> None:
    source = open_collection(code="goc", name="Gốc", kind=CollectionKind.IMPORT, actor=SETTING_UP, at=NOW)
    d1, c11, vnpt = world.units["D1"].pk, world.units["C11"].pk, world.organisations["vnpt"].pk
    facts = [
        NewFact("BC07", d1, Q1, Decimal(23)),
        NewFact("BC07", d1, Q1, Decimal(1), "postal_point_type=level_1"),
        NewFact("BC02", c11, Q1, Decimal("1234.5678"), "postal_enterprise=vnpost", is_estimated=True),
        NewFact("BC07", c11, Q1, Decimal(4), contributor_id=vnpt),
    ]
    if kind != "dhis2":
        facts += [
            NewFact("BC02", d1, Q1, None, reason="refused"),
            NewFact("BC02", c11, Q1, Decimal(0), reason="none_occurred"),
        ]
    accept_facts(collection_id=source.pk, rows=facts, source=Subject("exchange.import", 1), actor=SETTING_UP, at=NOW)
    actor = world.actor("specialist")

    content = as_file(source, queries.rows_of(queries.facts_of(actor, source)), kind)
    found = taken(world, content)

    assert found.counts == {"added": len(facts), "changed": 0, "same": 0, "refused": 0}
    assert standing() == standing("goc")


def test_one_takes_away_only_what_one_may_see(world: World) -> None:
    taken(world, GOOD)
    collection = Collection.objects.get(code="nguon-khac")

    def seen(persona: str, **more: object) -> int:
        return len(queries.rows_of(queries.facts_of(world.actor(persona), collection, **more)))  # type: ignore[arg-type] # keywords by name

    assert seen("specialist") == seen("province_leader") == seen("auditor") == 4
    assert seen("specialist", periods=[Q1]) == 3
    assert seen("specialist", under=world.units["D1"].pk) == 3
    assert seen("district_officer") == 3
    assert seen("commune_leader") == 1
    assert seen("enterprise") == seen("party_observer") == seen("unit_admin") == 0


def test_the_command_tries_takes_in_and_gives_out(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("diaban.faces.cli.users.actor_named", lambda _name: world.actor("specialist"))
    file = tmp_path / "so.csv"
    parser = ArgumentParser()
    facts.add_parser(parser.add_subparsers())

    def does(*words: str) -> tuple[int, bytes]:
        code = facts.run(parser.parse_args(["facts", *words, "--as", "chuyenvien"]))
        return code, capfdbinary.readouterr().out

    file.write_text(GOOD + "2026-Q1,999,BC07,,,1,,\n")
    refused = does("import", str(file), "--collection", "khac", "--name", "Khác")
    file.write_text(GOOD)
    tried = does("import", str(file), "--collection", "khac", "--name", "Khác", "--dry", "--json")
    done = does("import", str(file), "--collection", "khac", "--name", "Khác", "--json")
    given = does("export", "--collection", "khac", "--period", "stat:2026-Q1", "--unit", "921")

    assert refused[0] == 1
    assert "KHÔNG NHẬN dòng 6" in refused[1].decode()
    assert [json.loads(one[1])["taken_in"] for one in (tried, done)] == [False, True]
    assert len(standing("khac")) == 4
    assert len(given[1].splitlines()) == 1 + 2
    assert does("export", "--collection", "khong-co")[0] == 1
