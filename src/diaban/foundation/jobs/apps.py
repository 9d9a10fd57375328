from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class JobsApp(AppConfig):
    name = "diaban.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        from diaban.foundation.acts.subjects import SubjectKind, register_subjects
        from diaban.foundation.jobs.models import Job
        from diaban.foundation.jobs.permissions import visible_jobs

        register_subjects(
            SubjectKind(
                kind="jobs.job",
                model=Job,
                name=_("Tiến trình"),
                label=str,
                url=lambda job: reverse("jobs:job", args=[job.uid]),
                visible=visible_jobs,
                verbs={},
            )
        )
