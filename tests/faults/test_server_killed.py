"""The web server is killed while a corrected workbook and a signed paper are on their way in."""

import os
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from subprocess import Popen

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.communes import CODES, OFFICER, PASSWORD, typed_by
from tests.desk import LONGEST, Desk, fill_in
from tests.faults.conftest import book, is_sound

pytestmark = pytest.mark.slow
PDF = b"%PDF-1.7 signed by the office"
CORRECTED, PAPERED = CODES[4], CODES[5]
Answer = tuple[int, str]
# What stands of a commune's report: status, versions, the newest one's paper, files kept, acts in the journal.
STANDING = """
    SELECT report.status, count(version.id), max(version.document_number),
           (SELECT count(*) FROM files_file WHERE subject_kind = 'reporting.report' AND subject_id = report.id),
           (SELECT count(*) FROM journal_entry WHERE subject_kind = 'reporting.report' AND subject_id = report.id)
    FROM reporting_report report JOIN reporting_reportversion version ON version.report_id = report.id
    JOIN territory_unitversion unit ON unit.unit_id = report.unit_id WHERE unit.code = %s GROUP BY report.id
"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'diaban'"


class Browser:
    """Somebody signed in."""

    def __init__(self, port: int, username: str) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        page = self.get("/tai-khoan/dang-nhap/")
        assert "password" in page
        self.post("/tai-khoan/dang-nhap/", {"login": username, "password": PASSWORD})

    def get(self, path: str) -> str:
        with self.opener.open(self.site + path, timeout=LONGEST) as answer:
            return str(answer.read().decode())

    def post(self, path: str, form: dict[str, object]) -> Answer:
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = encode_multipart(BOUNDARY, {**form, "csrfmiddlewaretoken": token})
        sent = urllib.request.Request(self.site + path, body, {"Content-Type": MULTIPART_CONTENT})  # noqa: S310 (our own server)
        with self.opener.open(sent, timeout=LONGEST) as answer:
            return answer.status, answer.read().decode()


@contextmanager
def served(desk: Desk) -> "Iterator[tuple[Popen[str], int]]":
    """The site, by granian as `diaban serve` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ("serve", "--no-worker", "--port", str(port))
    server, until = desk.start(*arguments), time.monotonic() + LONGEST
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.1)
    yield server, port
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.communicate(timeout=LONGEST)


def acts(desk: Desk, state: Path, port: int) -> "list[Future[Answer]]":
    """A corrected workbook of one commune and the signed paper of another, sent at the same moment."""
    corrected = state / "corrected.xlsx"
    corrected.write_bytes(book(state, CORRECTED).read_bytes())
    fill_in(corrected, {**typed_by(CORRECTED), "TT17": 401})
    uids = {code: desk.rows(UID, code)[0][0] for code in (CORRECTED, PAPERED)}
    browser, pool = Browser(port, OFFICER), ThreadPoolExecutor(2)
    paper: dict[str, object] = {"number": "45/BC-UBND", "signed_on": "2026-03-19", "file": _named("bao-cao.pdf", PDF)}
    workbook: dict[str, object] = {"workbook": _named("bieu-mau.xlsx", corrected.read_bytes())}
    return [
        pool.submit(browser.post, f"/bao-cao/{uids[CORRECTED]}/nop-tep/", workbook),
        pool.submit(browser.post, f"/bao-cao/{uids[PAPERED]}/gui/", paper),
    ]


UID = """
    SELECT report.uid FROM reporting_report report JOIN territory_unitversion unit ON unit.unit_id = report.unit_id
    WHERE unit.code = %s
"""


def _named(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def until_waiting(desk: Desk, count: int) -> None:
    """Until that many of the site's acts stand before a lock."""
    until = time.monotonic() + LONGEST
    while desk.rows(WAITING) != [(count,)] and time.monotonic() < until:
        time.sleep(0.05)


def test_what_was_on_its_way_left_nothing_behind(sent: Desk, state: Path) -> None:
    before = [sent.rows(STANDING, code) for code in (CORRECTED, PAPERED)]
    with served(sent) as (server, port):
        with sent.connected() as holder, holder.transaction():
            holder.execute("LOCK TABLE journal_entry IN EXCLUSIVE MODE")  # every act writes it, in its transaction
            under_way = acts(sent, state, port)
            until_waiting(sent, 2)
            waited = sent.rows(WAITING)
            os.killpg(server.pid, signal.SIGKILL)
            broken = [one.exception(LONGEST) for one in under_way]
        until_waiting(sent, 0)
    after = [sent.rows(STANDING, code) for code in (CORRECTED, PAPERED)]
    is_sound(sent)
    with served(sent) as (_server, port):
        answers = [one.result(LONGEST) for one in acts(sent, state, port)]

    assert waited == [(2,)]
    assert all(isinstance(one, OSError | HTTPException) for one in broken), broken
    assert after == before
    assert [status for status, _page in answers] == [200, 200]
    assert sent.rows(STANDING, CORRECTED)[0][1] == before[0][0][1] + 1
    assert sent.rows(STANDING, PAPERED)[0][2:4] == ("45/BC-UBND", 1)
    (kept,) = sent.rows("SELECT blob.name FROM files_blob blob JOIN files_file file ON file.blob_id = blob.id")
    assert (state / "files" / kept[0]).read_bytes() == PDF
