"""Permission and routing against their definitions, told naively, over many random worlds."""

import random
import uuid
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from diaban.foundation.acts.catalogue import OFFICE, ActKind, Role, register_acts
from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.mandates.permissions import visible_filter
from diaban.foundation.mandates.routing import Conflict, Gap, Lead, responsible, responsible_many
from diaban.foundation.mandates.tests.personas import ORGANISATIONS, PEOPLE, UNITS, World, a_world
from diaban.foundation.organisations.models import Position
from diaban.foundation.territory.models import Coverage, Level, Unit

TODAY = date(2026, 4, 20)
ACT = "mandates_tests.anything"
register_acts(ActKind(ACT, "việc bất kỳ", "manage", OFFICE | {Role.AUDITOR}))
ASKED_FIELDS = (None, "it", "it_application", "telecom", "frequency", "games", "press_publishing")
MANDATED_FIELDS = (None, None, "it", "it_application", "telecom", "frequency", "online", "press_publishing")
ABOVE = {"it_application": "it", "frequency": "telecom", "games": "online", "online": "press_publishing"}
PARENT_UNITS = {row[0]: row[1] for row in UNITS}
PARENTS = {row[0]: row[4] for row in ORGANISATIONS}
KINDS = {row[0]: str(row[2]) for row in ORGANISATIONS}


def lineage(name: str | None, above: dict[str, str] | dict[str, str | None]) -> list[str]:
    line: list[str] = []
    while name is not None:
        line.append(name)
        name = above.get(name)
    return line


def random_mandates(world: World, chance: random.Random) -> list[Mandate]:
    Mandate.objects.all().delete()
    fields = {field.code: field for field in Field.objects.all()}
    known = {function.code: function for function in Function.objects.all()}
    drawn = [known[code] for code in ("manage", "manage", "manage", "audit", "inspect", "train")]
    mandates = []
    for _count in range(chance.randint(1, 14)):
        code = chance.choice(MANDATED_FIELDS)
        since = TODAY + timedelta(days=chance.choice((-400, -1, 0, 1)))
        mandates.append(
            Mandate(
                organisation=world.organisations[chance.choice(list(KINDS))],
                function=chance.choice(drawn),
                field=fields[code] if code else None,
                unit=world.units[chance.choice(list(PARENT_UNITS))],
                reach=chance.choice(list(Mandate.Reach)),
                part=chance.choice((Mandate.Part.LEADS, Mandate.Part.LEADS, Mandate.Part.COORDINATES)),
                valid=DateRange(since, chance.choice((None, since + timedelta(days=1), TODAY + timedelta(days=9)))),
                legal_basis="căn cứ",
            )
        )
    return list(Mandate.objects.bulk_create(mandate for mandate in mandates if not mandate.valid.isempty))


def narrow(world: World, chance: random.Random) -> None:
    for position in world.positions.values():
        position.field_codes = chance.choice(([], [], ["it"], ["frequency", "online"]))
    Position.objects.bulk_update(world.positions.values(), ["field_codes"])


def naive_may(world: World, persona: str, mandates: list[Mandate], field: str | None, unit: str) -> bool:
    """The sentence of the model, word by word."""
    _name, _called, organisation, _title, role = next(row for row in PEOPLE if row[0] == persona)
    if role in {Role.UNIT_ADMIN, Role.ENTERPRISE}:
        return False
    ground = lineage(unit, PARENT_UNITS)
    functions = {"audit", "inspect"} if role is Role.AUDITOR else {"manage"}
    bodies = [organisation]
    while KINDS[bodies[-1]] in {"office", "district_office", "commune_office"}:
        parent = PARENTS[bodies[-1]]
        assert parent is not None
        bodies.append(parent)
    narrowed = world.positions[persona].field_codes
    if narrowed and not set(lineage(field, ABOVE)) & set(narrowed):
        return False
    return any(
        mandate.function.code in functions
        and mandate.holds_on(TODAY)
        and any(world.organisations[body].pk == mandate.organisation_id for body in bodies)
        and (mandate.field is None or mandate.field.code in lineage(field, ABOVE))
        and any(
            world.units[one].pk == mandate.unit_id and (one == unit or mandate.reach == Mandate.Reach.SUBTREE)
            for one in ground
        )
        for mandate in mandates
    )


