from django.apps import AppConfig


class JobsApp(AppConfig):
    name = "diaban.foundation.jobs"
    label = "jobs"
