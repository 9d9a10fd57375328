"""Who holds periodic briefings: clusters by default, changed by date; within a meeting of one's own; n of m have held it."""

import uuid
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from diaban.foundation.acts.actor import NotPermitted, SystemActor
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.services import fulfil, generate_obligations
from diaban.foundation.organisations.models import Kind, Organisation, OrganisationVersion
from diaban.work.meetings import services
from diaban.work.meetings.models import Holder, Meeting, Membership
from diaban.work.meetings.queries.holders import board_of, grouping_of, holders_of_units, reminder_of
from diaban.work.meetings.services import NotPossible, Regime
from diaban.work.meetings.tests.worlds import NOW, TODAY, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db
PERIOD = "stat:2026-Q1"
MINUTES = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def declared(here: Gathering, level: str = "commune") -> Duty:
    regime = Regime("Giao ban quý", "it", level, "Quy chế 12/QC-UBND", False, date(2026, 1, 1))
    return services.declare_briefings(regime=regime, actor=here.actor("specialist"), at=NOW)


def owed(duty: Duty, period: str = PERIOD) -> dict[str, Obligation]:
    rows = Obligation.objects.open().filter(duty=duty, period=period)
    return {Holder.objects.get(pk=one.subject_id).name if one.subject_id else str(one.unit_id): one for one in rows}


def test_each_district_office_holds_its_own() -> None:
    here = a_gathering()

    duty = declared(here, "district")

    rows = Obligation.objects.filter(duty=duty, period=PERIOD)
    assert {one.owner_id for one in rows} == {here.office("phong_d1"), here.office("phong_d2")}


def test_communes_hold_it_by_old_district_with_one_obligation_a_cluster() -> None:
    here = a_gathering()

    duty = declared(here)

    grouping = grouping_of(duty, TODAY)
    assert [(one.holder.name, len(one.members)) for one in grouping.clusters] == [
        ("Cụm Bắc Sơn", 2),
        ("Cụm Nam Sơn", 2),
    ]
    rows = owed(duty)
    assert rows["Cụm Bắc Sơn"].owner_id == here.office("ubnd_c11")
    assert "Cụm Bắc Sơn" in rows["Cụm Bắc Sơn"].title


def test_a_duty_that_is_still_to_begin_is_grouped_and_changed_from_its_first_day() -> None:
    here, first = a_gathering(), date(2026, 7, 1)
    actor = here.actor("specialist")
    regime = Regime("Giao ban quý", "it", "commune", "Quy chế 12/QC-UBND", False, first)
    duty = services.declare_briefings(regime=regime, actor=actor, at=NOW)
    c11, c21 = here.world.units["C11"].pk, here.world.units["C21"].pk

    with pytest.raises(NotPossible, match="Không còn đơn vị nào"):
        services.group_by_old_district(duty_id=duty.pk, actor=actor, at=NOW)
    one = services.form_cluster(duty_id=duty.pk, name="Cụm mới", unit_ids=[c11, c21], head_id=c11, actor=actor, at=NOW)

    assert {row.valid.lower for row in Membership.objects.filter(duty=duty)} == {first}
    assert set(one.memberships.values_list("unit", flat=True)) == {c11, c21}
    assert Membership.objects.filter(duty=duty).count() == 4


def test_nobody_owes_twice_however_often_it_is_generated() -> None:
    here = a_gathering()
    duty = declared(here)
    before = Obligation.objects.filter(duty=duty).count()

    generate_obligations(on=TODAY, actor=SystemActor("worker", TODAY), at=NOW)

    assert Obligation.objects.filter(duty=duty).count() == before


def test_who_declares_a_meeting_of_its_own_owes_by_itself_and_the_cluster_goes_on() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = Holder.objects.get(name="Cụm Bắc Sơn")
    c11, c12 = here.world.units["C11"].pk, here.world.units["C12"].pk
    with pytest.raises(NotPossible, match="cụm trưởng"):
        services.declare_combined(duty_id=duty.pk, unit_id=c11, combined_with="Giao ban xã", actor=here.actor("commune_leader"), at=NOW)  # fmt: skip
    services.change_cluster(holder_id=cluster.pk, name=cluster.name, unit_ids=[c11, c12], head_id=c12, actor=here.actor("specialist"), at=NOW)  # fmt: skip

    one = services.declare_combined(duty_id=duty.pk, unit_id=c11, combined_with="Giao ban UBND xã quý I", actor=here.actor("commune_leader"), at=NOW)  # fmt: skip

    assert owed(duty)["Xã Đông Hà"].owner_id == here.office("ubnd_c11")
    assert one.came_from == cluster
    said = Entry.objects.get(verb="meetings.combining_declared")
    assert "Giao ban UBND xã quý I" in str(said.changes)


