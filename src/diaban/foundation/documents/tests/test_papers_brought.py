"""A signed paper is brought, its text proposes what the register asks, and it is found again."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from diaban.foundation.documents.content import Paper
from diaban.foundation.documents.models import Document
from diaban.foundation.documents.pdf import render_pdf
from diaban.foundation.documents.reading import propose, propose_from
from diaban.foundation.documents.tests.papers import letter, report
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.tests.personas import World, a_world

FROM_MINISTRY = """BỘ THÔNG TIN VÀ TRUYỀN THÔNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1234 /BTTTT-KHTC Hà Nội, ngày 05 tháng 10 năm 2009
V/v báo cáo số liệu bưu chính,
viễn thông quý III năm 2009

Kính gửi: Các Sở Thông tin và Truyền thông"""


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def test_number_day_excerpt_and_issuer_are_read_off_a_letter() -> None:
    found = propose_from(FROM_MINISTRY)

    assert (found.number, found.issued_on, found.type_code) == ("1234/BTTTT-KHTC", date(2009, 10, 5), "CV")
    assert found.title == "báo cáo số liệu bưu chính, viễn thông quý III năm 2009"
    assert found.issuer == "Bộ thông tin và truyền thông"


@pytest.mark.parametrize("paper", [report, letter])
def test_what_we_print_we_read(paper: Callable[[], Paper]) -> None:
    printed = paper()

    found = propose(render_pdf(printed))

    assert found.title
    assert found.type_code == printed.type_code


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"])
def test_a_file_without_text_proposes_nothing(content: bytes) -> None:
    assert propose(content).number == ""


def brought(world: World) -> Document:
    client = world.client("clerk")
    client.post(reverse("documents:bring"), {"tep": SimpleUploadedFile("cv.pdf", b"%PDF-1.7 scan")})
    return Document.objects.get()


def registered(world: World, **changed: str) -> int:
    one = brought(world)
    typed = {
        "so": "1234/BTTTT-KHTC", "ngay": "2009-10-05", "loai": "CV", "trich_yeu": "Báo cáo số liệu bưu chính",
        "co_quan": "Bộ Thông tin và Truyền thông", "nguoi_ky": "Lê Nam Thắng", "revision": "1", **changed,
    }  # fmt: skip
    return world.client("clerk").post(reverse("documents:register", args=[one.uid]), typed).status_code


def test_a_registered_paper_keeps_its_file_and_is_journaled(world: World) -> None:
    assert registered(world) == 302

    one = Document.objects.get()
    assert (one.number, one.status) == ("1234/BTTTT-KHTC", "issued")
    assert one.issued_file is not None
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "documents.brought",
        "documents.registered",
    ]


@pytest.mark.parametrize("typed", ["so lieu buu chinh", "BƯU CHÍNH", "1234", "thang"])
def test_it_is_found_with_and_without_diacritics(world: World, typed: str) -> None:
    registered(world)

    page = world.client("specialist").get(reverse("documents:documents"), {"q": typed})

    assert "1234/BTTTT-KHTC" in page.content.decode()


def test_the_workbook_holds_what_the_list_shows(world: World) -> None:
    registered(world)
    client, address = world.client("specialist"), reverse("documents:export")

    def numbers(query: str) -> list[object]:
        sheet = load_workbook(BytesIO(client.get(address, {"q": query}).content)).worksheets[0]
        return [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)]

    assert numbers("bưu chính") == ["1234/BTTTT-KHTC"]
    assert "1234/BTTTT-KHTC" not in numbers("không có")


def test_the_same_paper_is_not_registered_twice(world: World) -> None:
    registered(world)
    first = Document.objects.get()
    world.client("clerk").post(reverse("documents:bring"), {"tep": SimpleUploadedFile("b.pdf", b"%PDF-1.7 again")})
    second = Document.objects.exclude(pk=first.pk).get()
    typed = {
        "so": first.number, "ngay": "2009-11-05", "loai": "CV", "trich_yeu": "x", "co_quan": first.issuer,
        "revision": "1",
    }  # fmt: skip

    answer = world.client("clerk").post(reverse("documents:register", args=[second.uid]), typed)

    assert answer.status_code == 422
    assert "đã được đăng ký" in answer.content.decode()


def test_what_is_no_pdf_is_refused(world: World) -> None:
    answer = world.client("clerk").post(
        reverse("documents:bring"), {"tep": SimpleUploadedFile("cv.pdf", b"MZ not a paper")}
    )

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_an_own_number_must_be_well_written(world: World) -> None:
    assert registered(world, co_quan="", so="năm") == 422
