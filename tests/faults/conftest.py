"""An instance of its own, with an embedded PostgreSQL of its own, that may be killed."""

import shutil
import tempfile
from collections.abc import Iterator
from os import getpid
from pathlib import Path

import pytest

from diaban.config import embedded
from tests.communes import CODES, FORM, OFFICER, PERIOD, typed_by
from tests.desk import Desk, environment, fill_in


@pytest.fixture(scope="package")
def state() -> Iterator[Path]:
    """A state folder that PostgreSQL's own user may enter; its server is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="diaban-faults-"))
    folder.chmod(0o755)
    embedded.ensure_running(folder)
    yield folder
    embedded.leave(folder, getpid())
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def desk(state: Path) -> Desk:
    """Twelve communes that owe a report, all filled in; nothing is sent."""
    address = f"host={embedded.socket_folder(state)} user=postgres dbname=diaban connect_timeout=5"
    made = Desk(environment(DIABAN_STATE=str(state), DIABAN_STALLED_AFTER="1"), address)
    made.does(*script("twelve_communes"))
    made.does("report", "template", FORM, PERIOD, "--all", "-o", str(state / "books"))
    for code in CODES:
        fill_in(book(state, code), typed_by(code))
    return made


@pytest.fixture(scope="package")
def sent(desk: Desk, state: Path) -> Desk:
    """All twelve are sent, without their papers, unless they were already."""
    there = {code for (code,) in desk.rows(WHOLLY_SENT)}
    files = [str(book(state, code)) for code in CODES if code not in there]
    if files:
        desk.does("report", "submit", *files, "--as", OFFICER, "--explain", "Đã đối chiếu")
    return desk


def book(state: Path, code: str) -> Path:
    """A commune's workbook."""
    return state / "books" / f"{FORM}-{PERIOD}-{code}.xlsx"


def script(function: str) -> tuple[str, ...]:
    """The command that runs a function of the world."""
    return ("django", "shell", "--no-imports", "-c", f"from tests import communes; communes.{function}()")


# The codes of the communes whose report stands as it should after it was sent: figures, sections, journal, obligation.
WHOLLY_SENT = """
    SELECT unit.code FROM reporting_report report
    JOIN territory_unitversion unit ON unit.unit_id = report.unit_id
    JOIN reporting_reportversion version ON version.report_id = report.id AND version.number = 1
    JOIN obligations_obligation owed ON owed.unit_id = report.unit_id AND owed.period = report.period
    WHERE report.status = 'sent' AND version.data_sent_at IS NOT NULL AND owed.fulfilled_at IS NOT NULL
      AND (SELECT count(*) FROM reporting_sectionstate WHERE version_id = version.id) = 9
      AND EXISTS (SELECT FROM journal_entry WHERE subject_kind = 'reporting.report' AND subject_id = report.id
                  AND verb = 'reporting.data_sent')
"""
# The codes of those of whom there is any trace of sending or drafting.
BEGUN = """
    SELECT unit.code FROM obligations_obligation owed JOIN territory_unitversion unit ON unit.unit_id = owed.unit_id
    WHERE owed.fulfilled_at IS NOT NULL
       OR EXISTS (SELECT FROM reporting_report report WHERE report.unit_id = owed.unit_id AND (
              report.status <> 'draft' OR EXISTS (SELECT FROM journal_entry WHERE subject_id = report.id
                  AND subject_kind = 'reporting.report' AND verb LIKE '%sent')))
"""


def is_sound(desk: Desk) -> None:
    """Everything derived is as it should be, the journal among it."""
    desk.does("doctor")
