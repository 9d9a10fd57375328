"""The entry page as it is typed: by arrows and Enter, from Excel, without the network, by two people at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE, Site, Visitor

from diaban.work.reporting.filling import Filling
from diaban.work.reporting.models import ReportVersion
from diaban.work.reporting.services import save_cells
from diaban.work.reporting.tests.consolidation_world import Q3, Consolidating
from diaban.work.reporting.tests.worlds import NOW, VILLAGES

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
PASTE = """([cell, text]) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.querySelector(cell).dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def at_the_form(visit: Visit, site: Site, *, width: int = WIDE) -> Visitor:
    report = site.here.opened()
    officer = visit("district_officer", width=width)
    officer.open(f"/bao-cao/{report.uid}/nhap/")
    return officer


def paste(page: Page, cell: str, *lines: str) -> None:
    page.locator(cell).focus()
    page.evaluate(PASTE, [cell, "\r\n".join(lines)])


def saved(page: Page) -> None:
    expect(page.locator("form[data-state=saved]")).to_be_visible()


def values() -> dict[str, str]:
    kept: dict[str, str] = ReportVersion.objects.get().values
    return kept


def texts(heading: str) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = ReportVersion.objects.get().texts[heading]
    return kept


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_figures_are_typed_one_under_the_other_and_keep_themselves(visit: Visit, site: Site, width: int) -> None:
    officer = at_the_form(visit, site, width=width)
    page = officer.page
    page.locator("#o-BC07__level_1").focus()
    for figure in ("0", "1", "2", "16", "1", "0", "3"):
        page.keyboard.type(figure)
        page.keyboard.press("Enter")

    expect(page.locator("#o-BC07")).to_have_text("23")
    saved(page)
    assert values() == {
        "BC07__level_1": "0", "BC07__level_2": "1", "BC07__level_3": "2", "BC07__bdvhx": "16", "BC07__agency": "1",
        "BC07__delivery": "0", "BC07__letterbox": "3",
    }  # fmt: skip
    page.evaluate("scrollTo(0, 0)")  # nothing under the bar
    assert officer.faults() == []
    assert officer.complaints == []


