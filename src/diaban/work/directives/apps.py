from django.apps import AppConfig


class DirectivesApp(AppConfig):
    name = "diaban.work.directives"
    label = "directives"
