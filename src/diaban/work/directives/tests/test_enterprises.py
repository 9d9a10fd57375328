"""An enterprise is asked, or required by an article; never ordered. The whole way, through the pages."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diaban.foundation.accounts.models import Notice
from diaban.work.directives.models import Directive
from diaban.work.directives.tests.worlds import NOW, Directing, a_directing_world, later

pytestmark = pytest.mark.django_db
ORDERS = ("Báo hoàn thành", "Báo cáo tiến độ", "bút phê", "Quá hạn")


def typed(here: Directing, mode: str, article: str = "") -> dict[str, object]:
    return {
        "don-vi": [str(here.world.organisations["vnpt"].uid)], "field_code": "telecom", "mode": mode, "lead": "",
        "text": "Gửi kế hoạch phủ sóng năm 2026", "due_on": "2026-03-20", "article": article, "luu": "1",
    }  # fmt: skip


def issued(here: Directing, mode: str, article: str = "") -> Directive:
    here.world.client("specialist").post(reverse("directives:new"), typed(here, mode, article))
    one = Directive.objects.get()
    here.world.client("director").post(reverse("directives:issue", args=[one.uid]), {"revision": one.revision})
    return one


def page_of(client: Client, here: Directing, one: Directive) -> str:
    return client.get(reverse("directives:task", args=[here.task(one, "vnpt").uid])).content.decode()


def test_a_request_is_answered_and_no_word_of_it_is_an_order() -> None:
    here = a_directing_world()
    with time_machine.travel(NOW, tick=False):
        one = issued(here, "request")
    with time_machine.travel(later(9), tick=False):
        enterprise = here.world.client("enterprise")
        late = page_of(enterprise, here, one)
        listed = enterprise.get(reverse("directives:received")).content.decode()
        worklist = enterprise.get("/").content.decode()
        enterprise.post(
            reverse("directives:report_done", args=[here.task(one, "vnpt").uid]), {"text": "Gửi kế hoạch kèm theo"}
        )
        answered = page_of(enterprise, here, one)
        director = here.world.client("director")
        asked = page_of(director, here, one)
        director.post(reverse("directives:decide", args=[here.task(one, "vnpt").uid]), {"ket_qua": "confirm"})

    assert "Gửi trả lời" in late
    assert "Chưa có trả lời" in late
    assert not any(word in page for word in ORDERS for page in (late, answered))
    assert "Gửi kế hoạch phủ sóng năm 2026" in listed
    assert "Gửi kế hoạch phủ sóng năm 2026" in worklist
    assert "Đã trả lời" in answered
    assert "Ghi nhận trả lời" in asked
    assert here.task(one, "vnpt").completions.get().confirmed_at is not None
    reasons = Notice.objects.filter(account_id=here.actor("enterprise").account_id).values_list("reason", flat=True)
    assert list(reasons) == ["Có văn bản đề nghị thực hiện"]


@time_machine.travel(NOW, tick=False)
def test_it_is_required_by_an_article_of_the_law_or_of_its_licence_and_then_owes() -> None:
    here = a_directing_world()

    without = here.world.client("specialist").post(reverse("directives:new"), typed(here, "require"))
    kept = Directive.objects.count()
    one = issued(here, "require", "Điều 12 Giấy phép số 18/GP-BTTTT")
    page = page_of(here.world.client("enterprise"), here, one)

    assert "phải nêu điều, khoản" in without.content.decode()
    assert kept == 0
    assert "Điều 12 Giấy phép số 18/GP-BTTTT" in page
    assert "Báo hoàn thành" in page


@time_machine.travel(NOW, tick=False)
def test_it_is_never_given_a_task() -> None:
    here = a_directing_world()

    here.world.client("specialist").post(reverse("directives:new"), typed(here, "assign"))

    assert Directive.objects.count() == 0
