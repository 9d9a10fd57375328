"""Evidence by programs: kept once, told where it belongs, given back byte for byte to whoever sees the thing."""

from collections.abc import Iterator

import pytest
import time_machine

from diaban.faces.api.tests.callers import program
from diaban.faces.api.tests.operations.asking import PROOF
from diaban.faces.api.tests.operations.difficulties import a_proof
from diaban.faces.api.tests.operations.directives import a_proof_of_a_task
from diaban.foundation.files.models import File
from diaban.work.reporting.tests.worlds import NOW, Reporting, a_reporting_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Reporting]:
    with time_machine.travel(NOW, tick=False):
        yield a_reporting_world()


def test_what_is_sent_twice_is_kept_once_and_read_by_whoever_sees_the_matter(here: Reporting) -> None:
    address = f"/api/v1/difficulties/{a_proof(here).kwargs['uid']}"
    officer = program(here.world, "district_officer")
    sent = f"{address}/evidence?title=anh-tram.pdf"

    first = officer.post(sent, PROOF, Idempotency_Key="anh-1").json()
    again = officer.post(sent, PROOF, Idempotency_Key="anh-1").json()
    (file,) = program(here.world, "specialist").get(address).json()["raised"][0]["files"]
    read = program(here.world, "specialist").get(f"/api/v1/files/{file['key']}")
    other = program(here.world, "other_officer").get(f"/api/v1/files/{file['key']}")

    assert first == again
    assert File.objects.count() == 1
    assert (read.status_code, read.content, read["Content-Type"]) == (200, PROOF, "application/pdf")
    assert file["title"] == "anh-tram.pdf"
    assert other.status_code == 404


def test_a_task_keeps_it_as_progress_and_other_kinds_are_refused(here: Reporting) -> None:
    address = f"/api/v1/directives/tasks/{a_proof_of_a_task(here).kwargs['uid']}/evidence"
    officer = program(here.world, "district_officer")

    refused = officer.post(f"{address}?title=a.exe", b"MZ")
    kept = officer.post(f"{address}?title=quyet-dinh.pdf", PROOF)

    assert (refused.status_code, kept.status_code) == (422, 200)
    assert [one["title"] for one in kept.json()["files"]] == ["quyet-dinh.pdf"]
    assert "không đúng loại" in refused.json()["detail"]
