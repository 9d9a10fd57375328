"""Deadlines and completeness over periods: what is counted, over what, and across a reform."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.territory.dossier import place_of
from diaban.foundation.territory.models import Containment, Coverage, Level, Unit, UnitVersion
from diaban.lib.periods import Period
from diaban.lib.vietnamese import sort_key
from diaban.work.reporting.dossier import course_kept
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.quality.course import course_of
from diaban.work.reporting.quality.keeping import Kept, Tally, ranked, tally
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW, Q4, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
LATER = date(2010, 1, 20)


def owes(here: Reporting, unit_id: int, period: Period, *, days: int | None, closed: str = "") -> None:
    """An obligation due ten days after the period's end, fulfilled so many days after its deadline."""
    due_on = period.last_day + timedelta(days=10)
    organisation = here.world.organisations["ubnd_d1"]
    done = None if days is None else datetime.combine(due_on + timedelta(days=days), NOW.timetz())
    Obligation.objects.create(
        kind="reporting.report", title="Báo cáo", duty=here.schedule.duty, period=str(period),
        period_last_day=period.last_day, unit_id=unit_id, owner=organisation, original_owner=organisation,
        counterpart=here.world.organisations["so"], opened_on=period.start, due_on=due_on, original_due_on=due_on,
        fulfilled_at=done, closed_at=NOW if closed else None, closed_reason=closed,
    )  # fmt: skip


def test_periods_are_counted_by_how_they_ended() -> None:
    here = a_reporting_world()
    Obligation.objects.all().delete()
    unit, periods = here.world.units["D1"].pk, [Q4]
    for _step in range(4):
        periods.insert(0, periods[0].previous())
    for period, days in zip(periods, (0, -2, 1, None, None), strict=True):
        owes(here, unit, period, days=days, closed="waived" if period == periods[3] else "")

    course = course_of(here.actor("specialist", LATER), here.schedule, LATER)

    assert [one.standing for one in course.rows[0].cells] == [
        "sent_on_time", "sent_on_time", "sent_late", "waived", "overdue",
    ]  # fmt: skip
    found = course.tally
    assert (found.owed, found.on_time, found.late, found.missing, found.waived) == (5, 2, 1, 1, 1)
    assert found.punctuality == 50  # two of four: the exempted is in no denominator
    assert found.turnout == 75


def test_what_is_not_due_yet_is_no_part_of_a_share() -> None:
    here = a_reporting_world()
    Obligation.objects.all().delete()
    owes(here, here.world.units["D1"].pk, Q4, days=-3)
    owes(here, here.world.units["D2"].pk, Q4, days=None)

    course = course_of(here.actor("specialist", Q4.last_day), here.schedule, Q4.last_day)

    assert (course.tally.ended, course.tally.waiting) == (1, 1)
    assert course.tally.punctuality == 100


def test_completeness_counts_cells_that_had_to_hold_a_figure() -> None:
    here = a_reporting_world()
    report = here.sent()
    receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)

    [row] = [one for one in course_of(here.actor("specialist"), here.schedule, LATER).rows if one.tally.asked]

    assert row.unit.unit == here.world.units["D1"]
    assert 0 < row.tally.filled <= row.tally.asked
    assert row.tally.fullness is not None


def a_reform(here: Reporting, on: date) -> int:
    """District D1 ends the day before; a new unit on its ground. The new unit's id."""
    old = here.world.units["D1"]
    UnitVersion.objects.filter(unit=old).update(valid=DateRange(None, on))
    Containment.objects.filter(descendant=old).update(valid=DateRange(None, on))
    new = Unit.objects.create(uid=uuid.uuid4(), level=Level.DISTRICT)
    province = here.world.units["P"]
    UnitVersion.objects.create(
        unit=new, valid=DateRange(on, None), code="929", name="Mới", kind="huyện", parent=province,
        sort_key=sort_key("Mới"),
    )  # fmt: skip
    for above, distance in ((new, 0), (province, 1)):
        Containment.objects.create(ancestor=above, descendant=new, valid=DateRange(on, None), distance=distance)
    Coverage.objects.bulk_create([Coverage(unit=new, covered=new), Coverage(unit=province, covered=new)])
    return new.pk


