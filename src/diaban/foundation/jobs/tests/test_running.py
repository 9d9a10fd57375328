"""How a job runs to its end."""

from collections.abc import Callable

import pytest

from diaban.foundation.acts.actor import SystemActor
from diaban.foundation.jobs import running
from diaban.foundation.jobs.models import Job
from diaban.foundation.jobs.running import JobRefused, Run, UnknownJob, run_job
from diaban.foundation.jobs.services import start_job
from diaban.foundation.obligations.tests.makers import NOW, TODAY

pytestmark = pytest.mark.django_db
Register = Callable[[Callable[[Run], None]], Job]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Starts a job whose work is the function given."""

    def start(work: Callable[[Run], None]) -> Job:
        monkeypatch.setitem(running._WORK, "tests.work", work)
        actor = SystemActor("tests", TODAY)
        return start_job(kind="tests.work", title="Việc", arguments={"a": 1}, actor=actor, at=NOW)

    return start


def test_a_job_waits_runs_and_is_done(started: Register) -> None:
    seen: list[tuple[str, object]] = []

    def work(run: Run) -> None:
        seen.append((Job.objects.get().state, run.arguments["a"]))
        run.tick(5, 10)
        run.finish({"rows": 3}, "Đã xong 3 dòng")

    job = started(work)
    before = job.state
    run_job(job.pk)

    job.refresh_from_db()
    assert (before, seen) == ("waiting", [("running", 1)])
    assert (job.state, job.percent, job.result, job.message) == ("done", 50, {"rows": 3}, "Đã xong 3 dòng")
    assert job.ended_at is not None


def test_progress_is_written_rarely_and_at_the_end(started: Register) -> None:
    written: list[int] = []

    def work(run: Run) -> None:
        for done in (1, 2, 3):
            run.tick(done, 3)
            written.append(Job.objects.get().done)

    run_job(started(work).pk)

    assert written == [1, 1, 3]


def test_a_refusal_tells_its_reason(started: Register) -> None:
    def work(run: Run) -> None:
        raise JobRefused("Tệp thiếu trang tính")

    job = started(work)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Tệp thiếu trang tính")


def test_an_unforeseen_failure_is_raised_and_told_plainly(started: Register) -> None:
    def work(run: Run) -> None:
        raise ZeroDivisionError("secret detail")

    job = started(work)
    with pytest.raises(ZeroDivisionError):
        run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in job.message


def test_a_killed_workers_job_runs_again_from_its_start(started: Register) -> None:
    job = started(lambda run: run.finish({"again": True}))
    Job.objects.update(state=Job.State.RUNNING, done=7, total=9)

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.result) == ("done", 0, {"again": True})


def test_a_job_that_is_over_is_not_run_again(started: Register) -> None:
    runs: list[int] = []
    job = started(lambda run: runs.append(1))

    run_job(job.pk)
    run_job(job.pk)

    assert runs == [1]


def test_a_kind_nobody_registered_is_refused() -> None:
    job = Job.objects.create(kind="tests.nobody", title="x", asked_at=NOW)

    with pytest.raises(UnknownJob):
        run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "khởi động lại" in job.message
