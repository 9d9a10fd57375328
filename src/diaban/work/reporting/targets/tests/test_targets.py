"""Early warnings of plans: from received figures, with their rule, and what a page of them shows to whom."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.models import Indicator, PlanProfile
from diaban.foundation.facts.rules.pace import Verdict
from diaban.foundation.facts.services import set_profile
from diaban.foundation.obligations.models import Obligation
from diaban.work.reporting.consolidated import consolidated
from diaban.work.reporting.queries.reporters import expected_in, owing_alone
from diaban.work.reporting.targets.going import Targets, lines_of_unit
from diaban.work.reporting.targets.wording import rule_of
from diaban.work.reporting.tests.consolidation_world import (
    EARLIER,
    FORM,
    LAST_YEAR,
    Q3,
    Q4,
    SETTING_UP,
    Consolidating,
    a_consolidating_world,
)
from diaban.work.reporting.tests.worlds import NOW

pytestmark = pytest.mark.django_db
Q1, Q2 = Q3.previous().previous(), Q3.previous()


@pytest.fixture
def here() -> Consolidating:
    """Three quarters of training (a flow), of which D1 has said 41 and D2 left the first out; radio stations (a stock)."""
    here = a_consolidating_world()
    for period, of_d1 in ((Q1, "10"), (Q2, "15"), (Q3, "16")):
        here.accept(period, "D1", {"NL05b": of_d1, "VT26;grid_power=grid": "20", "VT26;grid_power=no_grid": "10"})
    for period in (Q2, Q3):
        here.accept(period, "D2", {"NL05b": "40"})
    here.accept(LAST_YEAR, "D1", {"VT26;grid_power=grid": "30", "VT26;grid_power=no_grid": "20"})
    here.plan("D1", "NL05b", "100")
    here.plan("D2", "NL05b", "100")
    here.plan("P", "NL05b", "230")
    here.plan("D1", "VT26", "10")
    return here


def targets_of(here: Consolidating, unit: str = "P") -> Targets:
    actor = here.here.actor("specialist")
    return Targets(consolidated(form_code=FORM, period=Q3, unit_id=here.unit(unit), actor=actor))


def test_a_warning_prints_its_rule(here: Consolidating) -> None:
    lines = {(line.unit.unit_id, line.indicator.code): line for line in targets_of(here).lines}

    line = lines[here.unit("D1"), "NL05b"]
    assert line.pace.verdict is Verdict.LIKELY_MISSED
    assert rule_of(line, Q3) == "đến hết quý III/2009 đạt 41% kế hoạch, cần 75%"
    falling = lines[here.unit("D1"), "VT26"]
    assert falling.pace.verdict is Verdict.LIKELY_MISSED
    assert "đạt 50% mức giảm phải thực hiện (từ 50 đến 10), cần 75%" in rule_of(falling, Q3)


def test_what_is_missing_is_no_zero(here: Consolidating) -> None:
    line = next(line for line in targets_of(here).lines if line.unit.unit_id == here.unit("D2"))

    assert line.progress.so_far.value == 80
    assert line.pace.verdict is Verdict.NOT_JUDGED
    assert "chưa đủ để đánh giá" in rule_of(line, Q3)


def test_the_sum_of_units_is_checked_against_the_province(here: Consolidating) -> None:
    allotted = {one.indicator.code: one for one in targets_of(here).allotted}

    found = allotted["NL05b"]
    assert (found.own, found.total, found.difference) == (Decimal(230), Decimal(200), Decimal(-30))
    assert allotted["VT26"].difference is None  # one of two units has a plan


def test_quarters_that_were_set_are_asked_instead_of_the_straight_line(here: Consolidating) -> None:
    set_profile(
        indicator=Indicator.objects.get(code="NL05b"), unit_id=here.unit("P"), year=2009,
        ends=(Decimal(5), Decimal(20), Decimal(40)), basis="Kế hoạch 12/KH-UBND", actor=SETTING_UP, at=EARLIER,
    )  # fmt: skip

    line = next(one for one in targets_of(here).lines if one.unit.unit_id == here.unit("D1") and one.due == 40)
    assert line.pace.verdict is Verdict.ON_COURSE
    assert line.profile == "Kế hoạch 12/KH-UBND"


def test_a_unit_alone_stands_as_it_does_among_all(
    here: Consolidating, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    set_profile(
        indicator=Indicator.objects.get(code="NL05b"), unit_id=here.unit("P"), year=2009,
        ends=(Decimal(5), Decimal(20), Decimal(40)), basis="Kế hoạch 12/KH-UBND", actor=SETTING_UP, at=EARLIER,
    )  # fmt: skip
    one = targets_of(here).one
    unit, asked = one.coverage.expected[0], [Q1, Q2, Q3, Q1.previous()]
    expected = expected_in(one.schedules, unit.unit_id, asked)

    with django_assert_max_num_queries(7):
        lines = lines_of_unit(one.form, Q3, unit, one.layout, lambda _day: [(unit.unit_id, 0), (here.unit("P"), 1)])

    among = [line for line in targets_of(here).lines if line.unit.unit_id == unit.unit_id]
    assert owing_alone(one.form.pk, unit.unit_id, asked) == expected
    assert [(line.indicator.code, line.plan, line.pace, line.due) for line in lines] == [
        (line.indicator.code, line.plan, line.pace, line.due) for line in among
    ]
    assert len(lines) == 2


@pytest.mark.parametrize("unit", ["D1", "D2"])
def test_a_unit_alone_owes_what_it_owes_among_all_where_one_was_excused(here: Consolidating, unit: str) -> None:
    asked, form = [Q3, Q4], here.here.form.pk
    work = Obligation.objects.filter(unit=here.unit("D1"), period=str(Q4), duty__isnull=False)
    assert work.update(fulfilled_at=None, closed_at=NOW, closed_reason="waived", closed_note="Thiên tai") == 1

    expected = expected_in([here.here.schedule], here.unit(unit), asked)

    assert owing_alone(form, here.unit(unit), asked) == expected
    assert expected[Q4] == (frozenset() if unit == "D1" else {here.unit("D2")})


@time_machine.travel(NOW, tick=False)
def test_the_page_of_units_asks_a_fixed_number_of_queries(
    here: Consolidating, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = here.here.world.client("specialist")
    address = f"{reverse('reporting:targets')}?ky=2009-Q3"

    with django_assert_max_num_queries(30):
        page = client.get(address).content.decode()

    assert "đến hết quý III/2009 đạt 41% kế hoạch, cần 75%" in page
    assert client.get(f"{address}&tai=xlsx").content[:2] == b"PK"


@time_machine.travel(NOW, tick=False)
def test_only_who_sets_plans_sets_their_quarters(here: Consolidating) -> None:
    address = f"{reverse('reporting:set_quarters', args=['NL05b'])}?ky=2009-Q3"
    typed = {"quy_1": "10", "quy_2": "30", "quy_3": "60", "can_cu": "Kế hoạch 12/KH-UBND"}

    assert here.here.world.client("specialist").post(address, typed).status_code == 403
    assert here.here.world.client("province_leader").post(address, typed).status_code == 302
    assert PlanProfile.objects.get().ends == (Decimal(10), Decimal(30), Decimal(60))
    assert here.here.world.client("province_leader").post(address, {**typed, "quy_3": "5"}).status_code == 302
    assert PlanProfile.objects.get().ends == (Decimal(10), Decimal(30), Decimal(60))


def test_the_first_page_hints_at_plans_that_are_behind(here: Consolidating) -> None:
    with time_machine.travel(datetime(2009, 10, 5, 3, 0, tzinfo=UTC), tick=False):
        clients = [here.here.world.client(persona) for persona in ("specialist", "enterprise")]
        hints = [client.get(reverse("reporting:targets_hint")) for client in clients]

    assert "chậm, khó đạt" in hints[0].content.decode()
    assert (hints[1].status_code, hints[1].content) == (200, b"")
