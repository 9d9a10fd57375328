"""The tasks of the queue. Procrastinate finds this module by its name."""

from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from procrastinate import App, JobContext
from procrastinate.contrib.django import app

from diaban.foundation.jobs.running import run_job

queue: App = app


@queue.task(name="jobs.run", queue="jobs")
def run(job_id: int) -> None:
    """Run one job. A worker has no pages that would have brought the rooms' work in with them."""
    autodiscover_modules("jobs")
    run_job(job_id)


@queue.periodic(cron="*/2 * * * *")
@queue.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of workers that were killed."""
    await _give_back(context.app)


def give_back_stalled() -> None:
    """What a worker does when it starts, so that a single one that was killed need not wait for the clock."""
    async_to_sync(_give_back)(queue)


async def _give_back(of: App) -> None:
    jobs = of.job_manager
    for stalled in await jobs.get_stalled_jobs(seconds_since_heartbeat=settings.JOB_STALLED_AFTER):
        await jobs.retry_job(stalled, retry_at=timezone.now())