def test_the_own_meeting_fulfils_the_duty_and_the_board_says_how() -> None:
    here = a_gathering()
    duty = declared(here)
    c12 = here.world.units["C11"].pk
    alone = declared_alone(here, duty, c12)
    row = owed(duty)[alone.name]
    leader = here.actor("commune_leader", date(2026, 3, 30))

    services.record_combined(obligation_id=row.pk, held_on=date(2026, 3, 27), combined_with=alone.combined_with, summary="Đã giao ban", content=MINUTES, title="bb.pdf", actor=leader, at=later(14))  # fmt: skip

    board = board_of(here.actor("specialist"), duty, PERIOD, date(2026, 3, 30))
    assert (board.held, len(board.rows), board.combined) == (1, 3, 1)
    ready = reminder_of(board, duty.title, "quý I năm 2026", "http://x/")
    assert ready is not None
    assert "Cụm Nam Sơn" in ready.text
    assert alone.name not in ready.text


def declared_alone(here: Gathering, duty: Duty, unit_id: int) -> Holder:
    """The head hands over, then declares the meeting of its own."""
    others = Membership.objects.filter(duty=duty, unit=unit_id).get().holder.memberships.exclude(unit=unit_id)
    cluster, head = others[0].holder, others[0].unit_id
    services.change_cluster(holder_id=cluster.pk, name=cluster.name, unit_ids=[unit_id, head], head_id=head, actor=here.actor("specialist"), at=NOW)  # fmt: skip
    return services.declare_combined(duty_id=duty.pk, unit_id=unit_id, combined_with="Giao ban UBND xã", actor=here.actor("commune_leader"), at=NOW)  # fmt: skip


def test_a_declaration_is_withdrawn_with_a_reason_and_the_unit_goes_back_to_its_cluster() -> None:
    here = a_gathering()
    duty = declared(here)
    unit = here.world.units["C11"].pk
    alone = declared_alone(here, duty, unit)
    with pytest.raises(NotPossible, match="lý do"):
        services.withdraw_combined(holder_id=alone.pk, reason=" ", actor=here.actor("commune_leader"), at=NOW)

    services.withdraw_combined(holder_id=alone.pk, reason="Không họp riêng nữa", actor=here.actor("commune_leader"), at=later(1))  # fmt: skip

    assert "Xã Đông Hà" not in owed(duty)
    taken = Obligation.objects.get(duty=duty, subject_id=alone.pk, period=PERIOD)
    assert taken.closed_reason == "withdrawn"
    [cluster] = [one for one in grouping_of(duty, TODAY).clusters if one.holder.name == "Cụm Bắc Sơn"]
    assert len(cluster.members) == 2


def test_declared_again_in_the_same_quarter_it_owes_again() -> None:
    here = a_gathering()
    duty = declared(here)
    unit = here.world.units["C11"].pk
    alone = declared_alone(here, duty, unit)
    services.withdraw_combined(holder_id=alone.pk, reason="Nhầm", actor=here.actor("commune_leader"), at=NOW)

    services.declare_combined(duty_id=duty.pk, unit_id=unit, combined_with="Giao ban đảng ủy", actor=here.actor("commune_leader"), at=NOW)  # fmt: skip

    assert owed(duty)["Xã Đông Hà"].is_open


def test_a_new_head_owes_in_the_old_ones_place_in_the_open_period() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = Holder.objects.get(name="Cụm Bắc Sơn")
    units = [here.world.units[name].pk for name in ("C11", "C12")]
    other = _committee_of(here, "C12")

    services.change_cluster(holder_id=cluster.pk, name="Cụm 1", unit_ids=units, head_id=units[1], actor=here.actor("specialist"), at=NOW)  # fmt: skip

    row = Obligation.objects.get(duty=duty, subject_id=cluster.pk, period=PERIOD)
    assert (row.owner_id, row.original_owner_id) == (other, here.office("ubnd_c11"))


def _committee_of(here: Gathering, unit: str) -> int:
    """The committee of a commune that the small world leaves out, with its mandate."""
    body = Organisation.objects.create(uid=uuid.uuid4())
    OrganisationVersion.objects.create(organisation=body, valid=DateRange(None, None), name=f"UBND {unit}", kind=Kind.PEOPLE_COMMITTEE, unit=here.world.units[unit], sort_key=unit)  # fmt: skip
    own = Mandate.objects.filter(organisation=here.office("ubnd_c11"), function__code="direct").first()
    assert own is not None
    Mandate.objects.create(organisation=body, function=own.function, field=None, unit=here.world.units[unit], reach=own.reach, part=own.part, valid=own.valid, legal_basis="x")  # fmt: skip
    return body.pk


