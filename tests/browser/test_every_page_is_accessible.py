"""Pages that each role meets: no fault that axe knows, nothing wider than the window, a quiet console."""

from collections.abc import Callable

import pytest
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.reporting.models import Report
from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW, Reporting

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
    "unit_admin": ["/to-chuc/quan-tri/", "/sap-xep/"],
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


@pytest.mark.parametrize("persona", PAGES)
def test_pages_of(persona: str, visit: Callable[..., Visitor], site: Site) -> None:
    path = f"/bao-cao/{a_report_for(persona, site.here).uid}/"
    visitor = visit(persona)

    faults = []
    for page in PAGES[persona]:
        visitor.open(page.format(report=path))
        for width in (WIDE, NARROW):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            faults += visitor.faults()

    assert faults == []
    assert visitor.complaints == []
