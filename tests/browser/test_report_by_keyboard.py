"""A quarter's report, from the officer's worklist to the director's consolidation, without touching a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import Report
from diaban.work.reporting.services import save_draft
from diaban.work.reporting.tests.worlds import DISTRICT, NOW, PDF, WORDS, Reporting

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
    expect(officer.page.locator("#tien-do")).to_be_in_viewport()
    assert officer.page.evaluate("""
        document.querySelector('#o-BC07__level_1').getBoundingClientRect().top
        >= document.querySelector('#tien-do').getBoundingClientRect().bottom
    """)

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


def test_what_a_specialist_asks_for_again_is_met_where_it_was_asked(visit: Visit, site: Site) -> None:
    """A wrong day keeps what was typed and leads to it; the officer then lands in the cell that was remarked on."""
    path = f"/bao-cao/{site.here.sent().uid}/"
    specialist = visit("specialist")
    specialist.open(path)
    specialist.page.locator("a[href$='/phan/1/de-nghi-bo-sung/']").focus()
    with specialist.page.expect_navigation():
        specialist.page.keyboard.press("Enter")
    type_in(specialist, "[name=reason]", "Đối chiếu lại số bưu cục.")
    type_in(specialist, "[name=due_on]", "32/01/2010")
    type_in(specialist, "[name=REMARK__BC07__level_2]", "Trùng với huyện bên?")
    specialist.press("Gửi đề nghị")
    expect(specialist.page.locator("[name=due_on]")).to_be_focused()
    expect(specialist.page.locator("[name=REMARK__BC07__level_2]")).to_have_value("Trùng với huyện bên?")
    type_in(specialist, "[name=due_on]", "15/01/2010")
    specialist.press("Gửi đề nghị")
    expect(specialist.page.locator(".messages")).to_be_focused()

    officer = visit("district_officer", width=NARROW)
    officer.open(path)
    officer.press("Sửa để gửi lại")

    expect(officer.page.locator("#can-sua")).to_contain_text("Đối chiếu lại số bưu cục.")
    expect(officer.page.locator("#can-sua")).to_contain_text("15/01/2010")
    expect(officer.page.locator("#o-BC07__level_2")).to_be_focused()
    assert officer.complaints + unless_refused(specialist.complaints) + officer.faults() == []


def test_a_clerk_is_led_to_what_is_missing_before_sending(visit: Visit, site: Site) -> None:
    report = site.here.to_sign()
    clerk = visit("district_clerk")
    clerk.open(f"/bao-cao/{report.uid}/")
    clerk.press("Gửi báo cáo")
    type_in(clerk, "[name=number]", "45/BC-UBND")
    clerk.press("Gửi báo cáo")

    expect(clerk.page.locator("[name=signed_on]")).to_be_focused()
    expect(clerk.page.locator("[name=number]")).to_have_value("45/BC-UBND")
    type_in(clerk, "[name=signed_on]", "21/12/2009")
    clerk.page.locator("[name=file]").set_input_files(
        {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    clerk.press("Gửi báo cáo")

    expect(clerk.page.locator(".messages")).to_be_focused()
    report.refresh_from_db()
    assert (report.status, unless_refused(clerk.complaints)) == (Report.Status.SENT, [])


def type_in(visitor: Visitor, selector: str, text: str) -> None:
    visitor.page.locator(selector).focus()
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type(text)


def unless_refused(complaints: list[str]) -> list[str]:
    """Chromium writes every 422 to its console; the page that comes with it says what is wrong."""
    return [said for said in complaints if "422" not in said]


def test_whoever_skips_the_menu_still_begins_in_the_first_cell(visit: Visit, site: Site) -> None:
    officer = visit("district_officer")
    officer.press("Làm ngay", exact=False)
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")  # to the contents

    officer.press("Bắt đầu lập báo cáo")

    expect(officer.page.locator("[data-stands=missing] [data-cell]").first).to_be_focused()


def test_a_report_with_errors_is_not_submitted(visit: Visit, site: Site) -> None:
    officer = visit("district_officer")
    begin(officer)

    officer.press("Trình kiểm tra")

    expect(officer.page.get_by_text("Chưa trình được", exact=False)).to_be_visible()
    expect(officer.page.locator("tr[data-stands=error] .field-error").first).to_be_visible()
    assert Report.objects.get().status == Report.Status.DRAFT


def test_a_heading_left_unwritten_is_told_before_and_after_trying_to_submit(visit: Visit, site: Site) -> None:
    here = site.here
    report = here.filled()
    actor = here.actor("district_officer")
    save_draft(report_id=report.pk, filling=Filling(texts={"TEXT__next_tasks": ""}), actor=actor, at=NOW)
    officer = visit("district_officer")
    officer.open(f"/bao-cao/{report.uid}/nhap/")
    expect(officer.page.locator("#tien-do")).to_contain_text("1 mục bắt buộc chưa viết")
    officer.page.keyboard.press("F8")
    expect(officer.page.locator("#o-TEXT__next_tasks")).to_be_focused()

    officer.press("Trình kiểm tra")

    expect(officer.page.get_by_text("Chưa trình được: 1 mục bắt buộc chưa viết.")).to_be_visible()
    expect(officer.page.locator("#o-TEXT__next_tasks")).to_be_focused()
    officer.page.keyboard.type("Như quý trước.")
    expect(officer.page.locator("#tien-do")).not_to_contain_text("chưa viết")
    officer.press("Trình kiểm tra")
    expect(officer.page.get_by_text("Đã trình kiểm tra.")).to_be_visible()


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
