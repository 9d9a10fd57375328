"""Who sees a job, and the files that came of it."""

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.jobs.models import Job


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """The jobs that the account asked for, in whatever position."""
    return Job.objects.filter(account_id=actor.account_id) if actor.account_id else Job.objects.none()
