"""Facts come in, take the place of what was current, and are never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from diaban.foundation.facts.accepting import NewFact, NotAFact
from diaban.foundation.facts.models import Delivery, Fact
from diaban.foundation.facts.services import accept_facts
from diaban.foundation.facts.tests.figures import LATER, NOW, QUARTER, SETTING_UP, SOURCE, Reporter, collection
from diaban.foundation.facts.tests.sheets import seen
from diaban.foundation.mandates.tests.personas import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def reporter() -> Reporter:
    return Reporter(collection().pk)


def test_a_correction_supersedes_and_counts_up(world: World, reporter: Reporter) -> None:
    commune = world.units["C11"].pk

    first = reporter.report(commune, {"BC07": 5, "BC07__level_1": 1})
    second = reporter.report(commune, {"BC07": 6}, at=LATER)

    assert (first.accepted, first.superseded) == (2, 0)
    assert (second.accepted, second.superseded) == (1, 1)
    versions = Fact.objects.filter(indicator__code="BC07", category__key="").order_by("version")
    assert [seen(fact.version, fact.value, fact.superseded_at) for fact in versions] == [(1, 5, LATER), (2, 6, None)]


def test_a_reason_stands_for_no_value_and_zero_is_a_value(world: World, reporter: Reporter) -> None:
    commune = world.units["C11"].pk

    reporter.report(commune, {"BC02": "refused", "BC03": "not_collected", "QL05a": 0})

    given = Fact.objects.values_list("indicator__code", "value", "reason").order_by("indicator__code")
    assert list(given) == [("BC02", None, "refused"), ("BC03", None, "not_collected"), ("QL05a", Decimal(0), "")]


@pytest.mark.parametrize(
    "fact",
    [
        {"indicator": "BC09", "value": Decimal(50)},
        {"indicator": "XX99", "value": Decimal(1)},
        {"indicator": "BC07", "value": None},
        {"indicator": "BC07", "value": None, "reason": "lost"},
        {"indicator": "BC07", "value": Decimal(1), "reason": "none_occurred"},
        {"indicator": "BC07", "value": Decimal("0.123456789")},
        {"indicator": "BC07", "value": Decimal("1e18")},
        {"indicator": "BC07", "value": Decimal("NaN")},
    ],
)
def test_what_cannot_be_a_fact_is_refused(world: World, reporter: Reporter, fact: dict[str, object]) -> None:
    row = NewFact(unit_id=world.units["C11"].pk, period=QUARTER, **fact)  # type: ignore[arg-type] # wrong on purpose

    with pytest.raises(NotAFact), transaction.atomic():
        accept_facts(collection_id=reporter.collection_id, rows=[row], source=SOURCE, actor=SETTING_UP, at=NOW)

    assert not Fact.objects.exists()
    assert not Delivery.objects.exists()


def test_one_cell_takes_one_figure(world: World, reporter: Reporter) -> None:
    row = NewFact("BC07", world.units["C11"].pk, QUARTER, Decimal(1))

    with pytest.raises(NotAFact, match="hai số liệu"), transaction.atomic():
        accept_facts(collection_id=reporter.collection_id, rows=[row, row], source=SOURCE, actor=SETTING_UP, at=NOW)


def test_a_units_own_figure_takes_the_place_of_its_contributors(world: World, reporter: Reporter) -> None:
    commune, enterprises = world.units["C11"].pk, [world.organisations[name].pk for name in ("vnpt", "viettel")]
    for enterprise in enterprises:
        reporter.report(commune, {"VT05": 100}, contributor_id=enterprise)

    both = Fact.objects.filter(superseded_at=None).count()
    own = reporter.report(commune, {"VT05": 190}, at=LATER)

    assert both == 2
    assert own.superseded == 2
    assert Fact.objects.get(superseded_at=None).version == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts_fact SET value = value + 1",
        "UPDATE facts_fact SET superseded_at = now(), value = 9",
        "UPDATE facts_fact SET accepted_at = now()",
        "DELETE FROM facts_fact",
        "UPDATE facts_delivery SET source_id = 2",
        "DELETE FROM facts_delivery",
    ],
)
def test_the_database_refuses_to_change_a_fact(world: World, reporter: Reporter, statement: str) -> None:
    reporter.report(world.units["C11"].pk, {"BC07": 5})

    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["facts_fact", "facts_delivery"])
def test_the_tables_are_never_emptied(table: str) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_a_superseded_fact_is_not_superseded_again(world: World, reporter: Reporter) -> None:
    reporter.report(world.units["C11"].pk, {"BC07": 5})
    reporter.report(world.units["C11"].pk, {"BC07": 6}, at=LATER)

    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Fact.objects.filter(version=1).update(superseded_at=None)


def test_what_was_known_by_the_end_of_a_day_can_be_read_again(world: World, reporter: Reporter) -> None:
    commune = world.units["C11"].pk
    reporter.report(commune, {"BC07": 5}, at=NOW)
    reporter.report(commune, {"BC07": 6}, at=LATER)

    days = {
        day: reporter.total(commune, "BC07", expected={commune}, as_of=date(2026, 3, day)) for day in (15, 16, 19, 20)
    }

    assert [days[day].row("BC07").value for day in (15, 16, 19, 20)] == [None, 5, 5, 6]


def test_of_two_acts_at_once_the_one_that_comes_second_holds(world: World, reporter: Reporter) -> None:
    commune = world.units["C11"].pk
    reporter.report(commune, {"BC07": 5}, at=LATER)

    reporter.report(commune, {"BC07": 6}, at=NOW)

    for day in (16, 20):
        assert reporter.total(commune, "BC07", expected={commune}, as_of=date(2026, 3, day)).row("BC07").value == 6
