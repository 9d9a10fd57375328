"""A ready text is copied; where the machine refuses, it stands selected and the reader is told what to press."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
REFUSE = "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no')); document.execCommand = () => false; }"
SELECTED = "() => { const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd); }"


def test_a_refused_copy_leaves_the_text_selected(visit: Visit, site: Site) -> None:
    specialist = visit("specialist")
    page = specialist.page
    specialist.open(f"/bao-cao/che-do/{site.here.schedule.uid}/tinh-hinh/")
    page.locator("summary", has_text="Tin nhắn nhắc").click()
    page.evaluate(REFUSE)

    page.get_by_role("button", name="Chép tin nhắn").first.click()

    expect(page.locator(".ready-text [role=status]").first).to_contain_text("Ctrl+C")
    assert page.evaluate(SELECTED) == page.locator("#reminder").input_value()
    page.get_by_role("button", name="Chép bảng").click()
    expect(page.locator(".table-tools [role=status]")).to_contain_text("Ctrl+C")
    assert "Huyện" in page.evaluate(SELECTED) or "huyện" in page.evaluate(SELECTED)
    assert specialist.faults() == []
