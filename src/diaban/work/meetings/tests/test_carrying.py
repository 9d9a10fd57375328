"""Signed papers bound into the pack, questions kept and struck, name plates, the sheet stamped on the way."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pypdf import PdfReader, PdfWriter

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.documents.docx import sheet_docx
from diaban.foundation.journal.models import Entry
from diaban.work.difficulties.services import raise_difficulty
from diaban.work.meetings import services
from diaban.work.meetings.models import Asking, Attendee, Carried, Meeting
from diaban.work.meetings.name_plates import plates_of
from diaban.work.meetings.pack import pack_of, pack_pdf
from diaban.work.meetings.queries.things import stops_of
from diaban.work.meetings.services import NotPossible
from diaban.work.meetings.tests.worlds import HELD, NOW, TODAY, Gathering, a_gathering, later
from diaban.work.meetings.visit_papers import travel_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def a_pdf(*, password: str = "") -> bytes:
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(written)
    return written.getvalue()


def titles(here: Gathering, meeting: Meeting) -> list[str]:
    actor = here.actor("specialist")
    assert meeting.visit is not None
    made = pack_pdf(actor, pack_of(actor, meeting.visit), lambda _done, _all: None)
    return [str(one["/Title"]) for one in PdfReader(BytesIO(made)).outline if isinstance(one, dict)]


def brought(here: Gathering, meeting: Meeting, kind: str) -> Carried:
    return services.bring_signed(
        visit_id=meeting.visit_id or 0, kind=kind, content=a_pdf(), title="QĐ 15.pdf", actor=here.actor("clerk"), at=NOW
    )


def a_matter(here: Gathering, content: str) -> None:
    raise_difficulty(
        kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content=content,
        organisation_id=here.office("ubnd_d1"), received_on=TODAY, actor=here.actor("district_officer"), at=NOW,
    )  # fmt: skip


def test_a_signed_plan_stands_first_and_for_the_draft(here: Gathering) -> None:
    stop = here.stop(here.visit())

    brought(here, stop, "decision")
    with_draft = titles(here, stop)
    plan = brought(here, stop, "plan")
    signed = titles(here, stop)
    services.take_out_signed(carried_id=plan.pk, actor=here.actor("clerk"), at=NOW)

    assert with_draft[:2] == ["Quyết định thành lập đoàn", "Kế hoạch, lịch trình, thành phần đoàn"]
    assert signed[:3] == ["Quyết định thành lập đoàn", "Kế hoạch đã ký", "Câu hỏi gợi ý"]
    assert titles(here, stop) == with_draft
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"meetings.signed_brought", "meetings.signed_taken_out"} <= verbs


@pytest.mark.parametrize("content", [a_pdf(password="kin"), b"%PDF-1.7 nothing that can be read"])
def test_a_pdf_that_cannot_be_bound_is_refused_kindly(here: Gathering, content: bytes) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = here.visit()
        file = SimpleUploadedFile("qd.pdf", content)

        page = here.world.client("clerk").post(
            reverse("meetings:bring_signed", args=[visit.uid]), {"kind": "decision", "file": file}, follow=True
        )

        assert "khóa mật khẩu hoặc hỏng" in page.content.decode()
        assert not visit.carried.exists()


def test_only_the_office_that_travels_brings_papers_and_writes_questions(here: Gathering) -> None:
    stop = here.stop(here.visit())
    assert stop.visit_id is not None

    with pytest.raises(NotPermitted):
        services.bring_signed(
            visit_id=stop.visit_id,
            kind="plan",
            content=a_pdf(),
            title="a",
            actor=here.actor("district_officer"),
            at=NOW,
        )
    with pytest.raises(NotPermitted):
        services.write_questions(
            meeting_id=stop.pk, struck=[], own=["Hỏi"], actor=here.actor("district_officer"), at=NOW
        )


def test_questions_are_struck_and_added_on_the_page_and_so_printed(here: Gathering) -> None:
    with time_machine.travel(later(1), tick=False):
        stop = here.stop(here.visit())
        for content in ("Thiếu máy chủ", "Mất sóng thôn Nà Lũng"):
            a_matter(here, content)
        client, url = here.world.client("specialist"), reverse("meetings:questions", args=[stop.uid])
        actor = here.actor("specialist")
        assert stop.visit is not None
        suggested = pack_of(actor, stop.visit).questions[0]
        kept = next(one for one in suggested if "Nà Lũng" in one.text)

        told = client.get(url).content.decode()
        client.post(
            url, {"giu": [kept.key], "them": "Ai phụ trách công nghệ thông tin?\n\n", "revision": stop.revision}
        )
        asked = [one.text for one in pack_of(actor, stop.visit).questions[0]]
        again = client.get(url).content.decode()

        assert "Thiếu máy chủ" in told
        assert "Vì sao hỏi:" in told
        assert asked == ["Ai phụ trách công nghệ thông tin?", kept.text]
        assert again.count(" checked>") == 1
        assert "Thiếu máy chủ" in again


def test_two_who_write_questions_at_once_do_not_overwrite_each_other(here: Gathering) -> None:
    stop = here.stop(here.visit())

    def write(own: str, persona: str) -> list[Asking]:
        return services.write_questions(
            meeting_id=stop.pk, struck=[], own=[own], actor=here.actor(persona), at=NOW, expected_revision=stop.revision
        )

    write("Một", "specialist")

    with pytest.raises(StaleRevision):
        write("Hai", "clerk")


def test_a_briefing_has_no_questions_of_a_delegation(here: Gathering) -> None:
    with pytest.raises(NotPossible):
        services.write_questions(
            meeting_id=here.planned().pk, struck=[], own=["Hỏi"], actor=here.actor("specialist"), at=NOW
        )


def test_the_page_of_questions_takes_few_queries(
    here: Gathering, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with time_machine.travel(later(1), tick=False):
        stop = here.stop(here.visit())
        a_matter(here, "Thiếu máy chủ")
        client, url = here.world.client("specialist"), reverse("meetings:questions", args=[stop.uid])
        client.get(url)

        with django_assert_max_num_queries(30):
            client.get(url)


def test_plates_name_who_comes_in_what_capacity(here: Gathering) -> None:
    people = [
        Attendee(capacity="invited", office="Báo Sơn Lâm", name="Nguyễn Văn Khách"),
        Attendee(capacity="host", office="UBND huyện Bắc Sơn", answer="substitute", answer_note="Lý Thị Hoa"),
        Attendee(capacity="invited", office="VNPT", answer="absent"),
        Attendee(capacity="chair", name="Bùi Đức Khánh", title="Giám đốc Sở", office="Sở"),
        Attendee(capacity="chair", name="Bùi Đức Khánh", title="Giám đốc Sở", office="Sở"),
    ]

    found = [(one.capacity, one.name, one.title) for one in plates_of(people)]

    assert found == [
        ("Chủ trì", "Bùi Đức Khánh", "Giám đốc Sở"),
        ("Đơn vị tiếp đoàn", "Lý Thị Hoa", "UBND huyện Bắc Sơn"),
        ("Đại biểu", "Nguyễn Văn Khách", "Báo Sơn Lâm"),
    ]


def test_the_sheet_of_the_way_has_every_place_and_no_number_of_a_form(here: Gathering) -> None:
    stop = here.stop(here.visit())
    assert stop.visit is not None
    sheet = travel_sheet(stop.visit, stops_of(here.actor("clerk"), stop.visit), HELD)

    word = Document(BytesIO(sheet_docx(sheet)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    told = "\n".join(line.text for line in word.paragraphs)

    assert any(text.startswith("Huyện Bắc Sơn") for text in cells)
    assert "Xác nhận của nơi đến (ký, đóng dấu)" in cells
    assert "Nguyễn Văn Giang" in cells
    assert "không theo mẫu có số hiệu" in told
    assert "Số:" not in told
