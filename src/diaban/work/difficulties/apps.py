from django.apps import AppConfig


class DifficultiesApp(AppConfig):
    name = "diaban.work.difficulties"
    label = "difficulties"
