"""What is overdue is called so; what was only asked for never is."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from diaban.work.directives.tests.worlds import NOW, a_directing_world, later
from diaban.work.directives.wording import Late, reminders

ON = date(2026, 11, 23)


def late(holder: str, title: str, day: int, *, is_asked: bool = False, source: str = "") -> Late:
    return Late(holder, title, source, date(2026, 11, day), is_asked)


def test_each_holder_has_one_text_and_the_most_burdened_comes_first() -> None:
    texts = reminders(
        "Sở KH&CN",
        [
            late("xã B", "Rà soát trạm", 20),
            late("xã A", "Tập huấn", 21),
            late("xã A", "Báo cáo\n kết quả.", 10, source="12/TB"),
        ],
        ON,
        "https://diaban/",
    )

    assert [(one.to, one.number) for one in texts] == [("xã A", 2), ("xã B", 1)]
    assert texts[0].text == (
        "Sở KH&CN đề nghị xã A báo cáo kết quả 02 việc đã quá hạn (tính đến 23/11/2026):\n"
        "1. Báo cáo kết quả (12/TB); hạn 10/11/2026, quá hạn 13 ngày.\n"
        "2. Tập huấn; hạn 21/11/2026, quá hạn 2 ngày.\n\n"
        "Việc đã xong mà chưa cập nhật thì ghi kết quả, gửi minh chứng tại: https://diaban/"
    )


def test_what_was_only_asked_for_is_never_overdue() -> None:
    (text,) = reminders("Sở", [late("UBND huyện", "Bố trí cán bộ", 1, is_asked=True)], ON, "https://diaban/")

    assert "quá hạn" not in text.text
    assert "quan tâm, trả lời 01 nội dung đã đề nghị, đến 23/11/2026 chưa nhận được trả lời:" in text.text
    assert "1. Bố trí cán bộ; đề nghị trả lời trước ngày 01/11/2026." in text.text


@pytest.mark.django_db
def test_the_page_reminds_of_what_the_own_body_asked_and_of_nothing_else() -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_directing_world()
        here.issued("ubnd_d1", due_on=date(2026, 3, 20))
        here.assigned(due_on=date(2026, 3, 20))  # by the province's committee, which the department only follows
    with time_machine.travel(later(10), tick=False):
        page = reverse("directives:messages")
        ours = here.world.client("specialist").get(page).context["texts"]
        of_whoever_owes = here.world.client("district_officer").get(page).context["texts"]
        of_the_committee = here.world.client("province_leader").get(page).context["texts"]

    assert [(one.to, one.number) for one in ours] == [("Ủy ban nhân dân huyện Bắc Sơn", 1)]
    assert "chưa nhận được trả lời" in ours[0].text
    assert of_whoever_owes == []
    assert len(of_the_committee) == 2
    assert all("đã quá hạn" in one.text for one in of_the_committee)
