"""Which functions may run as jobs, and how one run reports."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from diaban.foundation.jobs.models import Job

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_TICKS = 0.5


class UnknownJob(LookupError):
    """A kind of job that no room has registered."""


class JobRefused(Exception):
    """A job cannot be done, for a reason its owner can mend; the message is shown, in Vietnamese."""


class Run:
    """One run of a job. Jobs are idempotent: a killed worker's job is run again from its start."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments
        self._written: datetime | None = None

    def tick(self, done: int, total: int) -> None:
        """Say how far the work is; written at most twice a second, and outside the work's own transaction."""
        now = timezone.now()
        if self._written and (now - self._written).total_seconds() < SECONDS_BETWEEN_TICKS and done < total:
            return
        self._written = now
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total)

    def finish(self, result: dict[str, Any], message: str = "") -> None:
        """Keep the result; without a call the job ends with an empty one."""
        Job.objects.filter(pk=self.job.pk).update(result=result, message=message[:500])


Work = Callable[[Run], None]
_WORK: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Registers a function as the work of one kind of job."""

    def register(work: Work) -> Work:
        if _WORK.setdefault(kind, work) is not work:
            raise ValueError(f"The job {kind} is registered twice")
        return work

    return register


def run_job(job_id: int) -> None:
    """Run a waiting or interrupted job to its end. What fails unforeseen is logged; its owner reads a plain sentence."""
    row = Job.objects.get(pk=job_id)
    if row.is_over:
        return
    if row.kind not in _WORK:
        _end(job_id, Job.State.FAILED, "Tiến trình nền chưa biết làm việc này; người quản trị cần khởi động lại nó.")
        raise UnknownJob(row.kind)
    Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING, started_at=timezone.now(), done=0)
    try:
        _WORK[row.kind](Run(row))
    except JobRefused as refusal:
        _end(job_id, Job.State.FAILED, str(refusal))
    except Exception:  # the queue must not lose a job's owner, whatever broke
        logger.exception("job %s (%s) failed", job_id, row.kind)
        _end(
            job_id, Job.State.FAILED, "Có lỗi ngoài dự kiến; người quản trị đã có thông tin để xử lý. Có thể chạy lại."
        )
        raise
    else:
        _end(job_id, Job.State.DONE)


def _end(job_id: int, state: Job.State, message: str | None = None) -> None:
    said = {} if message is None else {"message": message[:500]}
    Job.objects.filter(pk=job_id).update(state=state, ended_at=timezone.now(), **said)
