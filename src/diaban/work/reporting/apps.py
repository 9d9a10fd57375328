from django.apps import AppConfig


class ReportingApp(AppConfig):
    name = "diaban.work.reporting"
    label = "reporting"
