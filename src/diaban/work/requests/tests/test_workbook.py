"""The workbook of a request: made, filled, read back; whole or nothing, faults at their cells."""

from collections.abc import Mapping
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from diaban.lib.workbooks import WorkbookRefused
from diaban.work.requests.models import Answer, Request
from diaban.work.requests.queries.answers import columns_of, latest_answers
from diaban.work.requests.rules import Typed
from diaban.work.requests.services import Answerer, WorkbookNotTaken, take_workbook
from diaban.work.requests.tests.worlds import BEFORE, TYPED, Asking, an_asking_world
from diaban.work.requests.workbook import HEAD_ROW, SHEET, annotated, make_workbook

pytestmark = pytest.mark.django_db
ROW: dict[str, str | float | None] = {
    "C": 5,
    "D": 1.25,
    "E": "Có",
    "F": "10/03/2026",
    "G": "viettel",
    "H": "đã rà",
    "I": "Lù A Páo",
    "J": "0987654321",
}


def a_workbook(request: Request) -> bytes:
    return make_workbook(request, columns_of(request), list(request.receivers.all()), latest_answers(request), "Sở")


def filled(content: bytes, cells: Mapping[str, str | float | None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    for place, value in cells.items():
        book[SHEET][place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row(number: int, **changed: str | float | None) -> dict[str, str | float | None]:
    """The cells of one unit's row, counted from 1."""
    return {f"{column}{HEAD_ROW + number}": value for column, value in {**ROW, **changed}.items()}


def taken(here: Asking, request: Request, content: bytes, persona: str = "specialist") -> int:
    by = Answerer("Lê Thị Chuyên", "typed_for" if persona == "specialist" else "workbook")
    return take_workbook(request=request, content=content, by=by, actor=here.actor(persona), at=BEFORE)


def test_a_filled_row_becomes_an_answer_and_blank_rows_none() -> None:
    here = an_asking_world()
    request = here.sent()

    number = taken(here, request, filled(a_workbook(request), row(1)))

    kept = Answer.objects.get()
    assert number == 1
    assert kept.values == {
        "c1": "5", "c2": "1.25", "c3": "yes", "c4": "2026-03-10", "c5": "Viettel", "c6": "đã rà",
    }  # fmt: skip
    assert (kept.by_name, kept.by_phone, kept.via) == ("Lù A Páo", "0987654321", "typed_for")


def test_what_was_answered_goes_out_and_comes_back_unchanged() -> None:
    here = an_asking_world()
    request = here.sent()
    here.answered(here.receiver(request))
    here.by_link(
        here.receiver(request, "D2"),
        Typed({**TYPED.values, "c1": "-", "c2": "", "c5": ""}, {"c2": "not_collected", "c5": "not_applicable"}),
    )

    number = taken(here, request, filled(a_workbook(request), {}))

    assert number == 0
    assert Answer.objects.count() == 2


def test_one_fault_refuses_every_row_and_names_its_cell() -> None:
    here = an_asking_world()
    request = here.sent()
    content = filled(a_workbook(request), {**row(1), **row(2, C="năm", G=None)})

    with pytest.raises(WorkbookNotTaken) as refused:
        taken(here, request, content)

    assert [fault.a1 for fault in refused.value.faults] == [f"C{HEAD_ROW + 2}", f"G{HEAD_ROW + 2}"]
    assert not Answer.objects.exists()
    marked = openpyxl.load_workbook(BytesIO(annotated(content, refused.value.faults)))
    comment = marked[SHEET][f"C{HEAD_ROW + 2}"].comment
    assert comment is not None
    assert "không phải là số" in comment.text


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"A7": "999"}, "không có trong yêu cầu"),
        ({"A8": "921"}, "đã có ở dòng"),
        ({"C7": "=1+1"}, "công thức"),
        ({"F7": "31/02/2026"}, "không phải là ngày"),
    ],
)
def test_a_spoilt_row_is_told(cells: dict[str, str | float | None], said: str) -> None:
    here = an_asking_world()
    request = here.sent()

    with pytest.raises(WorkbookNotTaken, match=said):
        taken(here, request, filled(a_workbook(request), {**row(1), **row(2), **cells}))


def test_a_workbook_of_another_request_and_no_workbook_are_refused() -> None:
    here = an_asking_world()
    request, other = here.sent(), here.sent(title="Khác")

    with pytest.raises(WorkbookNotTaken, match="không phải tệp tải về từ yêu cầu này"):
        taken(here, request, filled(a_workbook(other), row(1)))
    with pytest.raises(WorkbookRefused):
        taken(here, request, b"%PDF-1.7")


def test_a_unit_fills_only_its_own_row() -> None:
    here = an_asking_world()
    request = here.sent()
    content = a_workbook(request)

    with pytest.raises(WorkbookNotTaken, match="đơn vị khác"):
        taken(here, request, filled(content, row(2)), "district_officer")
    assert taken(here, request, filled(content, row(1)), "district_officer") == 1
    assert Answer.objects.get().via == "workbook"


def test_the_page_gives_a_workbook_and_takes_it_back() -> None:
    with time_machine.travel(BEFORE, tick=False):
        here = an_asking_world()
        request = here.sent()
        client = here.world.client("district_officer")
        content = client.get(reverse("requests:workbook", args=[request.uid])).content
        upload = reverse("requests:workbook_upload", args=[request.uid])

        wrong = client.post(upload, {"workbook": SimpleUploadedFile("a.xlsx", filled(content, row(1, C="x1")))})
        given_back = client.post(
            upload, {"workbook": SimpleUploadedFile("a.xlsx", filled(content, row(1, C="x1"))), "give_back": "1"}
        )
        right = client.post(upload, {"workbook": SimpleUploadedFile("a.xlsx", filled(content, row(1)))})

    lines = openpyxl.load_workbook(BytesIO(content))[SHEET]
    assert [lines[f"B{number}"].value for number in (HEAD_ROW + 1, HEAD_ROW + 2)] == ["Huyện Bắc Sơn", None]
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert f"C{HEAD_ROW + 1}" in wrong.text
    assert given_back["Content-Type"].endswith("spreadsheetml.sheet")
    assert Answer.objects.count() == 1
