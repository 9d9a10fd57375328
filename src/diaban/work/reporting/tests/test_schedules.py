"""A schedule binds nobody without its ground (Decree 09/2019/NĐ-CP, Articles 7, 8.5 and 11)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted, SystemActor
from diaban.foundation.journal.models import Entry
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.services import generate_obligations
from diaban.foundation.obligations.workdays import work_calendar
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.queries.owing import periods_over
from diaban.work.reporting.queries.regimes import items_drawn
from diaban.work.reporting.queries.schedules import burden_of
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.services import (
    Basis,
    NotEndable,
    NotLawful,
    Terms,
    discard_schedule,
    draft_schedule,
    end_schedule,
    open_report,
    redraft_schedule,
    switch_on,
)
from diaban.work.reporting.tests.worlds import ASSUMED, ITEMS, NOW, Q4, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
DECISION = Basis(symbol="41/2019/QĐ-UBND", issuer="UBND tỉnh", article="Điều 5", items=ITEMS)


def terms(
    here: Reporting,
    basis: Basis,
    kind: str = "periodic",
    *,
    since: date = date(2010, 1, 1),
    until: date | None = None,
    due_on: date | None = None,
) -> Terms:
    return Terms(
        form=here.form,
        title="Báo cáo thử",
        unit_id=here.world.units["P"].pk,
        counterpart_id=here.world.organisations["so"].pk,
        valid_from=since,
        valid_to=until,
        kind=kind,
        due_on=due_on,
        basis=basis,
        deadlines=[("district", 1)],
    )


def drafted(here: Reporting, basis: Basis, *, persona: str = "specialist", **said: Any) -> Schedule:
    return draft_schedule(actor=here.actor(persona), at=NOW, **terms(here, basis, **said))


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


def test_a_request_needs_its_letter_an_end_and_a_day_to_send() -> None:
    here = a_reporting_world()
    letter = Basis(letter_symbol="85/STTTT-BCVT", letter_on=TODAY)
    without_end = drafted(here, letter, kind="ad_hoc")

    with pytest.raises(NotLawful, match=r"ngày kết thúc; .*ngày phải gửi"):
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


LETTER = Basis(letter_symbol="85/STTTT-BCVT", letter_on=TODAY)
DUE = TODAY + timedelta(days=10)


@pytest.mark.parametrize("kind", ["ad_hoc", "thematic"])
def test_a_request_is_owed_once_by_each_unit_for_the_days_and_by_the_day_it_names(kind: str) -> None:
    here = a_reporting_world()
    until = date(2010, 2, 1)

    schedule = switch_on(
        schedule_id=drafted(here, LETTER, kind=kind, until=until, due_on=until).pk,
        actor=here.actor("specialist"),
        at=NOW,
    )
    generate_obligations(on=date(2012, 1, 1), actor=SystemActor("worker", date(2012, 1, 1)), at=NOW)

    owed = Obligation.objects.filter(duty=schedule.duty)
    assert set(owed.values_list("period", "due_on")) == {("stat:2010-01-01..2010-01-31", until)}
    assert sorted(owed.values_list("unit_id", flat=True)) == sorted(here.world.units[name].pk for name in ("D1", "D2"))


def test_a_request_whose_day_to_send_has_passed_asks_nobody() -> None:
    here = a_reporting_world()
    yesterday = TODAY - timedelta(days=1)
    late = drafted(here, LETTER, kind="ad_hoc", since=date(2009, 12, 1), until=yesterday, due_on=yesterday)

    with pytest.raises(NotLawful, match="Hạn gửi đã qua"):
        switch_on(schedule_id=late.pk, actor=here.actor("specialist"), at=NOW)


def test_a_report_of_a_request_is_written_for_its_days() -> None:
    here = a_reporting_world()
    until = date(2009, 12, 1)
    request = drafted(here, LETTER, kind="ad_hoc", since=date(2009, 11, 1), until=until, due_on=DUE)
    switch_on(schedule_id=request.pk, actor=here.actor("specialist"), at=NOW)
    request.refresh_from_db()
    assert request.one_period is not None

    report = open_report(
        schedule_id=request.pk,
        unit_id=here.world.units["D1"].pk,
        period=request.one_period,
        actor=here.actor("district_officer"),
        at=NOW,
    )

    assert report.period == str(request.one_period)


def test_an_own_draft_is_said_anew_and_deleted() -> None:
    here = a_reporting_world()
    draft = drafted(here, LETTER, kind="ad_hoc", until=date(2010, 2, 1), due_on=DUE)
    actor = here.actor("specialist")

    redraft_schedule(schedule_id=draft.pk, actor=actor, at=NOW, **terms(here, ASSUMED, "periodic"))
    draft.refresh_from_db()
    assert (draft.kind, draft.due_on, draft.revision, draft.deadlines.count()) == ("periodic", None, 2, 1)

    discard_schedule(schedule_id=draft.pk, actor=actor, at=NOW)
    assert not Schedule.objects.filter(pk=draft.pk).exists()
    assert Entry.objects.filter(verb="reporting.schedule_discarded").exists()


def test_the_draft_tells_which_periods_would_be_late_at_once_and_switching_on_asks_at_once() -> None:
    here = a_reporting_world()
    past, fresh = drafted(here, DECISION, since=date(2009, 7, 1)), drafted(here, DECISION, since=TODAY)

    over = [[str(one) for one in periods_over(draft, TODAY)] for draft in (past, fresh)]
    on = switch_on(schedule_id=fresh.pk, actor=here.actor("specialist"), at=NOW)

    assert over == [["stat:2009-Q3"], []]
    assert {one.period for one in Obligation.objects.filter(duty=on.duty)} == {str(Q4)}


def test_the_items_of_the_law_are_drawn_from_the_draft_and_make_it_complete() -> None:
    here = a_reporting_world()
    draft = drafted(here, replace(ASSUMED, items={"method": "Qua trục liên thông"}))
    client = here.world.client("specialist")
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("reporting:schedule", args=[draft.uid])).content.decode()
        form = client.get(reverse("reporting:redraft_schedule", args=[draft.uid]), {"soan-san": "1"}).context["form"]

    drawn = items_drawn(draft, TODAY)
    assert "?soan-san=1" in page
    assert set(drawn) == set(ARTICLE_7)
    assert (drawn["frequency"], drawn["deadline"]) == ("Hằng quý", "Chậm nhất 1 ngày làm việc sau ngày chốt số liệu")
    assert form["muc_method"].value() == "Qua trục liên thông"
    assert form["muc_who_reports"].value() == "Ủy ban nhân dân cấp huyện thuộc tỉnh Sơn Lâm"


def test_what_was_in_force_or_is_anothers_is_not_deleted() -> None:
    here = a_reporting_world()
    theirs = drafted(here, ASSUMED)
    Schedule.objects.filter(pk=theirs.pk).update(drafted_by=here.world.organisations["ubnd_d1"])

    for schedule in (here.schedule, theirs):
        with pytest.raises(NotPermitted):
            discard_schedule(schedule_id=schedule.pk, actor=here.actor("specialist"), at=NOW)


def test_what_came_in_is_to_be_received_within_the_days_that_the_schedule_says() -> None:
    here = a_reporting_world()
    Schedule.objects.filter(pk=here.schedule.pk).update(reception_days=5)

    report = here.sent()

    line = Obligation.objects.filter(kind="reporting.reception", subject_id=report.pk).first()
    assert line is not None
    assert line.due_on == work_calendar().add_working_days(TODAY, 5)


def end(here: Reporting, on: date, reason: str = "Quyết định 12/QĐ-UBND bãi bỏ") -> Schedule:
    return end_schedule(schedule_id=here.schedule.pk, on=on, reason=reason, actor=here.actor("specialist"), at=NOW)


def test_from_the_day_it_ends_nothing_is_owed_any_more() -> None:
    here = a_reporting_world()
    owed = Obligation.objects.open().filter(duty=here.schedule.duty)
    assert owed.filter(period=str(Q4)).exists()

    schedule = end(here, Q4.last_day)

    assert schedule.valid.upper == Q4.last_day
    assert not owed.filter(period_last_day__gte=Q4.last_day).exists()
    assert owed.filter(period_last_day__lt=Q4.last_day).exists()


@pytest.mark.parametrize(
    ("days", "reason", "message"),
    [(0, " ", "lý do"), (-4000, "Bãi bỏ", "đang có hiệu lực"), (0, "Bãi bỏ", "chọn từ ngày 01/01/2010")],
    ids=["no reason", "before it began", "a report was sent"],
)
def test_it_does_not_end_without_reason_nor_before_what_was_sent(days: int, reason: str, message: str) -> None:
    here = a_reporting_world()
    here.sent()

    with pytest.raises(NotEndable, match=message):
        end(here, Q4.last_day + timedelta(days=days), reason)
    assert Schedule.objects.get(pk=here.schedule.pk).valid.upper is None


def test_it_is_ended_in_its_page_which_says_why_it_cannot() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        here.sent()
        client, url = here.world.client("specialist"), reverse("reporting:end_schedule", args=[here.schedule.uid])

        refused = client.post(url, {"thoi_tu": "2009-12-14", "ly_do": "Bãi bỏ", "revision": here.schedule.revision})
        ended = client.post(url, {"thoi_tu": "2010-06-01", "ly_do": "Bãi bỏ", "revision": here.schedule.revision})

        assert refused.status_code == 422
        assert "Đã có báo cáo Quý IV/2009 được gửi" in refused.content.decode()
        assert ended.status_code == 302
        assert "01/06/2010" in client.get(ended["Location"]).content.decode()
