"""A schedule is drafted, looked at and switched on in the page."""

import pytest
import time_machine
from django.urls import reverse

from diaban.work.reporting.models import Schedule
from diaban.work.reporting.rules import ARTICLE_7
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


def typed(here: Reporting, **changed: str) -> dict[str, str]:
    return {
        "bieu": here.form.code, "ten": "Báo cáo quý 2010", "loai": "periodic", "tu_ngay": "2010-01-01", "chot": "-11",
        "dia_ban": str(here.world.units["P"].uid), "noi_nhan": here.world.organisations["so"].versions.get().name,
        "han": "3", "tiep_nhan": "5", "so_hieu": "41/2019/QĐ-UBND", "ban_hanh": "UBND tỉnh", "dieu": "Điều 5",
        **{f"muc_{code}": "như văn bản" for code in ARTICLE_7}, **changed,
    }  # fmt: skip


def test_who_would_owe_is_seen_before_it_is_switched_on() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")

        page = client.post(reverse("reporting:draft_schedule"), typed(here), follow=True)
        made = Schedule.objects.get(title="Báo cáo quý 2010")

        assert not made.is_on
        assert len(page.context["owing"].owners) == 2
        assert "24/03/2010" in page.content.decode()  # closed on 20 March, a Saturday; three working days later

        client.post(reverse("reporting:switch_on", args=[made.uid]), {"revision": made.revision})
        made.refresh_from_db()
        assert made.is_on


def test_an_end_before_the_beginning_is_told_at_its_box() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()

        page = here.world.client("specialist").post(
            reverse("reporting:draft_schedule"), typed(here, den_ngay="2009-12-31")
        )

        assert page.status_code == 422
        assert "den_ngay" in page.context["form"].errors


def test_a_one_off_says_its_days_and_its_day_to_send_and_is_corrected_while_a_draft() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_reporting_world()
        client = here.world.client("specialist")
        once = {
            "loai": "ad_hoc", "tu_ngay": "2009-12-01", "den_ngay": "2009-12-15", "cong_van": "85/STTTT",
            "ngay_cong_van": "2009-12-21", "han": "", "chot": "",
        }  # fmt: skip

        refused = client.post(reverse("reporting:draft_schedule"), typed(here, **once))
        client.post(reverse("reporting:draft_schedule"), typed(here, **once, gui_truoc="2009-12-28"))
        made = Schedule.objects.get(title="Báo cáo quý 2010")
        address = reverse("reporting:redraft_schedule", args=[made.uid])
        shown = client.get(address).context["form"].initial
        page = client.post(address, typed(here, **once, gui_truoc="2009-12-29") | {"revision": "1"}, follow=True)

        assert "gui_truoc" in refused.context["form"].errors
        assert str(shown["den_ngay"]) == "2009-12-15"
        assert "29/12/2009" in page.content.decode()
        assert [str(one.due_on) for one in page.context["owing"].asked] == ["2009-12-29"]
