"""Where a report is handed in by law is said by date, with its ground, and stands where the report is."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.journal.models import Entry
from diaban.work.reporting.models import OfficialPlace
from diaban.work.reporting.services import NotAfterTheLast, set_official_place
from diaban.work.reporting.tests.worlds import NOW, Q4, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db
SYSTEM = "Hệ thống thông tin báo cáo của tỉnh"
BASIS = "Quyết định 5/QĐ-UBND ngày 01/10/2009 của UBND tỉnh"


def placed(here: Reporting, since: date, system: str = SYSTEM, by: str = "specialist") -> OfficialPlace:
    return set_official_place(
        schedule_id=here.schedule.pk, since=since, system=system, basis=BASIS, actor=here.actor(by), at=NOW
    )


def test_a_report_goes_where_it_was_said_for_its_period_s_last_day() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        placed(here, Q4.last_day)
        placed(here, Q4.end, "")

        said = {day: OfficialPlace.objects.on(here.schedule, day) for day in (Q4.start, Q4.last_day, Q4.end)}

    assert [one.is_elsewhere if one else None for one in said.values()] == [None, True, False]
    assert Entry.objects.filter(verb="reporting.official_place_set").count() == 2


def test_what_was_said_stays() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        placed(here, Q4.last_day)

        for since in (Q4.last_day, Q4.start):
            with pytest.raises(NotAfterTheLast):
                placed(here, since, "")
        with pytest.raises(NotPermitted):
            placed(here, Q4.end, by="district_leader")


def test_the_place_stands_on_the_pages_of_the_schedule_the_form_and_the_report() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client, report = here.world.client("specialist"), here.sent()
        url = reverse("reporting:schedule", args=[here.schedule.uid])
        pages = [url, reverse("reporting:form", args=[here.form.code]), reverse("reporting:report", args=[report.uid])]
        before = [f"{SYSTEM}<" in client.get(page).content.decode() for page in pages]
        typed = {"tu_ngay": "2009-10-01", "he_thong": SYSTEM, "dia_chi": "https://bao-cao.example", "can_cu": BASIS}

        refused = client.post(f"{url}noi-nop/", {**typed, "can_cu": ""})
        client.post(f"{url}noi-nop/", typed)

        after = [f"{SYSTEM}<" in client.get(page).content.decode() for page in pages]
    assert (before, refused.status_code, after) == ([False] * 3, 422, [True] * 3)
