"""A quarter's report, from the officer's worklist to the director's consolidation, without touching a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import save_draft
from diaban.work.reporting.tests.worlds import DISTRICT, NOW, WORDS, Reporting

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def begin(officer: Visitor) -> None:
    officer.press("Làm ngay", exact=False)
    officer.press("Bắt đầu lập báo cáo")


def type_into(visitor: Visitor, cell: str, text: str) -> None:
    """Go to the cell, take out what stands there, type."""
    visitor.page.locator(f"#o-{cell}").focus()
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type(text)


def fill_the_rest(here: Reporting, values: dict[str, str] | None = None) -> None:
    """What no test needs to see typed: every other cell, as the draft's own save would."""
    save_draft(
        report_id=Report.objects.get().pk,
        filling=Filling(values=DISTRICT if values is None else values, texts=WORDS),
        actor=here.actor("district_officer"),
        at=NOW,
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_officer_files_a_report_by_keyboard(visit: Visit, site: Site, width: int) -> None:
    officer = visit("district_officer", width=width)
    begin(officer)
    type_into(officer, "BC07__level_2", "1")
    type_into(officer, "BC07__level_1", "-3")
    officer.press("Lưu và kiểm tra")

    wrong = officer.page.locator("#o-BC07__level_1")
    expect(wrong).to_have_attribute("aria-describedby", "f-BC07__level_1")
    expect(officer.page.locator("#f-BC07__level_1 .field-error").first).to_be_visible()
    expect(officer.page.locator("#o-BC07__level_2")).to_have_value("1")
    wrong.focus()
    expect(wrong).to_be_in_viewport()
    expect(officer.page.locator("header.top")).to_be_in_viewport()
    if width == WIDE:
        expect(officer.page.locator("#tien-do")).to_be_in_viewport()

    type_into(officer, "BC07__level_1", "0")
    officer.press("Lưu và kiểm tra")
    expect(officer.page.locator("#f-BC07__level_1 .field-error")).to_have_count(0)

    fill_the_rest(site.here)
    officer.page.reload()
    officer.press("Trình kiểm tra")
    expect(officer.page.get_by_text("Đã trình kiểm tra.")).to_be_visible()
    assert Report.objects.get().status == Report.Status.TO_CHECK
    assert officer.complaints == []


def type_every_cell(page: Page, figures: dict[str, str]) -> None:
    """From where the page puts the officer, by Enter, to the first text."""
    for _ in range(300):
        name, kind = page.evaluate("[document.activeElement.name, document.activeElement.type]")
        if kind == "textarea":
            return
        if kind == "checkbox" and figures.get(name):
            page.keyboard.press("Space")
        elif kind == "text":
            page.keyboard.type(figures.get(name, ""))
        page.keyboard.press("Enter")
    raise AssertionError("Enter did not lead out of the cells")


def test_a_report_is_typed_explained_checked_and_sent_without_a_mouse(visit: Visit, site: Site) -> None:
    officer = visit("district_officer")
    begin(officer)
    type_every_cell(officer.page, {**DISTRICT, "BC07__level_1": "32"})
    expect(officer.page.locator("form[data-state=saved]")).to_be_visible()
    assert Report.objects.get().versions.get().values["NL05b"] == "38"
    fill_the_rest(site.here, {})
    officer.page.reload()
    officer.press("Lưu và kiểm tra")
    expect(officer.page.locator("[name=NOTE__BC07]")).to_be_focused()
    officer.page.keyboard.type("Gộp các bưu cục của hai huyện.")
    faults = officer.faults()
    officer.press("Trình kiểm tra")
    expect(officer.page.get_by_text("Đã trình kiểm tra.")).to_be_visible()

    path = f"/bao-cao/{Report.objects.get().uid}/"
    leader = visit("district_leader")
    leader.open(path)
    leader.press("Trình ký")
    clerk = visit("district_clerk")
    clerk.open(path)
    clerk.press("Gửi báo cáo")
    clerk.page.locator("[name=data_only]").focus()
    clerk.page.keyboard.press("Space")
    faults += clerk.faults()
    clerk.press("Gửi báo cáo")
    expect(clerk.page.get_by_text("Đã gửi số liệu, chờ văn bản.")).to_be_visible()
    assert faults + officer.complaints + leader.complaints + clerk.complaints == []


def test_a_report_with_errors_is_not_submitted(visit: Visit, site: Site) -> None:
    officer = visit("district_officer")
    begin(officer)

    officer.press("Trình kiểm tra")

    expect(officer.page.get_by_text("Chưa trình được", exact=False)).to_be_visible()
    expect(officer.page.locator("tr[data-stands=error] .field-error").first).to_be_visible()
    assert Report.objects.get().status == Report.Status.DRAFT


def test_a_sent_report_is_received_and_stands_in_the_consolidation(visit: Visit, site: Site) -> None:
    report = site.here.sent()
    specialist = visit("specialist")
    specialist.open(f"/bao-cao/{report.uid}/")
    specialist.press("Tiếp nhận, chốt số liệu")
    expect(specialist.page.locator(".head-line")).to_contain_text("Đã tiếp nhận, chốt số liệu")

    director = visit("director")
    director.open("/bao-cao/tong-hop/")

    row = director.page.locator("main tr", has_text="1.400,5").first
    expect(row).to_be_visible()
    assert [*specialist.complaints, *director.complaints] == []
