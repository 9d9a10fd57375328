"""The embedded PostgreSQL is killed while many workbooks are taken in."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from diaban.config import embedded
from tests.communes import CODES, OFFICER
from tests.desk import LONGEST, Desk
from tests.faults.conftest import BEGUN, WHOLLY_SENT, book, is_sound

pytestmark = pytest.mark.slow


def kill_database(state: Path) -> None:
    """Kill the server and everything it started, as a power cut would; none is left."""
    server = int((state / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    killed = [server, *map(int, children)]
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + LONGEST
    while any(Path(f"/proc/{pid}").exists() for pid in killed) and time.monotonic() < until:
        time.sleep(0.02)


def test_every_report_is_wholly_sent_or_untouched(desk: Desk, state: Path) -> None:
    files = [str(book(state, code)) for code in CODES]
    submitting = desk.start("report", "submit", *files, "--as", OFFICER, "--explain", "Đã đối chiếu")
    until = time.monotonic() + LONGEST
    with desk.connected() as watching:
        while len(watching.execute(WHOLLY_SENT.encode()).fetchall()) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    kill_database(state)
    said, _nothing = submitting.communicate(timeout=LONGEST)
    with pytest.raises(psycopg.OperationalError):
        desk.rows("SELECT 1")
    embedded.ensure_running(state)

    sent, begun = ({code for (code,) in desk.rows(query)} for query in (WHOLLY_SENT, BEGUN))
    is_sound(desk)
    again = desk.does("report", "submit", *files, "--as", OFFICER, "--explain", "Đã đối chiếu")

    assert 2 <= len(sent) < len(CODES)
    assert begun == sent
    assert submitting.returncode == 3, said
    assert "Traceback" not in said
    assert "mất kết nối" in said.lower()
    assert again.count("đã gửi số liệu") == len(CODES)
    assert {code for (code,) in desk.rows(WHOLLY_SENT)} == set(CODES)
