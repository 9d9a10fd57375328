"""The worker is killed in the middle of a job."""

import os
import signal
import time

import pytest

from tests.desk import LONGEST, Desk
from tests.faults.conftest import is_sound, script

pytestmark = pytest.mark.slow
# The reports with sections received, and those of them with all nine, their act in the journal and their figures.
RECEIVED = """
    SELECT count(DISTINCT report.id) FROM reporting_report report
    JOIN reporting_reportversion version ON version.report_id = report.id
    JOIN reporting_sectionstate section ON section.version_id = version.id AND section.status = 'received'
"""
WHOLLY_RECEIVED = """
    SELECT count(*) FROM reporting_report report WHERE EXISTS (
        SELECT FROM reporting_reportversion version JOIN reporting_sectionstate section ON section.version_id = version.id
        WHERE version.report_id = report.id GROUP BY version.id HAVING bool_and(section.status = 'received'))
    AND (SELECT count(*) FROM journal_entry WHERE verb = 'reporting.section_received'
         AND subject_kind = 'reporting.report' AND subject_id = report.id) = 9
    AND EXISTS (SELECT FROM facts_fact fact JOIN reporting_schedule asked ON asked.id = report.schedule_id
                JOIN reporting_form form ON form.id = asked.form_id AND form.collection_id = fact.collection_id
                WHERE fact.unit_id = report.unit_id)
"""

# Whoever holds the last of the job's reports keeps the worker before it.
HELD = """
    SELECT 1 FROM reporting_report WHERE id = (SELECT (arguments->'reports'->>-1)::bigint FROM jobs_job) FOR UPDATE
"""


def test_a_killed_workers_job_is_done_by_the_next(sent: Desk) -> None:
    ((asked,),) = sent.rows(
        "SELECT count(*) FROM reporting_report WHERE status = 'sent'"
    )  # another test may have corrected one
    sent.does(*script("ask_to_receive_all"))
    until = time.monotonic() + LONGEST
    with sent.connected() as watching, sent.connected() as holding, holding.transaction():
        holding.execute(HELD)
        worker = sent.start("worker")
        while watching.execute(RECEIVED.encode()).fetchall() == [(0,)] and time.monotonic() < until:
            time.sleep(0.005)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate(timeout=LONGEST)

    (((received,),), ((whole,),)) = sent.rows(RECEIVED), sent.rows(WHOLLY_RECEIVED)
    interrupted = sent.rows("SELECT state FROM jobs_job")
    time.sleep(1.2)  # until the killed worker counts as silent
    sent.does("worker", "--once")

    assert 0 < received < asked
    assert received == whole
    assert interrupted == [("running",)]
    assert sent.rows("SELECT state, done, result->'refused' FROM jobs_job") == [("done", asked, [])]
    assert sent.rows(WHOLLY_RECEIVED) == [(asked,)]
    sent.does("journal", "seal")
    sent.does("journal", "verify")
    is_sound(sent)