def test_units_before_and_after_a_reform_stand_apart_and_the_columns_say_when() -> None:
    here = a_reporting_world()
    Obligation.objects.all().delete()
    day = date(2009, 10, 1)
    new = a_reform(here, day)
    owes(here, here.world.units["D1"].pk, Q4.previous(), days=1)
    owes(here, new, Q4, days=0)

    course = course_of(here.actor("specialist", LATER), here.schedule, LATER)

    by_unit = {row.unit.unit_id: row for row in course.rows}
    assert [one.since for one in course.columns] == [None, day]
    assert [kept.standing for kept in by_unit[new].cells] == ["", "sent_on_time"]
    assert [kept.standing for kept in by_unit[here.world.units["D1"].pk].cells] == ["sent_late", ""]
    assert [group.until for group in course.groups] == [None, day - timedelta(days=1)]
    assert set(course.places) == {new}


def test_a_regime_of_communes_is_told_after_the_one_of_districts_and_never_in_its_rows() -> None:
    here = a_reporting_world()
    Obligation.objects.all().delete()
    day, district, commune = date(2009, 10, 1), here.world.units["D1"].pk, here.world.units["C11"].pk
    owes(here, district, Q4.previous(), days=0)
    old = here.schedule
    Schedule.objects.filter(pk=old.pk).update(valid=DateRange(date(2009, 1, 1), day))
    duty = Duty.objects.get(code=f"{here.form.code}:{old.pk}")
    duty.pk, duty.code, duty.level = None, "communes", Level.COMMUNE
    duty.save()
    new = Schedule.objects.get(pk=old.pk)
    new.pk, new.uid, new.duty, new.valid = None, uuid.uuid4(), duty, DateRange(day, None)
    new.save()
    here = Reporting(here.world, here.form, new)
    owes(here, commune, Q4, days=1)

    course = course_of(here.actor("specialist", LATER), Schedule.objects.get(pk=new.pk), LATER)

    stands = {row.unit.unit_id: [kept.standing for kept in row.cells] for row in course.rows}
    assert [one.code for one in course.columns] == [str(Q4.previous()), str(Q4)]
    assert stands == {district: ["sent_on_time", ""], commune: ["", "sent_late"]}
    assert [one.tally.owed for one in course.columns] == [1, 1]


def test_the_page_and_its_workbook_ask_few_queries(django_assert_max_num_queries: Any) -> None:
    here = a_reporting_world()
    with time_machine.travel(NOW, tick=False):
        client = here.world.client("specialist")
        url = reverse("reporting:course", args=[here.schedule.uid])
        actor = here.actor("specialist")
        with django_assert_max_num_queries(10):
            course_of(actor, here.schedule, LATER)
        with django_assert_max_num_queries(30):
            page = client.get(url).content.decode()
        workbook = client.get(url, {"tai": "xlsx"})

    assert "Được miễn (M)" in page
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_place_tells_its_own_course_and_nobody_elses() -> None:
    here = a_reporting_world()
    Obligation.objects.all().delete()
    unit = here.world.units["D1"].pk
    owes(here, unit, Q4.previous(), days=2)
    owes(here, unit, Q4, days=None)

    uid = here.world.units["D1"].uid
    own = course_kept(place_of(here.actor("district_officer", LATER), uid, LATER))
    stranger = course_kept(place_of(here.actor("enterprise", LATER), uid, LATER))

    assert stranger is None
    assert own is not None
    assert "Đúng hạn 0/2" in own.lead
    assert [row[4].status for row in own.rows] == ["overdue", "sent_late"]


kept = st.builds(
    Kept,
    st.sampled_from(["", "sent_on_time", "sent_late", "overdue", "waived", "not_due"]),
    st.integers(0, 5),
    st.integers(5, 9),
)


@given(st.lists(kept))
def test_counts_add_up_whatever_was_kept(found: list[Kept]) -> None:
    whole = tally(found)

    assert whole.owed == whole.ended + whole.waived + whole.waiting
    assert whole.punctuality is None or 0 <= whole.punctuality <= whole.turnout <= 100  # type: ignore[operator]  # both or none


def test_equals_share_a_place_and_those_without_an_end_have_none() -> None:
    good, bad, none = Tally(owed=2, on_time=2), Tally(owed=2, late=2), Tally(owed=1)

    assert ranked({1: good, 2: good, 3: bad, 4: none}) == {1: (1, 3), 2: (1, 3), 3: (3, 3)}
