"""What a delegation takes along, and what it is told to ask."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from diaban.foundation.files.models import File
from diaban.foundation.files.queries import content_of
from diaban.foundation.jobs.models import Job
from diaban.foundation.jobs.running import run_job
from diaban.foundation.territory.dossier import place_of
from diaban.work.difficulties.services import raise_difficulty
from diaban.work.meetings.jobs import VISIT_PACK
from diaban.work.meetings.models import Visit
from diaban.work.meetings.questions import questions_at
from diaban.work.meetings.tests.worlds import HELD, NOW, Gathering, a_gathering, later

pytestmark = pytest.mark.django_db
AFTER = date(2026, 5, 20)


@pytest.fixture
def here() -> Gathering:
    return a_gathering()


def asked(here: Gathering, on: date, unit: str = "D1") -> list[str]:
    place = place_of(here.actor("specialist", on), here.world.units[unit].uid, on)
    return [f"{one.text} {one.why}" for one in questions_at(place, on)]


def test_nothing_open_nothing_asked(here: Gathering) -> None:
    assert asked(here, HELD) == []


def test_a_conclusion_not_carried_out_is_asked_about_where_it_was_for(here: Gathering) -> None:
    here.concluded()

    (said,) = asked(here, AFTER)

    assert "Bố trí cán bộ chuyên trách" in said
    assert "ngày 23/03/2026" in said
    assert "20 ngày (hạn 30/04/2026)" in said
    assert asked(here, AFTER, "D2") == []
    assert asked(here, HELD) == []


def test_an_open_matter_is_asked_about_with_who_raised_it(here: Gathering) -> None:
    raise_difficulty(
        kind_code="locality", unit_id=here.world.units["D1"].pk, field_code="telecom", content="Thiếu máy chủ",
        organisation_id=here.office("ubnd_d1"), received_on=HELD, actor=here.actor("district_officer", HELD), at=later(7),
    )  # fmt: skip

    (said,) = asked(here, AFTER)

    assert "Thiếu máy chủ" in said
    assert "tiếp nhận ngày 23/03/2026" in said


def a_visit(here: Gathering) -> Visit:
    visit = here.visit()
    here.stop(visit)
    return visit


def test_the_pack_is_made_by_the_worker_for_who_asked_alone(here: Gathering) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = a_visit(here)
        client = here.world.client("specialist")

        client.post(reverse("meetings:make_pack", args=[visit.uid]))
        job = Job.objects.get(kind=VISIT_PACK)
        run_job(job.pk)

        job.refresh_from_db()
        file = File.objects.get(subject_kind="jobs.job", subject_id=job.pk)
        read = PdfReader(BytesIO(content_of(file)))
        titles = [str(one["/Title"]) for one in read.outline if isinstance(one, dict)]
        assert titles == [
            "Kế hoạch, lịch trình, thành phần đoàn", "Câu hỏi gợi ý", "Giấy đi đường", "Hồ sơ địa bàn: Huyện Bắc Sơn",
        ]  # fmt: skip
        assert client.get(job.result["url"]).status_code == 200
        assert here.world.client("director").get(job.result["url"]).status_code == 404


def test_the_parts_to_edit_come_as_word(here: Gathering) -> None:
    with time_machine.travel(NOW, tick=False):
        visit = a_visit(here)

        got = here.world.client("specialist").get(reverse("meetings:pack_parts", args=[visit.uid]))

        archive = ZipFile(BytesIO(got.content))
        told = "\n".join(line.text for line in Document(BytesIO(archive.read("2-cau-hoi-goi-y.docx"))).paragraphs)
        assert "Chưa có kiến nghị, nhiệm vụ, kết luận hay số liệu nào còn mở" in told
