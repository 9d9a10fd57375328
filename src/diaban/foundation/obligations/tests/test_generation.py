"""Duties make obligations, once each."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import NotPermitted, SystemActor
from diaban.foundation.mandates.models import Function, Mandate
from diaban.foundation.mandates.routing import Gap
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import ClosedReason, DueRule
from diaban.foundation.obligations.services import NeverOwes, close, end_duty, fulfil, generate_obligations, move_owner
from diaban.foundation.obligations.services.duties import NeverOwing
from diaban.foundation.obligations.starts import UNOWED
from diaban.foundation.obligations.tests.makers import NOW, SETTING_UP, TODAY, a_duty, an_obligation
from diaban.foundation.organisations.models import OrganisationVersion
from diaban.lib.periods import Calendar, Kind, Period

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("worker", TODAY)


@pytest.fixture
def world() -> World:
    return a_world()


def test_each_unit_owes_each_period_that_has_begun(world: World) -> None:
    a_duty(world)

    made = generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW).made

    rows = Obligation.objects.order_by("period", "unit_id").values_list("period", "unit_id", "owner_id", "due_on")
    d1, d2 = world.units["D1"].pk, world.units["D2"].pk
    o1, o2 = world.organisations["ubnd_d1"].pk, world.organisations["ubnd_d2"].pk
    assert made == 4
    assert list(rows) == [
        ("stat:2026-Q1", d1, o1, date(2026, 4, 7)),
        ("stat:2026-Q1", d2, o2, date(2026, 4, 7)),
        ("stat:2026-Q2", d1, o1, date(2026, 7, 7)),
        ("stat:2026-Q2", d2, o2, date(2026, 7, 7)),
    ]


def test_generating_again_makes_nothing(world: World) -> None:
    a_duty(world)
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    again = generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    assert again.made == 0
    assert Obligation.objects.count() == 2


def test_work_that_was_handed_over_or_is_over_is_not_made_again(world: World) -> None:
    a_duty(world)
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)
    first, second = Obligation.objects.order_by("id")
    move_owner(obligation=first, to_organisation_id=world.organisations["ubnd_tinh"].pk, actor=SETTING_UP, at=NOW)
    close(obligation=second, reason=ClosedReason.WAIVED, note="Thiên tai", actor=SETTING_UP, at=NOW)

    assert generate_obligations(on=TODAY, actor=SYSTEM, at=NOW).made == 0


def test_who_owes_is_asked_on_the_last_day_of_the_period(world: World) -> None:
    a_duty(world)
    reporting = Mandate.objects.get(organisation=world.organisations["ubnd_d1"], function__code="report")
    reporting.valid = DateRange(reporting.valid.lower, date(2026, 3, 31))
    reporting.save()
    Mandate.objects.create(
        organisation=world.organisations["ubnd_tinh"],
        function=reporting.function,
        unit=world.units["D1"],
        valid=DateRange(date(2026, 3, 31), None),
        legal_basis="Quyết định 1",
        reach=reporting.reach,
        part=reporting.part,
    )

    generate_obligations(on=date(2026, 1, 1), actor=SYSTEM, at=NOW)

    assert Obligation.objects.get(unit=world.units["D1"]).owner_id == world.organisations["ubnd_tinh"].pk


def test_units_where_nobody_leads_are_listed(world: World) -> None:
    duty = a_duty(world)
    Mandate.objects.filter(organisation=world.organisations["ubnd_d2"], function__code="report").delete()
    Mandate.objects.filter(organisation=world.organisations["ubnd_tinh"], function__code="report").delete()

    result = generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    assert result.made == 1
    assert [(of, type(gap), gap.unit_id) for of, gap in result.gaps if isinstance(gap, Gap)] == [
        (duty, Gap, world.units["D2"].pk)
    ]


def test_a_duty_of_the_ground_itself_is_owed_once(world: World) -> None:
    a_duty(world, level="province", function_code="manage", field_code="post")

    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    made = Obligation.objects.get()
    assert (made.unit_id, made.owner_id) == (world.units["P"].pk, world.organisations["so"].pk)


def test_what_a_reform_closed_is_made_again_for_another_owner(world: World) -> None:
    a_duty(world)
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)
    row = Obligation.objects.get(unit=world.units["D1"])
    close(obligation=row, reason=ClosedReason.REFORMED, note="Sắp xếp", actor=SETTING_UP, at=NOW)
    before = generate_obligations(on=TODAY, actor=SYSTEM, at=NOW).made
    Mandate.objects.filter(organisation=world.organisations["ubnd_d1"], function__code="report").update(
        organisation=world.organisations["phong_d1"]
    )

    after = generate_obligations(on=TODAY, actor=SYSTEM, at=NOW).made

    assert (before, after) == (0, 1)
    assert Obligation.objects.open().get(unit=world.units["D1"]).owner_id == world.organisations["phong_d1"].pk


def test_an_ended_duty_makes_no_later_periods(world: World) -> None:
    duty = a_duty(world)

    end_duty(duty_id=duty.pk, on=date(2026, 6, 30), actor=SETTING_UP, at=NOW)
    generate_obligations(on=date(2026, 12, 1), actor=SYSTEM, at=NOW)

    assert set(Obligation.objects.values_list("period", flat=True)) == {"stat:2026-Q1"}


def test_a_party_body_never_owes(world: World) -> None:
    party = world.organisations["tinh_uy"].pk

    with pytest.raises(NeverOwes):
        an_obligation(world, owner_id=party)
    a_duty(world)
    OrganisationVersion.objects.filter(organisation=world.organisations["ubnd_d1"]).update(kind="party_body")
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    assert not Obligation.objects.filter(unit=world.units["D1"]).exists()


def test_a_party_lead_is_a_gap_for_whoever_is_owed_to_rule(world: World) -> None:
    duty = a_duty(world)
    kinds = OrganisationVersion.objects.filter(organisation=world.organisations["ubnd_d1"])
    kinds.update(kind="party_body")

    gaps = generate_obligations(on=TODAY, actor=SYSTEM, at=NOW).gaps
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)

    line = Obligation.objects.get(kind=UNOWED)
    assert [(of, type(gap), gap.because) for of, gap in gaps] == [
        (duty, NeverOwing, "Ủy ban nhân dân huyện Bắc Sơn là cơ quan Đảng, không nhận việc có hạn.")
    ]
    assert (line.owner_id, line.is_open) == (world.organisations["so"].pk, True)
    assert line.title == "Xác định cơ quan thực hiện “Báo cáo quý” tại Huyện Bắc Sơn"
    kinds.update(kind="people_committee")
    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)
    line.refresh_from_db()
    assert line.fulfilled_at == NOW


def test_a_period_that_is_over_is_not_looked_at_again(world: World) -> None:
    duty = a_duty(world)
    generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW)
    duty.refresh_from_db()

    Obligation.objects.filter(unit=world.units["D1"]).delete()
    generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW)

    assert duty.generated_through == date(2026, 3, 31)
    assert set(Obligation.objects.filter(unit=world.units["D1"]).values_list("period", flat=True)) == {"stat:2026-Q2"}


def test_a_period_with_a_gap_is_looked_at_until_it_is_filled(world: World) -> None:
    duty = a_duty(world)
    reporting = Mandate.objects.filter(function__code="report", organisation=world.organisations["ubnd_d2"])
    above = Mandate.objects.filter(function__code="report", organisation=world.organisations["ubnd_tinh"])
    reporting.update(function=Function.objects.get(code="audit"))
    above.delete()
    generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW)
    reporting = Mandate.objects.filter(function__code="audit", organisation=world.organisations["ubnd_d2"])

    reporting.update(function=Function.objects.get(code="report"))
    generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW)

    duty.refresh_from_db()
    assert Obligation.objects.filter(unit=world.units["D2"], period="stat:2026-Q1").exists()
    assert duty.generated_through == date(2026, 3, 31)


def test_a_reform_of_a_past_day_has_its_periods_made_again(world: World) -> None:
    a_duty(world)
    generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW)
    row = Obligation.objects.get(unit=world.units["D1"], period="stat:2026-Q1")
    close(obligation=row, reason=ClosedReason.REFORMED, note="Sắp xếp", actor=SETTING_UP, at=NOW)
    Mandate.objects.filter(organisation=world.organisations["ubnd_d1"], function__code="report").update(
        organisation=world.organisations["phong_d1"]
    )

    made = generate_obligations(on=date(2026, 4, 1), actor=SYSTEM, at=NOW).made

    assert made == 1


def test_what_two_hands_do_at_once_counts_once(world: World) -> None:
    obligation = an_obligation(world)
    same = Obligation.objects.get(pk=obligation.pk)

    fulfil(obligation=obligation, actor=SETTING_UP, at=NOW)
    close(obligation=same, reason=ClosedReason.WITHDRAWN, note="Thôi", actor=SETTING_UP, at=NOW)

    assert (same.fulfilled_at, same.closed_reason) == (NOW, "")


def test_only_those_who_manage_the_field_declare_duties(world: World) -> None:
    assert a_duty(world, field_code="post", actor=world.actor("director")).pk
    for persona in ("district_leader", "clerk", "enterprise", "auditor"):
        with pytest.raises(NotPermitted):
            a_duty(world, code=persona, field_code="post", actor=world.actor(persona))


def test_one_open_obligation_about_a_subject(world: World) -> None:
    from diaban.foundation.acts.subjects import Subject

    about = Subject("territory.unit", world.units["D1"].pk)
    first = an_obligation(world, subject=about)

    again = an_obligation(world, subject=about)
    other = an_obligation(world, subject=about, owner_id=world.organisations["ubnd_d2"].pk)

    assert again == first
    assert other != first


def test_a_one_off_is_owed_once_by_each_unit_on_the_day_it_names(world: World) -> None:
    days = Period.between(date(2026, 3, 9), date(2026, 3, 15), calendar=Calendar.STATISTICAL)
    a_duty(
        world, period_kind=Kind.RANGE, asked=days, due_rule=DueRule(fixed_on=date(2026, 3, 20)),
        valid_from=days.start, valid_to=days.end,
    )  # fmt: skip

    generate_obligations(on=TODAY, actor=SYSTEM, at=NOW)
    generate_obligations(on=date(2027, 1, 1), actor=SYSTEM, at=NOW)

    rows = Obligation.objects.order_by("unit_id").values_list("unit_id", "period", "due_on")
    units = [world.units["D1"].pk, world.units["D2"].pk]
    assert list(rows) == [(unit, "stat:2026-03-09..2026-03-15", date(2026, 3, 20)) for unit in units]


def test_a_one_off_ended_before_its_last_day_asks_no_shorter_days(world: World) -> None:
    days = Period.between(date(2026, 3, 9), date(2026, 3, 15), calendar=Calendar.STATISTICAL)
    duty = a_duty(
        world, period_kind=Kind.RANGE, asked=days, due_rule=DueRule(fixed_on=date(2026, 3, 20)),
        valid_from=days.start, valid_to=days.end,
    )  # fmt: skip
    end_duty(duty_id=duty.pk, on=date(2026, 3, 12), actor=SETTING_UP, at=NOW)

    assert generate_obligations(on=TODAY, actor=SYSTEM, at=NOW).made == 0