def test_who_is_left_out_of_its_cluster_holds_it_by_itself() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = Holder.objects.get(name="Cụm Nam Sơn")
    c21, c22 = here.world.units["C21"].pk, here.world.units["C22"].pk

    services.change_cluster(holder_id=cluster.pk, name=cluster.name, unit_ids=[c21], head_id=c21, actor=here.actor("specialist"), at=NOW)  # fmt: skip

    [alone] = grouping_of(duty, TODAY).alone
    assert alone.holder.name == "Thị trấn Hạ Giang"
    assert Membership.objects.filter(unit=c22, valid__contains=TODAY).get().holder == alone.holder


def briefed(here: Gathering, duty: Duty) -> Holder:
    """Cluster Nam Sơn, whose briefing of the period was held."""
    cluster = Holder.objects.get(name="Cụm Nam Sơn")
    fulfil(obligation=owed(duty)[cluster.name], actor=here.actor("specialist"), at=NOW)
    return cluster


def test_who_leaves_a_cluster_after_its_briefing_owes_none_of_its_own_before_the_next_quarter() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = briefed(here, duty)
    c21, c22 = here.world.units["C21"].pk, here.world.units["C22"].pk

    services.change_cluster(holder_id=cluster.pk, name=cluster.name, unit_ids=[c21], head_id=c21, actor=here.actor("specialist", TODAY + timedelta(days=1)), at=later(1))  # fmt: skip

    next_quarter = date(2026, 6, 30)
    assert "Thị trấn Hạ Giang" not in owed(duty)
    assert holders_of_units(duty, [c22], date(2026, 3, 31))[c22].subject.id == cluster.pk
    assert holders_of_units(duty, [c22], next_quarter)[c22].name == "Thị trấn Hạ Giang"


def test_who_leaves_a_cluster_before_its_briefing_owes_its_own() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = Holder.objects.get(name="Cụm Nam Sơn")
    c21 = here.world.units["C21"].pk
    services.change_cluster(holder_id=cluster.pk, name=cluster.name, unit_ids=[c21], head_id=c21, actor=here.actor("specialist", TODAY + timedelta(days=1)), at=later(1))  # fmt: skip
    fulfil(obligation=owed(duty)["Cụm Nam Sơn"], actor=here.actor("specialist"), at=later(2))

    generate_obligations(on=TODAY + timedelta(days=3), actor=SystemActor("worker", TODAY), at=later(3), duties=[duty])

    assert holders_of_units(duty, [here.world.units["C22"].pk], date(2026, 3, 31))[here.world.units["C22"].pk].name == "Thị trấn Hạ Giang"  # fmt: skip


def test_the_meeting_of_a_cluster_asks_its_members() -> None:
    here = a_gathering()
    other = _committee_of(here, "C12")
    duty = declared(here)
    row = owed(duty)["Cụm Bắc Sơn"]

    meeting = services.plan_meeting(shape="briefing", plan=here.plan(unit="C11"), obligation_id=row.pk, actor=here.actor("commune_officer"), at=NOW)  # fmt: skip

    assert list(meeting.attendees.values_list("organisation_id", "capacity")) == [(other, "reporting")]


def test_only_the_mandate_groups_and_only_the_own_office_declares() -> None:
    here = a_gathering()
    duty = declared(here)
    unit = here.world.units["C21"].pk

    with pytest.raises(NotPermitted):
        services.group_by_old_district(duty_id=duty.pk, actor=here.actor("district_officer"), at=NOW)
    with pytest.raises(NotPermitted):
        services.declare_combined(duty_id=duty.pk, unit_id=unit, combined_with="X", actor=here.actor("commune_leader"), at=NOW)  # fmt: skip


def test_a_past_period_keeps_its_holders() -> None:
    here = a_gathering()
    duty = declared(here)
    cluster = Holder.objects.get(name="Cụm Bắc Sơn")
    units = [here.world.units[name].pk for name in ("C11", "C12", "C21")]
    after = date(2026, 4, 6)

    services.change_cluster(holder_id=cluster.pk, name="Cụm rộng", unit_ids=units, head_id=units[0], actor=here.actor("specialist", after), at=NOW + timedelta(days=21))  # fmt: skip

    assert Membership.objects.filter(holder=cluster, valid__contains=date(2026, 3, 31)).count() == 2
    assert Obligation.objects.filter(duty=duty, period=PERIOD).count() == 2
    assert Meeting.objects.count() == 0
