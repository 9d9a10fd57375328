"""Short reports before a meeting: as the dated form of its day asks, read on the run sheet."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.obligations.models import Obligation
from diaban.work.meetings import services
from diaban.work.meetings.models import Update
from diaban.work.meetings.services import NotPossible, WrongAnswers
from diaban.work.meetings.tests.worlds import NOW, TODAY, Gathering, a_gathering

pytestmark = pytest.mark.django_db
ANSWERS = {"results": "Đã cấp 12 giấy phép", "difficulties": "Thiếu cán bộ", "next": ""}


def filed(here: Gathering, **said: str) -> Update:
    meeting = here.convened()
    return services.file_update(meeting_id=meeting.pk, answers=ANSWERS | said, actor=here.actor("district_officer"), at=NOW)  # fmt: skip


def test_what_is_said_stands_line_by_line_in_the_words_of_the_form() -> None:
    here = a_gathering()

    update = filed(here)

    assert [(one["code"], one["label"]) for one in update.answers] == [
        ("results", "Kết quả công tác trong kỳ"),
        ("difficulties", "Khó khăn, vướng mắc"),
    ]
    assert not Obligation.objects.open().filter(kind="meetings.update").exists()


def test_a_line_that_must_be_answered_is_named_and_unknown_ones_are_refused() -> None:
    here = a_gathering()

    with pytest.raises(WrongAnswers) as wrong:
        filed(here, results=" ", khac="Gì đó")

    assert set(wrong.value.faults) == {"results", "khac"}
    assert Obligation.objects.open().filter(kind="meetings.update").exists()


def test_filing_again_writes_it_anew() -> None:
    here = a_gathering()
    update = filed(here)

    again = services.file_update(meeting_id=update.meeting_id, answers={"results": "Đã cấp 14"}, actor=here.actor("district_officer"), at=NOW)  # fmt: skip

    assert Update.objects.count() == 1
    assert [one["text"] for one in again.answers] == ["Đã cấp 14"]


def test_a_new_form_asks_for_meetings_from_its_day_and_keeps_what_was_filed() -> None:
    here = a_gathering()
    update = filed(here)

    services.set_update_form(lines=[("Số thôn chưa có sóng", True), ("Khó khăn, vướng mắc", False)], actor=here.actor("specialist"), at=NOW)  # fmt: skip

    update.refresh_from_db()
    asked = services.lines_asked(update.meeting)
    assert [one["label"] for one in update.answers] == ["Kết quả công tác trong kỳ", "Khó khăn, vướng mắc"]
    assert [(one.label, one.is_required) for one in asked] == [("Số thôn chưa có sóng", True), ("Khó khăn, vướng mắc", False)]  # fmt: skip
    assert asked[1].code == "difficulties"
    update.meeting.held_on = date(2026, 3, 1)
    assert len(services.lines_asked(update.meeting)) == 5


def test_setting_it_twice_a_day_leaves_one_form() -> None:
    here = a_gathering()
    for label in ("Mục một", "Mục hai"):
        services.set_update_form(lines=[(label, False)], actor=here.actor("specialist"), at=NOW)

    meeting = here.convened()

    assert [one.label for one in services.lines_asked(meeting)] == ["Mục hai"]


def test_only_who_keeps_the_registers_sets_it_and_never_empty() -> None:
    here = a_gathering()

    with pytest.raises(NotPermitted):
        services.set_update_form(lines=[("Gì", False)], actor=here.actor("district_officer"), at=NOW)
    with pytest.raises(NotPossible, match="từ 1 đến"):
        services.set_update_form(lines=[(" ", True)], actor=here.actor("specialist"), at=NOW)


def test_the_page_says_what_is_missing_keeps_what_was_typed_and_the_run_sheet_reads_it() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        meeting = here.convened()
        officer, clerk = here.world.client("district_officer"), here.world.client("clerk")
        url, sheet = (reverse(f"meetings:{name}", args=[meeting.uid]) for name in ("update", "run_sheet"))

        wrong = officer.post(url, {"difficulties": "Thiếu cán bộ"}).content.decode()
        before = clerk.get(sheet).content.decode()
        officer.post(url, ANSWERS)

        after, own = clerk.get(sheet).content.decode(), officer.get(reverse("meetings:meeting", args=[meeting.uid]))
        assert "Thiếu cán bộ" in wrong
        assert "field-error" in wrong
        assert "Chưa gửi:" in before
        assert "Đã cấp 12 giấy phép" in after
        assert "Chưa gửi:" not in after
        assert own.content.decode().count("Đã cấp 12 giấy phép") == 2  # read, and written in the form to be corrected


def test_the_form_is_set_on_its_page() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_gathering()
        url = reverse("meetings:update_form")

        here.world.client("specialist").post(url, {"lines": "* Kết quả\nKiến nghị, đề xuất"})
        refused = here.world.client("district_officer").post(url, {"lines": "Gì"})

        assert refused.status_code == 403
        meeting = here.convened()
        assert [(one.label, one.is_required) for one in services.lines_asked(meeting)] == [("Kết quả", True), ("Kiến nghị, đề xuất", False)]  # fmt: skip
        assert meeting.held_on > TODAY
