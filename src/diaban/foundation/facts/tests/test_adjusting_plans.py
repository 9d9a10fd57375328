"""A plan that was given is adjusted only by a paper, and every giving stays."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.facts.models import Plan, PlanVersion
from diaban.foundation.facts.services import NoDecision, set_plan, set_plans, set_profile
from diaban.foundation.facts.tests.figures import NOW, collection, indicators
from diaban.foundation.mandates.tests.personas import World, a_world


@pytest.fixture
def world(db: None) -> World:
    world = a_world()
    collection()
    return world


def test_every_giving_of_a_plan_stays_with_its_paper(world: World) -> None:
    unit, actor = world.units["D1"].pk, world.actor("province_leader")
    set_plans(year=2026, figures=[(unit, "BC02", Decimal(100))], basis="Quyết định 01", actor=actor, at=NOW)

    set_plans(year=2026, figures=[(unit, "BC02", Decimal(120))], basis="Quyết định 45", actor=actor, at=NOW)

    versions = PlanVersion.objects.filter(plan__unit=unit)
    assert [(one.number, one.value, one.basis) for one in versions] == [
        (1, Decimal(100), "Quyết định 01"),
        (2, Decimal(120), "Quyết định 45"),
    ]
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        versions.update(value=1)


def test_a_plan_is_not_adjusted_without_a_decision(world: World) -> None:
    unit, actor, indicator = world.units["D1"].pk, world.actor("province_leader"), indicators("BC02")[0]
    given = {"indicator": indicator, "unit_id": unit, "year": 2026, "actor": actor, "at": NOW}
    set_plan(**given, value=Decimal(100))  # type: ignore[arg-type] # as they come

    with pytest.raises(NoDecision), transaction.atomic():
        set_plan(**given, value=Decimal(90), basis=" ")  # type: ignore[arg-type] # as they come

    assert Plan.objects.get(unit=unit).value == 100


def test_quarters_are_set_by_who_may_set_plans_and_never_fall(world: World) -> None:
    indicator, unit = indicators("BC02")[0], world.units["P"].pk
    given = {"indicator": indicator, "unit_id": unit, "year": 2026, "basis": "Quyết định 01", "at": NOW}
    rising, falling = (Decimal(10), Decimal(30), Decimal(60)), (Decimal(30), Decimal(10), Decimal(60))

    with pytest.raises(NotPermitted):
        set_profile(**given, ends=rising, actor=world.actor("district_leader"))  # type: ignore[arg-type] # as they come
    with pytest.raises(IntegrityError), transaction.atomic():
        set_profile(**given, ends=falling, actor=world.actor("province_leader"))  # type: ignore[arg-type] # as they come
    kept = set_profile(**given, ends=rising, actor=world.actor("province_leader"))  # type: ignore[arg-type] # as they come
    assert kept.ends == rising
