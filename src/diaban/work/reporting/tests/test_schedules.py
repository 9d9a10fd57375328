"""A schedule binds nobody without its ground (Decree 09/2019/NĐ-CP, Articles 7, 8.5 and 11)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from diaban.foundation.acts.actor import NotPermitted
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.schedules import burden_of
from diaban.work.reporting.services import Basis, NotLawful, draft_schedule, switch_on
from diaban.work.reporting.tests.worlds import ASSUMED, ITEMS, NOW, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
DECISION = Basis(symbol="41/2019/QĐ-UBND", issuer="UBND tỉnh", article="Điều 5", items=ITEMS)


def drafted(
    here: Reporting, basis: Basis, *, kind: str = "periodic", until: date | None = None, persona: str = "specialist"
) -> Schedule:
    return draft_schedule(
        form=here.form,
        title="Báo cáo thử",
        unit_id=here.world.units["P"].pk,
        counterpart_id=here.world.organisations["so"].pk,
        valid_from=date(2010, 1, 1),
        valid_to=until,
        kind=kind,
        basis=basis,
        deadlines=[("district", 1)],
        actor=here.actor(persona),
        at=NOW,
    )


@pytest.mark.parametrize("basis", [DECISION, ASSUMED], ids=["decision", "assumed"])
def test_with_its_ground_it_becomes_a_duty(basis: Basis) -> None:
    here = a_reporting_world()

    schedule = switch_on(schedule_id=drafted(here, basis).pk, actor=here.actor("specialist"), at=NOW)

    assert schedule.duty is not None
    assert (schedule.duty.level, schedule.duty.is_assumed) == ("district", bool(basis.assumed))


@pytest.mark.parametrize(
    "basis",
    [
        replace(DECISION, symbol=""),
        replace(DECISION, issuer=""),
        replace(DECISION, article=""),
        replace(DECISION, items={**ITEMS, "cut_off": ""}),
    ],
    ids=["no symbol", "no issuer", "no article", "no cut-off"],
)
def test_without_it_it_cannot_be_switched_on(basis: Basis) -> None:
    here = a_reporting_world()
    schedule = drafted(here, basis)

    with pytest.raises(NotLawful):
        switch_on(schedule_id=schedule.pk, actor=here.actor("specialist"), at=NOW)


def test_a_request_needs_its_letter_and_an_end_and_is_no_duty() -> None:
    here = a_reporting_world()
    letter = Basis(letter_symbol="85/STTTT-BCVT", letter_on=TODAY)
    without_end = drafted(here, letter, kind="ad_hoc")

    with pytest.raises(NotLawful, match="ngày kết thúc"):
        switch_on(schedule_id=without_end.pk, actor=here.actor("specialist"), at=NOW)


def test_the_database_refuses_what_the_law_refuses() -> None:
    here = a_reporting_world()
    schedule = drafted(here, replace(DECISION, symbol=""))

    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.filter(pk=schedule.pk).update(is_on=True)


def test_a_deadline_leaves_a_working_day_and_each_level_more() -> None:
    here = a_reporting_world()

    with pytest.raises(NotLawful):
        draft_schedule(
            form=here.form,
            title="Báo cáo thử",
            unit_id=here.world.units["P"].pk,
            counterpart_id=here.world.organisations["so"].pk,
            valid_from=date(2010, 1, 1),
            basis=ASSUMED,
            deadlines=[("district", 3), ("department", 3)],
            actor=here.actor("specialist"),
            at=NOW,
        )


def test_who_keeps_no_registers_sets_no_schedule() -> None:
    here = a_reporting_world()

    with pytest.raises(NotPermitted):
        drafted(here, ASSUMED, persona="district_leader")


def test_the_burden_counts_cells_and_times() -> None:
    here = a_reporting_world()

    burden = burden_of(here.schedule, TODAY)

    assert burden is not None
    assert (burden.typed, burden.confirmed, burden.times) == (117, 4, 4)
