"""Pages that each role meets: no fault that axe knows, nothing wider than the window, a quiet console."""

from collections.abc import Callable

import pytest
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.reporting.services import receive_report
from diaban.work.reporting.tests.worlds import NOW

pytestmark = pytest.mark.browser

PAGES = {
    "district_officer": [
        "/",
        "/bao-cao/",
        "/viec/",
        "/to-chuc/danh-ba/",
        "/tai-khoan/tuy-chon/",
    ],
    "specialist": ["/", "/bao-cao/che-do/", "/dia-ban/", "/tim/?q=bac son"],
    "director": ["/", "/bao-cao/tong-hop/", "/bao-cao/tong-hop/tinh-hinh/", "/chuc-nang/", "/to-chuc/", "/nhat-ky/"],
    "clerk": ["/", "/bao-cao/", "/tai-khoan/thong-bao/"],
    "unit_admin": ["/to-chuc/quan-tri/", "/sap-xep/"],
    "enterprise": ["/", "/tien-trinh/"],
    "auditor": ["/", "/nhat-ky/"],
}


@pytest.mark.parametrize("persona", PAGES)
def test_pages_of(persona: str, visit: Callable[..., Visitor], site: Site) -> None:
    here = site.here
    receive_report(report_id=here.sent().pk, actor=here.actor("director"), at=NOW)
    visitor = visit(persona)

    faults = []
    for page in PAGES[persona]:
        visitor.open(page)
        for width in (WIDE, NARROW):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            faults += visitor.faults()

    assert faults == []
    assert visitor.complaints == []