def test_typing_begins_at_the_first_empty_cell_and_enter_leads_to_the_texts(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    expect(page.locator("[data-stands=missing] [data-cell]").first).to_be_focused()

    first = page.locator("[data-cell]:not([type=checkbox]):visible").first
    first.focus()

    page.keyboard.press("=")
    expect(page.locator("[data-grid-told]")).to_contain_text("Ô này phải gõ số mới")
    expect(first).to_have_value("")

    page.keyboard.type("2")
    expect(page.locator("[data-grid-told]")).to_have_text("Đang nhập…")
    expect(page.locator(".grid-saved")).to_have_count(0)
    saved(page)
    expect(page.locator("[data-grid-told]")).to_have_text("")
    expect(page.locator(".grid-saved")).to_be_visible()
    assert page.locator("#tien-do").evaluate("bar => bar.offsetHeight") < 64  # one line

    page.locator("[data-cell]:visible").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section[data-line] :is(textarea, input:not([type=hidden]))").first).to_be_focused()


def test_a_wrong_figure_is_told_at_its_cell_and_found_by_one_key(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.locator("#o-BC07__level_1").focus()
    page.keyboard.type("ba")
    page.keyboard.press("ArrowDown")

    expect(page.locator("#f-BC07__level_1 .field-error")).to_be_visible()
    expect(page.locator("#tien-do")).to_contain_text("1 lỗi")
    page.keyboard.press("F8")
    expect(page.locator("#o-BC07__level_1")).to_be_focused()


def test_a_column_of_excel_is_laid_over_the_table(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.locator("#o-BC07__level_1").focus()
    page.evaluate(PASTE, ["#o-BC07__level_1", "0\r\n1\r\n2\r\n16\r\n1\r\n0\r\n3\r\n23\r\n15"])

    expect(page.locator("[data-grid-told]")).to_contain_text("bỏ qua 1 dòng")
    saved(page)
    assert (values()["BC07__letterbox"], values()["BC08__operating"]) == ("3", "15")

    page.get_by_role("button", name="Hoàn tác dán").click()
    saved(page)
    assert values() == {}


def test_what_is_typed_without_the_network_is_kept_and_sent_later(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.context.set_offline(True)
    page.locator("#o-VT35").fill("7")
    expect(page.locator("[data-grid-told]")).to_contain_text("giữ trên máy này")

    page.context.set_offline(False)

    saved(page)
    assert values() == {"VT35": "7"}


def test_what_a_closed_lid_kept_from_being_saved_comes_back(visit: Visit, site: Site) -> None:
    officer = at_the_form(visit, site)
    page = officer.page
    page.route("**/nhap/o/", lambda route: route.abort())
    page.locator("#o-VT35").fill("7")
    expect(page.locator("form[data-state=unsaved]")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    address = page.url
    page.goto("about:blank")

    page.unroute("**/nhap/o/")
    page.goto(address)

    expect(page.locator("#o-VT35")).to_have_value("7")
    saved(page)
    assert values() == {"VT35": "7"}


def test_who_was_signed_out_meanwhile_is_told_so_and_finds_it_again(visit: Visit, site: Site) -> None:
    officer = at_the_form(visit, site)
    page = officer.page
    cookies = page.context.cookies()
    page.context.clear_cookies()

    page.locator("#o-VT35").fill("7")

    expect(page.locator("[data-grid-told]")).to_contain_text("Hãy tải lại trang")
    page.context.add_cookies([{"name": one["name"], "value": one["value"], "url": site.address} for one in cookies])
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    saved(page)
    assert values() == {"VT35": "7"}


def test_what_a_button_has_sent_is_not_said_to_have_been_forgotten(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.route("**/nhap/o/", lambda route: route.abort())
    page.locator("textarea[name=TEXT__direction]").fill("Đã làm. ")  # shown again without the blank
    page.get_by_role("button", name="Lưu và kiểm tra").click()
    page.wait_for_url("**kiem-tra=1*", wait_until="networkidle")

    expect(page.locator("[data-grid-told]")).to_have_text("")


def test_two_people_type_at_once_and_nothing_is_lost(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    report = site.here.opened()
    colleague = site.here.actor("district_officer")
    save_cells(
        report_id=report.pk,
        filling=Filling(values={"VT35": "8", "QL05a": "1"}),
        known_revision=report.revision,
        actor=colleague,
        at=NOW,
    )

    page.locator("#o-VT35").fill("9")

    choice = page.locator("[data-conflict]")
    expect(choice).to_contain_text("“8”")
    expect(page.locator("#o-QL05a")).to_have_value("1")
    page.get_by_role("button", name="Giữ của tôi").click()
    saved(page)
    assert values() == {"VT35": "9", "QL05a": "1"}


def test_figures_and_ticks_of_last_period_are_kept_by_one_key(visit: Visit, site: Site) -> None:
    before = {"BC01;postal_enterprise=vnpost": "1", "BC01;postal_enterprise=viettel_post": "1"}
    Consolidating(site.here, site.here.opened()).accept(Q3, "D1", {**before, "BC08;point_state=operating": "15"})
    page = at_the_form(visit, site).page
    page.locator("#o-BC01__vnpost").focus()

    page.keyboard.press("=")
    page.locator("#o-BC08__operating").focus()
    page.keyboard.press("=")

    saved(page)
    kept = values()
    assert [name for name, value in kept.items() if name.startswith("BC01") and value == "1"] == [
        "BC01__vnpost",
        "BC01__viettel_post",
    ]
    assert kept["BC08__operating"] == "15"


def test_a_block_that_is_not_figures_is_refused_with_what_to_copy(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page

    paste(page, "#o-BC07__level_1", "1\tBưu cục cấp 1\tđiểm\t0", "2\tBưu cục cấp 2\tđiểm\t1.234,5")

    expect(page.locator("[data-grid-told]")).to_contain_text("chọn lại đúng cột số")
    expect(page.locator("#o-BC07__level_1")).to_have_value("")


def test_a_list_of_excel_is_laid_over_the_rows_as_many_as_there_are(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    first = "[name='TEXT__white_spot_villages:0:village']"
    villages = [f"Thôn {number}" for number in range(1, 8)]

    paste(page, first, *villages)

    saved(page)
    assert [row["village"] for row in texts("TEXT__white_spot_villages")] == villages
    page.get_by_role("button", name="Hoàn tác dán").click()
    expect(page.locator(first)).to_have_value("")


def test_rows_that_were_added_come_back_after_a_closed_lid(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.route("**/nhap/o/", lambda route: route.abort())
    paste(page, "[name='TEXT__white_spot_villages:0:village']", "Nà Cà", "Pù Đồn", "Thẩm Phàng", "Khau Lầu")
    expect(page.locator("form[data-state=unsaved]")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    address = page.url
    page.goto("about:blank")

    page.unroute("**/nhap/o/")
    page.goto(address)

    saved(page)
    assert [row["village"] for row in texts("TEXT__white_spot_villages")] == [
        "Nà Cà",
        "Pù Đồn",
        "Thẩm Phàng",
        "Khau Lầu",
    ]


def test_rows_of_a_colleague_are_not_lost_under_mine(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    report, colleague = site.here.opened(), site.here.actor("district_officer")
    theirs = [{"village": f"Bản {number}"} for number in range(1, 6)]
    filling = Filling(texts={"TEXT__white_spot_villages": theirs, "TEXT__direction": "Của bạn."})
    save_cells(report_id=report.pk, filling=filling, known_revision=report.revision, actor=colleague, at=NOW)

    page.locator("#o-VT35").fill("9")
    expect(page.locator("[name='TEXT__white_spot_villages:4:village']")).to_have_value("Bản 5")
    page.locator("[name='TEXT__white_spot_villages:5:village']").fill("Bản của tôi")
    saved(page)

    assert [row["village"] for row in texts("TEXT__white_spot_villages")][4:] == ["Bản 5", "Bản của tôi"]


def test_words_of_two_people_may_both_stay(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    report, colleague = site.here.opened(), site.here.actor("district_officer")
    filling = Filling(texts={"TEXT__direction": "Của bạn.", "TEXT__white_spot_villages": list(VILLAGES)})
    save_cells(report_id=report.pk, filling=filling, known_revision=report.revision, actor=colleague, at=NOW)

    page.locator("#o-TEXT__direction").fill("Của tôi.")
    page.locator("section[data-line=TEXT__direction]").get_by_role("button", name="Giữ cả hai").click()

    saved(page)
    assert ReportVersion.objects.get().texts["TEXT__direction"].splitlines() == ["Của bạn.", "Của tôi."]


def test_one_key_leads_to_the_faults_from_anywhere(visit: Visit, site: Site) -> None:
    page = at_the_form(visit, site).page
    page.locator("#o-BC07__level_1").fill("ba")
    expect(page.locator("#f-BC07__level_1 .field-error")).to_be_visible()
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("F8")

    expect(page.locator("#o-BC07__level_1")).to_be_focused()
