from django.apps import AppConfig


class UiApp(AppConfig):
    name = "diaban.foundation.ui"
    label = "ui"
