"""Pages that each role meets: no fault that axe knows, nothing wider than the window, a quiet console."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.difficulties.tests.worlds import Raised
from diaban.work.directives.tests.worlds import Directing
from diaban.work.meetings.tests.worlds import Gathering
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW, TODAY, Reporting

pytestmark = pytest.mark.browser

PAGES = {
    "district_officer": [
        "/",
        "/bao-cao/",
        "{report}",
        "{report}nhap/",
        "/viec/",
        "/to-chuc/danh-ba/",
        "/tai-khoan/tuy-chon/",
    ],
    "specialist": [
        "/",
        "/bao-cao/che-do/",
        "{report}phan/1/de-nghi-bo-sung/",
        "/dia-ban/",
        "/dia-ban/tim/",
        "/tim/?q=bac son",
        "/bao-cao/tong-hop/don-vi/",
        "{matter}",
        "/kien-nghi/",
        "/kien-nghi/moi/",
        "/kien-nghi/bang/",
        "/kien-nghi/tin-nhan/",
        "/kien-nghi/thoi-han/",
        "{asked}",
        "/nhiem-vu/",
        "/nhiem-vu/moi/",
        "/nhiem-vu/bang/",
        "/nhiem-vu/tin-nhan/",
        "/nhiem-vu/tuan/",
        "/nhiem-vu/duoc-giao/",
        "{meeting}",
        "{visit}",
        "{visit}buoi-moi/",
        "{stop}cau-hoi/",
        "/lich-cong-tac/",
        "/lich-cong-tac/chuong-trinh/",
        "/lich-cong-tac/theo-doi/",
        "/lich-cong-tac/hop/",
        "/lich-cong-tac/hop/moi/",
        "/lich-cong-tac/doan/",
        "/lich-cong-tac/doan/moi/",
    ],
    "director": [
        "/",
        "{report}",
        "/bao-cao/tong-hop/",
        "/bao-cao/tong-hop/tinh-hinh/",
        "/chuc-nang/",
        "/chuc-nang/vai-tro/",
        "/to-chuc/",
        "/nhat-ky/",
    ],
    "clerk": ["/", "/bao-cao/", "/tai-khoan/thong-bao/"],
    "unit_admin": [
        "/to-chuc/quan-tri/",
        "/to-chuc/quan-tri/them-nguoi/",
        "/to-chuc/quan-tri/ban-giao/",
        "/to-chuc/quan-tri/danh-sach/",
        "/to-chuc/quan-tri/nguoi/{colleague}/",
        "/to-chuc/ky-thay/",
        "/to-chuc/quan-tri/thong-bao/",
        "/sap-xep/",
    ],
    "enterprise": ["/", "/tien-trinh/"],
    "auditor": ["/", "/nhat-ky/"],
}


def a_report_for(persona: str, here: Reporting) -> Report:
    """A draft with a wrong cell for its officer, a received one for the director, one just sent for the others."""
    if persona == "district_officer":
        return here.filled(BC07__level_1="-3")
    report = here.sent()
    if persona == "director":
        receive_report(report_id=report.pk, actor=here.actor("director"), at=NOW)
    return report


def the_loop(here: Reporting) -> dict[str, str]:
    """A matter that waits for an answer, something asked of a district, a briefing being prepared."""
    world = here.world
    matter = Raised(world).raised(received_on=TODAY, actor=here.actor("district_officer"), at=NOW)
    asked = Directing(world).issued("ubnd_d1", due_on=date(2010, 1, 15))
    meeting = Gathering(world).planned()
    visit = Gathering(world).visit()
    stop = Gathering(world).stop(visit, start=13)
    return {
        "visit": f"/lich-cong-tac/doan/{visit.uid}/",
        "stop": f"/lich-cong-tac/hop/{stop.uid}/",
        "matter": f"/kien-nghi/{matter.uid}/",
        "asked": f"/nhiem-vu/{asked.uid}/",
        "meeting": f"/lich-cong-tac/hop/{meeting.uid}/",
    }


@pytest.mark.parametrize("persona", PAGES)
def test_pages_of(persona: str, visit: Callable[..., Visitor], site: Site) -> None:
    path = f"/bao-cao/{a_report_for(persona, site.here).uid}/"
    things = the_loop(site.here) if persona == "specialist" else {}
    visitor = visit(persona)

    faults = []
    for page in PAGES[persona]:
        visitor.open(page.format(report=path, colleague=site.here.world.people["specialist"].uid, **things))
        for width in (WIDE, NARROW):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            faults += visitor.faults()

    assert faults == []
    assert visitor.complaints == []