def naive_leads(world: World, mandates: list[Mandate], field: str | None, unit: str) -> set[int]:
    """The organisations that lead: walk up from the unit, and at each step from the field to all fields."""
    for steps, ground in enumerate(lineage(unit, PARENT_UNITS)):
        for code in (*lineage(field, ABOVE), None):
            leads = {
                mandate.organisation_id
                for mandate in mandates
                if mandate.function.code == "manage"
                and mandate.part == Mandate.Part.LEADS
                and mandate.holds_on(TODAY)
                and mandate.unit_id == world.units[ground].pk
                and (steps == 0 or mandate.reach == Mandate.Reach.SUBTREE)
                and (mandate.field.code if mandate.field else None) == code
            }
            if leads:
                return leads
    return set()


@pytest.mark.parametrize("seed", range(10))
def test_permission_is_what_the_model_says(db: None, seed: int) -> None:
    world, chance = a_world(), random.Random(seed)
    mandates = random_mandates(world, chance)
    narrow(world, chance)

    for persona in world.positions:
        actor = world.actor(persona, TODAY)
        actor.foresee(unit.pk for unit in world.units.values())
        for unit in world.units:
            for field in ASKED_FIELDS:
                said = actor.may(ACT, field, world.units[unit].pk) is not None
                assert said == naive_may(world, persona, mandates, field, unit), (persona, field, unit)


@pytest.mark.parametrize("seed", range(10))
def test_there_are_never_two_leads_and_every_double_lead_is_listed(db: None, seed: int) -> None:
    world, chance = a_world(), random.Random(seed)
    mandates = random_mandates(world, chance)

    for field in ASKED_FIELDS:
        answers = responsible_many("manage", field, [unit.pk for unit in world.units.values()], TODAY)
        for name, unit in world.units.items():
            leads = naive_leads(world, mandates, field, name)
            match answers[unit.pk]:
                case Lead(organisation_id=organisation_id):
                    assert leads == {organisation_id}
                case Conflict(organisation_ids=organisation_ids):
                    assert len(leads) > 1
                    assert leads == set(organisation_ids)
                case Gap():
                    assert leads == set()
            assert responsible("manage", field, unit.pk, TODAY) == answers[unit.pk]


@pytest.mark.parametrize("seed", range(10))
def test_what_is_visible_is_where_the_act_is_allowed(db: None, seed: int) -> None:
    world, chance = a_world(), random.Random(seed)
    old = Unit.objects.create(uid=uuid.uuid4(), level=Level.COMMUNE)
    for name in ("C12", "D1", "P"):
        Coverage.objects.create(unit=world.units[name], covered=old)
    random_mandates(world, chance)
    narrow(world, chance)
    units = [*world.units.values(), old]
    rows = _rows(world, units)

    for persona in world.positions:
        actor = world.actor(persona, TODAY)
        actor.foresee(unit.pk for unit in units)
        seen = set(rows.filter(visible_filter(actor, ACT, field="field__code")).values_list("unit_id", "field__code"))
        allowed = {(unit.pk, field) for unit in units for field in ("it", "games") if actor.may(ACT, field, unit.pk)}
        assert seen == allowed, persona


def _rows(world: World, units: list[Unit]) -> QuerySet[Mandate]:
    """Rows with a unit and a field, as any room has them: one of each unit and field."""
    operate = Function.objects.get(code="operate")
    Mandate.objects.bulk_create(
        Mandate(
            organisation=world.organisations["tinh_uy"],
            function=operate,
            field=Field.objects.get(code=code),
            unit=unit,
            valid=DateRange(None, None),
            legal_basis="một dòng bất kỳ",
        )
        for unit in units
        for code in ("it", "games")
    )
    return Mandate.objects.filter(function=operate)
