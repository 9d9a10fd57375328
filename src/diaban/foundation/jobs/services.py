"""Starting jobs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from diaban.foundation.acts.actor import Actor
from diaban.foundation.jobs.models import Job


@transaction.atomic
def start_job(*, kind: str, title: str, arguments: dict[str, Any], actor: Actor, at: datetime) -> Job:
    """Put work into the queue, in the transaction of whoever asks for it. The caller's act checks the permission."""
    from diaban.foundation.jobs.tasks import run

    job = Job.objects.create(
        kind=kind,
        title=title[:250],
        arguments=arguments,
        account_id=actor.account_id,
        position_id=actor.position_id,
        asked_at=at,
    )
    run.defer(job_id=job.pk)
    return job
