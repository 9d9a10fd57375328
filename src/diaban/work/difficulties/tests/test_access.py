"""Who may open what, and that the pages do what their buttons say."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Word
from docx.document import Document
from docx.table import Table
from pytest_django import DjangoAssertNumQueries

from diaban.foundation.files.models import File
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import contest_answer, join
from diaban.work.difficulties.tests.worlds import NOW, SAID, TODAY, Raised, a_raised_world

Kwargs = Callable[[Raised], dict[str, object]]
pytestmark = pytest.mark.django_db


def nothing(here: Raised) -> dict[str, object]:
    return {}


def a_matter(here: Raised) -> dict[str, object]:
    return {"uid": here.raised().uid}


def its_raising(here: Raised) -> dict[str, object]:
    return {"raising_uid": here.raising(here.answered()).uid}


def a_kind(here: Raised) -> dict[str, object]:
    return {"code": "locality"}


def a_kind_of_file(here: Raised) -> dict[str, object]:
    return {"kind": "xlsx"}


EVERYONE = {"specialist": 200, "district_leader": 200, "enterprise": 200, "auditor": 200, "nobody": 403}
POSTED = {"specialist": 405, "district_leader": 405, "enterprise": 405}
ACCESS: list[tuple[str, Kwargs, dict[str, int]]] = [
    ("difficulties:difficulties", nothing, EVERYONE),
    ("difficulties:messages", nothing, EVERYONE),
    ("difficulties:printed", a_kind_of_file, EVERYONE),
    ("difficulties:matrix_file", a_kind_of_file, EVERYONE),
    ("difficulties:matrix", nothing, EVERYONE),
    ("difficulties:kinds", nothing, EVERYONE),
    ("difficulties:new", nothing, {"district_officer": 200, "enterprise": 200, "specialist": 200, "auditor": 403}),
    (
        "difficulties:difficulty",
        a_matter,
        {"specialist": 200, "district_officer": 200, "province_leader": 200, "other_officer": 404, "enterprise": 404},
    ),
    ("difficulties:answer", a_matter, POSTED),
    ("difficulties:pass_on", a_matter, POSTED),
    ("difficulties:withdraw_answer", a_matter, POSTED),
    ("difficulties:evidence", a_matter, POSTED),
    ("difficulties:part", a_matter, POSTED),
    ("difficulties:join", nothing, POSTED),
    ("difficulties:stance", its_raising, POSTED),
    ("difficulties:withdraw", its_raising, POSTED),
    ("difficulties:set_clock", a_kind, POSTED),
]


@pytest.mark.parametrize(("name", "kwargs", "table"), ACCESS, ids=[row[0] for row in ACCESS])
def test_a_page_answers(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    with time_machine.travel(NOW, tick=False):
        here = a_raised_world()
        address = reverse(name, kwargs=kwargs(here))

        found = {persona: here.world.client(persona).get(address).status_code for persona in table}

    assert found == table


@pytest.mark.parametrize(
    ("name", "kwargs", "table"),
    [
        ("difficulties:answer", a_matter, {"district_officer": 403, "other_officer": 404, "clerk": 403}),
        ("difficulties:withdraw_answer", a_matter, {"enterprise": 404, "other_officer": 404}),
        ("difficulties:pass_on", a_matter, {"district_officer": 403, "other_officer": 404}),
        ("difficulties:evidence", a_matter, {"specialist": 403, "auditor": 403, "other_officer": 404}),
        ("difficulties:stance", its_raising, {"specialist": 403, "other_officer": 404}),
        ("difficulties:withdraw", its_raising, {"specialist": 403, "enterprise": 404}),
        ("difficulties:join", nothing, {"enterprise": 403, "district_officer": 403}),
        ("difficulties:set_clock", a_kind, {"district_leader": 403, "enterprise": 403}),
    ],
)
def test_an_act_of_others_is_refused(name: str, kwargs: Kwargs, table: dict[str, int]) -> None:
    form = {
        "ket_qua": "resolved", "tra_loi": "Xong", "den": "1", "ly_do": "Lý do", "y_kien": "Không", "so_ngay": "5",
        "tu_ngay": "2026-04-01", "can_cu": "Quy chế", "chon": "contested",
    }  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        here = a_raised_world()
        address = reverse(name, kwargs=kwargs(here))
        if name == "difficulties:pass_on":
            form["den"] = str(here.world.organisations["ubnd_tinh"].uid)

        found = {persona: here.world.client(persona).post(address, form).status_code for persona in table}

    assert found == table


@time_machine.travel(NOW, tick=False)
def test_it_is_raised_answered_and_contested_through_the_pages() -> None:
    here = a_raised_world()
    officer, specialist = here.world.client("district_officer"), here.world.client("specialist")
    typed = {"linh_vuc": "telecom", "dia_ban": str(here.world.units["D1"].uid), "noi_dung": SAID, "muc_do": "serious"}

    officer.post(reverse("difficulties:new"), typed)
    one = Difficulty.objects.get()
    again = officer.post(reverse("difficulties:new"), typed)
    place = reverse("difficulties:difficulty", args=[one.uid])
    refused = specialist.post(
        reverse("difficulties:answer", args=[one.uid]),
        {"ket_qua": "resolving", "tra_loi": "Đang sửa", "next": place},
        follow=True,
    )
    specialist.post(
        reverse("difficulties:answer", args=[one.uid]),
        {"ket_qua": "resolving", "tra_loi": "Đang sửa", "hua_ngay": "2026-04-30", "revision": str(one.revision)},
    )
    page = officer.get(place).content.decode()
    officer.post(
        reverse("difficulties:stance", args=[here.raising(one).uid]),
        {"chon": "contested", "y_kien": "Quá lâu", "next": place},
    )

    assert again.status_code == 422
    assert "Đã có kiến nghị giống nội dung này" in again.content.decode()
    assert Difficulty.objects.count() == 1
    assert "ngày hoàn thành" in refused.content.decode()
    assert "30/04/2026" in page
    assert "Quá lâu" in specialist.get(place).content.decode()


@time_machine.travel(NOW, tick=False)
def test_an_answer_is_taken_back_by_the_office_that_gave_it_on_the_page_and_owed_again() -> None:
    here = a_raised_world()
    one = here.answered()
    given = one.answers.get()
    page, act = (
        reverse("difficulties:difficulty", args=[one.uid]),
        reverse("difficulties:withdraw_answer", args=[one.uid]),
    )
    typed = {"tra-loi": str(given.pk), "ly_do": "Ghi nhầm trạm"}

    seen_by_raiser = here.world.client("district_officer").get(page).content.decode()
    of_others = here.world.client("district_officer").post(act, {**typed, "next": page}).status_code
    specialist = here.world.client("specialist")
    offered = specialist.get(page).content.decode()
    specialist.post(act, {**typed, "ly_do": " "})
    given.refresh_from_db()
    kept = given.withdrawn_at
    specialist.post(act, typed)
    after = specialist.get(page).content.decode()

    given.refresh_from_db()
    assert "Thu hồi trả lời" not in seen_by_raiser
    assert (of_others, kept) == (403, None)
    assert "Thu hồi trả lời" in offered
    assert given.withdrawn_reason == "Ghi nhầm trạm"
    assert "Đã thu hồi trả lời này: Ghi nhầm trạm" in " ".join(after.split())
    assert [work.is_open for work in here.work(one)] == [False, True]


@time_machine.travel(NOW, tick=False)
def test_evidence_is_seen_by_whoever_sees_the_matter() -> None:
    here = a_raised_world()
    officer, specialist = here.world.client("district_officer"), here.world.client("specialist")
    typed = {"linh_vuc": "telecom", "dia_ban": str(here.world.units["D1"].uid), "noi_dung": SAID, "muc_do": "normal"}

    officer.post(reverse("difficulties:new"), {**typed, "file": a_file("anh-tram.pdf")})
    one = Difficulty.objects.get()
    said = {"ket_qua": "resolved", "tra_loi": "Đã sửa", "file": a_file("bien-ban.pdf")}
    specialist.post(reverse("difficulties:answer", args=[one.uid]), said)
    officer.post(reverse("difficulties:evidence", args=[one.uid]), {"file": a_file("van-hong.pdf")})
    refused = officer.post(
        reverse("difficulties:evidence", args=[one.uid]),
        {"file": SimpleUploadedFile("a.exe", b"MZ"), "next": reverse("difficulties:difficulty", args=[one.uid])},
        follow=True,
    )
    page = specialist.get(reverse("difficulties:difficulty", args=[one.uid])).content.decode()

    subjects = {file.title: file.subject_kind for file in File.objects.all()}
    raised, answered = "difficulties.raising", "difficulties.answer"
    assert subjects == {"anh-tram.pdf": raised, "bien-ban.pdf": answered, "van-hong.pdf": raised}
    assert all(title in page for title in subjects)
    assert "không đúng loại" in refused.content.decode()
    for file in File.objects.all():
        address = reverse("files:download", args=[file.key])
        found = [
            here.world.client(who).get(address).status_code
            for who in ("specialist", "district_leader", "other_officer")
        ]
        assert found == [200, 200, 404]


def a_file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode())


@time_machine.travel(NOW, tick=False)
def test_the_printed_list_says_who_answered_what_and_the_table_how_often() -> None:
    here = a_raised_world()
    here.answered("will_resolve", promised_on=date(2026, 4, 30), document="Công văn 15/STTTT")
    here.raised(content="Thiếu kinh phí đường truyền", field_code="it")
    client = here.world.client("specialist")

    printed = Word(BytesIO(client.get(reverse("difficulties:printed", args=["docx"])).content))
    table = Word(BytesIO(client.get(reverse("difficulties:matrix_file", args=["docx"])).content))

    rows = [[cell.text for cell in row.cells] for row in grid(printed).rows]
    answered = next(row for row in rows if SAID in row)
    assert "Sở Thông tin và Truyền thông tỉnh Sơn Lâm" in answered
    assert any("30/04/2026" in cell and "Công văn 15/STTTT" in cell for cell in answered)
    assert len(rows) == 3
    assert [cell.text for cell in grid(table).rows[-1].cells][-1] == "2"
    assert client.get(reverse("difficulties:printed", args=["odt"])).status_code == 404


def grid(word: Document) -> Table:
    """The table with most rows."""
    return max(word.tables, key=lambda one: len(one.rows))


@time_machine.travel(NOW, tick=False)
def test_pages_take_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    here = a_raised_world()
    for number in range(12):
        one = here.raised(content=f"{number} {SAID} {'x' * number * 9}", received_on=date(2026, 3, 10))
    other = here.raised(by="other_officer", unit="D2")
    whole = join(difficulty_ids=[one.pk, other.pk], actor=here.actor("specialist"), at=NOW)
    answered = here.answered()
    contest_answer(
        raising_id=here.raising(answered).pk, text="Chưa", actor=here.actor("district_leader", TODAY), at=NOW
    )
    client = here.world.client("specialist")
    client.get(reverse("difficulties:difficulties"))

    for address in (
        reverse("difficulties:difficulties"),
        reverse("difficulties:matrix"),
        reverse("difficulties:printed", args=["xlsx"]),
        reverse("difficulties:printed", args=["docx"]),
        reverse("difficulties:matrix_file", args=["docx"]),
        reverse("difficulties:difficulty", args=[whole.uid]),
    ):
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
