"""The board of a period: who has sent, what is written to the others, many reports received or returned at once."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.jobs.models import Job
from diaban.foundation.jobs.running import run_job
from diaban.foundation.organisations.charges import in_charge
from diaban.foundation.organisations.queries import names_of
from diaban.foundation.organisations.services import dissolve_organisation, put_in_charge, succeed
from diaban.work.reporting.jobs import RECEIVE_MANY
from diaban.work.reporting.models import SectionState
from diaban.work.reporting.queries.boards import by_charge, by_old_district, completion, reminder
from diaban.work.reporting.queries.reports import board
from diaban.work.reporting.services import receive_report, return_section
from diaban.work.reporting.services.many import receive_each, return_each
from diaban.work.reporting.tests.consolidation_world import a_consolidating_world
from diaban.work.reporting.tests.test_consolidated_on_another_map import REFORM, merge
from diaban.work.reporting.tests.worlds import NOW, Q4, TODAY, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def states() -> set[str]:
    return set(SectionState.objects.values_list("status", flat=True))


def board_url(here: Reporting) -> str:
    return reverse("reporting:board", args=[here.schedule.uid])


def test_the_reminder_names_those_who_have_not_sent_and_no_others() -> None:
    here = a_reporting_world()
    here.sent()
    shown = board(here.actor("specialist"), here.schedule, str(Q4), TODAY)

    ready = reminder("Báo cáo quý", "Quý IV/2009", shown.rows, "https://diaban/")

    assert ready is not None
    text = ready.text
    waiting = {row.unit_name for row in shown.rows if not row.is_sent}
    assert all(name in text for name in waiting)
    assert not any(row.unit_name in text for row in shown.rows if row.is_sent)
    assert shown.sent == 1


def test_a_returned_report_is_asked_for_again_by_name_and_day_on_the_board_and_its_page() -> None:
    here = a_reporting_world()
    report = here.sent()
    return_section(
        report_id=report.pk,
        section=2,
        reason="Thiếu",
        due_on=date(2009, 12, 30),
        actor=here.actor("specialist"),
        at=NOW,
    )
    specialist, officer = here.world.client("specialist"), here.world.client("district_officer")

    shown = specialist.get(f"{board_url(here)}?ky={Q4}").context["completion"]
    page = specialist.get(reverse("reporting:report", args=[report.uid])).context["completion"]
    own = officer.get(reverse("reporting:report", args=[report.uid])).context["completion"]

    assert "1. Huyện Bắc Sơn, gửi lại trước ngày 30/12/2009\n" in shown.text
    assert "2." not in shown.text
    assert "bổ sung, hoàn chỉnh 01 phần của" in page.text
    assert "gửi lại trước ngày 30/12/2009:" in page.text
    assert "Thiếu" not in page.text
    assert own is None


def test_nobody_is_reminded_where_all_have_sent() -> None:
    assert reminder("Báo cáo quý", "Quý IV/2009", [], "https://diaban/") is None
    assert completion("Báo cáo quý", "Quý IV/2009", [], "https://diaban/") is None


def test_a_board_of_districts_stands_in_one_group() -> None:
    here = a_reporting_world()
    shown = board(here.actor("specialist"), here.schedule, str(Q4), TODAY)

    groups = by_old_district(here.schedule, shown.rows, TODAY)

    assert sum(len(group.rows) for group in groups) == len(shown.rows)


def test_one_report_that_cannot_be_received_stops_no_other() -> None:
    here = a_reporting_world()
    report = here.sent()
    told: list[tuple[int, int]] = []

    outcomes = receive_each(
        report_ids=[report.pk, report.pk + 1],
        actor=here.actor("specialist"),
        at=NOW,
        tell=lambda done, all_: told.append((done, all_)),
    )

    assert [bool(outcome.why_not) for outcome in outcomes] == [False, True]
    assert states() == {"received"}
    assert told == [(2, 2)]  # one that is gone, one received


def test_many_are_returned_for_one_reason() -> None:
    here = a_reporting_world()
    report = here.sent()

    outcomes = return_each(
        report_ids=[report.pk], reason="Thiếu thuyết minh", due_on=None, actor=here.actor("specialist"), at=NOW
    )

    assert [outcome.why_not for outcome in outcomes] == [""]
    assert states() == {"returned"}


def test_ticked_reports_are_received_by_the_worker(django_capture_on_commit_callbacks: Any) -> None:
    here = a_reporting_world()
    report = here.sent()
    client = here.world.client("specialist")

    response = client.post(
        reverse("reporting:act_on_many", args=[here.schedule.uid]),
        {"ky": str(Q4), "bao-cao": [report.pk], "viec": "tiep-nhan"},
    )
    job = Job.objects.get(kind=RECEIVE_MANY)
    run_job(job.pk)

    job.refresh_from_db()
    assert response["Location"] == reverse("jobs:job", args=[job.uid])
    assert job.state == Job.State.DONE
    assert states() == {"received"}


def test_the_board_is_read_grouped_narrowed_and_as_a_workbook() -> None:
    here = a_reporting_world()
    here.sent()
    client = here.world.client("specialist")

    page = client.get(board_url(here), {"ky": str(Q4)}).content.decode()
    narrowed = client.get(board_url(here), {"ky": str(Q4), "trang_thai": "waiting"}).content.decode()
    workbook = client.get(board_url(here), {"ky": str(Q4), "tai": "xlsx"})

    assert 'name="bao-cao"' in page
    assert narrowed.count('scope="row"') == 1
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_board_stands_under_whoever_is_in_charge_and_the_rest_apart() -> None:
    here = a_reporting_world()
    world = here.world
    put_in_charge(
        position_id=world.positions["deputy"].pk, unit_ids=[world.units["D1"].pk], valid_from=TODAY,
        basis="Thông báo 12/TB-STTTT", actor=here.actor("director"), at=NOW,
    )  # fmt: skip
    shown = board(here.actor("specialist"), here.schedule, str(Q4), TODAY)

    groups = by_charge(here.schedule, shown.rows, str(Q4), TODAY)
    page = world.client("specialist").get(board_url(here), {"ky": str(Q4), "nhom": "phu-trach"}).content.decode()

    assert [(group.name, [row.unit_id for row in group.rows]) for group in groups] == [
        ("Phó Giám đốc Trần Thị Phương", [world.units["D1"].pk]),
        ("Chưa phân công người phụ trách", [world.units["D2"].pk]),
    ]
    assert "Phó Giám đốc Trần Thị Phương: đã gửi 0/1" in page


def test_a_board_over_a_reform_tells_of_each_unit_once_who_held_it_and_who_holds_it_now() -> None:
    world = a_consolidating_world()
    here, people = world.here, world.here.world
    after, district = date(2010, 8, 1), people.units["D1"].pk
    put_in_charge(
        position_id=people.positions["deputy"].pk, unit_ids=[district], valid_from=TODAY,
        basis="Thông báo 12/TB-STTTT", actor=here.actor("director"), at=NOW,
    )  # fmt: skip
    merged = merge(world)
    put_in_charge(
        position_id=people.positions["director"].pk, unit_ids=[merged.pk], valid_from=REFORM,
        basis="Thông báo 34/TB-STTTT", actor=here.actor("director", after), at=NOW,
    )  # fmt: skip
    first, second = people.organisations["ubnd_d1"], people.organisations["ubnd_d2"]
    setter = SettingUp("tests", after)
    succeed(
        predecessor_id=first.pk, successor_id=second.pk, field_code="", on=REFORM, basis="Nghị quyết",
        actor=setter, at=NOW,
    )  # fmt: skip
    dissolve_organisation(organisation_id=first.pk, on=REFORM, basis="Nghị quyết", actor=setter, at=NOW)

    shown = board(here.actor("director", after), here.schedule, str(Q4), after)
    groups = by_charge(here.schedule, shown.rows, str(Q4), after)

    assert {row.unit_id: bool(row.owner_now) for row in shown.rows} == {district: True, people.units["D2"].pk: False}
    moved = next(row for row in shown.rows if row.owner_now)
    assert (moved.owner_then, moved.owner_now) == (
        names_of([first.pk], TODAY)[first.pk],
        names_of([second.pk], after)[second.pk],
    )
    director = in_charge([here.schedule.counterpart_id], [merged.pk], after)[merged.pk].label
    assert [(group.name, [row.unit_id for row in group.rows]) for group in groups] == [
        (director, [people.units["D2"].pk]),
        (f"Phó Giám đốc Trần Thị Phương (nay: {director})", [district]),
    ]


def test_what_awaits_its_paper_or_went_back_in_part_is_ticked_with_the_others() -> None:
    here = a_reporting_world()
    report = here.sent(with_paper=False)
    client = here.world.client("specialist")
    ticked = f'name="bao-cao" value="{report.pk}"'

    assert ticked in client.get(board_url(here), {"ky": str(Q4)}).content.decode()
    return_section(report_id=report.pk, section=2, reason="Thiếu", actor=here.actor("specialist"), at=NOW)
    assert ticked in client.get(board_url(here), {"ky": str(Q4)}).content.decode()
    receive_report(report_id=report.pk, actor=here.actor("specialist"), at=NOW)
    assert ticked not in client.get(board_url(here), {"ky": str(Q4)}).content.decode()
