"""The tasks of the queue. Procrastinate finds this module by its name."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import App, JobContext
from procrastinate.contrib.django import app

from diaban.foundation.jobs.running import run_job

queue: App = app
STALLED_AFTER_SECONDS = 120


@queue.task(name="jobs.run", queue="jobs")
def run(job_id: int) -> None:
    """Run one job."""
    run_job(job_id)


@queue.periodic(cron="*/2 * * * *")
@queue.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that were killed."""
    for stalled in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await context.app.job_manager.retry_job(stalled, retry_at=timezone.now() + timedelta(seconds=1))
