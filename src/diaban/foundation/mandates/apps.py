from django.apps import AppConfig


class MandatesApp(AppConfig):
    name = "diaban.foundation.mandates"
    label = "mandates"
