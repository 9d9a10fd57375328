"""The pages: written in one go, watched live, sent by message, made facts of."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.facts.models import Fact, Indicator
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.work.requests.forms import usual_due
from diaban.work.requests.models import Answer, Request
from diaban.work.requests.services import NewColumn
from diaban.work.requests.tests.worlds import BEFORE, NOW, TYPED, Asking, an_asking_world

pytestmark = pytest.mark.django_db
HEAD = {
    "title": "Rà soát trạm",
    "letter_symbol": "12/STTTT",
    "letter_on": "16/03/2026",
    "basis": "UBND tỉnh giao",
    "due_on": "16/03/2026",
    "due_time": "16:00",
    "field_code": "telecom",
    "sight": "ground",
    "audience": "district",
    "tat-ca": "district",
}


def lines(**changed: str) -> dict[str, str]:
    """Ten lines of columns as the page posts them, the first of them filled."""
    blank = {
        f"cot{number}-{name}": "" for number in range(1, 11) for name in ("label", "unit_name", "choices", "indicator")
    }
    kinds = {f"cot{number}-kind": "whole" for number in range(1, 11)}
    return {**blank, **kinds, "cot1-label": "Số trạm", "cot1-unit_name": "trạm", **changed}


def a_tied_request(here: Asking) -> Request:
    a_catalogue()
    indicator = Indicator.objects.get(code="VT26")
    return here.sent(columns=(NewColumn("Thôn chưa có sóng", indicator_id=indicator.pk), NewColumn("Ghi chú", "text")))


def test_the_usual_hour_is_four_in_the_afternoon_today_or_tomorrow() -> None:
    assert usual_due(NOW).isoformat() == "2026-03-16T16:00:00+07:00"
    assert usual_due(datetime(2026, 3, 16, 8, 45, tzinfo=UTC)).isoformat() == "2026-03-17T16:00:00+07:00"


def test_a_request_is_written_looked_at_and_sent() -> None:
    with time_machine.travel(NOW, tick=False):
        here = an_asking_world()
        client = here.world.client("specialist")

        written = client.post(reverse("requests:new"), {**HEAD, **lines()})
        request = Request.objects.get()
        looked = client.get(written["Location"])
        sent = client.post(reverse("requests:send", args=[request.uid]), {"revision": request.revision})

    assert "1 cột × 2 đơn vị = <strong>2</strong> ô" in looked.text
    assert "Chưa hỏi lần nào" in looked.text
    assert sent["Location"] == reverse("requests:messages", args=[request.uid])
    assert Request.objects.get().is_open


def test_what_is_wrong_stays_on_the_page() -> None:
    with time_machine.travel(NOW, tick=False):
        client = an_asking_world().world.client("specialist")

        nobody = client.post(reverse("requests:new"), {**HEAD, **lines(), "tat-ca": ""})
        choiceless = client.post(reverse("requests:new"), {**HEAD, **lines(**{"cot1-kind": "choice"})})
        unknown = client.post(reverse("requests:new"), {**HEAD, **lines(**{"cot1-indicator": "ZZ99 lạ"})})

    assert [answer.status_code for answer in (nobody, choiceless, unknown)] == [422, 422, 422]
    assert "Chọn ít nhất một đơn vị" in nobody.text
    assert "ít nhất hai lựa chọn" in choiceless.text
    assert "Không có chỉ tiêu" in unknown.text
    assert not Request.objects.exists()


def test_units_are_ticked_one_by_one() -> None:
    with time_machine.travel(NOW, tick=False):
        client = an_asking_world().world.client("specialist")

        client.post(reverse("requests:new"), {**HEAD, **lines(), "tat-ca": "", "don-vi": ["district:922"]})

    assert list(Request.objects.get().receivers.values_list("name", flat=True)) == ["Huyện Nam Sơn"]


def test_the_burden_of_the_year_and_what_is_asked_elsewhere_are_told() -> None:
    with time_machine.travel(NOW, tick=False):
        here = an_asking_world()
        first = a_tied_request(here)
        second = here.drafted(
            title="Hỏi lần nữa", columns=(NewColumn("x", indicator_id=first.columns.all()[0].indicator_id),)
        )

        looked = here.world.client("specialist").get(reverse("requests:request", args=[second.uid]))

    assert "Thường 2 ô mỗi đơn vị" in looked.text
    assert "đã được hỏi ở nơi khác" in looked.text
    assert first.title in looked.text


def test_the_live_table_is_cheap_and_silent_while_nothing_changes(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        client = here.world.client("specialist")
        url = reverse("requests:table", args=[request.uid])
        client.get(url)

        with django_assert_max_num_queries(10):
            first = client.get(url)
        stamp = first.text.split("?v=")[1].split('"')[0]
        same = client.get(url, {"v": stamp})
        here.answered(here.receiver(request))
        changed = client.get(url, {"v": stamp})

    assert (first.status_code, same.status_code, changed.status_code) == (200, 204, 200)
    assert "0/2" in first.text
    assert "1/2" in changed.text
    assert "<html" not in changed.text


@pytest.mark.parametrize("name", ["request", "messages", "facts"])
def test_a_page_asks_little(name: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        here.answered(here.receiver(request))
        client = here.world.client("specialist")

        with django_assert_max_num_queries(30):
            answer = client.get(reverse(f"requests:{name}", args=[request.uid]))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["requests", "new"])
def test_a_list_asks_little(name: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        here.sent()
        client = here.world.client("specialist")

        with django_assert_max_num_queries(40 if name == "new" else 30):
            answer = client.get(reverse(f"requests:{name}"))

    assert answer.status_code == 200


def test_messages_hold_each_units_link_and_the_group_text_none() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        here.answered(here.receiver(request))

        page = here.world.client("specialist").get(reverse("requests:messages", args=[request.uid]))

    assert page.text.count("/thu-thap/l/") == 2
    assert "/thu-thap/l/" not in page.context["group"].text
    assert "Huyện Nam Sơn" in page.context["reminder"].text
    assert "Huyện Bắc Sơn" not in page.context["reminder"].text


def read_sheet(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_every_units_message_stands_in_a_row_of_a_workbook_for_its_asker_alone() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        here.answered(here.receiver(request))
        url = reverse("requests:messages", args=[request.uid])
        client = here.world.client("specialist")

        every = read_sheet(client.get(url, {"tai": "xlsx"}).content)
        missing = read_sheet(client.get(url, {"tai": "xlsx", "chua": "1"}).content)
        other = here.world.client("district_officer").get(url, {"tai": "xlsx"})

    rows = {str(row[0]): row for row in every if str(row[0]).startswith("Huyện")}
    assert set(rows) == {"Huyện Bắc Sơn", "Huyện Nam Sơn"}
    assert all(str(row[2]) in str(row[1]) for row in rows.values())
    assert rows["Huyện Bắc Sơn"][2] != rows["Huyện Nam Sơn"][2]
    assert [str(row[0]) for row in missing if str(row[0]).startswith("Huyện")] == ["Huyện Nam Sơn"]
    assert other.status_code in {403, 404}


def test_the_own_office_answers_on_the_page_and_the_worklist_leads_there() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        receiver = here.receiver(here.sent())
        client = here.world.client("district_officer")
        url = reverse("requests:answer", args=[receiver.uid])

        worklist = client.get("/")
        posted = client.post(url, {**{f"o-{code}": text for code, text in TYPED.values.items()}, "seen": "0"})

    assert url in worklist.text
    assert posted.status_code == 302
    assert Answer.objects.get().by_position == here.world.positions["district_officer"]


def test_exports_hold_every_unit() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        here.answered(here.receiver(request))
        client = here.world.client("specialist")

        text = client.get(reverse("requests:export", args=[request.uid, "csv"])).getvalue().decode()
        book = client.get(reverse("requests:export", args=[request.uid, "xlsx"])).getvalue()

    assert "Huyện Bắc Sơn" in text
    assert "Chưa trả lời" in text
    assert book.startswith(b"PK")


def test_answers_become_facts_with_where_they_came_from() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = a_tied_request(here)
        here.by_link(here.receiver(request), TYPED.__class__({"c1": "3", "c2": "x"}))
        here.by_link(here.receiver(request, "D2"), TYPED.__class__({"c2": "x"}, {"c1": "not_collected"}))
        client = here.world.client("specialist")
        url = reverse("requests:facts", args=[request.uid])

        dry = client.get(url)
        before = Fact.objects.count()
        made = client.post(url, {"ky": "stat:2026-M03"})

    assert "<strong>2</strong> số liệu" in dry.text
    assert before == 0
    assert made.status_code == 302
    facts = Fact.objects.select_related("delivery", "collection").order_by("unit_id")
    assert [(fact.value, fact.reason) for fact in facts] == [(3, ""), (None, "not_collected")]
    assert {(fact.delivery.source_kind, fact.delivery.source_id) for fact in facts} == {
        ("requests.request", request.pk)
    }
    assert {fact.collection.kind for fact in facts} == {"request"}
