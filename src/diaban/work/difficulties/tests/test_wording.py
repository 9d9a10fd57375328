"""Each office is told of its own matters, those due first on top."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from diaban.work.difficulties.tests.worlds import NOW, a_raised_world
from diaban.work.difficulties.wording import Unanswered, reminders

ON = date(2026, 11, 23)


def test_an_office_is_told_what_is_due_first_and_how_much_is_late() -> None:
    found = [
        Unanswered("Sở A", "Không hạn", "xã C", None),
        Unanswered("Sở A", "Sau", "xã B", date(2026, 11, 23)),
        Unanswered("Sở A", "Trước.", "", date(2026, 11, 22)),
        Unanswered("Sở B", "Khác", "xã B", date(2026, 12, 1)),
    ]

    first, second = reminders(found, ON, "https://diaban/")

    assert (first.to, first.number, second.to, second.number) == ("Sở A", 3, "Sở B", 1)
    head, *lines, _tail = first.text.split("\n")
    assert head.endswith("còn 03 kiến nghị của địa phương, đơn vị chưa trả lời, trong đó 01 kiến nghị đã đến hạn:")
    assert lines == [
        "1. Trước; hạn trả lời 22/11/2026 (đã đến hạn).",
        "2. Sau (xã B); hạn trả lời 23/11/2026.",
        "3. Không hạn (xã C).",
    ]
    assert "đến hạn" not in second.text


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_the_page_reminds_others_and_not_oneself() -> None:
    here = a_raised_world()
    here.raised()
    page = reverse("difficulties:messages")

    of_the_raiser = here.world.client("district_officer").get(page).context["texts"]
    of_the_office = here.world.client("specialist").get(page).context["texts"]

    assert [one.number for one in of_the_raiser] == [1]
    assert "Trạm phát sóng" in of_the_raiser[0].text
    assert of_the_office == []


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_where_nothing_was_raised_the_list_speaks_of_no_filter_and_offers_nobody_to_remind() -> None:
    here = a_raised_world()
    place, reminding = reverse("difficulties:difficulties"), f'href="{reverse("difficulties:messages")}"'
    client = here.world.client("enterprise")

    bare = client.get(place).content.decode()
    filtered = client.get(place, {"q": "x"}).content.decode()
    here.raised()
    raised = here.world.client("district_officer").get(place).content.decode()

    assert "Chưa có kiến nghị nào" in bare
    assert reminding not in bare
    assert "Không có kiến nghị nào theo điều kiện lọc" in filtered
    assert reminding in raised
