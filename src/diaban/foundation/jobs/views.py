"""A job's page and the list of one's own jobs."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from diaban.foundation.acts.requests import actor_of
from diaban.foundation.jobs.permissions import visible_jobs
from diaban.foundation.ui.paging import page_of


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The reader's own jobs, newest first."""
    mine = visible_jobs(actor_of(request)).order_by("-id")
    return render(request, "jobs/jobs.html", {"page": page_of(request, mine)})


@require_safe
def job(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One job; it refreshes itself until it is over."""
    return render(request, "jobs/job.html", {"job": get_object_or_404(visible_jobs(actor_of(request)), uid=uid)})
