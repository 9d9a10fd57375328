"""An act that is refused leaves what was typed in its form, open and ready to be sent again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site, Visitor

from diaban.work.meetings.tests.worlds import Gathering

pytestmark = pytest.mark.browser


def test_a_meeting_that_cannot_be_moved_keeps_the_words_of_its_move(visit: Callable[..., Visitor], site: Site) -> None:
    here = Gathering(site.here.world)
    meeting = here.planned()
    clerk = visit("clerk")
    page = clerk.page
    clerk.open(f"/lich-cong-tac/hop/{meeting.uid}/")
    page.locator("summary", has_text="Dời ngày, giờ, địa điểm").click()
    page.get_by_label("Bắt đầu").fill("16:00")
    page.get_by_label("Kết thúc").fill("14:00")
    page.get_by_label("Địa điểm").fill("Phòng họp 2")
    with page.expect_navigation():
        page.get_by_role("button", name="Dời cuộc họp").click()

    expect(page.locator(".messages")).to_be_visible()
    expect(page.get_by_label("Địa điểm")).to_have_value("Phòng họp 2")
    expect(page.get_by_label("Bắt đầu")).to_have_value("16:00")
    assert clerk.faults() == []
    page.get_by_label("Kết thúc").fill("18:00")
    with page.expect_navigation():
        page.get_by_role("button", name="Dời cuộc họp").click()

    meeting.refresh_from_db()
    assert meeting.place == "Phòng họp 2"
    assert clerk.complaints == []
