"""What an acting position may do, by examples."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.catalogue import OFFICE, STAFF, ActKind, Role, register_acts
from diaban.foundation.mandates.actors import NotHeld, acting_as
from diaban.foundation.mandates.models import Field, Function, Mandate
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Delegation
from diaban.foundation.territory.dossier import place_of
from diaban.foundation.territory.models import Coverage, Level, Unit

READ = "mandates_tests.read"
RECEIVE = "mandates_tests.receive"
SEND = "mandates_tests.send"
SIGN = "mandates_tests.sign"
TIDY = "mandates_tests.tidy"
register_acts(
    ActKind(READ, "đọc", "manage", OFFICE | {Role.AUDITOR}),
    ActKind(RECEIVE, "tiếp nhận", "manage", STAFF),
    ActKind(SEND, "gửi", "report", STAFF),
    ActKind(SIGN, "ký", "report", frozenset({Role.HEAD})),
    ActKind(TIDY, "sắp xếp việc của cơ quan mình", None, frozenset({Role.UNIT_ADMIN})),
)
TODAY = date(2026, 4, 20)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def test_the_department_receives_from_every_locality_in_its_fields(world: World) -> None:
    specialist = world.actor("specialist")

    assert specialist.may(RECEIVE, "post", world.units["C21"].pk)
    assert specialist.may(RECEIVE, "it_application", world.units["D1"].pk)


def test_a_field_the_department_was_not_given_is_not_its_own(world: World) -> None:
    Mandate.objects.filter(organisation=world.organisations["so"], field__code="security").delete()

    assert world.actor("specialist").may(RECEIVE, "security", world.units["D1"].pk) is None


def test_asking_for_every_field_needs_a_mandate_for_every_field(world: World) -> None:
    assert world.actor("specialist").may(RECEIVE, None, world.units["D1"].pk) is None
    assert world.actor("district_officer").may(SEND, None, world.units["D1"].pk)


def test_a_room_uses_the_mandates_of_its_committee(world: World) -> None:
    officer = world.actor("district_officer")

    grant = officer.may(SEND, "reporting", world.units["D1"].pk)

    assert grant is not None
    assert (
        grant.mandate_id == Mandate.objects.get(organisation=world.organisations["ubnd_d1"], function__code="report").pk
    )
    assert officer.body_ids == {world.organisations["phong_d1"].pk, world.organisations["ubnd_d1"].pk}


def test_a_department_does_not_use_the_mandates_of_its_peoples_committee(world: World) -> None:
    register_acts(ActKind("mandates_tests.direct", "chỉ đạo", "direct", STAFF))

    assert world.actor("province_leader").may("mandates_tests.direct", None, world.units["P"].pk)
    assert world.actor("director").may("mandates_tests.direct", None, world.units["P"].pk) is None


def test_a_district_reaches_its_communes_and_no_other_district(world: World) -> None:
    officer = world.actor("district_officer")

    assert officer.may(SEND, None, world.units["C12"].pk)
    assert officer.may(SEND, None, world.units["D2"].pk) is None
    assert officer.may(SEND, None, world.units["C21"].pk) is None
    assert officer.may(SEND, None, world.units["P"].pk) is None


def test_a_mandate_over_the_unit_alone_does_not_reach_below(world: World) -> None:
    Mandate.objects.filter(organisation=world.organisations["ubnd_d1"]).update(reach=Mandate.Reach.UNIT)

    officer = world.actor("district_officer")

    assert officer.may(SEND, None, world.units["D1"].pk)
    assert officer.may(SEND, None, world.units["C11"].pk) is None


def test_a_unit_that_is_no_more_is_reached_through_what_it_became(world: World) -> None:
    old = Unit.objects.create(uid="00000000-0000-0000-0000-000000000001", level=Level.COMMUNE)
    for name in ("C11", "D1", "P"):
        Coverage.objects.create(unit=world.units[name], covered=old)

    assert world.actor("commune_officer").may(SEND, None, old.pk)
    assert world.actor("other_officer").may(SEND, None, old.pk) is None


def test_the_role_must_be_allowed_the_act(world: World) -> None:
    assert world.actor("district_clerk").may(SEND, None, world.units["D1"].pk) is None
    assert world.actor("district_officer").may(SIGN, None, world.units["D1"].pk) is None
    with pytest.raises(NotPermitted, match="ký"):
        world.actor("district_officer").require(SIGN, None, world.units["D1"].pk)


def test_a_positions_fields_narrow_what_its_organisation_may(world: World) -> None:
    world.positions["specialist"].field_codes = ["it"]
    world.positions["specialist"].save()

    specialist = world.actor("specialist")

    assert specialist.may(RECEIVE, "digital_transformation", world.units["D1"].pk)
    assert specialist.may(RECEIVE, "post", world.units["D1"].pk) is None
    assert all(not reach.every_field and "post" not in reach.field_codes for reach in specialist.reaches(RECEIVE))


def test_a_mandate_counts_only_while_it_holds(world: World) -> None:
    Mandate.objects.filter(organisation=world.organisations["ubnd_d1"]).update(valid=DateRange(date(2026, 4, 21), None))

    assert world.actor("district_officer", TODAY).may(SEND, None, world.units["D1"].pk) is None
    assert world.actor("district_officer", date(2026, 4, 21)).may(SEND, None, world.units["D1"].pk)


def test_an_auditor_reads_all_of_its_ground_and_writes_nothing(world: World) -> None:
    auditor = world.actor("auditor")

    assert auditor.may(READ, None, world.units["C22"].pk)
    assert auditor.may(RECEIVE, "post", world.units["C22"].pk) is None
    assert auditor.reaches(READ)[0].every_field


def test_an_auditor_whose_body_is_not_mandated_to_audit_reads_nothing(world: World) -> None:
    observer = world.actor("party_observer")

    assert observer.may(READ, "post", world.units["C22"].pk) is None
    assert observer.reaches(READ) == ()


def test_an_act_of_the_own_office_needs_only_the_role(world: World) -> None:
    assert world.actor("unit_admin").may(TIDY)
    assert world.actor("director").may(TIDY) is None
    assert world.actor("unit_admin").reaches(TIDY) == ()


def test_a_delegation_lends_the_role_and_names_itself_in_the_ground(world: World) -> None:
    Delegation.objects.create(
        from_position=world.positions["district_leader"],
        to_position=world.positions["district_officer"],
        manner=Delegation.Manner.TUQ,
        valid=DateRange(date(2026, 4, 1), date(2026, 5, 1)),
        basis="Giấy ủy quyền số 01/GUQ-UBND",
    )

    grant = world.actor("district_officer", TODAY).may(SIGN, None, world.units["D1"].pk)

    assert grant is not None
    assert grant.basis.startswith("TUQ. Phó Chủ tịch: ")
    assert world.actor("district_officer", date(2026, 5, 1)).may(SIGN, None, world.units["D1"].pk) is None


def test_a_delegation_passes_no_further(world: World) -> None:
    for giver, taker in (("district_leader", "district_officer"), ("district_officer", "district_clerk")):
        Delegation.objects.create(
            from_position=world.positions[giver],
            to_position=world.positions[taker],
            manner=Delegation.Manner.TUQ,
            valid=DateRange(None, None),
            basis="Giấy ủy quyền",
        )

    assert world.actor("district_clerk").may(SEND, None, world.units["D1"].pk)
    assert world.actor("district_clerk").may(SIGN, None, world.units["D1"].pk) is None


def test_nobody_acts_in_a_position_of_someone_else(world: World) -> None:
    with pytest.raises(NotHeld):
        acting_as(world.positions["director"], world.accounts["specialist"], TODAY)


def test_an_actor_is_built_in_two_queries_and_asks_once_for_a_unit(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        officer = world.actor("district_officer")
    with django_assert_num_queries(1):
        for _time in range(3):
            officer.may(SEND, None, world.units["C11"].pk)
    with django_assert_num_queries(1):
        officer.foresee(unit.pk for unit in world.units.values())
        assert [name for name, unit in world.units.items() if officer.may(SEND, None, unit.pk)] == ["D1", "C11", "C12"]


def test_the_label_says_who_in_which_position_where(world: World) -> None:
    assert world.actor("director").label == "Nguyễn Văn Giang, Giám đốc, Sở Thông tin và Truyền thông tỉnh Sơn Lâm"


def test_the_functions_of_the_allocation_are_the_ones_loaded(world: World) -> None:
    assert Function.objects.count() == 15
    assert Field.objects.get(code="photocopy").parent == Field.objects.get(code="printing")


@pytest.mark.parametrize("persona", ["director", "specialist", "district_officer", "commune_officer", "auditor"])
def test_what_a_unit_lies_in_tells_all_that_would_be_looked_up(
    world: World, persona: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    knowing, asking = world.actor(persona), world.actor(persona)
    units = [world.units["D1"].pk, world.units["P"].pk]
    asks = [(act, unit) for act in (READ, RECEIVE, SEND) for unit in units]
    place = place_of(knowing, world.units["D1"].uid, TODAY)

    knowing.know(place.above())

    with django_assert_num_queries(0):
        found = [knowing.may(act, None, unit) for act, unit in asks]
    assert found == [asking.may(act, None, unit) for act, unit in asks]
